"""Two texts of one entry side by side, field by field, with the clauses that differ marked."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, is_dataclass
from typing import Any, TypeAlias

from kbtool.entry import Entry
from kbtool.knowledge import plain

#: Pieces of a text and whether the other side says otherwise.
Pieces: TypeAlias = tuple[tuple[str, bool], ...]

#: Clauses, not characters: a reader compares meanings.
_CLAUSE = re.compile(r"[^、。・|\n]*[、。・|\n]|[^、。・|\n]+")
_EDITABLE = ("question", "variants", "category")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its name (``question`` or a heading of the body) and both texts."""

    field: str
    left: Pieces
    right: Pieces


def between(left: Entry, right: Entry, fields: Iterable[str]) -> tuple[Difference, ...]:
    """Both texts of the named fields (``question``, ``sections.回答`` …)."""
    return tuple(
        Difference(name.removeprefix("sections."), *compared(_shown(left, name), _shown(right, name)))
        for name in fields
    )


def changed(left: Entry, right: Entry) -> list[str]:
    """Names of the editable fields in which two entries differ."""
    headings = dict.fromkeys(part.heading for part in (*left.sections, *right.sections))
    names = (*_EDITABLE, *(f"sections.{heading}" for heading in headings))
    return [name for name in names if _shown(left, name) != _shown(right, name)]


def compared(left: str, right: str) -> tuple[Pieces, Pieces]:
    """Mark the clauses of two texts that the other one does not have."""
    ours, theirs = _CLAUSE.findall(left), _CLAUSE.findall(right)
    marked: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for tag, i, j, k, m in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for side, text in zip(marked, ("".join(ours[i:j]), "".join(theirs[k:m])), strict=True):
            if text:
                side.append((text, tag != "equal"))
    return tuple(marked[0]), tuple(marked[1])


def _shown(entry: Entry, name: str) -> str:
    kind, _, heading = name.partition(".")
    return entry.section(heading) if kind == "sections" else _words(getattr(entry, name))


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(map(_words, value))
    if is_dataclass(value) and not isinstance(value, type):
        return "、".join(str(part) for part in plain.write(value).values())
    return "" if value is None else str(value)
