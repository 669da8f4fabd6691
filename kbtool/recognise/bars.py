"""Dark bars, such as the head of a table in white letters: rectangles whose sides rule like lines.

Separate from rules, which are thin: a bar hides the rule it lies on, and those that cross it.
"""

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.inked import blocks_of, near_ink, pieces
from kbtool.recognise.levels import darker
from kbtool.recognise.raster import Grey

Bits = npt.NDArray[np.uint8]

#: Large dark areas are lightened when the light is taken out.
_DARK = 205
#: Inches: the smallest bar, the widest white stroke of a letter in it.
_SHORTEST_IN, _LOWEST_IN, _STROKE_IN, _LETTER_IN = 0.5, 0.1, 0.06, 0.25
#: A bar has so many corners, cells merged downwards included, and is dark but for white letters; lines of bold type
#: leave more white.
_CORNERS, _LEAST_DARK = 16, 0.6
#: So much darker (0 to 255) a bar is so far inside its long sides than so far outside; the shadow of a crease is soft.
_EDGE, _EDGE_IN = 60.0, 0.02
#: Letters so much darker than their ground, and none near white, lie under a marker or on a tint, which rules nothing.
_DARKER, _NEAR_WHITE = 60.0, 225.0


def find_bars(grey: Grey, dpi: float) -> Bits:
    """Find the level dark bars of a straight page with white paper: 1 all over a bar."""
    dark = darker(grey, _DARK)
    thick = max(3, round(dpi * _LOWEST_IN / 2))
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((3, thick), np.uint8))  # no letters of dark type
    stroke, lowest = max(3, round(dpi * _STROKE_IN)), round(dpi * _LOWEST_IN)
    rows = near_ink(np.asarray(solid, np.uint8), stroke + lowest)  # no look goes further from what is solid
    bars = np.zeros(grey.shape, np.uint8)
    if not len(rows):
        return bars
    filled = np.asarray(cv2.morphologyEx(solid[rows], cv2.MORPH_CLOSE, np.ones((stroke, stroke), np.uint8)), np.uint8)
    solid = blocks_of(filled, lowest, round(dpi * _SHORTEST_IN))
    if not solid.any():
        return bars
    room = round(dpi * _LETTER_IN)
    letters = np.ones((room, room), np.uint8)
    whole = np.zeros(grey.shape, np.uint8)
    whole[rows] = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, letters[:1])  # a letter may part a bar
    edge = round(dpi * _EDGE_IN)
    for piece in pieces(whole):
        y, x = max(0, piece.y - room), max(0, piece.x - room)
        part = (slice(y, piece.y + piece.height + room), slice(x, piece.x + piece.width + room))
        marked = np.zeros_like(bars[part])
        marked[piece.y - y :, piece.x - x :][: piece.height, : piece.width] = piece.own
        own = np.asarray(cv2.morphologyEx(marked, cv2.MORPH_CLOSE, letters), np.uint8)
        if _is_bar(own, grey[part], dark[part], edge):
            bars[part] |= own
    return bars


def _is_bar(own: Bits, grey: Grey, dark: Bits, edge: int) -> bool:
    """Whether what is marked in ``own`` is dark all over, has straight sides and begins and ends at once."""
    outlines, _ = cv2.findContours(own, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outline = cv2.approxPolyDP(outlines[0], edge, True)[:, 0]
    sides = np.abs(np.diff(np.concatenate([outline, outline[:1]]), axis=0))
    if len(sides) > _CORNERS or sides.min(axis=1).max() > 2 * edge or dark[own > 0].mean() < _LEAST_DARK:
        return False
    reach = np.ones((2 * edge + 1, 2 * edge + 1), np.uint8)
    inside = cv2.erode(own, reach)
    rim, around = (inside > 0) & (cv2.erode(inside, reach) == 0), (cv2.dilate(own, reach) > 0) & (own == 0)
    if not rim.any() or np.median(grey[around]) - np.median(grey[rim]) < _EDGE:
        return False
    return not _bears_ink(grey[inside > 0])


def sides_of(bars: Bits) -> tuple[Bits, Bits]:
    """The upper and lower sides of bars, and their left and right ones, as rules of two pixels."""
    cross = np.ones((3, 3), np.uint8)
    level = bars - cv2.erode(bars, cross[:, :1])
    upright = bars - cv2.erode(bars, cross[:1])
    return np.asarray(level, np.uint8), np.asarray(upright, np.uint8)


def _bears_ink(bar: Grey) -> bool:
    """Whether its letters are darker than the ground, not white; ``bar`` without its sides, which may be ruled."""
    ink, ground, brightest = np.percentile(bar, (3, 50, 99))
    return bool(ground - ink >= _DARKER and brightest < _NEAR_WHITE)
