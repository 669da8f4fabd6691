"""Where an entry's words come from: every entry names a place that exists, in the edition in force (S)."""

from collections.abc import Iterator

from kbtool.entry import Origin, Source
from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import EntryFile, Place, State
from kbtool.knowledge.documents import DocumentRecord


def without_source(file: EntryFile, state: State) -> Iterator[Found]:
    """An entry that was not written by a person and cites nothing (S001)."""
    if not file.entry.source and file.entry.origin is not Origin.HUMAN:
        yield Found(file.field("origin"))


def unknown_document(file: EntryFile, state: State) -> Iterator[Found]:
    """A passage of a document that the knowledge base does not have (S003)."""
    for source in file.entry.source:
        if not _holders(source, state):
            yield Found(file.field("source", source.sha256), {"document": source.doc})


def page_outside(file: EntryFile, state: State) -> Iterator[Found]:
    """A page that its document does not have (S004); of a pile, one that none of its documents has."""
    for source in file.entry.source:
        newest = [record for record in _holders(source, state) if record.hashes[-1] == source.sha256]
        if newest and source.page > max(_last_page(record) for record in newest):
            yield Found(file.field("source", f"page: {source.page}"), {"document": source.doc, "page": source.page})


def superseded(file: EntryFile, state: State) -> Iterator[Found]:
    """A passage of an edition that a newer one replaced, which nobody was told to look at (S005)."""
    for source in file.entry.source:
        holders = _holders(source, state)
        is_old = holders and all(record.hashes[-1] != source.sha256 for record in holders)
        if is_old and not {"source_gone", "source_changed", "conflict"}.intersection(file.entry.needs_review):
            edition = holders[0].edition or holders[0].sources[-1].name
            yield Found(file.field("source", source.sha256), {"document": source.doc, "edition": edition})


def missing_file(state: State) -> Iterator[Found]:
    """A document whose file is no longer in ``source_manuals/`` (S006)."""
    for slug, name in state.missing_sources.items():
        yield Found(state.place(f"kb/documents/{slug}/document.yml", name), {"name": name})


def torn_document(state: State) -> Iterator[Found]:
    """A document whose pages are not all there (S007)."""
    for slug, where in state.torn.items():
        yield Found(Place(where), {"document": state.documents[slug].title, "pages": state.documents[slug].page_count})


def orphan_record(state: State) -> Iterator[Found]:
    """An inquiry record of a document that is not there any more (S008)."""
    for record, place in state.records:
        if record.document not in state.documents:
            yield Found(place, {"number": record.number, "document": record.document})


def twin_record(state: State) -> Iterator[Found]:
    """A second record with one number, as after a git merge (S009): only the last would count."""
    seen: set[str] = set()
    for record, place in state.records:
        if record.number in seen:
            yield Found(place, {"number": record.number})
        seen.add(record.number)


def _holders(source: Source, state: State) -> list[DocumentRecord]:
    return [record for record in state.documents.values() if source.sha256 in record.hashes]


def _last_page(record: DocumentRecord) -> int:
    return max((page.page for page in record.pages), default=record.page_count)
