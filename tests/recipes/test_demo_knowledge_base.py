"""The committed demo knowledge base: running it changes nothing, its answers are found, nothing internal gets out."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from kbtool.entry import Audience
from kbtool.knowledge import KnowledgeBase
from kbtool.project import find
from kbtool.recipes.find import open_index
from kbtool.recipes.publish import publish
from tests.conftest import Answer

ROOT = Path(__file__).parents[2]
TRUTH = ROOT / "tests" / "truth"
#: A writer put these headings of the manual into customers' words.
REWRITTEN = {
    "交換用フィルターの品番": "交換用フィルターの品番を知りたい",
    "保証期間": "保証期間を知りたい",
    "修理を依頼されるとき": "修理を頼みたい",
}


@pytest.fixture
def committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what a fresh clone holds: no private folder, no cache, no sites."""
    monkeypatch.setenv("KBTOOL_DATE", "2026-07-15")
    shutil.copytree(ROOT / "kb", tmp_path / "kb", ignore=shutil.ignore_patterns("private"))
    shutil.copytree(ROOT / "source_manuals", tmp_path / "source_manuals")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def hashes(project: Path) -> dict[str, str]:
    files = [path for folder in ("kb", "source_manuals") for path in (project / folder).rglob("*") if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_run_changes_no_file(committed: Path, kbtool: Callable[..., Answer]) -> None:
    before = hashes(committed)
    assert kbtool("-C", committed, "run").code == 0
    assert kbtool("-C", committed, "publish", "public").code == 0
    assert hashes(committed) == before


def test_all_that_a_check_finds_is_that_one_person_approves_everything(
    committed: Path, kbtool: Callable[..., Answer]
) -> None:
    answer = kbtool("-C", committed, "--json", "check")
    assert answer.code == 0
    assert [finding["id"] for finding in json.loads(answer.out)["findings"]] == ["O006"]


def test_thirty_questions_are_answered_among_the_first_three(committed: Path) -> None:
    questions = {}
    for name in ("operations_manual", "product_manual"):
        truth = yaml.safe_load((TRUTH / f"{name}.yml").read_text(encoding="utf-8"))
        questions |= {entry["id"]: REWRITTEN.get(entry["question"], entry["question"]) for entry in truth["entries"]}
    asked = yaml.safe_load((TRUTH / "queries.yml").read_text(encoding="utf-8"))["queries"]
    missed = {}
    with open_index(KnowledgeBase(find(committed))) as index:
        for each in asked:
            found = [hit.question for hit in index.search(each["query"], limit=3, archive=False).entries]
            if not {questions[id_] for id_ in each["answers"]} & set(found):
                missed[each["query"]] = found
    assert missed == {}


@pytest.fixture
def site(committed: Path) -> Path:
    return publish(KnowledgeBase(find(committed)), Audience.PUBLIC).folder


def test_the_public_site_holds_no_word_of_the_house(site: Path) -> None:
    """Words of the manual that only operators may read, and everything that names a person or a place inside."""
    inside = [
        "引き止め",
        "エスカレーション",
        "一度だけご案内",
        "トークスクリプト",
        "KB-00",
        "a.mihon",
        "b.reiji",
        "内線",
        "業務マニュアル",
    ]
    for path in site.rglob("*"):
        if path.suffix in (".html", ".js", ".json", ".xml", ".txt"):
            text = path.read_text(encoding="utf-8")
            assert [word for word in inside if word in text] == [], path


def approved_with(answer: str, committed: Path, kbtool: Callable[..., Answer]) -> Answer:
    """Two people let an answer pass; what the step to the public says."""
    assert kbtool("-C", committed, "--by", "a.mihon", "entry", "edit", "KB-0023", "--answer", answer).code == 0
    assert kbtool("-C", committed, "--by", "b.reiji", "entry", "approve", "KB-0023").code == 0
    return kbtool("-C", committed, "--by", "c.kakuu", "entry", "publish", "KB-0023", "--audience", "public")


@pytest.mark.parametrize("slip", ["担当の携帯 090-0000-0001 へどうぞ。", "内線 0001 の品質保証課へどうぞ。"])
def test_numbers_of_persons_and_of_the_house_are_refused_at_once(
    slip: str, committed: Path, kbtool: Callable[..., Answer]
) -> None:
    assert approved_with(slip, committed, kbtool).code == 5


@pytest.mark.parametrize("slip", ["くわしくは a.mihon まで。", "製品安全管理者が承ります。"])
def test_a_name_of_the_house_refuses_the_site_and_leaves_log_and_site_alone(
    slip: str, committed: Path, kbtool: Callable[..., Answer]
) -> None:
    """What two people overlooked, the audit of the built bytes does not."""
    assert kbtool("-C", committed, "publish", "public").code == 0
    page = (committed / "site/public/q/q0001.html").read_bytes()
    assert approved_with(slip, committed, kbtool).code == 0
    before = hashes(committed)
    refused = kbtool("-C", committed, "publish", "public")
    assert refused.code == 5
    assert "q/q0001.html" in refused.err
    assert hashes(committed) == before
    assert (committed / "site/public/q/q0001.html").read_bytes() == page


@pytest.mark.parametrize("out", [".", "kb", "..", "site", "source_manuals"])
def test_a_copy_never_empties_a_folder_that_holds_something_else(
    out: str, committed: Path, kbtool: Callable[..., Answer]
) -> None:
    before = hashes(committed)
    assert kbtool("-C", committed, "publish", "public", "--out", committed / out).code == 2
    assert hashes(committed) == before


def test_a_copy_may_be_made_again(
    committed: Path, kbtool: Callable[..., Answer], tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("outside") / "copy"
    for _ in range(2):
        assert kbtool("-C", committed, "publish", "public", "--out", out).code == 0
        assert (out / "index.html").is_file()


def test_what_is_valid_later_is_not_announced_today(committed: Path, kbtool: Callable[..., Answer]) -> None:
    kb = KnowledgeBase(find(committed))
    kb.save(replace(kb.entry("KB-0023"), question="年末のお休みを知りたい", valid_from=date(2026, 12, 24)))
    for by, step in (("b.reiji", ("approve",)), ("c.kakuu", ("publish", "--audience", "public"))):
        assert kbtool("-C", committed, "--by", by, "entry", *step, "KB-0023").code == 0
    assert kbtool("-C", committed, "publish", "public").code == 0
    pages = [path.read_text(encoding="utf-8") for path in (committed / "site/public").rglob("*.html")]
    assert [page for page in pages if "年末のお休み" in page] == []
    assert kbtool("-C", committed, "--date", "2026-12-24", "publish", "public").code == 0
    assert "年末のお休み" in (committed / "site/public/updates.html").read_text(encoding="utf-8")
