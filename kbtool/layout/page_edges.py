"""Headers and footers whose words change: the name of the chapter, the number of the page.

They cannot be found by their words alone, as ``running`` does, but by the place they keep on the paper together with
what they say: numbers that count the pages, or words that come again at the same height now and then. The first line
of the text keeps its place too, but says neither.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

#: Share of the page's height within which print keeps its place.
_SAME_HEIGHT = 0.006
#: White between a header and the text, in heights of the header's own line.
_APART = 0.6
_LEAST_PAGES = 3
#: Share of the pages with something at this height, and of these with words that come again.
_PRESENT = 0.3
_COMING_AGAIN = 0.5
_NUMBER = re.compile(r"[0-9]{1,4}|[ivxlc]{1,7}")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Edge:
    """A block at the top or bottom of its page; ``key`` its words with digits alike, ``gap`` the white inside of it.

    ``y`` is its middle, ``height`` its own and ``gap`` what lies between it and the rest, all as shares of the page.
    ``outermost``: nothing stands further out.
    """

    page: int
    index: int
    text: str
    key: str
    y: float
    height: float
    gap: float
    at_top: bool
    outermost: bool


def found_by_place(edges: Sequence[Edge], pages: int) -> Iterator[Edge]:
    """Yield the edges that are headers or footers by their place and what they say there."""
    for at_top in (True, False):
        outer = [edge for edge in edges if edge.at_top == at_top and edge.outermost]
        for same in _heights(outer):
            counting = _counting(same)
            yield from counting
            apart = [edge for edge in same if edge.gap > _APART * edge.height]
            keys = Counter(edge.key for edge in apart)
            again = sum(count for count in keys.values() if count > 1)
            present = len({edge.page for edge in apart})
            if present >= max(_LEAST_PAGES, _PRESENT * pages) and again >= _COMING_AGAIN * len(apart):
                yield from apart


def _heights(edges: Iterable[Edge]) -> Iterator[list[Edge]]:
    same: list[Edge] = []
    for edge in sorted(edges, key=lambda edge: edge.y):
        if same and edge.y - same[0].y > 2 * _SAME_HEIGHT:
            yield same
            same = []
        same.append(edge)
    if same:
        yield same


def _counting(edges: Sequence[Edge]) -> list[Edge]:
    """Those that begin or end with a number as far from the page's own as on other pages."""
    steps = Counter((step, kind) for edge in edges for step, kind in _steps(edge))
    steady = {step for step, count in steps.items() if count >= _LEAST_PAGES}
    return [edge for edge in edges if not steady.isdisjoint(_steps(edge))]


def _steps(edge: Edge) -> set[tuple[int, bool]]:
    """How far the numbers at either end are from the page's own, and whether they are Roman."""
    words = unicodedata.normalize("NFKC", edge.text).split()
    ends = {words[0], words[-1]} if words else set()
    found = set()
    for word in ends:
        number = word.strip("-–—−~〜.|()/").lower()
        if _NUMBER.fullmatch(number):
            found.add((_value(number) - edge.page, not number.isdigit()))
    return found


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    values = [_ROMAN[letter] for letter in number]
    return sum(-value if value < max(values[n:]) else value for n, value in enumerate(values))
