"""A fictional manual as text: what is printed, line by line, and by what kind of block.

Separate from the drawing, so that a person writes and judges a manual as text. One line is one paragraph as printed,
its mark included (Ｑ１．, ①, ・); lines of other kinds begin with a sign:

key: value            before the first page: title, header, footer, face, size, scan
== page | columns     a new page, the second in two columns; ``== next`` begins the second column
# ## *                chapter, section, a line in bold type
| a | b |             a row of a table, the first is its header; ^ merged with the cell above, < with the one before
! 警告                a ruled box; its lines follow with ``! ``
~ 解約 … 5            a line of a table of contents with dot leaders
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path


class Shape(StrEnum):
    """What a block looks like."""

    CHAPTER = "# "
    SECTION = "## "
    BOLD = "* "
    TABLE = "|"
    BOX = "! "
    LEADER = "~ "
    TEXT = ""


#: Kinds of which neighbouring lines make one block.
_TOGETHER = frozenset({Shape.TABLE, Shape.BOX})


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its lines without the sign."""

    shape: Shape
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of one or two columns of blocks."""

    columns: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Manual:
    """A manual: its name, what is set once for all pages, and the pages."""

    name: str
    look: dict[str, str]
    pages: tuple[Page, ...]


def read(path: Path) -> Manual:
    """The manual of a text file."""
    head, *pages = path.read_text(encoding="utf-8").split("\n== ")
    look = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    columns: list[list[tuple[Block, ...]]] = []
    for page in pages:
        kind, _, text = page.partition("\n")
        if kind.strip() != "next":
            columns.append([])
        columns[-1].append(tuple(_blocks(text)))
    return Manual(path.stem, look, tuple(Page(tuple(page)) for page in columns))


def _blocks(text: str) -> Iterator[Block]:
    """Blocks in order; an empty line parts two tables or boxes that follow each other."""
    lines = [(_shape(line), line) for line in text.splitlines()]
    for shape, run in groupby(lines, key=lambda pair: None if not pair[1].strip() else pair[0]):
        if shape is None:
            continue
        bare = [line[len(shape) :].strip() if shape is not Shape.TABLE else line.strip() for _, line in run]
        if shape in _TOGETHER:
            yield Block(shape, tuple(bare))
        else:
            yield from (Block(shape, (line,)) for line in bare)


def _shape(line: str) -> Shape:
    return next(shape for shape in Shape if line.startswith(shape))
