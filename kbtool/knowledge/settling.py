"""What a person decides about two entries that ask the same: they become one, or both stay, and why.

Merging keeps both questions as variants and both sources; what was merged away is retired under its id, so that its
address says where it went, and so that the next reading of its source knows it and drafts it no more.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from kbtool.entry import Entry, HistoryItem, Status
from kbtool.errors import UsageError
from kbtool.knowledge import besides, decisions
from kbtool.knowledge.decisions import Decision, DecisionKind
from kbtool.knowledge.documents import AcceptedDraft
from kbtool.knowledge.frozen import audiences, thaw
from kbtool.knowledge.life_cycle import retired
from kbtool.knowledge.merge_report import MACHINE
from kbtool.knowledge.pairs import Pair, compare, name_of
from kbtool.knowledge.store import KnowledgeBase
from kbtool.knowledge.undecided import CONTRADICTION, beside_pair, living, undecided

T = TypeVar("T")


class Verdict(StrEnum):
    """What a person found: two questions, two answers that both hold, an entry that is right, or one question."""

    DIFFERENT = "different"
    BOTH_RIGHT = "both_right"
    FIRST_RIGHT = "first_right"
    MERGED = "merged"


def pair_of(kb: KnowledgeBase, one: str, other: str) -> Pair:
    """The pair of an entry and another one, or a passage (``@…``), decided or not; ``UsageError`` for none."""
    if one.startswith("@"):
        one, other = other, one
    first = kb.entry(one)
    if not other.startswith("@"):
        found = compare(first, kb.entry(other))
    else:
        entries = kb.entries()
        known = (beside for _, beside in besides.load(kb.documents) if living(entries, beside.of) == first)
        found = next((beside_pair(first, each) for each in known if name_of(each.draft) == other), None)
    if found is None:
        raise UsageError("pairs_none", one=one, other=other)
    return found


def merge_into(kb: KnowledgeBase, survivor: str, other: str, by: str, today: date, note: str = "") -> Entry:
    """Make one entry of two, or take a passage (``@…``) in: the survivor's answer stands, and all ways to ask it."""
    with kb.writing("entry merge"):
        kept = kb.entry(survivor)
        gone = pair_of(kb, survivor, other).other if other.startswith("@") else kb.entry(other)
        merged, retired_one = joined(kept, gone, by, today, note)
        kb.save_all((merged, retired_one) if retired_one else (merged,))
        for audience in audiences(kb, retired_one) if retired_one else ():
            thaw(kb, gone, audience)
        pair = Pair(DecisionKind.DUPLICATE, kept, gone)
        decisions.record(kb, [Decision(today, by, pair.kind, pair.keys[pair.kind], Verdict.MERGED, note)])
        return merged


def joined(survivor: Entry, other: Entry, by: str, today: date, note: str = "") -> tuple[Entry, Entry | None]:
    """The survivor with the other's questions and places, and the other out of service (None for a passage)."""
    for each in (survivor, other):
        if each.status is Status.RETIRED:
            raise UsageError("knowledge_retired", id=each.id, replaced_by=each.replaced_by or "-")
    if survivor.id == other.id:
        raise UsageError("knowledge_replaces_itself", id=survivor.id)
    questions = dict.fromkeys((*survivor.variants, other.question, *other.variants))
    links = dict.fromkeys((*survivor.related, *other.related))
    said = " ".join(filter(None, (name_of(other), note)))
    merged = replace(
        survivor,
        variants=tuple(each for each in questions if each != survivor.question),
        source=_both(survivor.source, other.source),
        related=tuple(each for each in links if each not in (survivor.id, other.id)),
        tags=_both(survivor.tags, other.tags),
        safety=survivor.safety or other.safety,
        history=(HistoryItem(today, "joined", by, note=said), *survivor.history),
    )
    return merged, retired(other, note or survivor.id, survivor.id, by, today) if other.id else None


def split(kb: KnowledgeBase, id: str, heading: str, question: str, by: str, today: date) -> Entry:
    """Make an entry of one section of another: it names the same places, and hears when the source changes there."""
    with kb.writing("entry split"):
        whole = kb.entry(id)
        if whole.status is Status.RETIRED:
            raise UsageError("knowledge_retired", id=id, replaced_by=whole.replaced_by or "-")
        part = next((each for each in whole.sections if each.heading == heading), None)
        if part is None or len(whole.sections) == 1:
            raise UsageError("knowledge_split", id=id, known="、".join(each.heading for each in whole.sections))
        new = Entry(
            *(kb.next_id(), whole.type, question, (part,), whole.category),
            products=whole.products,
            channels=whole.channels,
            owner=whole.owner,
            author=by,
            safety=whole.safety,
            legal_check=whole.legal_check,
            source=whole.source,
            origin=whole.origin,
            related=(whole.id,),
            needs_review=whole.needs_review,
            lang=whole.lang,
            history=(HistoryItem(today, "split", by, note=whole.id),),
        )
        rest = replace(
            whole,
            sections=tuple(each for each in whole.sections if each != part),
            related=_both(whole.related, (new.id,)),
            history=(HistoryItem(today, "split", by, note=new.id), *whole.history),
        )
        kb.save_all((new, rest), new=(new.id,))
        return new


def decide(kb: KnowledgeBase, one: str, other: str, verdict: Verdict, by: str, today: date, note: str = "") -> Pair:
    """Record that both stay, and why; a passage that is a question of its own becomes an entry."""
    with kb.writing("entry decide"):
        pair = pair_of(kb, one, other)
        _refuse_verdict(pair, verdict)
        if not pair.other.id and verdict is Verdict.DIFFERENT and pair.kind is DecisionKind.DUPLICATE:
            pair = replace(pair, other=_made_entry(kb, pair.other, today))
        kind = DecisionKind.DUPLICATE if verdict is Verdict.DIFFERENT else DecisionKind.CONTRADICTION
        decisions.record(kb, [Decision(today, by, kind, pair.keys[kind], verdict, note)])
        _unmark(kb, pair.one, by, today)
        return pair


def _refuse_verdict(pair: Pair, verdict: Verdict) -> None:
    torn = pair.kind is DecisionKind.CONTRADICTION
    fits = {
        Verdict.DIFFERENT: True,
        Verdict.BOTH_RIGHT: torn,
        Verdict.FIRST_RIGHT: torn and not pair.other.id,
        Verdict.MERGED: False,
    }
    if not fits[verdict]:
        raise UsageError("pairs_verdict", one=name_of(pair.one), other=name_of(pair.other), verdict=verdict.value)


def _made_entry(kb: KnowledgeBase, draft: Entry, today: date) -> Entry:
    """Make an entry of a passage; its draft is the base of the next merge."""
    entry = replace(draft, id=kb.next_id(), history=(HistoryItem(today, "drafted", MACHINE),))
    slug = next(slug for slug, beside in besides.load(kb.documents) if beside.draft.origin_key == draft.origin_key)
    kb.save(entry, new=True)
    kb.documents.save_drafts(slug, (*kb.documents.drafts(slug), AcceptedDraft(replace(draft, id=entry.id))))
    besides.drop(kb.documents, slug, draft.origin_key)
    return entry


def _unmark(kb: KnowledgeBase, entry: Entry, by: str, today: date) -> None:
    """Take the mark of a contradicting passage off, once none is left to decide about."""
    if CONTRADICTION not in entry.needs_review:
        return
    left = undecided(kb, kb.entries(), (entry.id,))
    if not any(pair.kind is DecisionKind.CONTRADICTION and not pair.other.id for pair in left):
        marks = tuple(mark for mark in entry.needs_review if mark != CONTRADICTION)
        kb.save(replace(entry, needs_review=marks, history=(HistoryItem(today, "resolved", by), *entry.history)))


def _both(first: Iterable[T], second: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*first, *second)))
