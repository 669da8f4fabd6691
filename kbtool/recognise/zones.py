"""The zones of a known printed form: recognised by its title, laid over the page by its ruled frame.

The frame is found on each scan, so shift, scale, shear and what is left of skew do not matter.
"""

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.document import Box
from kbtool.reading import FormZones, Zone
from kbtool.recognise import look_alikes
from kbtool.recognise.engines import OcrLine
from kbtool.recognise.marks import (
    RING_STEP,
    TICK_STEP,
    PixelBox,
    is_struck,
    judge,
    rings,
    tick_ink,
)
from kbtool.recognise.raster import Grey
from kbtool.recognise.rules import Bits, RuleGroup

#: The title stands in this upper share of the page, and may be misread a little.
_TITLE_WITHIN = 0.35
_TITLE_LIKENESS = 0.8
#: The frame of a form takes up at least this share of the page's width and height.
_FRAME_SHARE = 0.3
#: Its sides bend and lean by no more than this share of their length, and are seen over so much of it.
_FRAME_BENDS, _SEEN_OF_FRAME = 0.015, 0.5
#: Thicker than any rule.
_THICK_PX = 16
_DARK = 150
#: How sure it is that a mark with a line through it is none: a person looks.
_TAKEN_BACK = 60.0

#: Single characters with spaces between are the boxes they were written in.
_SPACED_OUT = re.compile(r"\S(?: +\S){3,}$|^\S(?: +\S){3,}")

#: Slope and start of a line along one axis.
_Side = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PixelField:
    """What stands in a zone; pixels, otherwise as ``kbtool.reading.FieldReading``."""

    name: str
    box: PixelBox
    text: str = ""
    confidence: float = 0.0
    ink: float = 0.0
    marked: bool | None = None


def form_of(lines: Sequence[OcrLine], page_height: int, forms: Sequence[FormZones]) -> FormZones | None:
    """The form whose title stands at the top of the page."""
    top = [_folded(line.text) for line in lines if line.bounds[3] < _TITLE_WITHIN * page_height]
    scored = [(_likeness(_folded(form.title), text), form) for form in forms for text in top]
    best = max(scored, key=lambda found: found[0], default=(0.0, None))
    return best[1] if best[0] >= _TITLE_LIKENESS else None


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _likeness(title: str, text: str) -> float:
    return difflib.SequenceMatcher(None, title, text, autojunk=False).ratio()


def frame_of(groups: Sequence[RuleGroup], page_height: int, page_width: int) -> npt.NDArray[np.float32] | None:
    """Corners of the outermost rectangle of rules, clockwise from the top left; None where there is none."""
    large = [g for g in groups if g.width >= _FRAME_SHARE * page_width and g.height >= _FRAME_SHARE * page_height]
    if not large:
        return None
    frame = max(large, key=lambda group: group.width * group.height)
    rows, columns = frame.rules.rows, frame.rules.columns
    left, right = _outer(columns), _outer(columns, far=True)
    top, bottom = _outer(rows.T), _outer(rows.T, far=True)
    if left is None or right is None or top is None or bottom is None:
        return None
    corners = [_crossing(side, level) for side, level in ((left, top), (right, top), (right, bottom), (left, bottom))]
    return np.array([[frame.x + x, frame.y + y] for x, y in corners], np.float32)


def _outer(upright: Bits, *, far: bool = False) -> _Side | None:
    """The first of the upright rules, the last where ``far``: its middle as a line; None where there is none.

    Rules that lie across tell nothing of it: they are found a little longer than they are.
    """
    bits = upright[:, ::-1] if far else upright
    inked = np.flatnonzero(bits.any(axis=1))
    first = bits[inked].argmax(axis=1)
    usual = np.abs(first - np.median(first)) <= _FRAME_BENDS * len(bits)
    inked, first = inked[usual], first[usual]
    if len(inked) < _SEEN_OF_FRAME * len(bits):
        return None
    thick = np.array([bits[y, x : x + _THICK_PX].sum() for y, x in zip(inked, first, strict=True)])
    slope, start = np.polyfit(inked, first + (thick - 1) / 2, 1)
    return (-slope, bits.shape[1] - 1 - start) if far else (slope, start)


def _crossing(upright: _Side, level: _Side) -> tuple[float, float]:
    """Where x = a·y + b meets y = c·x + d."""
    (a, b), (c, d) = upright, level
    x = (a * d + b) / (1 - a * c)
    return x, c * x + d


def read_zones(
    form: FormZones,
    frame: npt.NDArray[np.float32],
    lines: Sequence[OcrLine],
    page: Grey,
    without_rules: Grey,
    dpi: float,
) -> tuple[PixelField, ...]:
    """Read all zones: words by position, ticks on the page as it is, rings and ink on the page without its rules."""
    unit = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(unit, frame)
    placed = [(zone, _placed(zone.box, np.asarray(matrix))) for zone in form.zones]
    text = [_text_field(zone, box, lines, without_rules) for zone, box in placed if not zone.mark]
    ticks = [(zone, box, tick_ink(page, box)) for zone, box in placed if zone.mark == "tick"]
    ringed = [(zone, box) for zone, box in placed if zone.mark == "ring"]
    covers = rings(without_rules, [box for _, box in ringed], dpi)
    circled = [(zone, box, cover) for (zone, box), cover in zip(ringed, covers, strict=True)]
    return (*text, *_marks(ticks, TICK_STEP, page), *_marks(circled, RING_STEP, page))


def _placed(box: Box, matrix: npt.NDArray[np.float64]) -> PixelBox:
    corners = np.array([[[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]]], np.float64)
    xs, ys = np.asarray(cv2.perspectiveTransform(corners, matrix))[0].T
    # The mean of both sides: a zone of a slightly sheared frame keeps its size.
    return (
        float(xs[[0, 3]].mean()),
        float(ys[[0, 1]].mean()),
        float(xs[[1, 2]].mean()),
        float(ys[[2, 3]].mean()),
    )


def _marks(measured: list[tuple[Zone, PixelBox, float]], step: float, page: Grey) -> list[PixelField]:
    everywhere = [value for _, _, value in measured]
    fields = []
    for _, group in groupby(measured, key=lambda one: one[0].name.rsplit("/", 1)[0]):
        choices = list(group)
        verdicts = judge([value for _, _, value in choices], everywhere, step)
        for (zone, box, value), (marked, sure) in zip(choices, verdicts, strict=True):
            if marked and zone.mark == "tick" and is_struck(page, box):
                marked, sure = False, _TAKEN_BACK
            fields.append(PixelField(zone.name, box, "", sure, round(value, 4), marked))
    return fields


def _text_field(zone: Zone, box: PixelBox, lines: Sequence[OcrLine], without_rules: Grey) -> PixelField:
    pieces = [piece for line in lines if not line.vertical and (piece := _inside(line, box))]
    rows = _rows(pieces)
    sure = [confidence for row in rows for piece in row for confidence in piece.confidences]
    text = "\n".join(_SPACED_OUT.sub(_together, "".join(piece.text for piece in row)) for row in rows)
    x0, y0, x1, y1 = (max(0, round(side)) for side in box)
    part = without_rules[y0 : max(y0 + 1, y1), x0 : max(x0 + 1, x1)]
    ink = float((part < _DARK).mean())
    return PixelField(zone.name, box, text, round(sum(sure) / len(sure), 1) if sure else 0.0, round(ink, 4))


@dataclass(frozen=True, slots=True)
class _Piece:
    """The part of a line that lies in a zone."""

    text: str
    confidences: tuple[float, ...]
    x: float
    y: float
    height: float


def _inside(line: OcrLine, zone: PixelBox) -> _Piece | None:
    _, top, _, bottom = line.bounds
    y = (top + bottom) / 2
    if not zone[1] <= y <= zone[3]:
        return None
    text = look_alikes.settle(line.text)
    inside = [i for i, (a, b) in enumerate(line.spans) if zone[0] <= (a + b) / 2 <= zone[2]]
    words = "".join(text[i] for i in inside).strip()
    sure = tuple(line.confidences[i] for i in inside)
    return _Piece(words, sure, line.spans[inside[0]][0], y, bottom - top) if words else None


def _together(found: re.Match[str]) -> str:
    return "".join(found[0].split())


def _rows(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces beside one another are one row, left to right."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.y):
        if rows and piece.y - rows[-1][0].y < 0.5 * min(piece.height, rows[-1][0].height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.x) for row in rows]
