"""Running headers, footers and page numbers, found by what stays in its place from page to page."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from kbtool.document import Block, Kind, Page

#: Shares of the page's height where headers and footers stand.
_TOP = 0.11
_BOTTOM = 0.89
#: How far a header moves between pages; scans shift more than print.
_SAME_PLACE = 0.025
#: How alike two readings of one header are, digits aside.
_ALIKE = 0.72
#: How many places back a header is looked for.
_MEMORY = 30
_LEAST_PAGES = 3
_LEAST_SHARE = 0.25
_PAGE_NUMBER = re.compile(
    r"[-–—−~〜\s.|(（]*(?:p\.?|page|ページ)?\s*(?:[0-9]{1,4}|[ivxl]{1,6})"
    r"(?:\s*[-–—−/／]\s*[0-9]{1,4})?\s*(?:ページ|頁)?[-–—−~〜\s.|)）]*",
    re.IGNORECASE,
)
_PLAIN = (Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.CAPTION)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A block at the top or bottom of its page."""

    page: int
    index: int
    key: str
    y: float
    at_top: bool


@dataclass(slots=True)
class _Place:
    """Edges that say the same in the same place."""

    edges: list[_Edge]
    exact: bool = True

    def repeats(self, count: int) -> bool:
        pages = len({edge.page for edge in self.edges})
        if count <= 2:
            return pages == 2 and self.exact
        return pages >= max(_LEAST_PAGES, _LEAST_SHARE * count)


def settle(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Name the headers and footers of a whole document, given in page order."""
    edges = [edge for number, page in enumerate(pages) for edge in _edges(number, page)]
    repeated = [edge for place in _places(edges) if place.repeats(len(pages)) for edge in place.edges]
    numbers = [edge for edge in edges if _is_page_number(pages, edge)]
    running = {(edge.page, edge.index) for edge in [*repeated, *numbers]}
    return tuple(_marked(number, page, running) for number, page in enumerate(pages))


def _places(edges: Iterable[_Edge]) -> list[_Place]:
    """Gather edges; each is compared with the places met last only, so that long documents stay cheap."""
    places: list[_Place] = []
    known: dict[tuple[str, bool], _Place] = {}
    for edge in edges:
        place = known.get((edge.key, edge.at_top))
        if place and abs(place.edges[0].y - edge.y) <= _SAME_PLACE:
            place.edges.append(edge)
            continue
        like = next((place for place in reversed(places[-_MEMORY:]) if _is_same(place.edges[0], edge)), None)
        if like:
            like.edges.append(edge)
            like.exact = False
        else:
            like = _Place([edge])
            places.append(like)
        known[edge.key, edge.at_top] = like
    return places


def _edges(number: int, page: Page) -> Iterable[_Edge]:
    for index, block in enumerate(page.blocks):
        if block.kind not in _PLAIN or not block.text:
            continue
        y = block.provenance.box.centre[1]
        if y <= _TOP or y >= _BOTTOM:
            yield _Edge(number, index, _key(block.text), y, y <= _TOP)


def _key(text: str) -> str:
    """The text with digits alike and white space gone."""
    return re.sub(r"[0-9]+", "0", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))[:200]


def _is_same(edge: _Edge, other: _Edge) -> bool:
    if edge.at_top != other.at_top or abs(edge.y - other.y) > _SAME_PLACE:
        return False
    longer, shorter = max(len(edge.key), len(other.key)), min(len(edge.key), len(other.key))
    if longer == 0 or shorter / longer < 0.5:
        return False
    return SequenceMatcher(None, edge.key, other.key, autojunk=False).ratio() >= _ALIKE


def _is_page_number(pages: Sequence[Page], edge: _Edge) -> bool:
    """A number of its own at the very edge of the page."""
    text = unicodedata.normalize("NFKC", pages[edge.page].blocks[edge.index].text)
    return (edge.y <= 0.07 or edge.y >= 0.92) and _PAGE_NUMBER.fullmatch(text) is not None


def _marked(number: int, page: Page, running: set[tuple[int, int]]) -> Page:
    blocks = tuple(
        _as_running(block) if (number, index) in running else block for index, block in enumerate(page.blocks)
    )
    return replace(page, blocks=blocks)


def _as_running(block: Block) -> Block:
    at_top = block.provenance.box.centre[1] < 0.5
    return replace(block, kind=Kind.PAGE_HEADER if at_top else Kind.PAGE_FOOTER, level=0)
