"""Blocks in order → pages: a file without paper gets one for each of its sections.

Boxes follow the order: every block takes an equal share of its page's height, so that a person finds it again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kbtool.document import Box, Cell, Kind
from kbtool.intake.written import WHOLE, WrittenBlock, WrittenPage

#: A section this long (characters) goes on at its next smaller heading, and at any block once it is very long.
_LONG = 3_000
#: Deeper headings (the terms of a list of questions) never begin a page by themselves.
DEEPEST_SECTION = 6
_VERY_LONG = 50_000


def paginate(blocks: Sequence[WrittenBlock], engine: str) -> tuple[WrittenPage, ...]:
    """Put each top-level section on a page of its own; what stands before the first is a page too."""
    blocks = [replace(block, name=f"¶{number}") for number, block in enumerate(_with_title(blocks), 1)]
    levels = [block.level for block in blocks if block.kind is Kind.HEADING and block.level <= DEEPEST_SECTION]
    top = min(levels, default=0)
    return tuple(one_page(page, engine) for page in _pages(blocks, top))


def one_page(blocks: Sequence[WrittenBlock], engine: str) -> WrittenPage:
    """A page of these blocks, one below the other."""
    height = 1 / max(1, len(blocks))
    placed = [placed_at(block, Box(0.0, n * height, 1.0, (n + 1) * height)) for n, block in enumerate(blocks)]
    return WrittenPage(tuple(placed), engine)


def placed_at(block: WrittenBlock, box: Box) -> WrittenBlock:
    """The block in ``box`` of its page; the boxes of its cells, fractions of the block so far, go with it."""
    cells = tuple(replace(cell, box=_within(cell.box, box)) for cell in block.cells)
    return replace(block, box=box, cells=cells)


def table(cells: Iterable[Cell], name: str = "") -> WrittenBlock:
    """A table of cells whose boxes are not known: each gets its share of rows and columns."""
    cells = list(cells)
    rows = max(cell.row + cell.row_span for cell in cells)
    columns = max(cell.column + cell.column_span for cell in cells)
    shared = tuple(replace(cell, box=_share(cell, rows, columns)) for cell in cells)
    return WrittenBlock(Kind.TABLE, table_text(shared), cells=shared, name=name)


def table_text(cells: Iterable[Cell]) -> str:
    """Rows as lines, cells parted by tabs."""
    rows: dict[int, list[str]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(" ".join(cell.text.split("\n")))
    return "\n".join("\t".join(row) for _, row in sorted(rows.items()))


def cell(row: int, column: int, text: str, row_span: int = 1, column_span: int = 1) -> Cell:
    """A cell that is not yet placed."""
    return Cell(row, column, text, WHOLE, row_span, column_span)


def _with_title(blocks: Sequence[WrittenBlock]) -> list[WrittenBlock]:
    """Make the one heading above all others, where it stands first, the title of the document."""
    levels = Counter(block.level for block in blocks if block.kind is Kind.HEADING)
    first = blocks[0] if blocks else None
    alone = first is not None and first.kind is Kind.HEADING and first.level == min(levels) and levels[first.level] == 1
    if first is None or not alone or len(levels) == 1:
        return list(blocks)
    return [replace(first, kind=Kind.TITLE, level=1), *blocks[1:]]


def _pages(blocks: Sequence[WrittenBlock], top: int) -> Iterator[list[WrittenBlock]]:
    page: list[WrittenBlock] = list(blocks[:1])
    length = sum(len(block.text) for block in page)
    for before, block in pairwise(blocks):
        if _breaks(before, block, top, length):
            yield page
            page, length = [], 0
        page.append(block)
        length += len(block.text)
    if page:
        yield page


def _breaks(before: WrittenBlock, block: WrittenBlock, top: int, length: int) -> bool:
    """Whether a new page begins; headings that follow each other stay together."""
    if block.kind is Kind.HEADING and before.kind is not Kind.HEADING:
        return block.level <= top or length > _LONG
    return length > _VERY_LONG


def _within(inner: Box, outer: Box) -> Box:
    x0, y0 = outer.x0 + inner.x0 * outer.width, outer.y0 + inner.y0 * outer.height
    return Box(x0, y0, x0 + inner.width * outer.width, y0 + inner.height * outer.height)


def _share(cell: Cell, rows: int, columns: int) -> Box:
    right, below = cell.column + cell.column_span, cell.row + cell.row_span
    return Box(cell.column / columns, cell.row / rows, right / columns, below / rows)
