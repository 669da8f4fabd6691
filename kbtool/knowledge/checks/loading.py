"""Reading a whole knowledge base for the checks: each file once, a broken one put down and left aside."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from kbtool import safe_yaml
from kbtool.document import Page
from kbtool.entry import Audience, Entry, Status
from kbtool.errors import UsageError
from kbtool.inquiry import Inquiry
from kbtool.knowledge import decisions, ledger, plain
from kbtool.knowledge.besides import Beside
from kbtool.knowledge.checks.state import Broken, EntryFile, FrozenFile, Place, State, TextFile
from kbtool.knowledge.documents import AcceptedDraft, Conflict, DocumentRecord
from kbtool.knowledge.earlier import EarlierPage
from kbtool.knowledge.findings import PersonalFinding, personal_findings, personal_findings_of
from kbtool.knowledge.ledger import LedgerLine, LineKind
from kbtool.knowledge.pairs import Pair
from kbtool.knowledge.safety_notes import SafetyNote
from kbtool.knowledge.store import KnowledgeBase, in_order
from kbtool.knowledge.undecided import undecided

T = TypeVar("T")
#: What lies beside the pages of a document, line by line.
_BESIDE_PAGES: dict[str, type[object]] = {
    "drafts.jsonl": AcceptedDraft,
    "conflicts.jsonl": Conflict,
    "besides.jsonl": Beside,
    "safety.jsonl": SafetyNote,
    "earlier.jsonl": EarlierPage,
}
#: What git leaves in a file that two people changed; the line in the middle (=======) also underlines a heading.
CONFLICT_MARKER = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)


def load(kb: KnowledgeBase) -> State:
    """Read everything below ``kb/`` that the rules ask for; ``UsageError`` only for settings that cannot be used."""
    return _Loading(kb).state()


class _Loading:
    """One reading, gathering what is broken."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.project = kb.project
        self.broken: list[Broken] = []
        self.texts: dict[str, TextFile] = {}
        self.raw: dict[str, bytes] = {}
        self.chapters: set[str] = set()

    def state(self) -> State:
        """All of it."""
        paths = self.kb.paths()
        files: dict[str, EntryFile] = {}
        for file in self._entries(paths):
            files.setdefault(file.entry.id, file)
        frozen = tuple(self._frozen(files))
        documents = dict(self._documents())
        log = tuple(self._lines(LedgerLine, self.project.kb / "updates"))
        forms = sorted((self.project.kb / "forms").glob("*.yml"))
        for path in (*sorted(self.project.kb.glob("*.yml")), *forms):
            self._try(path, None, self._yaml, path)
        self._try(self.project.kb / "decisions.jsonl", None, decisions.load, self.project)
        return State(
            settings=self.project.settings,
            today=self.project.today,
            files=files,
            twins=tuple(self._twins(paths)),
            strays=tuple(self._strays(paths)),
            frozen=frozen,
            documents=documents,
            chapters=self.chapters,
            torn=dict(self._torn(documents)),
            missing_sources=dict(self._missing(documents)),
            contacts=self._mapping("contacts.yml"),
            people=self._people(),
            records=tuple(self._lines(Inquiry, self.project.kb / "inquiries")),
            log=log,
            unsaid=self._unsaid(files, frozen),
            broken=tuple({each.where: each for each in self.broken}.values()),
            texts=self.texts,
            personal=cache(lambda: self._personal(files)),
            pairs=cache(lambda: self._pairs(files)),
        )

    def _try(self, path: Path, otherwise: T, read: Callable[..., T], *given: object) -> T:
        """What ``read`` gives; ``otherwise`` where it refuses the file, which is put down."""
        try:
            return read(*given)
        except UsageError as error:
            self.broken.append(_broken(path, self.kb.where(path), error))
            return otherwise

    def _yaml(self, path: Path) -> None:
        safe_yaml.load(self._text(path), self.kb.where(path))

    def _text(self, path: Path) -> str:
        where = self.kb.where(path)
        text = plain.read_text(path, where)
        self.texts[where] = _text_file(where, text)
        return text.removeprefix("\ufeff")

    def _entries(self, paths: list[Path]) -> Iterator[EntryFile]:
        for path in paths:
            entry = self._try(path, None, self.kb.live, path)
            if entry is not None:
                raw = path.read_bytes()
                self.raw.setdefault(entry.id, raw)
                yield EntryFile(entry, _text_file(self.kb.where(path), raw.decode()))

    def _frozen(self, files: dict[str, EntryFile]) -> Iterator[FrozenFile]:
        for audience in Audience:
            for path in sorted(self.kb.frozen_folder(audience).glob("*.md")):
                where, id = self.kb.where(path), path.stem
                if id in files and path.read_bytes() == self.raw[id]:
                    yield FrozenFile(audience, id, where, files[id].entry)
                    continue
                try:
                    yield FrozenFile(audience, id, where, self.kb.read_file(path))
                except UsageError as error:
                    yield FrozenFile(audience, id, where, _broken(path, where, error))

    def _twins(self, paths: list[Path]) -> Iterator[tuple[str, ...]]:
        named: dict[str, list[str]] = {}
        for path in paths:
            named.setdefault(path.stem.casefold(), []).append(self.kb.where(path))
        return (tuple(group) for group in named.values() if len(group) > 1)

    def _strays(self, paths: list[Path]) -> Iterator[str]:
        known = set(paths)
        found = (path for path in sorted(self.kb.folder.rglob("*")) if path.is_file() and path.name[0] != ".")
        return (self.kb.where(path) for path in found if path not in known)

    def _documents(self) -> Iterator[tuple[str, DocumentRecord]]:
        for slug in self.kb.documents.slugs():
            path = self.project.kb / "documents" / slug / "document.yml"
            record = self._try(path, None, self.kb.documents.record, slug)
            if record is not None:
                self._text(path)
                folder = self.kb.documents.folder(slug, record.private)
                for name, kind in _BESIDE_PAGES.items():
                    of = folder / name
                    values: tuple[object, ...] = self._try(of, (), plain.load_file, kind, of, self.kb.where(of))
                    drafts = (each.draft for each in values if isinstance(each, AcceptedDraft))
                    self.chapters.update(tag for draft in drafts for tag in draft.tags)
                yield slug, record

    def _torn(self, documents: dict[str, DocumentRecord]) -> Iterator[tuple[str, str]]:
        """Documents without their pages; those of slips are not in git and missing on most machines."""
        for slug, record in documents.items():
            path = self.kb.documents.folder(slug, record.private) / "pages.jsonl"
            if record.private and not path.is_file():
                continue
            pages = self._try(path, None, plain.load_file, Page, path, self.kb.where(path))
            if pages is not None and len(pages) != record.page_count:
                yield slug, self.kb.where(path)

    def _missing(self, documents: dict[str, DocumentRecord]) -> Iterator[tuple[str, str]]:
        """Documents whose newest file is not in ``source_manuals/``; nothing where there is no such folder at all."""
        folder = self.project.sources
        if not folder.is_dir():
            return
        there = {unicodedata.normalize("NFC", path.relative_to(folder).as_posix()) for path in folder.rglob("*")}
        for slug, record in documents.items():
            if record.sources and record.sources[-1].name not in there:
                yield slug, record.sources[-1].name

    def _mapping(self, name: str) -> dict[str, safe_yaml.Value]:
        path = self.project.kb / name
        return self._try(path, {}, safe_yaml.load_file, path, self.kb.where(path)) if path.is_file() else {}

    def _people(self) -> Mapping[str, Mapping[str, safe_yaml.Value]]:
        try:
            return self.project.people
        except UsageError:  # put down with the other YAML files
            return {}

    def _lines(self, kind: type[T], folder: Path) -> Iterator[tuple[T, Place]]:
        """All values of a folder of JSON Lines, each with its line."""
        for path in sorted(folder.glob("*.jsonl")):
            where = self.kb.where(path)
            values: tuple[T, ...] = self._try(path, (), plain.load_file, kind, path, where)
            lines = path.read_bytes().decode(errors="replace").split("\n")
            numbers = (number for number, line in enumerate(lines, start=1) if line.strip())
            yield from ((value, Place(where, number)) for value, number in zip(values, numbers, strict=False))

    def _unsaid(self, files: dict[str, EntryFile], frozen: tuple[FrozenFile, ...]) -> tuple[LedgerLine, ...]:
        """The lines a publish for the public would write; nothing where a file it needs is broken."""
        public = [each for each in frozen if each.audience is Audience.PUBLIC]
        shown = {each.id: each.kept for each in public if isinstance(each.kept, Entry) and self._is_shown(files, each)}
        damaged = {each.id for each in public if isinstance(each.kept, Broken)}
        try:
            planned = ledger.plan(self.kb, Audience.PUBLIC, shown, self.project.today)
        except UsageError:  # the broken file is a finding of its own
            return ()
        return tuple(line for line in planned if line.kind is not LineKind.RETIRED or line.entry not in damaged)

    def _personal(self, files: dict[str, EntryFile]) -> tuple[PersonalFinding, ...]:
        """Everywhere, or where a broken file forbids that, at least in the entries."""
        try:
            return personal_findings(self.kb)
        except UsageError:
            with suppress(UsageError):
                of = (personal_findings_of(self.kb, each.entry, each.file.where) for each in files.values())
                return tuple(found for some in of for found in some)
        return ()

    def _pairs(self, files: dict[str, EntryFile]) -> tuple[Pair, ...]:
        """Those that nobody decided about; nothing where a file that says so is broken, which is a finding itself."""
        entries = sorted((file.entry for file in files.values()), key=in_order)
        try:
            return tuple(undecided(self.kb, {entry.id: entry for entry in entries}))
        except UsageError:
            return ()

    def _is_shown(self, files: dict[str, EntryFile], frozen: FrozenFile) -> bool:
        live = files[frozen.id].entry if frozen.id in files else None
        if live is None or live.status is Status.RETIRED or live.audience is not Audience.PUBLIC:
            return False
        first = frozen.kept.valid_from if isinstance(frozen.kept, Entry) else None
        return first is None or first <= self.project.today


def _text_file(where: str, text: str) -> TextFile:
    return TextFile(where, tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def _broken(path: Path, where: str, error: UsageError) -> Broken:
    text = path.read_bytes().decode(errors="replace") if path.is_file() else ""
    marker = CONFLICT_MARKER.search(text)
    line = error.params.get("line", 1)
    return Broken(
        where,
        line if isinstance(line, int) else 1,
        error.code,
        error.params,
        text.count("\n", 0, marker.start()) + 1 if marker else 0,
    )
