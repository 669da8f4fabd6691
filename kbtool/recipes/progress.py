"""How far a knowledge base is: pages and entries of every document, what waits for a person, how fresh the log is."""

from collections import Counter
from dataclasses import dataclass

from kbtool.entry import Audience, Entry, Status
from kbtool.knowledge import DocumentRecord, KnowledgeBase, effective_status, inquiries, ledger, open_conflicts
from kbtool.knowledge.freshness import Silence, silence


@dataclass(frozen=True, slots=True)
class DocumentProgress:
    """One document: its pages by outcome, its entries by status."""

    slug: str
    title: str
    pages: int
    outcomes: dict[str, int]
    entries: dict[str, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of a whole knowledge base; ``days_left`` to the handover date, None where none is set."""

    documents: tuple[DocumentProgress, ...]
    entries: dict[str, int]
    public: int
    to_review: int
    conflicts: int
    records: int
    records_to_review: int
    freshness: Silence
    days_left: int | None


def progress(kb: KnowledgeBase) -> Progress:
    """Count what lies on disk; every page of a document appears in exactly one outcome."""
    entries = list(kb.entries().values())
    records = inquiries.records(kb).values()
    handover = kb.project.settings.handover_date
    return Progress(
        documents=tuple(_document(slug, kb.documents.record(slug), entries) for slug in kb.documents.slugs()),
        entries=_by_status(entries),
        public=sum(bool(entry.public_id) and entry.status is not Status.RETIRED for entry in entries),
        to_review=sum(bool(entry.needs_review) for entry in entries),
        conflicts=len(open_conflicts(kb)),
        records=len(records),
        records_to_review=sum(bool(record.to_review) for record in records),
        freshness=silence(ledger.lines(kb.project, Audience.PUBLIC), kb.project.today, kb.project.settings.freshness),
        days_left=(handover - kb.project.today).days if handover else None,
    )


def _document(slug: str, record: DocumentRecord, entries: list[Entry]) -> DocumentProgress:
    ids = {id_ for page in record.pages for id_ in page.entries}
    outcomes = Counter(page.outcome for page in record.pages)
    return DocumentProgress(
        slug,
        f"{record.title} {record.edition}".strip(),
        record.page_count,
        dict(outcomes),
        _by_status([entry for entry in entries if entry.id in ids]),
    )


def _by_status(entries: list[Entry]) -> dict[str, int]:
    counted = Counter(effective_status(entry) for entry in entries)
    return {status.value: counted[status] for status in Status}
