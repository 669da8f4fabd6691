"""Cells of a grid that hold ink and gave no words: a lone dash, a single figure.

What a page-wide search for lines overlooks is often the whole content of a cell, so such cells are read one by one.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kbtool.recognise.engines import Engine, OcrLine
from kbtool.recognise.engines.line import upright_quad
from kbtool.recognise.grids import PixelGrid
from kbtool.recognise.raster import Grey, Mask

_DARK = 140
#: Ink nearer to the rules than this, in inches, is what is left of them.
_INSET_IN = 0.03
#: Room round the ink: as high as a line of 10-point type at least.
_LINE_IN, _SIDE_IN = 0.16, 0.08
#: Ink of fewer pixels at 300 dpi is a speck.
_SPECK_PX = 30
_STROKES, _DASH = frozenset("一ー-—―−‐–"), "－"
#: Marks of yes, no and partly, and what they are taken for; a ring or cross alone may be a letter or figure.
_SURE_MARKS = frozenset("○△×◎")
_MARKS = {**dict.fromkeys("OoＯ0〇◯", "○"), **dict.fromkeys("XxＸ✕✖", "×"), **dict.fromkeys("Δ▵", "△")}
#: A line from corner to corner of an empty cell: so much of its width and height, so straight.
_CORNERS, _STRAIGHT = 0.7, 0.97
_MIN_CONFIDENCE = 50.0
#: A page of dozens of such cells holds drawings, not words.
_MAX_CELLS = 40


def overlooked(
    grids: Sequence[PixelGrid], lines: Sequence[OcrLine], image: Grey, dpi: float, engine: Engine
) -> tuple[OcrLine, ...]:
    """Lines read in cells in which no line has a character."""
    middles = [_middle(line, i) for line in lines for i in range(len(line.text))]
    xs, ys = np.array([x for x, _ in middles]), np.array([y for _, y in middles])
    found = []
    for box in (cell.box for grid in grids for cell in grid.cells):
        x0, y0, x1, y1 = box
        if not ((xs > x0) & (xs < x1) & (ys > y0) & (ys < y1)).any() and (ink := _ink(box, image, dpi)):
            found.append(ink)
    read = (_read(ink, image, dpi, engine) for ink in found[:_MAX_CELLS])
    return tuple(line for line in read if line is not None and line.confidence >= _MIN_CONFIDENCE)


def with_dashes(grids: Sequence[PixelGrid], lines: Sequence[OcrLine]) -> tuple[OcrLine, ...]:
    """The lines, a lone stroke in a cell (read as 一, ー or -) being the dash that stands for "nothing"."""
    boxes = [grid.box for grid in grids]
    return tuple(
        replace(line, text=_DASH) if line.text in _STROKES and any(_holds(box, line) for box in boxes) else line
        for line in lines
    )


def with_marks(grids: Sequence[PixelGrid], lines: Sequence[OcrLine]) -> tuple[OcrLine, ...]:
    """The lines, a lone ring, cross or triangle in a grid that has sure marks being a mark, too."""
    boxes = [
        grid.box
        for grid in grids
        if any(line.text in _SURE_MARKS and _holds(grid.box, line) for line in lines if len(line.text) == 1)
    ]
    return tuple(
        replace(line, text=_MARKS[line.text]) if line.text in _MARKS and any(_holds(b, line) for b in boxes) else line
        for line in lines
    )


def _holds(box: tuple[float, float, float, float], line: OcrLine) -> bool:
    x, y = _middle(line, 0)
    return box[0] < x < box[2] and box[1] < y < box[3]


def _middle(line: OcrLine, i: int) -> tuple[float, float]:
    x0, y0, x1, y1 = line.bounds
    along = sum(line.spans[i]) / 2
    return ((x0 + x1) / 2, along) if line.vertical else (along, (y0 + y1) / 2)


def _ink(box: tuple[float, float, float, float], image: Grey, dpi: float) -> tuple[int, int, int, int] | None:
    """The rectangle of a cell's ink with room round it, None for an empty cell or one full of lines."""
    inset = dpi * _INSET_IN
    x0, y0, x1, y1 = round(box[0] + inset), round(box[1] + inset), round(box[2] - inset), round(box[3] - inset)
    dark = image[y0 : max(y0, y1), x0 : max(x0, x1)] < _DARK
    if dark.sum() < _SPECK_PX * (dpi / 300) ** 2:
        return None
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    high, room = rows[-1] - rows[0], dpi * _SIDE_IN
    if high > 3 * dpi * _LINE_IN or _is_diagonal(dark):
        return None
    above = max(room / 2, (dpi * _LINE_IN - high) / 2)
    return (
        max(0, round(x0 + columns[0] - room)),
        max(0, round(y0 + rows[0] - above)),
        min(image.shape[1], round(x0 + columns[-1] + room)),
        min(image.shape[0], round(y0 + rows[-1] + above)),
    )


def _is_diagonal(dark: Mask) -> bool:
    """Whether all ink of a cell is one line from corner to corner, which says that the cell is empty."""
    y, x = np.nonzero(dark)
    if np.ptp(y) < _CORNERS * dark.shape[0] or np.ptp(x) < _CORNERS * dark.shape[1]:
        return False
    return bool(abs(np.corrcoef(x, y)[0, 1]) > _STRAIGHT)


def _read(ink: tuple[int, int, int, int], image: Grey, dpi: float, engine: Engine) -> OcrLine | None:
    x0, y0, x1, y1 = ink
    line = engine.read_line(np.ascontiguousarray(image[y0:y1, x0:x1]), dpi)
    if line is None:
        return None
    spans = tuple((start + x0, end + x0) for start, end in line.spans)
    return replace(line, quad=upright_quad(*ink), spans=spans)
