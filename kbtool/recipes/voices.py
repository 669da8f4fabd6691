"""What customers asked, ready to be shown: of a period, without personal data, with the entries that answer it.

Report and gaps both begin here, so that both mean the same by "answered".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kbtool.entry import Entry, Status
from kbtool.forms import similar
from kbtool.inquiry import Inquiry
from kbtool.knowledge import KnowledgeBase, inquiries
from kbtool.knowledge.findings import own_contacts
from kbtool.recipes.find import open_index
from kbtool.search import Hit, SearchIndex
from kbtool.text import fold, personal_data

#: An entry that speaks of so much of an inquiry answers it: below it the hits of the judged questions are by chance.
ANSWERS = 0.4
#: A second entry that is nearly as good as the first, and of its category, answers another half of the matter.
_NEARLY = 0.6
#: What the desk does in every inquiry; it says nothing about what an entry lacks.
_DESK = re.compile(
    "ご?(?:案内|手順|確認|手配|説明|受付|了承|希望|連絡|共有|対応|返信|回答|以上|場合|予定|当社|お客様|お?願い|お?申し出)"
)
_CLAUSE = re.compile(r"[。、！？!?\s]+")
_PRIVATE = "〔個人情報〕"
_SHORTEST_PRIVATE = 2


@dataclass(frozen=True, slots=True)
class Voice:
    """One inquiry in a customer's words and the desk's answer, both masked."""

    record: Inquiry
    content: str
    response: str

    @property
    def kind(self) -> str:
        """Its 区分."""
        return str(self.record.value("category") or "")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``since`` to ``until``, both within; None is open."""

    since: date | None = None
    until: date | None = None

    def holds(self, record: Inquiry) -> bool:
        """Whether a record was received in it; one without a date only where the period is open on both ends."""
        if self.since is None and self.until is None:
            return True
        day = received(record)
        return day is not None and (self.since or day) <= day <= (self.until or day)


def voices(kb: KnowledgeBase, records: Iterable[Inquiry]) -> tuple[Voice, ...]:
    """The records' words without what names a person."""
    private = inquiries.private_values(kb)
    allowed = own_contacts(kb.project.settings)

    def said(record: Inquiry, field: str) -> str:
        values = private.get(record.number, {}).values()
        return masked(str(record.value(field) or ""), allowed, values)

    return tuple(Voice(each, said(each, "content"), said(each, "response")) for each in records)


def masked(text: str, allowed: Iterable[str], private: Iterable[str] = ()) -> str:
    """A text without personal data: none of the values kept apart, nothing that looks like one."""
    for value in sorted(private, key=len, reverse=True):
        for part in (value, *value.split()):
            if len(part) >= _SHORTEST_PRIVATE:
                text = text.replace(part, _PRIVATE)
    return personal_data.mask(text, personal_data.find(text, tuple(allowed)))


def received(record: Inquiry) -> date | None:
    """The day an inquiry came in, where it could be read."""
    try:
        return date.fromisoformat(str(record.value("received_on")))
    except ValueError:
        return None


def answering(kb: KnowledgeBase, texts: Sequence[str]) -> list[tuple[Hit, ...]]:
    """For each text the entries nearest to it that are in service, best first."""
    with open_index(kb) as index:
        return [_nearest(index, text) for text in texts]


def _nearest(index: SearchIndex, text: str) -> tuple[Hit, ...]:
    """The hits of the whole text, each as near as to the clause it is nearest to: customers also tell why they ask."""
    found = {hit.id: hit for hit in _hits(index, text)}
    clauses = [clause for clause in _CLAUSE.split(text) if clause]
    for clause in clauses if len(clauses) > 1 else ():
        for hit in _hits(index, clause):
            known = found.get(hit.id)
            if len(hit.matched) > 1 and (known is None or known.coverage < hit.coverage):
                found[hit.id] = replace(known or hit, coverage=hit.coverage)
    return tuple(sorted(found.values(), key=lambda hit: -hit.score))


def _hits(index: SearchIndex, text: str) -> list[Hit]:
    entries = index.search(text, limit=5, archive=False).entries
    return [hit for hit in entries if hit.status is not Status.RETIRED]


def answers(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Those of the nearest entries that answer; none where even the best says too little."""
    if not hits or hits[0].coverage < ANSWERS:
        return ()
    best = hits[0]
    also = (hit for hit in hits[1:] if hit.category == best.category and hit.score >= _NEARLY * best.score)
    return best, *(hit for hit in also if hit.coverage >= ANSWERS)


def lacking(texts: Iterable[str], entries: Iterable[Entry], least: int) -> tuple[str, ...]:
    """Things that at least ``least`` of the texts name and none of the entries does, most frequent first."""
    said = fold("\n".join(part for entry in entries for part in _words_of(entry)))
    counted: dict[str, list[str]] = {}
    for text in texts:
        for word, spelled in similar.things(text).items():
            counted.setdefault(word, []).append(spelled)
    missing = [
        spellings
        for spellings in counted.values()
        if len(spellings) >= least and not _DESK.fullmatch(spellings[0]) and fold(spellings[0]) not in said
    ]
    return tuple(spellings[0] for spellings in sorted(missing, key=len, reverse=True))


def _words_of(entry: Entry) -> Iterator[str]:
    yield from (entry.question, *entry.variants)
    yield from (part.text for part in entry.sections)
