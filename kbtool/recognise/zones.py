"""The zones of a known printed form: recognised by its title, laid over the page by its ruled frame.

The frame is found on each scan, so shift, scale, shear and what is left of skew do not matter.
"""

import difflib
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
from kbtool.recognise.marks import RING_STEP, TICK_STEP, judge, ring_extent, tick_ink
from kbtool.recognise.raster import Grey
from kbtool.recognise.rules import RuleGroup

#: The title stands in this upper share of the page, and may be misread a little.
_TITLE_WITHIN = 0.35
_TITLE_LIKENESS = 0.8
#: The frame of a form takes up at least this share of the page's width and height.
_FRAME_SHARE = 0.3
_DARK = 150

PixelBox = tuple[float, float, float, float]


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
    ys, xs = np.nonzero(frame.rules.rows | frame.rules.columns)
    extremes = [(xs + ys).argmin(), (xs - ys).argmax(), (xs + ys).argmax(), (xs - ys).argmin()]
    return np.array([[frame.x + xs[i], frame.y + ys[i]] for i in extremes], np.float32)


def read_zones(
    form: FormZones, frame: npt.NDArray[np.float32], lines: Sequence[OcrLine], grey: Grey, without_rules: Grey
) -> tuple[PixelField, ...]:
    """Read all zones: words by position, ticks on the page as it is, rings and ink on the page without its rules."""
    unit = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(unit, frame)
    placed = [(zone, _placed(zone.box, np.asarray(matrix))) for zone in form.zones]
    text = [_text_field(zone, box, lines, without_rules) for zone, box in placed if not zone.mark]
    ticks = [(zone, box, tick_ink(_part(grey, box))) for zone, box in placed if zone.mark == "tick"]
    rings = [(zone, box, ring_extent(_part(without_rules, box))) for zone, box in placed if zone.mark == "ring"]
    return (*text, *_marks(ticks, TICK_STEP), *_marks(rings, RING_STEP))


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


def _part(image: Grey, box: PixelBox) -> Grey:
    x0, y0, x1, y1 = (max(0, round(side)) for side in box)
    return image[y0 : max(y0 + 1, y1), x0 : max(x0 + 1, x1)]


def _marks(measured: list[tuple[Zone, PixelBox, float]], step: float) -> list[PixelField]:
    everywhere = [value for _, _, value in measured]
    fields = []
    for _, group in groupby(measured, key=lambda one: one[0].name.rsplit("/", 1)[0]):
        choices = list(group)
        verdicts = judge([value for _, _, value in choices], everywhere, step)
        for (zone, box, value), (marked, sure) in zip(choices, verdicts, strict=True):
            fields.append(PixelField(zone.name, box, "", sure, round(value, 4), marked))
    return fields


def _text_field(zone: Zone, box: PixelBox, lines: Sequence[OcrLine], without_rules: Grey) -> PixelField:
    pieces = [piece for line in lines if not line.vertical and (piece := _inside(line, box))]
    rows = _rows(pieces)
    sure = [confidence for row in rows for piece in row for confidence in piece.confidences]
    text = "\n".join("".join(piece.text for piece in row) for row in rows)
    ink = float((_part(without_rules, box) < _DARK).mean())
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


def _rows(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces beside one another are one row, left to right."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.y):
        if rows and piece.y - rows[-1][0].y < 0.5 * min(piece.height, rows[-1][0].height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.x) for row in rows]
