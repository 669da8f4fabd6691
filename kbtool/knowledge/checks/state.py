"""What the rules look at: a knowledge base as it lies on disk, each thing with its place in a file.

Separate from ``loading`` so that the rules are pure functions over it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kbtool import safe_yaml
from kbtool.entry import Audience, Entry, Status
from kbtool.inquiry import Inquiry
from kbtool.knowledge.documents import DocumentRecord
from kbtool.knowledge.findings import PersonalFinding
from kbtool.knowledge.frozen import IN_FORCE, effective_status
from kbtool.knowledge.ledger import LedgerLine
from kbtool.knowledge.pairs import Pair
from kbtool.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file (from 1), and the id of the entry it belongs to, if any."""

    file: str
    line: int = 1
    entry: str = ""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of the knowledge base as a person sees it in an editor."""

    where: str
    lines: tuple[str, ...]

    def line(self, words: str, start: int = 0) -> int:
        """The number of the first line from index ``start`` on that holds ``words``; 1 where none does."""
        return next((n for n, line in enumerate(self.lines[start:], start + 1) if words in line), 1)

    def place(self, words: str) -> Place:
        """The first line that holds these words."""
        return Place(self.where, self.line(words))


@dataclass(frozen=True, slots=True)
class EntryFile:
    """An entry and its file, for the places in it."""

    entry: Entry
    file: TextFile

    def field(self, name: str, value: str = "") -> Place:
        """The line of a field of the front matter, or within it of a value; the first line where it is not written."""
        lines, end = self.file.lines, self._body
        start = next((n for n in range(end) if lines[n].startswith(f"{name}:")), None)
        if start is None:
            return self._place(1)
        after = (n for n in range(start + 1, end) if lines[n][:1] not in (" ", "-"))
        stop = next(after, end)
        return self._place(next((n for n in range(start, stop) if value in lines[n]), start) + 1)

    def words(self, words: str) -> Place:
        """The line of the body that holds these words, else the line of the question."""
        found = self.file.line(words, self._body)
        return self._place(found) if found > 1 else self.field("question")

    @property
    def _body(self) -> int:
        """Index of the line that closes the front matter."""
        lines = self.file.lines
        return next((n for n in range(1, len(lines)) if lines[n].rstrip() == "---"), len(lines))

    def _place(self, line: int) -> Place:
        return Place(self.file.where, line, self.entry.id)


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that cannot be read: the refusal's code and parameters, and the line of a git conflict in it, if any."""

    where: str
    line: int
    code: str
    params: dict[str, object]
    marker: int = 0


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """A text frozen for an audience: the entry in it, or why it cannot be read."""

    audience: Audience
    id: str
    where: str
    kept: Entry | Broken


@dataclass(frozen=True)
class State:
    """A knowledge base as it lies on disk.

    ``files``: the readable entries by id; ``twins``: files whose ids are one; ``strays``: files that are no entries.
    ``chapters``: what the machine tagged drafts with; ``torn``: documents (slug → file) whose pages are missing;
    ``missing_sources``: documents whose manual is gone.
    ``unsaid``: what readers of the public site would be told if it were published now. ``personal`` and
    ``pairs`` are looked for only when a rule asks.
    """

    settings: Settings
    today: date
    files: Mapping[str, EntryFile] = field(default_factory=dict)
    twins: Collection[tuple[str, ...]] = ()
    strays: Collection[str] = ()
    broken: Collection[Broken] = ()
    frozen: Collection[FrozenFile] = ()
    documents: Mapping[str, DocumentRecord] = field(default_factory=dict)
    chapters: Collection[str] = ()
    torn: Mapping[str, str] = field(default_factory=dict)
    missing_sources: Mapping[str, str] = field(default_factory=dict)
    contacts: Collection[str] = ()
    people: Mapping[str, Mapping[str, safe_yaml.Value]] = field(default_factory=dict)
    records: Collection[tuple[Inquiry, Place]] = ()
    log: Collection[tuple[LedgerLine, Place]] = ()
    unsaid: Collection[LedgerLine] = ()
    texts: Mapping[str, TextFile] = field(default_factory=dict)
    personal: Callable[[], Collection[PersonalFinding]] = tuple
    pairs: Callable[[], Collection[Pair]] = tuple

    @property
    def living(self) -> Iterator[EntryFile]:
        """All entries that are not out of service."""
        return (file for file in self.files.values() if file.entry.status is not Status.RETIRED)

    @cached_property
    def in_force(self) -> tuple[EntryFile, ...]:
        """All entries whose approval holds."""
        return tuple(file for file in self.living if effective_status(file.entry) in IN_FORCE)

    @cached_property
    def ids_in_force(self) -> frozenset[str]:
        """The ids of all entries whose approval holds."""
        return frozenset(file.entry.id for file in self.in_force)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Everything that a link to an entry may name: ids and public addresses."""
        return frozenset({*self.files, *(file.entry.public_id for file in self.files.values())})

    def place(self, where: str, words: str = "") -> Place:
        """A place in a file by its path below the project."""
        text = self.texts.get(where)
        return text.place(words) if text else Place(where)
