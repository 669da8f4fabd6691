from dataclasses import replace
from datetime import date

import pytest

from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase, decisions
from kbtool.knowledge.decisions import Decision, DecisionKind
from tests.knowledge.conftest import TODAY, tree

KEY = decisions.pair_key(("KB-0001", "8日以内です。"), ("KB-0002", "7日以内です。"))
MADE = Decision(TODAY, "a.mihon", DecisionKind.DUPLICATE, KEY, "not_same", "窓口が違う")


def in_force(kb: KnowledgeBase) -> dict[str, Decision]:
    return decisions.in_force(kb.project, DecisionKind.DUPLICATE)


def test_without_a_file_nothing_was_decided(kb: KnowledgeBase) -> None:
    assert decisions.load(kb.project) == ()


def test_what_was_decided_is_found_by_its_key(kb: KnowledgeBase) -> None:
    assert decisions.record(kb, [MADE]) == 1
    assert in_force(kb) == {KEY: MADE}
    assert decisions.in_force(kb.project, DecisionKind.PERSONAL) == {}


def test_deciding_the_same_again_writes_nothing(kb: KnowledgeBase) -> None:
    decisions.record(kb, [MADE])
    before = tree(kb)
    assert decisions.record(kb, [replace(MADE, date=date(2026, 12, 1), by="b.reiji")]) == 0
    assert tree(kb) == before


def test_the_newest_word_counts_and_the_older_one_stays(kb: KnowledgeBase) -> None:
    changed = replace(MADE, by="b.reiji", decision="same")
    decisions.record(kb, [MADE])
    decisions.record(kb, [changed])
    assert in_force(kb) == {KEY: changed}
    assert decisions.load(kb.project) == (MADE, changed)


def test_one_mind_changed_twice_at_once_keeps_both_lines(kb: KnowledgeBase) -> None:
    assert decisions.record(kb, [MADE, replace(MADE, decision="same"), MADE]) == 3


def test_a_pair_has_one_key_in_either_order_and_another_for_other_words() -> None:
    assert decisions.pair_key(("KB-0002", "7日以内です。"), ("KB-0001", "8日以内です。")) == KEY
    assert decisions.pair_key(("KB-0001", "9日以内です。"), ("KB-0002", "7日以内です。")) != KEY
    assert decisions.pair_key(("KB-0001", "8日以内です。7日"), ("KB-0002", "以内です。")) != KEY


def test_a_finding_is_named_without_its_value() -> None:
    key = decisions.finding_key("KB-0001", "sections.回答", "03-0000-0000")
    assert "0000-0000" not in key
    assert key.startswith("KB-0001 sections.回答 ")
    assert key != decisions.finding_key("KB-0001", "sections.回答", "03-0000-0001")


@pytest.mark.parametrize(
    "broken", ["<<<<<<< ours", '{"date":"2026-11-02"}', '{"date":"2026-11-02","by":"a","kind":"what","key":"k"}', "[]"]
)
def test_a_broken_line_is_refused_with_its_number_and_left_as_it_is(kb: KnowledgeBase, broken: str) -> None:
    decisions.record(kb, [MADE])
    path = kb.project.kb / "decisions.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + broken + "\n", encoding="utf-8")
    before = tree(kb)
    with pytest.raises(UsageError) as refused:
        decisions.record(kb, [replace(MADE, decision="same")])
    assert (refused.value.params["where"], refused.value.params["line"]) == ("kb/decisions.jsonl", 2)
    assert tree(kb) == before


def test_a_file_that_an_editor_left_without_a_last_newline_is_added_to_on_a_line_of_its_own(kb: KnowledgeBase) -> None:
    decisions.record(kb, [MADE])
    path = kb.project.kb / "decisions.jsonl"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    decisions.record(kb, [replace(MADE, decision="same")])
    assert [each.decision for each in decisions.load(kb.project)] == ["not_same", "same"]


@pytest.mark.parametrize("name", ["by", "key", "decision"])
def test_a_decision_names_who_decided_what_about_what(kb: KnowledgeBase, name: str) -> None:
    with pytest.raises(UsageError, match="decisions_incomplete"):
        decisions.record(kb, [replace(MADE, **{name: ""})])  # type: ignore[arg-type]
