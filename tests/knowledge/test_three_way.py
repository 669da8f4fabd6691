"""Machine changes × person edits: whatever either of them wrote is still there or named as a conflict."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.entry import Entry, Product, Section
from kbtool.knowledge import content_hash
from kbtool.knowledge.three_way import CONFLICT, merge, merge_text, take_machine
from tests.knowledge.samples import draft, entry
from tests.knowledge.strategies import entries

ONE, TWO, THREE = "一つ目の文です。", "二つ目の文です。", "三つ目の文です。"


@given(entries, entries)
@settings(max_examples=100, deadline=None)
def test_a_machine_that_repeats_itself_changes_nothing(base: Entry, person: Entry) -> None:
    merged = merge(base, base, person)
    assert (merged.entry, merged.conflicts) == (person, ())


@given(entries, entries)
@settings(max_examples=100, deadline=None)
def test_what_nobody_touched_follows_the_machine(base: Entry, machine: Entry) -> None:
    merged = merge(base, machine, base)
    assert merged.conflicts == ()
    assert (merged.entry.question, merged.entry.products) == (machine.question, machine.products)
    assert {part.heading: part.text for part in merged.entry.sections} == {
        part.heading: part.text for part in machine.sections
    }


sentences = st.lists(st.sampled_from([ONE, TWO, THREE, "注意\n", "\\n です。", "x" * 50]), max_size=6).map("".join)


@given(sentences, sentences, sentences)
@settings(max_examples=60, deadline=None)
def test_a_persons_new_sentence_is_never_lost(base: str, machine: str, person: str) -> None:
    mine = person + "人が足した文です。"
    merged = merge(*(entry(answer=text) for text in (base, machine, mine)))
    assert "人が足した文です。" in merged.entry.answer
    if merged.conflicts:
        assert merged.entry.answer == mine
        assert CONFLICT in merged.entry.needs_review


@given(sentences, sentences)
@settings(max_examples=40, deadline=None)
def test_the_same_change_on_both_sides_is_no_conflict(base: str, both: str) -> None:
    merged = merge(*(entry(answer=text) for text in (base, both, both)))
    assert (merged.entry.answer, merged.conflicts) == (both, ())


def test_sentences_next_to_each_other_are_merged() -> None:
    text = merge_text(ONE + TWO + THREE, "改めた文です。" + TWO + THREE, ONE + "直した文です。" + THREE)
    assert text == "改めた文です。直した文です。" + THREE
    text = merge_text(ONE + TWO, ONE + TWO + "足した文です。", ONE + "直した文です。")
    assert text in (None, ONE + "直した文です。足した文です。")


def test_the_same_sentence_changed_by_both_is_not_merged() -> None:
    assert merge_text(ONE + TWO, ONE + "改めた文です。", ONE + "直した文です。") is None
    assert merge_text(ONE + TWO, ONE + "改めた文です。", ONE) is None


@given(st.text(alphabet="一二三。\\-n\n", max_size=12))
@settings(max_examples=100, deadline=None)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert merge_text(text, text, text) == text


def test_different_sentences_of_one_paragraph_merge() -> None:
    text = merge_text(ONE + TWO + THREE, "改めた文です。" + TWO + THREE, ONE + TWO + "直した文です。")
    assert text == "改めた文です。" + TWO + "直した文です。"


def test_the_same_sentence_changed_twice_keeps_the_person() -> None:
    old, machine, person = (entry(answer=f"到着後{n}日以内です。") for n in (8, 9, 7))
    merged = merge(old, machine, person)
    assert merged.entry.answer == person.answer
    assert merged.conflicts == ("sections.回答",)
    assert take_machine(merged.entry, machine, merged.conflicts).answer == machine.answer


@pytest.mark.parametrize("text", ["", "\n", "a\\b\\n\n\nc。。", "改行\nなし。\\", "\\"])
def test_merging_keeps_every_character(text: str) -> None:
    assert merge_text("", "", text) == text
    assert merge_text(text, text, text) == text


def test_without_git_the_person_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    merged = merge(entry(answer=ONE + TWO), entry(answer="改。" + TWO), entry(answer=ONE + "直。"))
    assert (merged.entry.answer, merged.conflicts) == (ONE + "直。", ("sections.回答",))


def test_words_added_and_removed_on_either_side_hold() -> None:
    merged = merge(
        entry(variants=("a", "b", "c")), entry(variants=("a", "b", "m")), entry(variants=("p", "a", "c"))
    ).entry
    assert merged.variants == ("p", "a", "m")


def test_a_question_both_changed_is_a_conflict_and_so_are_products() -> None:
    merged = merge(
        entry(question="甲", products=(Product("青汁"),)),
        entry(question="乙", products=(Product("青汁", ("A",)),)),
        entry(question="丙", products=(Product("緑汁"),)),
    )
    assert merged.conflicts == ("question", "products")
    assert (merged.entry.question, merged.entry.products) == ("丙", (Product("緑汁"),))


def test_a_section_a_person_removed_stays_away() -> None:
    base = entry(sections=(Section("回答", "は"), Section("ご注意", "甲")))
    person = replace(base, sections=base.sections[:1])
    assert merge(base, base, person).entry == person
    machine = replace(base, sections=(Section("回答", "は"), Section("ご注意", "乙")))
    assert merge(base, machine, person).conflicts == ("sections.ご注意",)


def test_doubts_a_person_settled_return_only_with_new_words() -> None:
    base = entry(answer=ONE, needs_review=("numbers",))
    looked_at = replace(base, needs_review=())
    assert merge(base, base, looked_at).entry.needs_review == ()
    assert merge(base, replace(base, sections=(Section("回答", TWO),)), looked_at).entry.needs_review == ("numbers",)


@pytest.mark.parametrize(
    ("machine", "person", "conflicts"),
    [
        (entry(answer=ONE), entry(answer=TWO), ("sections.回答",)),
        (entry(), entry(), ()),
        (entry(answer="フィルターを、８日以内に。"), entry(answer="フィルタを、8日以内に。"), ()),
        (entry(answer=ONE), entry(answer=ONE + "人が足した文。"), ()),
        (entry(answer=ONE + TWO), entry(answer=ONE), ("sections.回答",)),
        (entry(category="その他", tags=("a",)), entry(category="定期コース", products=(Product("青汁"),)), ()),
        (entry(products=(Product("緑汁"),)), entry(products=(Product("青汁"),)), ("products",)),
        (entry(sections=(Section("回答", ONE), Section("ご注意", TWO))), entry(answer=ONE), ("sections.ご注意",)),
    ],
)
def test_without_a_base_only_other_words_are_a_conflict(
    machine: Entry, person: Entry, conflicts: tuple[str, ...]
) -> None:
    merged = merge(None, machine, person)
    assert merged.conflicts == conflicts
    assert content_hash(replace(merged.entry, tags=())) == content_hash(person)


def test_a_category_a_person_chose_is_nothing_to_decide() -> None:
    merged = merge(entry(category="甲"), entry(category="乙"), entry(category="丙"))
    assert (merged.entry.category, merged.conflicts) == ("丙", ())
    assert merge(entry(category="甲"), entry(category="乙"), entry(category="甲")).entry.category == "乙"


def test_places_are_renewed_and_those_from_elsewhere_stay() -> None:
    base, machine = draft("a", "x"), draft("a", "x", page=2)
    (elsewhere,) = draft("b", "y", page=9).source
    merged = merge(base, machine, replace(base, source=(*base.source, elsewhere)))
    assert merged.entry.source == (*machine.source, elsewhere)
    assert merge(machine, machine, merged.entry).entry == merged.entry
