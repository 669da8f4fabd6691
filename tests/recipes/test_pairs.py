"""What the demo manuals repeat and contradict: proposed once each, across documents too."""

from dataclasses import replace
from pathlib import Path

import pytest

from kbtool import drafting
from kbtool.knowledge import KnowledgeBase, accept
from kbtool.knowledge.undecided import undecided
from kbtool.project import Project
from kbtool.recipes.ingest_report import pairs_found, passages
from tests.knowledge.samples import document, draft

ROOT = Path(__file__).parents[2]


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "settings.yml").write_bytes((ROOT / "kb" / "settings.yml").read_bytes())
    return KnowledgeBase(Project(tmp_path))


def test_the_demo_manuals_hold_four_repetitions_and_one_contradiction(kb: KnowledgeBase) -> None:
    committed = KnowledgeBase(Project(ROOT))
    for slug, record in committed.documents.records().items():
        if not record.private:
            manual = committed.documents.load(slug)
            found = drafting.draft(manual, kb.project.settings)
            accept(kb, manual, found.entries, committed.project.today, beside=passages(found))
    waiting = undecided(kb, kb.entries())
    assert sorted(pair.kind.value for pair in waiting) == ["contradiction", *["duplicate"] * 4]
    assert [(pair.here, pair.there) for pair in waiting if pair.here] == [(("8日",), ("7日",))]


def test_a_second_manual_that_says_otherwise_is_told(kb: KnowledgeBase) -> None:
    today = Project(ROOT).today
    accept(kb, document("一", slug="one"), (draft("a", "商品を返品したい", "到着後8日以内です。"),), today)
    other = draft("b", "商品の返品をしたい", "到着後7日以内です。")
    other = replace(other, source=(replace(other.source[0], doc="別の資料", sha256="cd" * 32),))
    accept(kb, document("二", slug="two", sha256="cd" * 32), (other,), today)
    (found,) = pairs_found(kb, {"KB-0002"})
    assert (found.code, found.params["here"], found.params["there"]) == ("ingest_pair_contradiction", "8日", "7日")
    assert pairs_found(kb, set()) == []
