"""What is new in source_manuals/: every entry of the folder, as a source to read or an outcome that says why not.

Nothing is opened that could block or lead elsewhere: entries are judged by ``lstat``, opened without following
links, and read once for their hash. Sources and outcomes together account for every entry found.
"""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile

from kbtool.errors import SourceError
from kbtool.intake.leftovers import is_leftover
from kbtool.intake.picture_folder import numbered_pictures, pack
from kbtool.intake.sniff import HEAD_BYTES, READABLE_ENDINGS, FileKind, sniff
from kbtool.limits import MAX_SOURCE_BYTES
from kbtool.outcome import Outcome, Problem, Severity, SourceStatus

_TEXTS = frozenset({FileKind.TEXT, FileKind.MARKDOWN, FileKind.HTML, FileKind.CSV})
_READABLE = _TEXTS | {FileKind.PDF, FileKind.IMAGE, FileKind.PICTURES, FileKind.OFFICE}
#: How the names of notes about the files begin; they are no manuals.
_NOTES = ("readme", "licence", "license", "copying", "notice")


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a folder of numbered pictures, to read.

    ``name`` is its path below the folder, NFC, with slashes and no control characters.
    """

    name: str
    path: Path
    sha256: str
    kind: FileKind


@dataclass(frozen=True, slots=True)
class Discovery:
    """All of a folder: what can be read, and what became of the rest."""

    sources: tuple[Source, ...]
    outcomes: tuple[Outcome, ...]


def discover(folder: Path) -> Discovery:
    """Look through ``folder`` and its folders, in the order of names; every entry ends in exactly one place."""
    sources: list[Source] = []
    outcomes: list[Outcome] = []
    seen: dict[str, Source] = {}
    for name, path in sorted(_entries(folder, folder)):
        found = _judge(name, path, seen)
        if isinstance(found, Outcome):
            outcomes.append(found)
        else:
            sources.append(found)
            seen[found.sha256] = found
    return Discovery(tuple(sources), tuple(outcomes))


def source(path: Path) -> Source:
    """One file that a person named; ``SourceError`` says why it cannot be read."""
    name = shown_name(path.name)
    if not path.exists():
        raise SourceError("intake_missing", source=name)
    found = _judge(name, path.resolve(), {})
    if isinstance(found, Source):
        return found
    problem = found.problems[0]
    raise SourceError(problem.code, **problem.params)


def whole_source(path: Path, root: Path) -> Path | None:
    """The source below ``root`` that a path names: a file, or the folder of numbered pictures that it is or lies in."""
    folders = [each for each in (path, path.parent) if root in each.parents and each.is_dir()]
    return next((each for each in folders if numbered_pictures(each)), path if path.is_file() else None)


def open_source(path: Path) -> BufferedReader:
    """Open a regular file for reading, never following a link and never waiting for a pipe.

    A folder of numbered pictures is opened as one stream (``picture_folder``).
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise SourceError("intake_unreadable", source=shown_name(path.name), reason=error.strerror or "") from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        if stat.S_ISDIR(mode) and (pictures := numbered_pictures(path)):
            return _packed(pictures)
        raise SourceError("intake_not_a_file", source=shown_name(path.name))
    return os.fdopen(descriptor, "rb")


def open_unchanged(source: Source) -> BufferedReader:
    """Open a source; ``SourceError`` when it is not any more what it was when it was found."""
    file = open_source(source.path)
    if hashlib.file_digest(file, "sha256").hexdigest() != source.sha256:
        file.close()
        raise SourceError("intake_changed", source=source.name)
    return file


def is_unchanged(path: Path, sha256: str) -> bool:
    """Whether a source is there and still has this hash; what else lies under its name may be anything."""
    try:
        with open_source(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except SourceError:
        return False


def _packed(pictures: Sequence[Path]) -> BufferedReader:
    """The pictures as one file, which is gone when it is closed."""
    with TemporaryFile() as whole:
        pack(map(open_source, pictures), len(pictures), whole)
        file = os.fdopen(os.dup(whole.fileno()), "rb")
    file.seek(0)
    return file


def shown_name(name: str) -> str:
    r"""A file name as people may see it: NFC, with undecodable, control and direction characters spelled \uXXXX."""
    return "".join(
        char if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else f"\\u{ord(char):04x}"
        for char in unicodedata.normalize("NFC", name)
    )


def _entries(folder: Path, root: Path) -> Iterator[tuple[str, Path]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            if not entry.is_dir(follow_symlinks=False) or entry.name.startswith("."):
                yield shown_name(path.relative_to(root).as_posix()), path
            elif pictures := numbered_pictures(path):
                yield shown_name(path.relative_to(root).as_posix()), path
                yield from (each for each in _entries(path, root) if each[1] not in pictures)
            else:
                yield from _entries(path, root)


def _judge(name: str, path: Path, seen: dict[str, Source]) -> Source | Outcome:
    status = path.lstat()
    base = PurePosixPath(name).name
    if is_leftover(base):
        return _ignored(name, "intake_temporary")
    if stat.S_ISLNK(status.st_mode):
        return _ignored(name, "intake_link")
    pictures = numbered_pictures(path) if stat.S_ISDIR(status.st_mode) else []
    if not stat.S_ISREG(status.st_mode) and not pictures:
        return _ignored(name, "intake_special")
    size = sum(picture.lstat().st_size for picture in pictures) or status.st_size
    if size > MAX_SOURCE_BYTES:
        return _failed(name, "intake_too_large", size=size // 2**20, limit=MAX_SOURCE_BYTES // 2**20)
    try:
        return _identify(name, path, seen)
    except SourceError as error:
        return _failed(name, error.code, **error.params)


def _identify(name: str, path: Path, seen: dict[str, Source]) -> Source | Outcome:
    with open_source(path) as handle:
        kind = sniff(handle.read(HEAD_BYTES), name)
        handle.seek(0)
        sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    if kind not in _READABLE:
        return _unsupported(name, kind)
    if kind in _TEXTS and PurePosixPath(name).stem.lower().startswith(_NOTES):
        return _ignored(name, "intake_note")
    twin = seen.get(sha256)
    if twin:
        problem = Problem("intake_duplicate", name, Severity.INFO, {"source": name, "twin": twin.name})
        return Outcome(name, SourceStatus.DUPLICATE, (problem,))
    if any(source.name == name for source in seen.values()):
        return _failed(name, "intake_name_clash")
    return Source(name, path, sha256, kind)


def _unsupported(name: str, kind: FileKind) -> Outcome:
    if kind is FileKind.EMPTY:
        return _failed(name, "intake_empty")
    ending = PurePosixPath(name).suffix.lower()
    if ending in READABLE_ENDINGS:
        return _failed(name, "intake_not_what_it_says", ending=ending)
    return _ignored(name, "intake_unsupported")


def _ignored(name: str, code: str) -> Outcome:
    return Outcome(name, SourceStatus.IGNORED, (Problem(code, name, Severity.INFO, {"source": name}),))


def _failed(name: str, code: str, **params: object) -> Outcome:
    problem = Problem(code, name, Severity.ERROR, {**params, "source": name})
    return Outcome(name, SourceStatus.FAILED, (problem,))
