"""Tables drawn as text with the rules they have, and the rows they must become."""

from itertools import pairwise
from pathlib import Path

import pytest

from kbtool import layout
from kbtool.document import Box, Kind, Method
from kbtool.reading import Grid, GridCell, PageReading
from tests.layout import drawing

CASES = sorted((Path(__file__).parent / "tables").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_rows(path: Path) -> None:
    drawn, expected = path.read_text(encoding="utf-8").split("\n======\n")
    (table,) = layout.build_page(read(drawn), "doc").blocks
    assert table.kind is Kind.TABLE
    rows: dict[int, list[str]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        spans = f" ({cell.row_span} rows)" if cell.row_span > 1 else ""
        rows.setdefault(cell.row, []).append(cell.text + spans)
    assert [" | ".join(row) for _, row in sorted(rows.items())] == expected.rstrip("\n").split("\n")


def read(drawn: str) -> PageReading:
    """A ruled table; the characters ``+-|`` are its rules."""
    rows = drawn.split("\n")
    words = ("" if row.startswith("+") else row.replace("|", " ") for row in rows)
    lines = drawing.read("\n".join((" ", *words))).lines
    top, left = 120 + 1.33 * drawing.PITCH, 60.0
    levels = [top + n * drawing.PITCH for n, row in enumerate(rows) if row.startswith("+")]
    edges = [left + n * drawing.EM / 2 for n, char in enumerate(rows[0]) if char == "+"]
    cells = tuple(
        GridCell(row, column, Box(x0, y0, x1, y1))
        for row, (y0, y1) in enumerate(pairwise(levels))
        for column, (x0, x1) in enumerate(pairwise(edges))
    )
    grid = Grid(Box(edges[0], levels[0], edges[-1], levels[-1]), len(levels) - 1, len(edges) - 1, cells)
    return PageReading(2, 595, 842, Method.TEXT_LAYER, "drawing", lines, (grid,))
