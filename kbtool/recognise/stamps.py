"""Stamps and seals: where they are, what they say, and how to read the page as if they were not there.

A stamp is red, blue or violet ink with a closed frame or ring round a few words. Coloured words without a frame are
words like others; coloured notes, bars with white letters and ruled tables are no stamps either.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from kbtool.recognise import inks
from kbtool.recognise.clean_up import CleanPage
from kbtool.recognise.engines import Engine
from kbtool.recognise.light import flatten
from kbtool.recognise.raster import Colour, Grey

_MIN_SIDE_IN, _MAX_SIDE_IN = 0.18, 3.0
#: A seal or date stamp is no larger than this; a wider one says a word or two, never so many strokes.
_SEAL_IN, _MOST_STROKES = 1.4, 45
#: Gaps in a stamp's frame that are bridged.
_GAP_IN = 0.05
#: A frame encloses most of its rectangle (a ring π/4) and is mostly empty itself.
_ENCLOSED, _FILLED = 0.6, 0.6
#: The outline of a frame is hardly longer than a string drawn round it; that of words is, with steps left out.
_WINDING, _STEP_IN = 1.2, 0.015
#: Rules over this share of a rectangle's width and height, both ways, are the cells of a table.
_ACROSS, _RECTANGLE = 0.8, 0.9
_MARGIN_IN = 0.08
#: Black ink is darker than this in the stamp's own light, the stamp's ink brighter.
_BLACK = 100


@dataclass(frozen=True, slots=True)
class PixelStamp:
    """A stamp in pixels: left, top, right, bottom."""

    box: tuple[int, int, int, int]
    text: str
    confidence: float


Rectangle = tuple[int, int, int, int]


def stamp_areas(page: CleanPage) -> tuple[Rectangle, ...]:
    """Rectangles (left, top, right, bottom) of all stamps; none on a grey scan."""
    if page.colour is None:
        return ()
    found = [box for ink in (inks.red, inks.blue) for box in _of_one_ink(ink(page.colour).astype(np.uint8), page.dpi)]
    return tuple(found)


def _of_one_ink(ink: Grey, dpi: float) -> list[Rectangle]:
    side = max(3, round(dpi * _GAP_IN))
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return [box for outline in outlines if (box := _stamp_box(np.asarray(outline), ink, dpi))]


def _stamp_box(outline: Colour, ink: Grey, dpi: float) -> Rectangle | None:
    x, y, w, h = cv2.boundingRect(outline)
    if min(w, h) < dpi * _MIN_SIDE_IN or max(w, h) > dpi * _MAX_SIDE_IN:
        return None
    tilted_w, tilted_h = cv2.minAreaRect(outline)[1]
    enclosed = cv2.contourArea(outline)
    inside = ink[y : y + h, x : x + w]
    if enclosed < _ENCLOSED * tilted_w * tilted_h or float(inside.sum()) > _FILLED * max(1.0, enclosed):
        return None
    smooth = cv2.approxPolyDP(outline, dpi * _STEP_IN, True)
    if cv2.arcLength(smooth, True) > _WINDING * cv2.arcLength(cv2.convexHull(outline), True):
        return None
    if enclosed > _RECTANGLE * tilted_w * tilted_h and _has_cells(inside, dpi):
        return None
    if max(w, h) > dpi * _SEAL_IN and cv2.connectedComponents(inside)[0] > _MOST_STROKES:
        return None
    return x, y, x + w, y + h


def _has_cells(ink: Grey, dpi: float) -> bool:
    """Whether rules cross the inside of a frame both ways."""
    edge = round(dpi * _MARGIN_IN)
    inner = ink[edge:-edge, edge:-edge]
    if not inner.size:
        return False
    reach = np.ones((3, 3), np.uint8)  # a rule that steps by a pixel is one rule
    thick = np.asarray(cv2.dilate(inner, reach))
    return bool(thick.mean(axis=1).max() > _ACROSS and thick.mean(axis=0).max() > _ACROSS)


def without(areas: tuple[Rectangle, ...], page: CleanPage) -> Grey:
    """The grey page without the ink of these stamps: in the light of its own colour it vanishes, and black stays."""
    if page.colour is None or not areas:
        return page.grey
    clear = page.grey.copy()
    for area in areas:
        part = _around(area, page)
        clear[part] = _cleared(page.colour[part], page.grey[part], page.dpi)
    return clear


def _cleared(colour: Colour, grey: Grey, dpi: float) -> Grey:
    ink = inks.red(colour, inks.PALE) | inks.blue(colour, inks.PALE)
    own_light = flatten(np.ascontiguousarray(colour.max(axis=2)), dpi)
    strong = (inks.red(colour) | inks.blue(colour)) & (own_light > _BLACK)
    # The ink is not quite as bright as paper: what is left of it is lifted to white, soft edges of black with it.
    level = float(np.median(own_light[strong])) if strong.any() else 255.0
    lifted = np.minimum(own_light * np.float32(255 / level), 255)
    where = cv2.dilate(ink.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return np.where(where, lifted, grey).astype(np.uint8)


def read_stamps(areas: tuple[Rectangle, ...], page: CleanPage, engine: Engine) -> tuple[PixelStamp, ...]:
    """Read the coloured words of each stamp, without the black ones under it."""
    return tuple(_read(area, page, engine) for area in areas)


def _read(area: Rectangle, page: CleanPage, engine: Engine) -> PixelStamp:
    if page.colour is None:
        return PixelStamp(area, "", 0.0)
    lines = engine.read(_ink_alone(page.colour[_around(area, page)]), page.dpi)
    lines = tuple(sorted(lines, key=lambda line: line.bounds[1]))
    confidence = min((line.confidence for line in lines), default=0.0)
    return PixelStamp(area, "\n".join(line.text for line in lines), confidence)


def _ink_alone(colour: Colour) -> Grey:
    """Coloured ink as dark on white, as through a green filter; black ink, dark in any light, turns white."""
    return np.where(colour.max(axis=2) < _BLACK, 255, colour[..., 1]).astype(np.uint8)


def _around(area: Rectangle, page: CleanPage) -> tuple[slice, slice]:
    margin = round(page.dpi * _MARGIN_IN)
    x0, y0, x1, y1 = area
    return slice(max(0, y0 - margin), y1 + margin), slice(max(0, x0 - margin), x1 + margin)
