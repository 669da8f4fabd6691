"""A page whose words come from two sides: the text layer, and recognition of what the layer says nothing of.

Separate from both, because only here their frames meet: the recogniser sets what it sees straight, the text layer
stands as the file says. Words of the layer are exact and win wherever both say the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kbtool.document import Box, Mesh, Method
from kbtool.intake.untrusted import FailedPage, RasterPage
from kbtool.outcome import Problem, Severity
from kbtool.reading import Grid, Line, PageReading

#: Percent. A line read less surely than this may be a texture taken for letters.
_SURE = 75.0
#: Letters and their share: a picture with so many sure ones is a page or table pasted in; with fewer it is a figure.
_FEWEST_SURE, _LEAST_SURE_SHARE = 20, 0.7
#: Shares of a line's area: where so much is known already the line is; where so much of a known line is in another.
_SAME, _WITHIN = 0.7, 0.5
#: Share of the page. A recogniser that moved things farther saw a photographed sheet, not a page.
_FARTHEST = 0.05


@dataclass(frozen=True, slots=True)
class KnownPart:
    """The words of a text layer, and the pictures (``areas``) and ``illegible`` words of which it says nothing.

    ``is_scan``: the page is one picture, and the words only stand on it.
    """

    words: PageReading
    areas: tuple[Box, ...]
    is_scan: bool
    illegible: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class PartialPage:
    """A page to be read from both sides: ``picture`` is the page as pixels with what stands in the unread areas."""

    known: KnownPart
    picture: RasterPage

    @property
    def number(self) -> int:
        """The number of the page, from 1."""
        return self.picture.number


def merged(page: KnownPart, read: PageReading | FailedPage, source: str) -> PageReading | FailedPage:
    """One reading of both sides, each line telling how it was read; ``source`` is named where recognition failed."""
    if page.is_scan:
        return read if isinstance(read, FailedPage) else _on_scan(read, page.words)
    if isinstance(read, FailedPage) or (read.rotation and page.illegible):
        code = read.code if isinstance(read, FailedPage) else "intake_page_unread"
        params: dict[str, object] = {"source": source, "page": read.number}
        problem = Problem(code, f"{source}#{read.number}", Severity.WARNING, params)
        return replace(page.words, problems=(*page.words.problems, problem))
    return page.words if read.rotation else _with_unread(page, read)


def _on_scan(read: PageReading, words: PageReading) -> PageReading:
    """The recognised page, with the words of the layer in place of what was recognised of them."""
    shift = _Shift(read.mesh, (read.width_pt, read.height_pt), (words.width_pt, words.height_pt))
    if read.rotation or shift.farthest() > _FARTHEST:
        return read
    exact = [replace(_moved(line, shift.back(line.box)), method=Method.TEXT_LAYER) for line in words.lines]
    kept = [line for line in read.lines if _share_in(line.box, (each.box for each in exact)) < _SAME]
    lost = [line for line in exact if _share_in(line.box, (each.box for each in kept)) < _WITHIN]
    return replace(read, lines=(*(replace(line, method=Method.OCR) for line in kept), *lost))


def _with_unread(page: KnownPart, read: PageReading) -> PageReading:
    """The page of the layer, with its illegible words and what stands in those pictures that plainly are writing."""
    words = page.words
    shift = _Shift(read.mesh, (read.width_pt, read.height_pt), (words.width_pt, words.height_pt))
    known = [line.box for line in words.lines]
    lines = [replace(_moved(line, shift.to(line.box)), method=Method.OCR) for line in read.lines]
    lines = [line for line in lines if _share_in(line.box, known) < _SAME]
    found = {area: [line for line in lines if area.contains(*line.box.centre)] for area in page.areas}
    written = [*page.illegible, *(area for area, inside in found.items() if _is_written(inside))]
    if not written:
        return words
    grids = [grid for grid in (_moved_grid(grid, shift) for grid in read.grids) if _is_in(grid.box, written)]
    return replace(
        words,
        lines=(*words.lines, *(line for line in lines if _is_in(line.box, written) and _is_word(line))),
        grids=(*words.grids, *grids),
        figures=tuple(figure for figure in words.figures if not _is_in(figure, written)),
        stamps=tuple(
            replace(stamp, box=box)
            for stamp, box in ((stamp, shift.to(stamp.box)) for stamp in read.stamps)
            if _is_in(box, written)
        ),
    )


def _is_written(lines: Sequence[Line]) -> bool:
    sure = sum(_letters(line) for line in lines if line.confidence >= _SURE)
    return sure >= _FEWEST_SURE and sure >= _LEAST_SURE_SHARE * sum(map(_letters, lines))


def _is_word(line: Line) -> bool:
    """Signs alone, read unsurely, are dirt of the picture."""
    return _letters(line) > 0 or line.confidence >= _SURE


def _letters(line: Line) -> int:
    return sum(map(str.isalnum, line.text))


def _is_in(box: Box, areas: Iterable[Box]) -> bool:
    return any(area.contains(*box.centre) for area in areas)


def _share_in(box: Box, others: Iterable[Box]) -> float:
    """How much of a box lies in others; those hardly overlap each other."""
    area = max(box.width * box.height, 1e-6)
    covered = 0.0
    for other in others:
        across, down = min(box.x1, other.x1) - max(box.x0, other.x0), min(box.y1, other.y1) - max(box.y0, other.y0)
        covered += max(0.0, across) * max(0.0, down)
    return covered / area


def _moved(line: Line, box: Box) -> Line:
    """A line brought to another box, its characters with it."""
    start, end, first, last = (
        (line.box.y0, line.box.y1, box.y0, box.y1) if line.vertical else (line.box.x0, line.box.x1, box.x0, box.x1)
    )
    scale = (last - first) / max(end - start, 1e-6)
    thickness = box.width / max(line.box.width, 1e-6) if line.vertical else box.height / max(line.box.height, 1e-6)
    spans = tuple((first + (a - start) * scale, first + (b - start) * scale) for a, b in line.spans)
    return replace(line, box=box, spans=spans, size_pt=line.size_pt * thickness)


def _moved_grid(grid: Grid, shift: "_Shift") -> Grid:
    return replace(
        grid, box=shift.to(grid.box), cells=tuple(replace(cell, box=shift.to(cell.box)) for cell in grid.cells)
    )


@dataclass(frozen=True, slots=True)
class _Shift:
    """From a page set straight, of size ``seen``, to the same page as the file has it, of size ``file``; points."""

    mesh: Mesh
    seen: tuple[float, float]
    file: tuple[float, float]

    def to(self, box: Box) -> Box:
        """Where a box of the straight page lies on the file's page: moved as its centre is, never turned."""
        x, y = box.centre
        across, down = x / self.seen[0], y / self.seen[1]
        to_x, to_y = self._at(across, down)
        half_x, half_y = box.width / self.seen[0] / 2, box.height / self.seen[1] / 2
        width, height = self.file
        return Box((to_x - half_x) * width, (to_y - half_y) * height, (to_x + half_x) * width, (to_y + half_y) * height)

    def back(self, box: Box) -> Box:
        """Where a box of the file's page lies on the straight one, as long as nothing moved far."""
        width, height = self.file
        x, y = box.centre[0] / width, box.centre[1] / height
        to_x, to_y = self._at(x, y)
        left, top = (2 * x - to_x - box.width / width / 2), (2 * y - to_y - box.height / height / 2)
        return Box(
            left * self.seen[0],
            top * self.seen[1],
            (left + box.width / width) * self.seen[0],
            (top + box.height / height) * self.seen[1],
        )

    def farthest(self) -> float:
        """How far anything moved, in shares of the page."""
        rows, columns = len(self.mesh) - 1, len(self.mesh[0]) - 1 if self.mesh else 0
        moves = [
            max(abs(x - column / columns), abs(y - row / rows))
            for row, places in enumerate(self.mesh)
            for column, (x, y) in enumerate(places)
        ]
        return max(moves, default=0.0)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the straight page lies, both in fractions."""
        if not self.mesh:
            return x, y
        rows, columns = len(self.mesh) - 1, len(self.mesh[0]) - 1
        row, column = min(rows - 1, max(0, int(y * rows))), min(columns - 1, max(0, int(x * columns)))
        down, across = y * rows - row, x * columns - column
        corners = (
            (self.mesh[row][column], (1 - down) * (1 - across)),
            (self.mesh[row][column + 1], (1 - down) * across),
            (self.mesh[row + 1][column], down * (1 - across)),
            (self.mesh[row + 1][column + 1], down * across),
        )
        return sum(place[0] * share for place, share in corners), sum(place[1] * share for place, share in corners)
