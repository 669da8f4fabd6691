"""Tables ruled between their rows only: level rules make the rows, white strips the columns.

Common in Japanese manuals. The rules alone may as well underline headings or part sections, so the words decide:
a run of bands becomes a table where the white strips between its columns stay open from band to band.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kbtool.document import Box
from kbtool.reading import Grid, GridCell, Line

#: In em (the page's ordinary height of type).
_NARROWEST_STRIP = 0.8
_FEWEST_BANDS = 3
#: Share of a table's places that have words.
_FILLED = 0.5
#: Lines in a usual cell; columns of prose have more.
_MOST_LINES = 3

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two rules: its box, and the stretches of words in it."""

    box: Box
    stretches: tuple[Span, ...]
    lines: int


def tables_in(grid: Grid, lines: Sequence[Line]) -> tuple[Grid, ...]:
    """The tables that words make of a grid of one column, which may be none."""
    inside = [line for line in lines if not line.vertical and grid.box.contains(*line.box.centre)]
    if grid.columns != 1 or not inside:
        return ()
    em = median(line.size_pt for line in inside)
    bands = [_band(cell.box, inside, em) for cell in sorted(grid.cells, key=lambda cell: cell.row)]
    found = ((run, _columns(run, em)) for run in _runs(bands, em))
    return tuple(_table(run, columns, grid.box) for run, columns in found if _is_table(run, columns))


def _band(box: Box, lines: Sequence[Line], em: float) -> _Band:
    own = [line for line in lines if box.contains(*line.box.centre)]
    return _Band(box, tuple(stretch for line in own for stretch in _stretches(line, em)), len(own))


def _stretches(line: Line, em: float) -> Iterator[Span]:
    """Words of a line without the wide white between them."""
    inked = [span for char, span in zip(line.text, line.spans, strict=False) if not char.isspace()]
    if len(line.spans) != len(line.text) or not inked:
        yield line.box.x0, line.box.x1
        return
    start = inked[0][0]
    for before, after in pairwise(inked):
        if after[0] - before[1] >= _NARROWEST_STRIP * em:
            yield start, before[1]
            start = after[0]
    yield start, inked[-1][1]


def _runs(bands: Sequence[_Band], em: float) -> Iterator[list[_Band]]:
    """Neighbouring bands with words, as long as at least two columns stay apart."""
    run: list[_Band] = []
    for band in bands:
        columns = merged([span for other in (*run, band) for span in other.stretches], _NARROWEST_STRIP * em)
        if run and (not band.stretches or len(columns) < 2):
            yield run
            run, columns = [], merged(band.stretches, _NARROWEST_STRIP * em)
        if len(columns) >= 2:
            run.append(band)
    yield run


def _columns(run: Sequence[_Band], em: float) -> list[Span]:
    """The columns of a run; one band of it, such as a head over two columns, may reach across a strip."""
    without = [[span for band in run if band is not left_out for span in band.stretches] for left_out in (None, *run)]
    return max((merged(spans, _NARROWEST_STRIP * em) for spans in without), key=len)


def _is_table(run: Sequence[_Band], columns: Sequence[Span]) -> bool:
    if len(run) < _FEWEST_BANDS or len(columns) < 2:
        return False
    if any(_is_stacked(band, columns) for band in run):
        return False
    filled = sum(any(_is_in(stretch, column) for stretch in band.stretches) for band in run for column in columns)
    rows = median(band.lines / len(columns) for band in run)
    return filled >= _FILLED * len(run) * len(columns) and rows <= _MOST_LINES


def _is_stacked(band: _Band, columns: Sequence[Span]) -> bool:
    """Whether words over several columns have words of single ones below them: rows that no rule parts."""
    within = [any(left <= start and end <= right for left, right in columns) for start, end in band.stretches]
    over = [span for span, is_within in zip(band.stretches, within, strict=True) if not is_within]
    below = [span for span, is_within in zip(band.stretches, within, strict=True) if is_within]
    return any(start < right and end > left for start, end in over for left, right in below)


def _table(run: Sequence[_Band], columns: Sequence[Span], around: Box) -> Grid:
    inner = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    xs = [around.x0, *inner, around.x1]
    cells = tuple(
        GridCell(r, first, Box(xs[first], band.box.y0, xs[last + 1], band.box.y1), 1, last - first + 1)
        for r, band in enumerate(run)
        for first, last in _places(band, inner)
    )
    box = Box(around.x0, run[0].box.y0, around.x1, run[-1].box.y1)
    return Grid(box, len(run), len(columns), cells)


def _places(band: _Band, edges: Sequence[float]) -> Iterator[tuple[int, int]]:
    """First and last column of each cell of a band: words over an edge join the cells at its sides."""
    first = 0
    for last, edge in enumerate(edges):
        if not any(start < edge < end for start, end in band.stretches):
            yield first, last
            first = last + 1
    yield first, len(edges)


def _is_in(stretch: Span, column: Span) -> bool:
    return column[0] <= (stretch[0] + stretch[1]) / 2 <= column[1]


def merged(spans: Sequence[Span], strip: float) -> list[Span]:
    """Spans that leave less than ``strip`` white between them become one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] < strip:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
