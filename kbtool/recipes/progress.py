"""How far a knowledge base is: every page of every document on its way to readers, the pace, and when it is done.

The pace is what the history of the entries says, never a clock: the same files and the same date give the same answer.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kbtool import intake
from kbtool.entry import Audience, Entry, Status
from kbtool.knowledge import DocumentRecord, KnowledgeBase, effective_status, inquiries, ledger
from kbtool.knowledge import open_conflicts as conflicts_of
from kbtool.knowledge.ageing import Age, age
from kbtool.knowledge.freshness import Silence, silence
from kbtool.knowledge.frozen import IN_FORCE


@dataclass(frozen=True, slots=True)
class Pages:
    """How many pages of a document have come how far; what is drafted is read too, and so on to the right.

    ``read`` = ``set_aside`` + ``drafted``: of each page that was read something was drafted, or it was set aside.
    """

    registered: int
    read: int
    set_aside: int
    drafted: int
    reviewed: int
    approved: int
    published: int


@dataclass(frozen=True, slots=True)
class DocumentProgress:
    """One document; ``slug`` is empty for the entries without one. ``left`` are entries that nobody approved yet.

    ``expected`` is the day on which it is done when documents are worked off in this order; None where that cannot be
    said.
    """

    slug: str
    title: str
    pages: Pages
    outcomes: dict[str, int]
    entries: dict[str, int]
    left: int
    expected: date | None


@dataclass(frozen=True, slots=True)
class Pace:
    """Entries approved for the first time within ``days`` up to today, on ``worked_days`` of them."""

    entries: int
    days: int
    worked_days: int

    def days_for(self, left: int) -> int | None:
        """Days that so many entries take as things went; None where nothing went."""
        return math.ceil(left * self.days / self.entries) if self.entries else None if left else 0

    def hours_for(self, left: int, hours_a_day: float) -> float | None:
        """Hours of work that so many entries take, when a day of work has so many."""
        if not self.entries:
            return None if left else 0.0
        return round(left * self.worked_days / self.entries * hours_a_day, 1)


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of a whole knowledge base; ``unread`` are files in source_manuals/ that were not taken in yet.

    ``days_left`` to the handover date, None where none is set; ``late`` whether the expected day lies after it.
    """

    documents: tuple[DocumentProgress, ...]
    pages: Pages
    unread: tuple[str, ...]
    entries: dict[str, int]
    public: int
    due: int
    stale: int
    to_review: int
    conflicts: int
    records: int
    records_to_review: int
    freshness: Silence
    pace: Pace
    left: int
    hours_left: float | None
    expected: date | None
    days_left: int | None
    late: bool


def progress(kb: KnowledgeBase) -> Progress:
    """Count what lies on disk: every page in one end, every entry in one document or in the line without one."""
    entries, records, today = list(kb.entries().values()), inquiries.records(kb).values(), kb.project.today
    settings = kb.project.settings
    pace = _pace(entries, today, settings.review.pace_days)
    documents = tuple(_documents(kb, entries, pace))
    left = sum(document.left for document in documents)
    expected, handover = _day(today, pace.days_for(left)), settings.handover_date
    ages = Counter(age(entry, today, settings.review.due_days) for entry in entries)
    return Progress(
        documents=documents,
        pages=_sum(document.pages for document in documents),
        unread=_unread(kb),
        entries=_by_status(entries),
        public=sum(bool(entry.public_id) and entry.status is not Status.RETIRED for entry in entries),
        due=ages[Age.DUE],
        stale=ages[Age.STALE],
        to_review=sum(bool(entry.needs_review) for entry in entries),
        conflicts=len(conflicts_of(kb)),
        records=len(records),
        records_to_review=sum(bool(record.to_review) for record in records),
        freshness=silence(ledger.lines(kb.project, Audience.PUBLIC), today, settings.freshness),
        pace=pace,
        left=left,
        hours_left=pace.hours_for(left, settings.review.hours_a_day),
        expected=expected,
        days_left=(handover - today).days if handover else None,
        late=bool(left and handover and (expected is None or expected > handover)),
    )


def _documents(kb: KnowledgeBase, entries: Sequence[Entry], pace: Pace) -> Iterable[DocumentProgress]:
    """All documents with the entries made from them, each entry once; then the entries without a document."""
    rest, before, cited = {entry.id: entry for entry in entries}, 0, _cited(entries)
    for slug, record in kb.documents.records().items():
        of_pages = {page.page: cited[_file(record), page.page] for page in record.pages}
        mine = {entry.id: entry for found in of_pages.values() for entry in found if entry.id in rest}
        rest = {id: entry for id, entry in rest.items() if id not in mine}
        before += _left(mine.values())
        yield DocumentProgress(
            slug,
            f"{record.title} {record.edition}".strip(),
            _pages(record, of_pages),
            dict(Counter(page.outcome for page in record.pages)),
            _by_status(mine.values()),
            _left(mine.values()),
            _day(kb.project.today, pace.days_for(before)),
        )
    if rest:
        whole = _day(kb.project.today, pace.days_for(before + _left(rest.values())))
        yield DocumentProgress("", "", _sum(()), {}, _by_status(rest.values()), _left(rest.values()), whole)


def _cited(entries: Iterable[Entry]) -> defaultdict[tuple[str, int], list[Entry]]:
    """Source and page → the entries that cite it."""
    found: defaultdict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        for place in dict.fromkeys((source.sha256, source.page) for source in entry.source):
            found[place].append(entry)
    return found


def _file(record: DocumentRecord) -> str:
    return record.hashes[-1] if record.sources else ""


def _pages(record: DocumentRecord, of_pages: Mapping[int, Sequence[Entry]]) -> Pages:
    """The stages of a document's pages; a page has come as far as the last of its entries that are in service."""
    read = [page for page in record.pages if page.outcome != "failed"]
    living = [[entry for entry in of_pages[page.page] if entry.status is not Status.RETIRED] for page in read]
    drafted = [found for found in living if found]
    return Pages(
        registered=record.page_count,
        read=len(read),
        set_aside=len(read) - len(drafted),
        drafted=len(drafted),
        reviewed=sum(all(map(_is_reviewed, found)) for found in drafted),
        approved=sum(all(effective_status(entry) in IN_FORCE for entry in found) for found in drafted),
        published=sum(all(effective_status(entry) is Status.PUBLISHED for entry in found) for found in drafted),
    )


def _is_reviewed(entry: Entry) -> bool:
    """Whether a person has looked at everything doubtful in an entry."""
    return effective_status(entry) in IN_FORCE or (not entry.needs_review and entry.status is not Status.DRAFT)


def _left(entries: Iterable[Entry]) -> int:
    return sum(effective_status(entry) in (Status.DRAFT, Status.IN_REVIEW) for entry in entries)


def _pace(entries: Iterable[Entry], today: date, most_days: int) -> Pace:
    """Count first approvals since the first step of all, but not further back than the settings say."""
    dated = [item for entry in entries for item in entry.history if item.date <= today]
    began = min((item.date for item in dated), default=today)
    began = max(began, today - timedelta(days=most_days - 1))
    first = [
        min((item.date for item in entry.history if item.kind == "approved"), default=date.max) for entry in entries
    ]
    counted = [day for day in first if began <= day <= today]
    return Pace(len(counted), (today - began).days + 1, len(set(counted)))


def _day(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)


def _unread(kb: KnowledgeBase) -> tuple[str, ...]:
    if not kb.project.sources.is_dir():
        return ()
    known = kb.documents.known_sources()
    return tuple(source.name for source in intake.discover(kb.project.sources).sources if source.sha256 not in known)


def _sum(of: Iterable[Pages]) -> Pages:
    every = list(of)
    return Pages(*(sum(getattr(pages, name) for pages in every) for name in Pages.__slots__))


def _by_status(entries: Iterable[Entry]) -> dict[str, int]:
    counted = Counter(effective_status(entry) for entry in entries)
    return {status.value: counted[status] for status in Status}
