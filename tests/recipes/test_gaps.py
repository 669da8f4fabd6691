from datetime import date
from pathlib import Path

import pytest

from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.gaps import gaps
from kbtool.recipes.voices import Period
from tests.recipes.voc import knowledge_base

ALWAYS = Period()


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return knowledge_base(tmp_path)


def search_in_vain(kb: KnowledgeBase, *lines: str) -> None:
    folder = kb.project.kb / "searches"
    folder.mkdir()
    (folder / "2026-04.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_what_nothing_answers_is_a_gap_and_danger_comes_first(kb: KnowledgeBase) -> None:
    found = gaps(kb, ALWAYS)
    numbers = {number for gap in found.gaps for number in gap.numbers}
    assert {"T260406-002", "T260403-002", "T260408-002"} <= numbers
    assert not numbers & {"T260403-001", "T260407-001", "T260409-003", "T260402-001"}
    assert "T260406-002" in found.gaps[0].numbers and found.gaps[0].alarming
    assert found.inquiries == 20
    assert found.answered == 19 - len(numbers)


def test_a_gap_says_what_to_do_in_the_customers_words(kb: KnowledgeBase) -> None:
    gap = next(gap for gap in gaps(kb, ALWAYS).gaps if "T260408-002" in gap.numbers)
    assert (gap.demand, gap.searches) == (1, 0)
    assert gap.command == "kbtool entry new '箱の開け口が固くて開けにくい' --answer '…'"


def test_searches_in_vain_count_as_demand(kb: KnowledgeBase) -> None:
    search_in_vain(
        kb, '{"query": "領収書", "count": 4}', '{"query": "領収書の宛名", "count": 1}', '{"query": "E03", "count": 1}'
    )
    found = gaps(kb, ALWAYS)
    assert found.searches == 6
    gap = next(gap for gap in found.gaps if "領収書" in gap.texts)
    assert (gap.demand, gap.searches, gap.numbers, gap.texts) == (5, 5, (), ("領収書", "領収書の宛名"))
    assert not any("E03" in gap.texts for gap in found.gaps)  # an entry answers it by now
    assert [gap.texts[0] for gap in gaps(kb, ALWAYS, least=3).gaps if not gap.alarming] == ["領収書"]


def test_what_was_typed_is_masked(kb: KnowledgeBase) -> None:
    search_in_vain(kb, '{"query": "090-1234-5678 領収書", "count": 1}')
    assert "090-1234-5678" not in repr(gaps(kb, ALWAYS))


def test_a_period(kb: KnowledgeBase) -> None:
    assert gaps(kb, Period(date(2027, 1, 1))).gaps == ()
