"""Red stamps and seals: where they are, what they say, and how to read the page as if they were not there.

A stamp is red ink with a closed frame or ring round it. Red words without a frame are words like others.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from kbtool.recognise.clean_up import CleanPage, redness
from kbtool.recognise.engines import Engine
from kbtool.recognise.raster import Colour, Grey, Mask

_MIN_SIDE_IN, _MAX_SIDE_IN = 0.18, 3.0
#: Gaps in a stamp's frame that are bridged.
_GAP_IN = 0.03
#: A frame encloses most of its rectangle (a ring π/4) and is mostly empty itself.
_ENCLOSED, _FILLED = 0.6, 0.85
_MARGIN_IN = 0.08
#: Redness of the pale edge of a stroke.
_PALE = 12
#: Black ink is darker than this in red light, red ink brighter.
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
    ink = redness(page.colour).astype(np.uint8)
    side = max(3, round(page.dpi * _GAP_IN))
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return tuple(box for outline in outlines if (box := _stamp_box(np.asarray(outline), ink, page.dpi)))


def _stamp_box(outline: Colour, ink: Grey, dpi: float) -> Rectangle | None:
    x, y, w, h = cv2.boundingRect(outline)
    if min(w, h) < dpi * _MIN_SIDE_IN or max(w, h) > dpi * _MAX_SIDE_IN:
        return None
    tilted_w, tilted_h = cv2.minAreaRect(outline)[1]
    enclosed = cv2.contourArea(outline)
    filled = float(ink[y : y + h, x : x + w].sum()) / max(1.0, enclosed)
    if enclosed < _ENCLOSED * tilted_w * tilted_h or filled > _FILLED:
        return None
    return x, y, x + w, y + h


def ink_of(areas: tuple[Rectangle, ...], page: CleanPage) -> Mask:
    """Where the ink of these stamps lies, its pale edge included."""
    where = np.zeros(page.grey.shape, np.bool_)
    if page.colour is None or not areas:
        return where
    for area in areas:
        where[_around(area, page)] = True
    red = cv2.dilate(redness(page.colour, _PALE).astype(np.uint8), np.ones((5, 5), np.uint8))
    return where & (np.asarray(red) > 0)


def read_stamps(areas: tuple[Rectangle, ...], page: CleanPage, engine: Engine) -> tuple[PixelStamp, ...]:
    """Read the red words of each stamp, without the black ones under it."""
    return tuple(_read(area, page, engine) for area in areas)


def _read(area: Rectangle, page: CleanPage, engine: Engine) -> PixelStamp:
    if page.colour is None:
        return PixelStamp(area, "", 0.0)
    lines = engine.read(_red_alone(page.colour[_around(area, page)]), page.dpi)
    lines = tuple(sorted(lines, key=lambda line: line.bounds[1]))
    confidence = min((line.confidence for line in lines), default=0.0)
    return PixelStamp(area, "\n".join(line.text for line in lines), confidence)


def _red_alone(colour: Colour) -> Grey:
    """Red ink as dark on white, as through a green filter; black ink, dark in red light too, turns white."""
    return np.where(colour[..., 0] < _BLACK, 255, colour[..., 1]).astype(np.uint8)


def _around(area: Rectangle, page: CleanPage) -> tuple[slice, slice]:
    margin = round(page.dpi * _MARGIN_IN)
    x0, y0, x1, y1 = area
    return slice(max(0, y0 - margin), y1 + margin), slice(max(0, x0 - margin), x1 + margin)
