"""What people decide about entries that ask the same, and what becomes of it at the next reading."""

from dataclasses import replace

import pytest

from kbtool.entry import Audience, Entry, Section, Status
from kbtool.errors import PublishRefused, UsageError
from kbtool.knowledge import KnowledgeBase, Result, accept, approve, publish, settling
from kbtool.knowledge.besides import Beside
from kbtool.knowledge.decisions import DecisionKind
from kbtool.knowledge.settling import Verdict, decide, merge_into, split
from kbtool.knowledge.undecided import undecided
from tests.knowledge.conftest import TODAY, tree
from tests.knowledge.samples import document, draft

PAGES = document("一", "二", "三")
EIGHT = draft("a", "商品を返品したい", "到着後8日以内にご連絡ください。", variants=("返品",))
SEVEN = draft("b", "商品の返品をしたい", "到着後7日以内にご連絡ください。", page=2, tags=("must_know",))
AGAIN = draft("c", "返したい", "到着後8日以内にご連絡ください。", page=3)


def waiting(kb: KnowledgeBase) -> list[tuple[str, str, str]]:
    return [
        (pair.kind.value, settling.name_of(pair.one), settling.name_of(pair.other))
        for pair in undecided(kb, kb.entries())
    ]


def read(kb: KnowledgeBase, *drafts: Entry, beside: tuple[Beside, ...] = ()) -> list[Result]:
    return [item.result for item in accept(kb, PAGES, drafts, TODAY, beside=beside).items]


@pytest.fixture
def torn(kb: KnowledgeBase) -> KnowledgeBase:
    read(kb, EIGHT, SEVEN)
    assert waiting(kb) == [("contradiction", "KB-0001", "KB-0002")]
    return kb


def test_nobody_publishes_a_contradiction_before_it_is_decided(torn: KnowledgeBase) -> None:
    approve(torn, "KB-0001", "a.mihon", TODAY)
    for audience in (Audience.PUBLIC, Audience.PARTNER, Audience.INTERNAL):
        with pytest.raises(PublishRefused, match="pairs_contradiction") as refused:
            publish(torn, "KB-0001", audience, "b.reiji", TODAY)
        assert (refused.value.params["here"], refused.value.params["there"]) == ("8日", "7日")
    decide(torn, "KB-0001", "KB-0002", Verdict.BOTH_RIGHT, "a.mihon", TODAY, "窓口が違う")
    assert waiting(torn) == []
    assert publish(torn, "KB-0001", Audience.PUBLIC, "b.reiji", TODAY).status is Status.PUBLISHED


def test_a_decision_holds_until_the_values_change(torn: KnowledgeBase) -> None:
    decide(torn, "KB-0002", "KB-0001", Verdict.BOTH_RIGHT, "a.mihon", TODAY)
    torn.save(replace(torn.entry("KB-0002"), sections=(Section("回答", "届いてから7日のうちです。"),)))
    assert waiting(torn) == []
    torn.save(replace(torn.entry("KB-0002"), sections=(Section("回答", "6日以内です。"),)))
    assert waiting(torn) == [("contradiction", "KB-0001", "KB-0002")]
    decide(torn, "KB-0001", "KB-0002", Verdict.DIFFERENT, "a.mihon", TODAY)
    torn.save(replace(torn.entry("KB-0002"), sections=(Section("回答", "5日以内です。"),)))
    assert waiting(torn) == []


def test_merging_keeps_both_questions_and_both_places(torn: KnowledgeBase) -> None:
    merged = merge_into(torn, "KB-0001", "KB-0002", "a.mihon", TODAY, "旧版")
    assert (merged.answer, merged.variants) == (EIGHT.answer, ("返品", "商品の返品をしたい"))
    assert merged.source == (*EIGHT.source, *SEVEN.source)
    assert merged.tags == ("must_know",)
    gone = torn.entry("KB-0002")
    assert (gone.status, gone.replaced_by, gone.answer) == (Status.RETIRED, "KB-0001", SEVEN.answer)
    assert waiting(torn) == []


def test_what_was_merged_away_is_known_again_and_its_changes_are_told_where_it_went(torn: KnowledgeBase) -> None:
    merge_into(torn, "KB-0001", "KB-0002", "a.mihon", TODAY)
    before = tree(torn)
    assert read(torn, EIGHT, SEVEN) == [Result.KEPT, Result.KEPT]
    assert tree(torn) == before
    again = replace(SEVEN, sections=(Section("回答", "到着後6日以内にご連絡ください。"),))
    report = accept(torn, PAGES, (EIGHT, again), TODAY)
    assert [(item.result, item.change) for item in report.items][1] == (Result.KEPT, "7日 → 6日")
    survivor = torn.entry("KB-0001")
    assert (survivor.answer, survivor.needs_review) == (EIGHT.answer, ("source_changed",))
    assert survivor.history[0].note == "7日 → 6日"
    settled = tree(torn)
    accept(torn, PAGES, (EIGHT, again), TODAY)
    assert tree(torn) == settled


def test_places_follow_a_new_edition_wherever_a_passage_went(torn: KnowledgeBase) -> None:
    merge_into(torn, "KB-0001", "KB-0002", "a.mihon", TODAY)
    moved = replace(SEVEN, source=(replace(SEVEN.source[0], page=3),))
    read(torn, EIGHT, moved)
    assert [place.page for place in torn.entry("KB-0001").source] == [1, 3]
    assert torn.entry("KB-0001").needs_review == ()


@pytest.mark.parametrize("verdict", [Verdict.FIRST_RIGHT, Verdict.MERGED])
def test_a_verdict_that_decides_nothing_is_refused(torn: KnowledgeBase, verdict: Verdict) -> None:
    with pytest.raises(UsageError, match="pairs_verdict"):
        decide(torn, "KB-0001", "KB-0002", verdict, "a.mihon", TODAY)


def test_what_is_no_pair_is_refused(torn: KnowledgeBase) -> None:
    read(torn, EIGHT, SEVEN, draft("x", "支払い方法を知りたい"))
    for other in ("KB-0003", "@abc"):
        with pytest.raises(UsageError, match="pairs_none"):
            decide(torn, "KB-0001", other, Verdict.DIFFERENT, "a.mihon", TODAY)
    with pytest.raises(UsageError, match="knowledge_replaces_itself"):
        merge_into(torn, "KB-0001", "KB-0001", "a.mihon", TODAY)


REPEATED = (Beside(DecisionKind.DUPLICATE, "a", AGAIN),)


def test_a_repeated_passage_becomes_a_variant_and_is_asked_about_no_more(kb: KnowledgeBase) -> None:
    read(kb, EIGHT, beside=REPEATED)
    assert waiting(kb) == [("duplicate", "KB-0001", "@c")]
    merged = merge_into(kb, "KB-0001", "@c", "a.mihon", TODAY)
    assert (merged.variants, merged.source) == (("返品", "返したい"), (*EIGHT.source, *AGAIN.source))
    assert read(kb, EIGHT, beside=REPEATED) == [Result.KEPT]
    assert waiting(kb) == []
    assert kb.entry("KB-0001") == merged


def test_a_passage_that_asks_something_else_becomes_an_entry_for_good(kb: KnowledgeBase) -> None:
    read(kb, EIGHT, beside=REPEATED)
    made = decide(kb, "KB-0001", "@c", Verdict.DIFFERENT, "a.mihon", TODAY).other
    assert (made.id, made.question, made.status) == ("KB-0002", "返したい", Status.DRAFT)
    assert waiting(kb) == []
    assert read(kb, EIGHT, beside=REPEATED) == [Result.UNCHANGED, Result.UNCHANGED]
    assert kb.entry("KB-0002") == made
    before = tree(kb)
    assert read(kb, EIGHT, beside=REPEATED) == [Result.UNCHANGED, Result.UNCHANGED]
    assert tree(kb) == before


def test_a_passage_that_contradicts_is_decided_with_its_mark(kb: KnowledgeBase) -> None:
    old = (Beside(DecisionKind.CONTRADICTION, "a", SEVEN),)
    read(kb, replace(EIGHT, needs_review=("contradiction",)), beside=old)
    assert waiting(kb) == [("contradiction", "KB-0001", "@b")]
    decide(kb, "@b", "KB-0001", Verdict.FIRST_RIGHT, "a.mihon", TODAY)
    assert waiting(kb) == []
    assert kb.entry("KB-0001").needs_review == ()
    read(kb, replace(EIGHT, needs_review=("contradiction",)), beside=old)
    assert waiting(kb) == []


def test_a_part_split_off_hears_when_the_source_changes(kb: KnowledgeBase) -> None:
    sections = (Section("回答", "8日以内です。"), Section("手順", "電話で申し込みます。"))
    whole = replace(EIGHT, sections=sections)
    read(kb, whole)
    part = split(kb, "KB-0001", "手順", "返品を申し込みたい", "a.mihon", TODAY)
    assert (part.id, part.answer, part.source) == ("KB-0002", "電話で申し込みます。", EIGHT.source)
    assert [each.heading for each in kb.entry("KB-0001").sections] == ["回答"]
    before = {id: entry for id, entry in kb.entries().items()}
    read(kb, whole)
    assert kb.entries() == before
    changed = replace(whole, sections=(sections[0], Section("手順", "窓口で申し込みます。")))
    assert read(kb, changed) == [Result.CONFLICT]
    assert kb.entry("KB-0002").needs_review == ("source_changed",)
    assert kb.entry("KB-0002").answer == "電話で申し込みます。"
    with pytest.raises(UsageError, match="knowledge_split"):
        split(kb, "KB-0002", "手順", "x", "a.mihon", TODAY)
