"""Sets words on a page from top to bottom and writes down what it set: the truth grows with the page.

Separate from the layouts, which say what comes after what.
"""

from dataclasses import dataclass

from samples.wrap import wrap

from benchmarks.reading.faces import Face
from benchmarks.reading.surface import A4_PT, Surface, measure
from benchmarks.reading.truth import TrueCell
from kbtool.document import Box

MARGIN = 56.0
BODY_END = A4_PT[1] - 70.0
_CELL_LEADING = 1.35


@dataclass(frozen=True, slots=True)
class Cells:
    """How a table is set: type size and the white around it in points, grey of the head's ground, thickness of rules.

    On a ground darker than half the head's words are white.
    """

    size: float
    padding: float = 4.0
    head: int = 255
    rule: float = 0.6


class Composer:
    """A column of type. ``y`` is where the next line goes; ``blocks`` the truth so far, in reading order."""

    def __init__(self, surface: Surface, face: Face, size: float, leading: float) -> None:
        self.surface = surface
        self.face = face
        self.size = size
        self.leading = leading
        self.left, self.right = MARGIN, A4_PT[0] - MARGIN
        self.y = 72.0
        self.blocks: list[str] = []
        self.tables: list[tuple[TrueCell, ...]] = []
        self.ruled: list[bool] = []

    def room(self, end: float = BODY_END) -> float:
        """How many points are left."""
        return end - self.y

    def at(self, x: float, y: float, text: str, size: float | None = None) -> None:
        """Set one line at a place, as a block of its own."""
        self.surface.text(x, y, text, size or self.size, self.face)
        self.blocks.append(text)

    def heading(self, text: str, size: float) -> None:
        """Set a heading with white above and below."""
        self.y += size * 0.9
        self.at(self.left, self.y, text, size)
        self.y += size * 1.7

    def paragraph(self, text: str, *, indent: float = 0.0, first: float = 1.0) -> None:
        """Set a paragraph; ``indent`` and ``first`` (the first line's own) in ems."""
        lines = self.lines(text, indent, first)
        for index, line in enumerate(lines):
            x = self.left + (indent + (first if index == 0 else 0)) * self.size
            self.surface.text(x, self.y, line, self.size, self.face)
            self.y += self.leading
        self.blocks.append(text)
        self.y += self.leading * 0.45

    def lines(self, text: str, indent: float = 0.0, first: float = 0.0) -> list[str]:
        """Break text for the column; the first line is shorter by its own indent."""
        width = self.right - self.left - indent * self.size
        if first <= 0:
            return wrap(text, width, self._measure)
        blank = "　" * round(first)
        broken = wrap(blank + text, width, self._measure)
        return [broken[0][len(blank) :], *broken[1:]]

    def _measure(self, text: str) -> float:
        return measure(text, self.size, self.face)

    def table(
        self, cells: tuple[TrueCell, ...], widths: list[float], *, ruled: bool, style: Cells | None = None
    ) -> None:
        """Set a table over the column's width, ``widths`` in shares; cells wrap, rows grow."""
        style = style or Cells(self.size)
        full = self.right - self.left
        edges = [self.left + full * sum(widths[:index]) for index in range(len(widths) + 1)]
        broken = {cell: self._in_cell(cell, edges, style) for cell in cells}
        rows = max(cell.row + cell.row_span for cell in cells)
        tops = [self.y]
        for row in range(rows):
            tall = [len(broken[cell]) for cell in cells if cell.row == row and cell.row_span == 1]
            tops.append(tops[-1] + max(tall, default=1) * style.size * _CELL_LEADING + 2 * style.padding)
        for cell in cells:
            x0, x1 = edges[cell.column], edges[cell.column + cell.column_span]
            place = Box(x0, tops[cell.row], x1, tops[cell.row + cell.row_span])
            self._cell(cell, place, broken[cell], style, ruled=ruled)
        self.blocks += [cell.text for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)) if cell.text]
        self.tables.append(cells)
        self.ruled.append(ruled)
        self.y = tops[-1] + self.leading

    def _in_cell(self, cell: TrueCell, edges: list[float], style: Cells) -> list[str]:
        width = edges[cell.column + cell.column_span] - edges[cell.column] - 2 * style.padding
        return wrap(cell.text, width, lambda text: measure(text, style.size, self.face)) if cell.text else []

    def _cell(self, cell: TrueCell, place: Box, lines: list[str], style: Cells, *, ruled: bool) -> None:
        head = style.head if cell.row == 0 and ruled else 255
        if head < 255:
            self.surface.fill(place, head)
        if ruled:
            frame(self.surface, place, style.rule)
        step = style.size * _CELL_LEADING
        start = place.y0 + (place.height - len(lines) * step) / 2 + style.size * 0.15
        ink = 255 if head < 128 else 0
        for index, line in enumerate(lines):
            self.surface.text(place.x0 + style.padding, start + index * step, line, style.size, self.face, ink)


def frame(surface: Surface, box: Box, width: float = 0.6) -> None:
    """Draw the four sides of a box."""
    surface.line(box.x0, box.y0, box.x1, box.y0, width)
    surface.line(box.x0, box.y1, box.x1, box.y1, width)
    surface.line(box.x0, box.y0, box.x0, box.y1, width)
    surface.line(box.x1, box.y0, box.x1, box.y1, width)
