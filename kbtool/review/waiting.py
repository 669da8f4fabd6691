"""What waits for a person, in the order it is best looked at.

First what nobody but a person can decide, then slips, then doubtful texts, then what only lacks its approval; safety
first in each group, and within it along the pages of the paper, so that a reviewer turns each page once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum

from kbtool.entry import Entry, Status
from kbtool.inquiry import Inquiry
from kbtool.knowledge import KnowledgeBase, effective_status, inquiries
from kbtool.knowledge.findings import personal_findings_in
from kbtool.knowledge.pairs import Pair, name_of
from kbtool.knowledge.undecided import undecided
from kbtool.outcome import Problem

#: The reason of an entry that nothing is doubtful about: it waits for its approval alone.
APPROVAL = "approval"
#: The reason of an entry that holds what looks like personal data.
PERSONAL = "personal"
#: The reason of a slip with fields to look at.
FIELDS = "fields"
_DECISIONS = {PERSONAL, "conflict", "contradiction", "source_gone", "source_changed"}
#: All known reasons, the most pressing first; others stand between doubts and approval.
_REASONS = (
    PERSONAL,
    "conflict",
    "contradiction",
    "duplicate",
    "source_gone",
    "source_changed",
    FIELDS,
    "stamp",
    "low_confidence",
    "look_alike",
    "numbers",
    "question_from_heading",
)


class Group(IntEnum):
    """How pressing it is."""

    DECISION = 0
    SLIP = 1
    DOUBT = 2
    APPROVAL = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry, slip or pair of entries that waits: its reasons, and where it stands on paper."""

    kind: str
    id: str
    title: str
    why: tuple[str, ...]
    group: Group
    status: str = ""
    category: str = ""
    document: str = ""
    page: int = 0
    safety: bool = False
    top: float = 0.0
    fields: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[object, ...]:
        """What it is sorted by."""
        return self.group, not self.safety, self.document, self.page, self.top


@dataclass(frozen=True, slots=True)
class Queue:
    """All that waits, and a problem for each entry file that cannot be read."""

    items: tuple[Waiting, ...]
    problems: tuple[Problem, ...] = ()

    def only(self, why: str) -> "Queue":
        """The part that waits for this reason; everything for an empty one."""
        return Queue(tuple(item for item in self.items if not why or why in item.why), self.problems)

    def reasons(self) -> dict[str, int]:
        """How many wait for each reason, the most pressing first."""
        counts: dict[str, int] = {}
        for item in self.items:
            for why in item.why:
                counts[why] = counts.get(why, 0) + 1
        return {why: counts[why] for why in sorted(counts, key=_pressing)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where one item stands in a queue: its number from 1 (0 where it waits no longer) and its neighbours."""

    number: int
    total: int
    previous: Waiting | None
    next: Waiting | None


def queue(kb: KnowledgeBase) -> Queue:
    """Everything that waits, best first; entry files that cannot be read are named as problems."""
    reading = kb.scan()
    live = {entry.id: entry for entry in reading.entries.values() if entry.status is not Status.RETIRED}
    persons = {found.owner for found in personal_findings_in(kb, live)}
    found = [_entry(entry, persons) for entry in live.values() if _waits(entry) or entry.id in persons]
    found += [_pair(pair) for pair in undecided(kb, reading.entries)]
    found += [_slip(record) for record in inquiries.records(kb).values() if record.to_review]
    return Queue(tuple(sorted(found, key=lambda item: item.order)), reading.problems)


def place(items: Sequence[Waiting], kind: str, id: str) -> Place:
    """The place of one item; what waits no longer is followed by the first that does."""
    number = next((at for at, item in enumerate(items, start=1) if (item.kind, item.id) == (kind, id)), 0)
    before = items[number - 2] if number > 1 else None
    after = items[number] if number < len(items) else None
    return Place(number, len(items), before, after)


def _waits(entry: Entry) -> bool:
    return bool(entry.needs_review) or effective_status(entry) in (Status.DRAFT, Status.IN_REVIEW)


def _entry(entry: Entry, persons: Collection[str]) -> Waiting:
    source = entry.source[0] if entry.source else None
    marks = (*entry.needs_review, *([PERSONAL] if entry.id in persons else []))
    return Waiting(
        kind="entry",
        id=entry.id,
        title=entry.question,
        why=tuple(sorted(marks, key=_pressing)) or (APPROVAL,),
        group=_group(marks),
        status=effective_status(entry).value,
        category=entry.category,
        document=source.doc if source else "",
        page=source.page if source else 0,
        safety=entry.safety,
        top=source.bbox.y0 if source else 0.0,
    )


def _pressing(why: str) -> tuple[int, str]:
    last = len(_REASONS) + (why == APPROVAL)
    return (_REASONS.index(why) if why in _REASONS else last), why


def _group(marks: Sequence[str]) -> Group:
    if _DECISIONS.intersection(marks):
        return Group.DECISION
    return Group.DOUBT if marks else Group.APPROVAL


def _pair(pair: Pair) -> Waiting:
    source = pair.one.source[0] if pair.one.source else None
    return Waiting(
        kind="pair",
        id=f"{name_of(pair.one)}~{name_of(pair.other)}",
        title=f"{pair.one.question} / {pair.other.question}",
        why=(pair.kind.value,),
        group=Group.DECISION,
        document=source.doc if source else "",
        page=source.page if source else 0,
        safety=pair.one.safety or pair.other.safety,
        top=source.bbox.y0 if source else 0.0,
    )


def _slip(record: Inquiry) -> Waiting:
    page = record.pages[0]
    return Waiting("inquiry", record.number, record.number, (FIELDS,), Group.SLIP, page=page, fields=record.to_review)
