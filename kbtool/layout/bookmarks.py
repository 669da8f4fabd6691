"""Headings by the file's own outline: words that a bookmark names are a heading, however they are set.

A bookmark finds words and never adds any; where nothing on its page says the same, it is of no effect.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kbtool.document import Block, Kind
from kbtool.layout import markers
from kbtool.layout.pieces import Piece
from kbtool.reading import Bookmark

#: A heading of more lines than this is no heading.
_MOST_LINES = 3
_DEEPEST = 6
_MAY_BE_HEADING = (Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.CAPTION)
_NUMBER = re.compile(r"^(?:第[0-9一二三四五六七八九十]+[章節編部項]|[0-9]+(?:[-.][0-9]+)*[.)]?|[■●◆▼◎・])+")


class _Name(NamedTuple):
    """A heading's words as they are compared; many outlines leave the numbers of the headings out, or add them."""

    full: str
    bare: str


class Named:
    """The bookmarks of a page, found again among its words."""

    def __init__(self, bookmarks: Sequence[Bookmark]) -> None:
        self._bookmarks = bookmarks
        names = [_name(bookmark.title) for bookmark in bookmarks]
        self._full, self._bare = {name.full for name in names}, {name.bare for name in names}

    def parted(self, lines: Sequence[Piece]) -> Iterator[tuple[bool, list[Piece]]]:
        """Part the lines of a region into those that a bookmark names and what stands between them, in order."""
        between: list[Piece] = []
        start = 0
        while start < len(lines):
            count = self._named(lines[start : start + _MOST_LINES])
            if not count:
                between.append(lines[start])
                start += 1
                continue
            if between:
                yield False, between
            yield True, list(lines[start : start + count])
            between, start = [], start + count
        if between:
            yield False, between

    def headed(self, blocks: Sequence[Block]) -> list[Block]:
        """Make a heading of the block that each bookmark names: of several, the one it leads to or the largest."""
        marked = list(blocks)
        full: defaultdict[str, list[int]] = defaultdict(list)
        bare: defaultdict[str, list[int]] = defaultdict(list)
        for n, block in enumerate(blocks if self._bookmarks else ()):
            if _may_be_heading(block):
                name = _name(block.text)
                full[name.full].append(n)
                bare[name.bare].append(n)
        for bookmark in self._bookmarks:
            name = _name(bookmark.title)
            found = full[name.full] or [*bare[name.full], *full[name.bare]]
            if found:
                at = _best(found, blocks, bookmark)
                marked[at] = replace(marked[at], kind=Kind.HEADING, level=min(bookmark.level, _DEEPEST))
        return marked

    def _named(self, lines: Sequence[Piece]) -> int:
        """How many of the lines, from the first, together say what a bookmark says; the most that do."""
        for count in range(len(lines) if self._bookmarks else 0, 0, -1):
            name = _name("".join(line.text for line in lines[:count]))
            if name.full in self._full or name.full in self._bare or name.bare in self._full:
                return count
        return 0


def _best(found: Sequence[int], blocks: Sequence[Block], bookmark: Bookmark) -> int:
    def distance(n: int) -> float:
        box = blocks[n].provenance.box
        return -box.height if bookmark.top is None else abs(box.y0 - bookmark.top)

    return min(found, key=distance)


def _may_be_heading(block: Block) -> bool:
    speaks = markers.starts_question_or_answer(block.text) or markers.has_leader(block.text)
    return block.kind in _MAY_BE_HEADING and not speaks


def _name(text: str) -> _Name:
    full = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _Name(full, _NUMBER.sub("", full, count=1))
