"""The entries on disk: one file each below ``kb/entries/<category>/``, found by id.

The files are the truth. What is remembered of them here is only a parse, and is dropped when a file changes.
Everything that writes holds the project's lock, so that ids are given once and no update is lost.
"""

import difflib
import hashlib
import os
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from kbtool import durable
from kbtool.entry import Audience, Entry
from kbtool.errors import UsageError
from kbtool.knowledge import entry_file, ledger_lines, plain
from kbtool.knowledge.documents import DocumentStore
from kbtool.outcome import Problem
from kbtool.project import Project
from kbtool.settings import Category, Settings

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_GIVEN = re.compile(r"KB-([0-9]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"q([0-9]+)")
#: A longer number is a slip of the hand, not a count: new ones never go on from there.
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Reading:
    """All entry files: what could be read, and a problem for each that could not."""

    entries: dict[str, Entry]
    problems: tuple[Problem, ...]


class KnowledgeBase:
    """``kb/`` of one project: entries, documents, and the lock for changing them."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.documents = DocumentStore(project)
        self._held = False
        self._parsed: dict[Path, tuple[tuple[int, int, int], Entry]] = {}

    @property
    def folder(self) -> Path:
        """Where the entry files lie."""
        return self.project.kb / "entries"

    @contextmanager
    def writing(self, command: str) -> Iterator[None]:
        """Hold the project's lock, which lies on ``kb/`` itself, while changing it; may be nested.

        ``Busy`` when another run holds it.
        """
        if self._held:
            yield
            return
        with durable.lock(self.project.kb, command, note=self.project.lock_file):
            self._held = True
            try:
                yield
            finally:
                self._held = False

    def entries(self) -> dict[str, Entry]:
        """All entries by id, in the order of their ids; ``UsageError`` for the first file that is wrong."""
        return {found.id: found for found in sorted(map(self._read, self._files().values()), key=in_order)}

    def scan(self) -> Reading:
        """All entries that can be read, and a problem for each file that cannot."""
        entries, problems = {}, []
        paths = self.paths()
        for path in paths:
            try:
                entry = self._read(path)
                entries[entry.id] = entry
            except UsageError as error:
                problems.append(Problem(error.code, self.where(path), params=error.params))
        twins = [Problem(error.code, params=error.params) for error in self._twins(paths)]
        return Reading(entries, (*problems, *twins))

    def entry(self, id: str) -> Entry:
        """One entry; ``UsageError`` that proposes similar ids when there is none."""
        files = self._files()
        path = files.get(id.casefold())
        if path is None:
            names = [each.stem for each in files.values()]
            near = difflib.get_close_matches(id, names, n=3, cutoff=0.5)
            raise UsageError("knowledge_no_entry", id=id, near="、".join(near) or "-")
        return self._read(path)

    def files_of(self, id: str) -> list[Path]:
        """Every file with this id, more than one after two branches gave it to different entries."""
        return [path for path in self.paths() if path.stem.casefold() == id.casefold()]

    def save(self, entry: Entry, *, new: bool = False) -> bool:
        """Write one entry durably; False when its file said so already. A ``new`` one must not be there yet."""
        return bool(self.save_all((entry,), new=(entry.id,) if new else ()))

    def save_all(self, entries: Iterable[Entry], new: Collection[str] = ()) -> int:
        """Write entries durably, moving those whose category changed; the number of files that changed.

        Each text is read back and compared before anything is written, so that nothing is saved that could not
        be read again. The ids ``new`` must not be taken yet: ``UsageError`` instead of overwriting.
        """
        with self.writing("save"):
            files = self._files()
            texts: dict[Path, str | bytes] = {}
            left: list[Path] = []
            for entry in entries:
                path = self.folder / self.category(entry.category).slug / f"{entry.id}.md"
                texts[path] = self._checked(entry, self.where(path))
                old = files.get(entry.id.casefold())
                if entry.id in new and (old is not None or path.exists()):
                    raise UsageError("knowledge_taken", id=entry.id, where=self.where(old or path))
                if old is not None and old.stem != entry.id:
                    raise UsageError("knowledge_twin", id=entry.id, files=self.where(old))
                if old is not None and old != path:
                    left.append(old)
            changed = durable.commit_many(texts)
            for path in left:
                durable.remove(path)
            return changed

    def paths(self) -> list[Path]:
        """All entry files in the order of their paths, whatever is in them."""
        return [Path(each.path) for each in self.listed().values()]

    def listed(self) -> dict[str, os.DirEntry[str]]:
        """As ``paths``, each by folder/file and as its folder lists it: for who looks at all of them at every run."""
        if not self.folder.is_dir():
            return {}
        folders = sorted(each.name for each in os.scandir(self.folder) if each.is_dir(follow_symlinks=False))
        found = (_listed(self.folder / name) for name in folders)
        return {f"{name}/{each.name}": each for name, files in zip(folders, found, strict=True) for each in files}

    def category(self, name: str) -> Category:
        """The category of that name, as ``category_of``."""
        return category_of(self.project.settings, name)

    def next_ids(self, wanted: int, beside: Iterable[str] = ()) -> list[str]:
        """New ids, one above the highest ever seen or named in ``beside``; never one that was used before."""
        seen = (*self._seen_ids(), *beside) if wanted else ()
        return [f"KB-{number:04d}" for number in islice(_free(_GIVEN, seen), wanted)]

    def next_id(self) -> str:
        """The next new id."""
        return self.next_ids(1)[0]

    def files(self) -> dict[str, Path]:
        """The file of each entry by its id; of twins the last."""
        return {path.stem: path for path in self.paths()}

    def next_public_id(self) -> str:
        """The next public address (q0017), one above the highest ever given."""
        given = [entry.public_id for entry in self.entries().values()]
        given += [line.public_id for line in ledger_lines.lines(self.project)]
        return f"q{next(_free(_ADDRESS, given)):04d}"

    def frozen_folder(self, audience: Audience) -> Path:
        """Where the texts approved for an audience lie."""
        return self.project.kb / "published" / audience

    def where(self, path: Path) -> str:
        """A path as people see it: below the project's folder."""
        return path.relative_to(self.project.root).as_posix()

    def read_file(self, path: Path) -> Entry:
        """Read one entry file that may lie anywhere below ``kb/``; its name must be its id."""
        entry = entry_file.parse(plain.read_text(path, self.where(path)), self.where(path))
        if entry.id != path.stem or not is_id(entry.id):
            raise UsageError("knowledge_file_name", where=self.where(path), id=entry.id)
        return entry

    def live(self, path: Path) -> Entry:
        """Read one entry file below ``kb/entries/``, which is remembered until it changes; as ``read_file``."""
        return self._read(path)

    def _read(self, path: Path) -> Entry:
        stat = path.stat()
        stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        known = self._parsed.get(path)
        if known is None or known[0] != stamp:
            known = self._parsed[path] = (stamp, self.read_file(path))
        return known[1]

    def _files(self) -> dict[str, Path]:
        paths = self.paths()
        files = {path.stem.casefold(): path for path in paths}
        if len(files) < len(paths):
            raise next(self._twins(paths))
        return files

    def _twins(self, paths: list[Path]) -> Iterator[UsageError]:
        seen: dict[str, Path] = {}
        for path in paths:
            first = seen.setdefault(path.stem.casefold(), path)
            if first != path:
                yield UsageError("knowledge_twin", id=path.stem, files=f"{self.where(first)}、{self.where(path)}")

    def _checked(self, entry: Entry, where: str) -> str:
        if not is_id(entry.id):
            raise UsageError("knowledge_id", id=entry.id)
        text = entry_file.render(entry)
        if entry_file.parse(text, where) != entry_file.normal(entry):
            raise UsageError("knowledge_not_writable", where=where, id=entry.id)
        return text

    def _seen_ids(self) -> Iterator[str]:
        yield from (path.stem for path in self.paths())
        yield from (path.stem for path in (self.project.kb / "published").glob("*/*.md"))
        yield from (line.entry for line in ledger_lines.lines(self.project))
        yield from self.documents.accepted_ids()


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    """The entry files of a folder by name."""
    names = (each for each in os.scandir(folder) if each.name.endswith(".md") and each.name[0] != ".")
    return sorted((each for each in names if each.is_file(follow_symlinks=False)), key=lambda each: each.name)


def category_of(settings: Settings, name: str) -> Category:
    """The category of that name; one that the settings do not know gets a safe, stable folder name."""
    known = settings.category(name)
    return known or Category(name=name, slug=f"c-{hashlib.sha256(name.encode()).hexdigest()[:8]}")


def is_id(text: str) -> bool:
    """Whether a text may be an entry's id, which is also its file name."""
    return _ID.fullmatch(text) is not None


def is_absurd(id: str) -> bool:
    """Whether an id counts so high that no count could have led there."""
    match = _GIVEN.fullmatch(id)
    return match is not None and len(match[1]) > _MOST_DIGITS


def _free(pattern: re.Pattern[str], seen: Iterable[str]) -> Iterator[int]:
    """Numbers above the highest sensible one seen, without end, leaving out every one that was seen."""
    digits = {match[1].lstrip("0") for match in map(pattern.fullmatch, seen) if match}
    highest = max((int(each or "0") for each in digits if len(each) <= _MOST_DIGITS), default=0)
    return (number for number in count(highest + 1) if str(number) not in digits)


def in_order(entry: Entry) -> tuple[tuple[int, int | str], ...]:
    """What entries are sorted by: their ids, numbers in them by their size."""
    parts = re.split(r"([0-9]+)", entry.id)
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in parts if part)
