"""Export and import at the command line: places, formats, losses, a file that a spreadsheet holds open."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kbtool import durable
from kbtool.errors import CannotWrite
from tests.conftest import Answer

Run = Callable[..., Answer]
BY = ("--by", "a.mihon")


@pytest.fixture
def project(demo: Path, kbtool: Run) -> Path:
    assert kbtool("entry", "new", "10〜20分で届きますか", "--answer", "はい。5€です。", *BY).code == 0
    return demo


def test_every_format_comes_back_unchanged(project: Path, kbtool: Run) -> None:
    for name in ("qa.csv", "qa.jsonl", "qa"):
        kind = ("--format", "md") if name == "qa" else ()
        assert kbtool("export", "--out", name, *kind).code == 0
        answer = kbtool("import", name, "--json", *BY)
        assert (answer.code, json.loads(answer.out)["unchanged"]) == (0, 1), name


def test_losses_are_listed_and_can_refuse_the_file(project: Path, kbtool: Run) -> None:
    refused = kbtool("export", "--out", "qa.csv", "--encoding", "cp932", "--fail-on-loss")
    assert (refused.code, (project / "qa.csv").exists()) == (1, False)
    assert "KB-0001「質問」" in refused.out and "〜 → ～" in refused.out and "€ → 〓" in refused.out
    written = json.loads(kbtool("export", "--out", "qa.csv", "--encoding", "cp932", "--json").out)
    assert [each["column"] for each in written["lost"]] == ["質問", "回答"]
    assert (project / "qa.csv").read_bytes().decode("cp932").startswith("番号,")


def test_a_file_for_customers_holds_no_undecided_personal_data(project: Path, kbtool: Run) -> None:
    settings = project / "kb" / "settings.yml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before.replace("allowed_contacts: [", "allowed_contacts: [03-0000-0009, "), encoding="utf-8")
    kbtool("entry", "new", "修理を頼みたい", "--answer", "03-0000-0009 へどうぞ。", *BY)
    for step in (("approve", "KB-0002"), ("publish", "KB-0002", "--audience", "public")):
        by = "b.reiji" if step[0] == "approve" else "c.kakuu"
        assert kbtool("entry", *step, "--by", by).code == 0
    assert kbtool("export", "--out", "qa.csv", "--audience", "public").code == 0
    (project / "qa.csv").unlink()
    settings.write_text(before, encoding="utf-8")
    answer = kbtool("export", "--out", "qa.csv", "--audience", "public")
    assert (answer.code, (project / "qa.csv").exists()) == (5, False)
    assert "KB-0002" in answer.err and "0000-0009" not in answer.err
    assert kbtool("export", "--out", "qa.csv").code == 0


def test_a_mkdocs_project_goes_into_a_folder_of_its_own(project: Path, kbtool: Run) -> None:
    assert kbtool("export", "--mkdocs", "plain").code == 0
    assert sorted(path.name for path in (project / "plain").iterdir()) == ["docs", "mkdocs.yml"]
    assert kbtool("export", "--mkdocs", "plain").code == 2


def test_a_dry_run_leaves_no_trace(project: Path, kbtool: Run) -> None:
    before = sorted(project.rglob("*"))
    assert kbtool("export", "--out", "qa.csv", "--dry-run").code == 0
    assert sorted(project.rglob("*")) == before


def test_wrong_rows_are_told_in_words_and_exit_2(project: Path, kbtool: Run) -> None:
    (project / "qa.csv").write_text("質問,回答,掲載終了\nx,y,来週\n,z,\n", encoding="utf-8")
    answer = kbtool("import", "qa.csv", *BY)
    assert answer.code == 2
    assert "qa.csv の 2 行「掲載終了」" in answer.err and "qa.csv の 3 行" in answer.err and "2 か所" in answer.err
    as_json = kbtool("import", "qa.csv", "--json", *BY)
    assert (as_json.code, [each["code"] for each in json.loads(as_json.out)["problems"]]) == (
        2,
        ["exchange_date", "exchange_no_question"],
    )


def test_a_conflict_is_a_finding_that_entry_resolve_settles(project: Path, kbtool: Run) -> None:
    kbtool("export", "--out", "qa.csv")
    sheet = project / "qa.csv"
    sheet.write_bytes(sheet.read_bytes().replace("10〜20分".encode(), "30分".encode()))
    kbtool("entry", "edit", "KB-0001", "--question", "何分で届きますか", *BY)
    answer = kbtool("import", "qa.csv", *BY)
    assert (answer.code, "KB-0001" in answer.out) == (1, True)
    assert kbtool("entry", "resolve", "KB-0001", "--take", "machine", *BY).code == 0
    assert "30分で届きますか" in kbtool("entry", "show", "KB-0001").out
    assert kbtool("import", "qa.csv", *BY).code == 0


@pytest.mark.parametrize("lock", ["~$qa.csv", ".~lock.qa.csv#"])
def test_a_file_open_in_a_spreadsheet_is_said_so(project: Path, kbtool: Run, lock: str) -> None:
    (project / lock).touch()
    answer = kbtool("export", "--out", "qa.csv")
    assert (answer.code, "Excel" in answer.err) == (2, True)


def test_a_file_that_cannot_be_replaced_may_be_open(
    project: Path, kbtool: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "qa.csv").write_text("x", encoding="utf-8")

    def held(contents: object) -> int:
        raise CannotWrite("cannot_write", path="qa.csv", detail="Permission denied")

    monkeypatch.setattr(durable, "commit_many", held)
    assert "Excel" in kbtool("export", "--out", "qa.csv").err
