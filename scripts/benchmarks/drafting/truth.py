"""What must come of a manual, written by hand as text, and how drafts are judged against it.

? question as printed            the entry, by the comparison rule of tests/compare_rule
: type                           optional: its kind
~                                optional: welcome, but not asked for
= words the answer must hold
> question of a related entry
! words no entry may hold        (furniture, safety boxes)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kbtool.entry import Entry
from tests.compare_rule import fold, read_body


@dataclass(frozen=True, slots=True)
class Wanted:
    """One expected entry."""

    question: str
    type: str = ""
    optional: bool = False
    answer: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth:
    """All expected entries of a manual, and the words that none may hold."""

    wanted: tuple[Wanted, ...]
    forbidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """``right`` of ``drafted`` entries were expected and hold the answer; ``wanted`` were expected; what went wrong."""

    drafted: int
    right: int
    wanted: int
    misses: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Share of the drafted entries that are right."""
        return self.right / self.drafted if self.drafted else 1.0

    @property
    def recall(self) -> float:
        """Share of the expected entries that came out right."""
        return self.right / self.wanted if self.wanted else 1.0


def read(path: Path) -> Truth:
    """The truth of a text file."""
    wanted: list[Wanted] = []
    forbidden: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        sign, words = line[:1], line[1:].strip()
        if sign == "?":
            wanted.append(Wanted(words))
        elif sign == "!":
            forbidden.append(words)
        elif sign:
            wanted[-1] = _with(wanted[-1], sign, words)
    return Truth(tuple(wanted), tuple(forbidden))


def _with(one: Wanted, sign: str, words: str) -> Wanted:
    if sign == "=":
        return replace(one, answer=(*one.answer, words))
    if sign == ">":
        return replace(one, related=(*one.related, words))
    return replace(one, type=words) if sign == ":" else replace(one, optional=True)


def score(truth: Truth, entries: Sequence[Entry]) -> Score:
    """Judge drafts: an entry is right where question, kind, every answer string and every relation are met."""
    left = list(entries)
    names = {entry.origin_key: fold(entry.question) for entry in entries}
    right, optional, misses = 0, 0, []
    for wanted in truth.wanted:
        entry = next((entry for entry in left if fold(entry.question) == fold(wanted.question)), None)
        if entry:
            left.remove(entry)
        faults = list(_faults(wanted, entry, names, truth.forbidden)) if entry else ["no entry"]
        if wanted.optional:
            optional += entry is not None
            continue
        right += not faults
        misses += [f"{wanted.question}: {fault}" for fault in faults]
    misses += [f"not expected: {entry.question} ({entry.type})" for entry in left]
    asked = sum(not wanted.optional for wanted in truth.wanted)
    return Score(len(entries) - optional, right, asked, tuple(misses))


def _faults(wanted: Wanted, entry: Entry, names: dict[str, str], forbidden: Sequence[str]) -> Iterable[str]:
    said = _said(entry)
    yield from (f"lacks 「{words}」" for words in wanted.answer if fold(words) not in said)
    yield from (f"holds 「{words}」" for words in forbidden if fold(words) in said)
    if wanted.type and wanted.type != entry.type:
        yield f"is {entry.type}, not {wanted.type}"
    related = {names.get(key, "") for key in entry.related}
    yield from (f"is not related to 「{words}」" for words in wanted.related if fold(words) not in related)


def _said(entry: Entry) -> str:
    """All that the entry says, folded; the cells of a table after one another."""
    body = read_body("\n\n".join(section.text for section in entry.sections))
    return body.prose + "".join(cell for table in body.tables for row in table for cell in row)
