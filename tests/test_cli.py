"""What the command line says before any command does its work: slips, dry runs, places."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kbtool import messages
from kbtool.project import Project
from tests.conftest import PRODUCT_MANUAL, Answer

Run = Callable[..., Answer]


@pytest.fixture(autouse=True)
def _in_japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KBTOOL_LANG", "ja")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("statsu",), "Did you mean: status"),
        (("status", "--jsn"), "Did you mean: --json"),
        (("publish", "everybody"), "Give internal or partner or public."),
        (("serve", "--port", "-1"), "Give a whole number from 0 to 65535."),
        (("import",), "FILE is missing."),
        (("serve", "--port"), "--port needs a value."),
    ],
)
def test_slips_are_told_in_english_too(
    kbtool: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], told: str
) -> None:
    monkeypatch.setenv("KBTOOL_LANG", "en")
    answer = kbtool(*command)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert "Help: kbtool" in answer.err


def test_a_slip_is_told_in_the_language_of_the_project(
    kbtool: Run, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KBTOOL_LANG")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "というコマンドはありません" in kbtool("statsu").err
    monkeypatch.chdir(demo.parent)
    assert "There is no command" in kbtool("statsu").err
    assert "というコマンドはありません" in kbtool("-C", demo, "statsu").err


@pytest.mark.parametrize("name", ["it's.jsonl", 'say "no".jsonl', "手順 is 1.jsonl"])
def test_a_refused_value_is_shown_as_it_was_typed(kbtool: Run, name: str) -> None:
    assert f"「{name}」" in kbtool("import", name).err


def test_help_without_a_command_stays_help(kbtool: Run) -> None:
    answer = kbtool()
    assert answer.code == 2
    assert "search" in answer.err
    assert "✗" not in answer.err


def test_a_dry_run_says_so_first_and_once(kbtool: Run, demo: Path) -> None:
    first, *others = kbtool("entry", "list", "--dry-run").out.splitlines()
    assert first == "試しの実行です。何も書き込みません。"
    assert first not in others
    assert kbtool("--dry-run", "status").out.splitlines()[0] == first


def test_a_dry_run_is_silent_for_programs(kbtool: Run, demo: Path) -> None:
    assert "試し" not in kbtool("status", "--dry-run", "-q").out
    json.loads(kbtool("status", "--dry-run", "--json").out)


def test_outside_a_project_the_real_place_is_named(
    kbtool: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert f"ここ（{tmp_path}）は" in kbtool("status").err
    assert f"ここ（{tmp_path / 'none'}）は" in kbtool("-C", "none", "status").err
    assert f"ここ（{tmp_path}）は" in kbtool("doctor").out


def test_a_dry_run_of_init_makes_nothing(kbtool: Run, tmp_path: Path) -> None:
    for options in ((), ("--demo",)):
        folder = tmp_path / "new"
        listed = [line.strip() for line in kbtool("init", folder, "--dry-run", *options).out.splitlines()[2:]]
        assert not folder.exists()
        assert json.loads(kbtool("init", folder, "--dry-run", "--json", *options).out) == {"would_create": listed}
        assert json.loads(kbtool("init", folder, "--json", *options).out) == {"created": listed}
        assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == listed
        assert (folder / "source_manuals").is_dir()
        folder.rename(tmp_path / f"done{len(options)}")


def test_init_leaves_what_is_there_and_keeps_personal_data_out_of_git(kbtool: Run, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.bak\nsite/", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: mine\n", encoding="utf-8")
    assert kbtool("init", tmp_path).code == 0
    assert (tmp_path / "mkdocs.yml").read_text(encoding="utf-8") == "site_name: mine\n"
    ignored = (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert ignored[:2] == ["*.bak", "site/"]
    assert {"kb/private/", ".kbtool/"} <= set(ignored)
    assert ignored.count("site/") == 1
    again = tmp_path / "again"
    again.mkdir()
    (again / ".gitignore").write_bytes((tmp_path / ".gitignore").read_bytes() + "下書き\n".encode("cp932"))
    assert ".gitignore" not in json.loads(kbtool("init", again, "--json").out)["created"]


def test_a_new_project_has_two_people_to_publish_with(kbtool: Run, tmp_path: Path) -> None:
    kbtool("init", tmp_path)
    people = Project(tmp_path).people
    assert len(people) == 2
    assert all(len(name) >= 4 for name in people)
    assert "2人" in (tmp_path / "kb" / "people.yml").read_text(encoding="utf-8")


def test_pages_that_are_not_there_are_named_beside_those_that_are(kbtool: Run, demo: Path) -> None:
    answer = kbtool("read", demo / "source_manuals" / PRODUCT_MANUAL, "--pages", "1,90-200", "--format", "text")
    assert answer.code == 3
    assert "取扱説明書" in answer.out
    assert "90, 91, 92, 93, 94, 95, 96, 97 … ページはありません" in answer.err


def test_names_that_only_an_entry_knows_can_be_searched_for(kbtool: Run, demo: Path) -> None:
    assert kbtool("--by", "a.mihon", "entry", "new", "色はえらべますか", "--answer", "白だけです。").code == 0
    file = demo / "kb" / "entries" / "other" / "KB-0001.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("category: その他", "category: 商品の色"), encoding="utf-8")
    assert "色はえらべますか" in kbtool("search", "色", "--category", "商品の色", "--no-archive").out
    refused = kbtool("search", "色", "--category", "商品のいろ")
    assert refused.code == 2
    assert "商品の色" in refused.err
    assert kbtool("search", "色", "--product", "KD-H500").code == 0


def test_the_people_of_a_new_project_are_no_everyday_words(kbtool: Run, tmp_path: Path) -> None:
    kbtool("init", tmp_path / "desk")
    people = Project(tmp_path / "desk").people
    said = [text for language in messages.LANGUAGES for text in messages.catalogue(language).values()]
    for id_, person in people.items():
        assert not [text for text in said if id_ in text or str(person["name"]) in text]


def test_the_demo_knows_the_words_of_customers(kbtool: Run, demo: Path) -> None:
    shipped = Path(__file__).parent.parent / "kb" / "synonyms.yml"
    assert (demo / "kb" / "synonyms.yml").read_bytes() == shipped.read_bytes()
