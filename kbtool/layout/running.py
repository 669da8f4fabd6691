"""Running headers, footers and page numbers, found by what stays in its place from page to page."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from kbtool.document import Block, Kind, Page
from kbtool.layout.page_edges import Edge, found_by_place

#: Shares of the page's height where headers and footers stand.
_TOP = 0.11
_BOTTOM = 0.89
#: How far a header moves between pages; scans shift more than print.
_SAME_PLACE = 0.025
#: How alike two readings of one header are, digits aside.
_ALIKE = 0.72
#: How many places back a header is looked for.
_MEMORY = 30
#: A document this short may have its header on two pages only: the first is often without.
_SHORT = 4
_LEAST_PAGES = 3
_LEAST_SHARE = 0.25
_PAGE_NUMBER = re.compile(
    r"[-–—−~〜\s.|(（]*(?:p\.?|page|ページ|第)?\s*(?:[a-z]-)?(?:[0-9]{1,4}|[ivxl]{1,6})"
    r"(?:\s*(?:[-–—−/／]|of)\s*[0-9]{1,4})?\s*(?:ページ|頁)?[-–—−~〜\s.|)）]*",
    re.IGNORECASE,
)
#: Boxes of neighbouring lines overlap by no more than this share of the page.
_TOUCHING = 0.004
_PLAIN = (Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.CAPTION)


@dataclass(slots=True)
class _Place:
    """Edges that say the same in the same place."""

    edges: list[Edge]
    exact: bool = True

    def repeats(self, count: int) -> bool:
        pages = len({edge.page for edge in self.edges})
        if count <= _SHORT:
            return pages >= 2 and self.exact
        return pages >= max(_LEAST_PAGES, _LEAST_SHARE * count)


def settle(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Name the headers and footers of a whole document, given in page order."""
    edges = [edge for number, page in enumerate(pages) for edge in _edges(number, page)]
    repeated = [edge for place in _places(edges) if place.repeats(len(pages)) for edge in place.edges]
    numbers = [edge for edge in edges if _is_page_number(pages, edge)]
    placed = found_by_place(edges, len(pages))
    running = {(edge.page, edge.index) for edge in [*repeated, *numbers, *placed]}
    return tuple(_marked(number, page, running) for number, page in enumerate(pages))


def _places(edges: Iterable[Edge]) -> list[_Place]:
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


def _edges(number: int, page: Page) -> Iterable[Edge]:
    boxes = [block.provenance.box for block in page.blocks if block.text or block.kind is Kind.FIGURE]
    for index, block in enumerate(page.blocks):
        box = block.provenance.box
        y = box.centre[1]
        if block.kind not in _PLAIN or not block.text or _TOP < y < _BOTTOM:
            continue
        at_top = y <= _TOP
        further = [b for b in boxes if (b.y1 <= box.y0 if at_top else b.y0 >= box.y1)]
        within = [b.y0 - box.y1 if at_top else box.y0 - b.y1 for b in boxes]
        gap = min((distance for distance in within if distance > -_TOUCHING), default=1.0)
        yield Edge(number, index, block.text, _key(block.text), y, box.height, gap, at_top, not further)


def _key(text: str) -> str:
    """The text with digits alike and white space gone."""
    return re.sub(r"[0-9]+", "0", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))[:200]


def _is_same(edge: Edge, other: Edge) -> bool:
    if edge.at_top != other.at_top or abs(edge.y - other.y) > _SAME_PLACE:
        return False
    longer, shorter = max(len(edge.key), len(other.key)), min(len(edge.key), len(other.key))
    if longer == 0 or shorter / longer < 0.5:
        return False
    if edge.key == other.key:
        return True
    # Shared kinds of characters bound what a matcher can find, at a twentieth of its cost.
    if 2 * min(_shared(edge.key, other.key), _shared(other.key, edge.key)) < _ALIKE * (longer + shorter):
        return False
    matcher = SequenceMatcher(None, edge.key, other.key, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE  # the quick one is never below the other


def _shared(text: str, other: str) -> int:
    """How many characters of a text the other has, too."""
    return sum(map(set(other).__contains__, text))


def _is_page_number(pages: Sequence[Page], edge: Edge) -> bool:
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
