"""The last look at the built bytes: nothing hidden, nobody's data, no unknown file.

Method: every hidden text is cut into pieces of 12 characters (NFKC, no white space); pieces that the audience's own
projection or the empty shell also holds are taken away; none of the rest may occur in any reading of any file. Lines
that were looked at once (the shell is in every page) are not looked at again, nor are the files of the empty shell.
Whole strings in ASCII must stand as words of their own, so that a person's id ``css`` is not found in ``cssText``.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kbtool import messages
from kbtool.outcome import Problem
from kbtool.site.filekinds import file_problem, text_of
from kbtool.site.hidden import PEOPLE, HiddenContent, HiddenText
from kbtool.site.unwrap import loosen, squeeze, views
from kbtool.text import personal_data

#: Long enough that two texts seldom share a piece by chance, short enough for one leaked clause.
GRAM = 12
#: Hidden fields shorter than a piece are looked for whole from this length on; below it they say nothing.
_SHORTEST_FIELD = 6
_PREFIX = 3
#: Files whose words people read; scripts and styles are the shell's own.
_READ_BY_PEOPLE = (".html", ".xml", ".json", ".txt")


#: The view of a page as people read it; plain words are looked for there alone.
_READ = "as read"
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Own:
    """What an audience is meant to get: all words of its projection and the empty shell, and the shell's other files.

    ``files`` are their addresses with the hash of their bytes.
    """

    text: str
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proof:
    """What an audit looked at: files, hidden texts and pieces compared, and what it found."""

    files: int
    texts: int
    pieces: int
    problems: tuple[Problem, ...]


def audit(tree: Path, hidden: HiddenContent, own: Own) -> tuple[Problem, ...]:
    """Problems of a built tree, empty where nothing hidden was found (``prove`` counts as well)."""
    return prove(tree, hidden, own).problems


def prove(tree: Path, hidden: HiddenContent, own: Own) -> Proof:
    """Look at every file of ``tree``; ``own`` is what this audience is meant to get (``BuildReport.own``)."""
    net = _net(hidden, own)
    seen = _Seen()
    problems: list[Problem] = []
    files = sorted(path for path in tree.rglob("*") if path.is_symlink() or not path.is_dir())
    for path in files:
        name = path.relative_to(tree).as_posix()
        if not _is_shell(path, own.files.get(name)):
            problems.extend(_look(path, name, hidden, net, seen))
    return Proof(len(files), len(hidden.texts) + len(hidden.exact), len(net.grams) + len(net.whole), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Net:
    """Pieces and whole strings to catch, each with whose it is.

    ``starts`` are the first characters of the whole strings, by their number; ``reach`` is the longest length.
    """

    grams: dict[str, HiddenText]
    whole: dict[str, HiddenText]
    starts: dict[int, set[str]]
    reach: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """Lines that were looked at: for hidden text together with what stood before them, for people as they are."""

    lines: set[tuple[str, str, str]] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)


def _net(hidden: HiddenContent, own: Own) -> _Net:
    mine = squeeze(own.text)
    grams: dict[str, HiddenText] = {}
    whole: dict[str, HiddenText] = {}
    for item in hidden.texts:
        text = squeeze(item.text)
        for gram in _pieces(text, GRAM):
            grams.setdefault(gram, item)
        if _SHORTEST_FIELD <= len(text) < GRAM and text not in mine:
            whole.setdefault(text, item)
    for gram in _pieces(mine, GRAM):
        grams.pop(gram, None)
    for item in hidden.exact:
        if text := squeeze(item.text):
            whole.setdefault(text, item)
    starts: dict[int, set[str]] = {}
    for text in whole:
        starts.setdefault(min(len(text), _PREFIX), set()).add(text[:_PREFIX])
    return _Net(grams, whole, starts, max(GRAM, *map(len, whole), GRAM))


def _pieces(text: str, length: int) -> set[str]:
    return {text[start : start + length] for start in range(len(text) - length + 1)}


def _is_shell(path: Path, digest: str | None) -> bool:
    if digest is None or path.is_symlink():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _look(path: Path, name: str, hidden: HiddenContent, net: _Net, seen: _Seen) -> Iterator[Problem]:
    for item in _hits(squeeze(name), name, net, words=False):
        yield _leak(name, "file name", item)
    code = file_problem(path, hidden.pictures)
    if code:
        yield Problem(code, name, params={"file": name})
        return
    text = text_of(path)
    for channel, item in dict.fromkeys(_caught(text, net, seen, path.suffix == ".html")):
        yield _leak(name, channel, item)
    if path.suffix in _READ_BY_PEOPLE:
        yield from _people(name, text, hidden.allowed, seen)


def _leak(name: str, channel: str, item: HiddenText) -> Problem:
    """The value itself is never repeated: a report is read by more people than an entry."""
    code = "site_leak_person" if item.field == PEOPLE else "site_leak"
    return Problem(
        code, name, params={"file": name, "entry": item.entry or "-", "field": item.field, "channel": channel}
    )


def _caught(text: str, net: _Net, seen: _Seen, is_page: bool) -> Iterator[tuple[str, HiddenText]]:
    readings = dict(views(text))
    if is_page:
        readings[_READ] = dict(views(_SCRIPT.sub("", text))).get("without tags", text)
    for view, reading in readings.items():
        before = shown_before = ""
        for line in reading.split("\n"):
            piece = squeeze(line)
            if not piece:
                continue
            shown = f"{shown_before}\n{line}"
            if (view, before, piece) not in seen.lines:
                seen.lines.add((view, before, piece))
                found = _hits(before + piece, shown, net, words=view == _READ)
                yield from ((view, item) for item in found)
            before = (before + piece)[-net.reach :]
            shown_before = shown[-net.reach * 4 :]


def _hits(text: str, shown: str, net: _Net, *, words: bool) -> Iterator[HiddenText]:
    """What is hidden in a squeezed ``text``, shown as ``shown``; plain words count only where people read ``words``."""
    for gram in _pieces(text, GRAM) & net.grams.keys():
        yield net.grams[gram]
    if any(_pieces(text, length) & starts for length, starts in net.starts.items()):
        for wanted, item in net.whole.items():
            if wanted in text and (words or not _is_plain_word(wanted)) and _stands_alone(wanted, shown):
                yield item


def _is_plain_word(text: str) -> bool:
    """Such a word (a short id) may also name a tag, a class or a file type."""
    return text.isascii() and text.isalpha()


def _stands_alone(wanted: str, shown: str) -> bool:
    if not wanted.isascii():
        return True
    spaced = " ?".join(map(re.escape, wanted))
    return re.search(rf"(?<![0-9a-z_]){spaced}(?![0-9a-z_])", loosen(shown)) is not None


def _people(name: str, text: str, allowed: tuple[str, ...], seen: _Seen) -> Iterator[Problem]:
    readings = dict(views(text))
    for line in readings.get("without tags", readings["text"]).split("\n"):
        if line.strip() and line not in seen.texts:
            seen.texts.add(line)
            for finding in personal_data.find(line, allowed):
                if finding.confidence >= personal_data.SURE:
                    yield Problem(
                        "site_personal", name, params={"file": name, "kind": messages.say(f"personal_{finding.kind}")}
                    )
