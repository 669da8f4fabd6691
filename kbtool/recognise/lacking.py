"""Lines that the lattice of a table lacks: told by all stretches of a height together.

Separate from the second look, which judges stretch by stretch: whether a line is there at all is asked of the whole
width of the table, and of its sides where the line lies outside what is known of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from kbtool.recognise.places import SAME_IN
from kbtool.recognise.raster import Grey
from kbtool.recognise.stretches import Floats, stretch

#: How sure a line must be, in all and in each stretch, and over what part of the table (inches, share); on pages of
#: strong rules half as much again, and this share of the other lines.
_SURE, _STRONG, _BETTER = 8.0, 1.5, 0.25
EACH = 4.0
_LEAST_IN, _LEAST_SHARE = 0.5, 0.4
#: A line that is broken off and goes on: this share as sure as the others, over what part of the table.
_PLAIN, _PLAIN_IN, _PLAIN_SHARE = 0.3, 0.3, 0.12
#: A line outside the reach of those that cross it runs over this share of the table.
_WHOLE = 0.9
#: A ground is so many grey levels darker than its paper.
_DARKER = 20.0
#: Inches: how far off its line a rule may lie, what is left out at the ends of a stretch, room beside a side.
_OFF_IN, _INSET_IN, _ROOM_IN = 0.02, 0.01, 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Heights:
    """How sure a rule is in each span (from, to) of a table at each height: spans × heights.

    ``ordinary`` is how sure the table's known ``lines`` are; ``reach`` from where to where those that cross them run.
    """

    near: Floats
    spans: Sequence[tuple[int, int]]
    lines: Sequence[int]
    reach: tuple[int, int]
    ordinary: float
    dpi: float


def lacking(seen: Heights, grey: Grey, toned: Grey) -> list[int]:
    """Heights of lines that are not known but plainly there, the surest first; ``toned`` is grey with its tints."""
    return [y for y in _found(seen) if _hangs_on(seen, grey, toned, y)]


def _found(seen: Heights) -> Iterator[int]:
    support = _support(seen)
    support[support < float(np.clip(_BETTER * seen.ordinary, _SURE, _STRONG * _SURE))] = 0
    same = round(seen.dpi * SAME_IN)
    lengths = np.array([end - start for start, end in seen.spans], np.float32)
    is_whole = ((seen.near >= EACH) * lengths[:, None]).sum(axis=0) >= _WHOLE * lengths.sum()
    for outside in (slice(0, max(0, seen.reach[0] - same)), slice(seen.reach[1] + same, None)):
        support[outside] *= is_whole[outside]
    for y in seen.lines:
        support[max(0, y - same) : y + same + 1] = 0
    while support.max() > 0:
        top = np.flatnonzero(support == support.max())
        y = int(top[len(top) // 2])
        support[max(0, y - same) : y + same + 1] = 0
        yield y


def _support(seen: Heights) -> Floats:
    """How surely a line runs at each height, through neighbouring spans or plainly here and there; else 0."""
    lengths = np.array([end - start for start, end in seen.spans], np.float32)[:, None]
    enough = max(_LEAST_IN * seen.dpi, _LEAST_SHARE * (seen.spans[-1][1] - seen.spans[0][0]))
    best, length, squares = (np.zeros(seen.near.shape[1], np.float32) for _ in range(3))
    for sure, long in zip(seen.near, lengths, strict=True):
        goes_on = sure >= EACH
        length = np.where(goes_on, length + long, 0)
        squares = np.where(goes_on, squares + sure**2, 0)
        best = np.maximum(best, np.where(length >= enough, np.sqrt(squares), 0))
    plain = seen.near >= max(EACH, _PLAIN * seen.ordinary)
    is_long = (lengths * plain).sum(axis=0) >= max(_PLAIN_IN * seen.dpi, _PLAIN_SHARE * lengths.sum())
    scattered = np.where(is_long, np.sqrt((seen.near**2 * plain).sum(axis=0)), 0)
    return np.asarray(np.maximum(best, scattered), np.float32)


def _hangs_on(seen: Heights, grey: Grey, toned: Grey, y: int) -> bool:
    """Whether the sides of the table run on from its known lines to a line outside of them."""
    first, last = seen.reach
    top, bottom = (y, first) if y < first else (last, y)
    inset, off, room = (max(1, round(seen.dpi * size)) for size in (_INSET_IN, _OFF_IN, _ROOM_IN))
    if first < y < last or bottom - top < 4 * inset:
        return True
    rows = slice(top + inset, bottom - inset)
    for x, outward in ((seen.spans[0][0], -1), (seen.spans[-1][1], 1)):
        beside, middle = (rows, slice(max(0, x - room), x + room + 1)), min(x, room)
        sureness = stretch(np.ascontiguousarray(grey[beside].T), seen.dpi).sureness
        is_ruled = float(sureness[max(0, middle - off) : middle + off + 1].max()) >= EACH
        if not is_ruled and not _ends(toned[beside], middle, outward, off):
            return False
    return True


def _ends(beside: Grey, middle: int, outward: int, off: int) -> bool:
    """Whether a dark ground ends at the middle of a strip; ``outward`` is where the table's outside lies."""
    sides = beside[:, : max(1, middle - off)], beside[:, middle + off :]
    outer, inner = sides if outward < 0 else reversed(sides)
    return bool(outer.size and inner.size and np.median(outer) - np.median(inner) >= _DARKER)


def nearby(profile: Floats, off: int) -> Floats:
    """The most of a profile within so many pixels of each height."""
    return np.asarray(cv2.dilate(profile[:, None], np.ones((2 * off + 1, 1))), np.float32)[:, 0]
