"""What was read from the sources: ``kb/documents/<slug>/``, one folder a document.

``document.yml`` says what the document is and what became of every page; it is written last, and a source counts
as known only when every page has its outcome there. ``pages.jsonl`` holds the pages with all blocks, one line
each. The pages of slips hold personal data: they lie under ``kb/private/documents/`` instead, for the owner only.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kbtool import durable, safe_yaml
from kbtool.document import Document, Page, SourceFile
from kbtool.entry import Audience, Entry
from kbtool.errors import UsageError
from kbtool.knowledge import earlier, plain
from kbtool.outcome import Severity
from kbtool.project import Project

#: ``document.yml`` has a line a page; 2,000 pages (the most a document may have) with ids need about 200 kB.
MAX_DOCUMENT_YAML_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of one page: entries, archive, blank, failed, or what the caller named (record, duplicate …)."""

    page: int
    outcome: str
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What ``document.yml`` says. People may change title, edition, audience and ``locked``; that is kept.

    ``pages`` is empty until the reading was accepted: that is the commit point. ``parts`` is how many documents the
    source was split into, 0 where it is one.
    """

    title: str
    edition: str = ""
    audience: Audience = Audience.INTERNAL
    locked: bool = False
    private: bool = False
    form: str = ""
    sources: tuple[SourceFile, ...] = ()
    fingerprint: str = ""
    page_count: int = 0
    parts: int = 0
    pages: tuple[PageOutcome, ...] = ()

    @property
    def hashes(self) -> list[str]:
        """SHA-256 of the files of all editions, that in force last."""
        return [file.sha256 for file in self.sources]

    @property
    def is_accepted(self) -> bool:
        """Whether every page has its outcome."""
        return len(self.pages) == self.page_count


@dataclass(frozen=True, slots=True)
class AcceptedDraft:
    """The machine's draft that was merged last, with the id of its entry: the base of the next merge.

    ``gone`` when the last reading did not yield it any more.
    """

    draft: Entry
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Fields in which both a person and the machine changed an entry; ``machine`` is the draft not taken."""

    entry: str
    fields: tuple[str, ...]
    machine: Entry


class DocumentStore:
    """The documents of one project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._parsed: dict[Path, tuple[tuple[int, int, int], DocumentRecord]] = {}

    def slugs(self) -> list[str]:
        """All documents, in the order of their slugs."""
        return sorted(path.parent.name for path in (self.project.kb / "documents").glob("*/document.yml"))

    def known_sources(self) -> dict[str, tuple[str, ...]]:
        """SHA-256 of every source whose reading was accepted → slug of its document, or of each of its parts.

        The files of superseded editions are known whatever becomes of the newest.
        """
        older: dict[str, tuple[str, ...]] = {}
        newest: dict[str, dict[str, DocumentRecord]] = {}
        for slug, record in self.records().items():
            older |= dict.fromkeys(record.hashes[:-1], (slug,))
            for sha256 in record.hashes[-1:]:
                newest.setdefault(sha256, {})[slug] = record
        return older | {sha256: tuple(found) for sha256, found in newest.items() if _is_whole(found.values())}

    def records(self) -> dict[str, DocumentRecord]:
        """All documents by slug."""
        return {slug: self.record(slug) for slug in self.slugs()}

    def holder(self, sha256: str, page: int) -> str:
        """Slug of the document that a page of a source went into, whatever its edition; "" where there is none."""
        found = {slug: record for slug, record in self.records().items() if sha256 in record.hashes}
        whole = [slug for slug, record in found.items() if not record.parts or sha256 != record.hashes[-1]]
        part = [slug for slug, record in found.items() if page in [each.page for each in record.pages]]
        return next(iter((*part, *whole)), "")

    def earlier_page(self, slug: str, sha256: str, number: int) -> tuple[Document, Page] | None:
        """A page that was kept of the edition whose SHA-256 begins so, and the document as it was then."""
        kept = earlier.load(self._beside(slug, "earlier.jsonl"), f"{slug}/earlier.jsonl")
        found = next((each for each in kept if each.sha256.startswith(sha256) and each.page.number == number), None)
        return (earlier.as_of(self.load(slug), found), found.page) if found else None

    def record(self, slug: str) -> DocumentRecord:
        """What is known of a document; ``UsageError`` when there is none of that slug."""
        path, where = self._record_path(slug), f"kb/documents/{slug}/document.yml"
        if not path.is_file():
            raise UsageError("knowledge_no_document", slug=slug, known="、".join(self.slugs()) or "-")
        stat = path.stat()
        stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        known = self._parsed.get(path)
        if known is None or known[0] != stamp:
            mapping = safe_yaml.load_file(path, where, MAX_DOCUMENT_YAML_BYTES)
            try:
                known = self._parsed[path] = (stamp, plain.read(DocumentRecord, mapping))
            except plain.Misfit as misfit:
                raise misfit.refusal(where, 1) from misfit
        return known[1]

    def load(self, slug: str) -> Document:
        """The document with all pages and blocks, under the title people gave it."""
        record = self.record(slug)
        pages = plain.load_file(Page, self.folder(slug, record.private) / "pages.jsonl", f"{slug}/pages.jsonl")
        return Document(slug, record.title, record.sources, pages, record.fingerprint, record.edition, record.locked)

    def save(self, document: Document, private: bool = False, parts: int = 0) -> bool:
        """Write the pages durably; False when nothing changed. ``parts`` as in ``DocumentRecord``.

        A changed document is marked as not accepted before its pages change, so that a cut at any moment ends in
        another reading, never in one taken for known.
        """
        known = self.record(document.slug) if self._record_path(document.slug).is_file() else None
        record = _record(document, private, parts, known)
        pages = plain.json_lines(document.pages)
        path = self.folder(document.slug, private) / "pages.jsonl"
        if known == record and path.is_file() and path.read_bytes() == pages.encode():
            return False
        if known and known.sources[-1:] != document.sources[-1:]:
            self._keep_earlier(document.slug, known)
        self._write_record(document.slug, replace(record, pages=()))
        if private:
            self._make_private(document.slug)
        durable.commit(path, pages)
        return True

    def finish(self, document: Document, outcomes: Mapping[int, PageOutcome]) -> bool:
        """Write what became of every page: the commit point. False when the file said so already."""
        pages = tuple(outcomes.get(page.number) or PageOutcome(page.number, _ending(page)) for page in document.pages)
        return self._write_record(document.slug, replace(self.record(document.slug), pages=pages))

    def prune_earlier(self, slug: str, named: Callable[[], Collection[tuple[str, int]]]) -> None:
        """Let go of the pages of earlier editions that are not ``named`` by source and number."""
        earlier.prune(self._beside(slug, "earlier.jsonl"), f"{slug}/earlier.jsonl", named)

    def drafts(self, slug: str) -> tuple[AcceptedDraft, ...]:
        """The machine drafts accepted last."""
        return plain.load_file(AcceptedDraft, self._beside(slug, "drafts.jsonl"), f"{slug}/drafts.jsonl")

    def save_drafts(self, slug: str, drafts: Iterable[AcceptedDraft]) -> bool:
        """Write the machine drafts accepted last."""
        return durable.commit(self._beside(slug, "drafts.jsonl"), plain.json_lines(drafts))

    def conflicts(self, slug: str) -> tuple[Conflict, ...]:
        """The machine's texts that were not taken because a person had changed the same words."""
        return plain.load_file(Conflict, self._beside(slug, "conflicts.jsonl"), f"{slug}/conflicts.jsonl")

    def save_conflicts(self, slug: str, conflicts: Iterable[Conflict]) -> bool:
        """Write the open conflicts; without any the file goes."""
        path, text = self._beside(slug, "conflicts.jsonl"), plain.json_lines(conflicts)
        if text:
            return durable.commit(path, text)
        existed = path.is_file()
        if existed:
            durable.remove(path)
        return existed

    def accepted_ids(self) -> Iterator[str]:
        """Ids that drafts of any document were ever given."""
        for slug in self.slugs():
            yield from (item.draft.id for item in self.drafts(slug))

    def folder(self, slug: str, private: bool) -> Path:
        """Where the pages of a document lie."""
        return (self.project.private if private else self.project.kb) / "documents" / slug

    def _make_private(self, slug: str) -> None:
        """Make the private folder, and move there what was read before it was known that these are slips."""
        folder, before = self.folder(slug, private=True), self.folder(slug, private=False)
        for each in (self.project.private, folder.parent, folder):
            durable.private_folder(each)
        for path in sorted(before.glob("*.jsonl")):  # pages.jsonl last: while it is missing, the next run goes on here
            durable.move(path, folder / path.name)

    def _keep_earlier(self, slug: str, known: DocumentRecord) -> None:
        folder = self.folder(slug, known.private)
        pages = plain.load_file(Page, folder / "pages.jsonl", f"{slug}/pages.jsonl")
        if pages and known.sources:
            earlier.keep(folder / "earlier.jsonl", f"{slug}/earlier.jsonl", pages, known.sources[-1].sha256)

    def _beside(self, slug: str, name: str) -> Path:
        return self.folder(slug, self.record(slug).private) / name

    def _record_path(self, slug: str) -> Path:
        return self.project.kb / "documents" / slug / "document.yml"

    def _write_record(self, slug: str, record: DocumentRecord) -> bool:
        values = plain.write(record) | {"audience": record.audience.value, "locked": record.locked}
        ordered = {name: values[name] for name in DocumentRecord.__slots__ if name in values}
        return durable.commit(self._record_path(slug), safe_yaml.dump(ordered))


def slug_for(name: str) -> str:
    """A short ASCII id for a source name: its readable ASCII words and a hash, the same on every machine."""
    whole = unicodedata.normalize("NFC", name)
    stem = unicodedata.normalize("NFKC", Path(whole).stem).lower()
    words = "-".join(re.findall(r"[a-z][a-z0-9]*", stem))[:32].strip("-")
    return f"{words or 'manual'}-{hashlib.sha256(whole.encode(errors='surrogateescape')).hexdigest()[:8]}"


def _record(document: Document, private: bool, parts: int, known: DocumentRecord | None) -> DocumentRecord:
    renewed = known is not None and known.sources[-1:] != document.sources[-1:]
    return DocumentRecord(
        title=known.title if known else document.title,
        sources=document.sources,
        page_count=len(document.pages),
        parts=parts,
        fingerprint=document.fingerprint,
        edition=known.edition if known and known.edition and not renewed else document.edition,
        audience=Audience.RESTRICTED if private else known.audience if known else Audience.INTERNAL,
        locked=document.locked_internal or bool(known and known.locked),
        private=private,
        form=next((page.form for page in document.pages if page.form), ""),
        pages=known.pages if known else (),
    )


def _is_whole(records: Collection[DocumentRecord]) -> bool:
    """Whether all documents a source went into were accepted; that with its first page knows how many they are."""
    first = min(records, key=lambda record: min((each.page for each in record.pages), default=0))
    accepted = all(record.is_accepted for record in records)
    return accepted and sum(record.parts == first.parts for record in records) >= first.parts


def _ending(page: Page) -> str:
    if any(problem.severity is Severity.ERROR for problem in page.problems) and not page.blocks:
        return "failed"
    return "archive" if page.blocks else "blank"
