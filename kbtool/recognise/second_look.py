"""Rules looked for again where the lattice of a table says that they should run, and strokes of type taken out of it.

Separate from the runs that are found by shape alone, which noise breaks and type beside them hides. Between two rules
that cross it, a rule is there over its whole length or not at all: so grey is averaged piece by piece along such a
stretch, and what is darker than both its sides in nearly every piece is a rule, however pale; strokes of type are so
in some.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from kbtool.recognise.inked import transposed
from kbtool.recognise.places import SAME_IN, lines_of
from kbtool.recognise.raster import Grey
from kbtool.recognise.rules import Bits, RuleGroup, Rules
from kbtool.recognise.stretches import Floats, Stretch, stretch

#: Inches: a rule may lie so far off the place of its line; what is left out at the ends of a stretch.
_OFF_IN, _INSET_IN = 0.02, 0.01
#: Room round a group in which its outer rules may lie, in inches.
_ROOM_IN = 0.1
#: How sure a line that the lattice lacks must be, in all and in each stretch, and over what part of the table (inches,
#: share); on pages of strong rules half as much again.
_SURE, _EACH, _STRONG = 8.0, 4.0, 1.5
_LEAST_IN, _LEAST_SHARE = 0.5, 0.4
#: How sure a stretch of a known line is one, and is none; and as shares of the line's surer stretches.
_KEPT, _NONE, _SHARE = 3.0, 2.0, 0.12
#: A line nowhere as sure as this share of the table's others is chance.
_CHANCE, _BETTER = 0.18, 0.25
#: What has less than this share of the depth of the table's other rules is the edge of a shadow.
_FAINT = 0.2


def completed(rules: Rules, grey: Grey, level: Bits, upright: Bits, groups: Sequence[RuleGroup]) -> Rules:
    """The rules with what their lattices lack and without what these cannot hold.

    ``level`` and ``upright`` mark rules that are known otherwise, as the sides of bars are; ``grey`` has white paper.
    """
    whole = Rules(rules.rows.copy(), rules.columns.copy(), rules.bars.copy(), rules.dpi)
    room = round(rules.dpi * _ROOM_IN)
    for group in groups:
        y, x = max(0, group.y - room), max(0, group.x - room)
        part = (slice(y, group.y + group.height + room), slice(x, group.x + group.width + room))
        inner = (slice(group.y - y, group.y - y + group.height), slice(group.x - x, group.x - x + group.width))
        rows, columns = np.zeros_like(rules.rows[part]), np.zeros_like(rules.columns[part])
        rows[inner], columns[inner] = group.rules.rows, group.rules.columns
        lattice = _Lattice(grey[part], level[part], upright[part], rules.dpi)
        seen = lattice.look(Rules(rows, columns, rules.bars[part].copy(), rules.dpi))
        # What other groups have in this rectangle stays as it is.
        whole.rows[part] = np.where(rows > 0, seen.rows, whole.rows[part] | seen.rows)
        whole.columns[part] = np.where(columns > 0, seen.columns, whole.columns[part] | seen.columns)
        whole.bars[part] &= seen.bars
    return whole


@dataclass(frozen=True, slots=True, eq=False)
class _Lattice:
    """The picture of one group of rules, and the rules in it that are known otherwise."""

    grey: Grey
    level: Bits
    upright: Bits
    dpi: float

    def look(self, rules: Rules) -> Rules:
        """Look for rows between the columns, for columns between the rows, and once more where columns were new."""
        picture, sides = transposed(self.grey), transposed(self.upright)
        known = -1
        for _ in range(2):
            ys, xs = lines_of(rules)
            if len(xs) == known:
                break
            known = len(xs)
            rows = _seen_again(rules.rows, ys, xs, _extent(rules.columns), self.grey, self.level, self.dpi)
            rules = Rules(rows, rules.columns, rules.bars, self.dpi)
            ys, xs = lines_of(rules)
            columns = _seen_again(transposed(rules.columns), xs, ys, _extent(rules.rows.T), picture, sides, self.dpi)
            rules = Rules(rules.rows, transposed(columns), rules.bars, self.dpi)
        return Rules(rules.rows, rules.columns, _opened(rules, picture), self.dpi)


def _extent(crossing: Bits) -> tuple[int, int]:
    """From where to where crossing rules run."""
    at = np.flatnonzero(crossing.any(axis=1))
    return (int(at[0]), int(at[-1])) if len(at) else (0, 0)


def _seen_again(
    bits: Bits, ys: Sequence[float], xs: Sequence[float], reach: tuple[int, int], grey: Grey, sides: Bits, dpi: float
) -> Bits:
    """Row rules ``bits`` with lines at ``ys``, looked at stretch by stretch between the columns ``xs``."""
    inset = max(1, round(dpi * _INSET_IN))
    spans = [(round(a), round(b)) for a, b in pairwise(xs) if b - a > 4 * inset]
    if not spans or not ys:
        return bits
    bits = bits.copy()
    stretches = [stretch(grey[:, a + inset : b - inset], dpi) for a, b in spans]
    off, same = max(1, round(dpi * _OFF_IN)), round(dpi * SAME_IN)
    near: Floats = np.stack(
        [np.asarray(cv2.dilate(s.sureness[:, None], np.ones((2 * off + 1, 1))), np.float32)[:, 0] for s in stretches]
    )
    lines = [min(round(y), len(grey) - 1) for y in ys]
    ordinary = float(np.percentile(near[:, lines].max(axis=0), 90)) if lines else 0.0
    depth = np.stack(
        [np.asarray(cv2.dilate(s.depth[:, None], np.ones((2 * off + 1, 1))), np.float32)[:, 0] for s in stretches]
    )
    fresh = _lacking(near, spans, lines, reach, ordinary, dpi)
    lines += [y for y in fresh if depth[:, y].max() >= _FAINT * np.median(depth[:, lines].max(axis=0))]
    for y in lines:
        sure = near[:, y]
        enough = max(_KEPT, _SHARE * float(np.percentile(sure, 75)))
        is_chance = sure.max() < min(_SURE, _CHANCE * ordinary)
        for (a, b), one, found in zip(spans, sure, stretches, strict=True):
            window = slice(max(0, y - off), y + off + 1)
            if one >= enough and not is_chance:
                _draw(bits, found, window, (a, b))
            elif (one < _NONE / _KEPT * enough or is_chance) and not sides[window, a:b].any():
                bits[max(0, y - same) : y + same + 1, a + inset : b - inset] = 0
    return bits


def _lacking(
    near: Floats, spans: Sequence[tuple[int, int]], lines: Sequence[int], reach: tuple[int, int], ordinary: float,
    dpi: float,
) -> list[int]:  # fmt: skip
    """Heights of lines that are not known but plainly there, inside the reach of the columns; the surest first."""
    least = float(np.clip(_BETTER * ordinary, _SURE, _STRONG * _SURE))
    support = _support(near, spans, dpi)
    support[support < least] = 0
    same = round(dpi * SAME_IN)
    support[: max(0, reach[0] - same)] = 0
    support[reach[1] + same :] = 0
    for y in lines:
        support[max(0, y - same) : y + same + 1] = 0
    found: list[int] = []
    while support.max() > 0:
        top = np.flatnonzero(support == support.max())
        y = int(top[len(top) // 2])
        found.append(y)
        support[max(0, y - same) : y + same + 1] = 0
    return found


def _support(near: Floats, spans: Sequence[tuple[int, int]], dpi: float) -> Floats:
    """How surely a line runs through neighbouring spans, at each height; 0 where these are too short in all."""
    enough = max(_LEAST_IN * dpi, _LEAST_SHARE * (spans[-1][1] - spans[0][0]))
    best, length, squares = (np.zeros(near.shape[1], np.float32) for _ in range(3))
    for sure, (start, end) in zip(near, spans, strict=True):
        goes_on = sure >= _EACH
        length = np.where(goes_on, length + end - start, 0)
        squares = np.where(goes_on, squares + sure**2, 0)
        best = np.maximum(best, np.where(length >= enough, np.sqrt(squares), 0))
    return best


def _draw(bits: Bits, found: Stretch, window: slice, span: tuple[int, int]) -> None:
    """Draw the surest rule of a window along its slant."""
    y = window.start + int(found.sureness[window].argmax())
    fall = int(found.fall[y])
    cv2.line(bits, (span[0], y - fall // 2), (span[1], y + fall - fall // 2), 1, 1)


def _opened(rules: Rules, picture: Grey) -> Bits:
    """The bars without what shows no rule where they show others: the cells of a merged head.

    ``picture`` is the page turned on its side.
    """
    dpi, bars = rules.dpi, rules.bars.copy()
    ys, xs = lines_of(rules)
    off, same, inset = (max(1, round(dpi * size)) for size in (_OFF_IN, SAME_IN, _INSET_IN))
    for top, bottom in pairwise(round(y) for y in ys):
        rows = slice(top + inset, bottom - inset)
        places = [slice(max(0, round(x) - off), round(x) + off + 1) for x in xs[1:-1]]
        hidden = [at for at in places if bars[rows, at].size and bars[rows, at].mean() > 0.5]
        if len(hidden) < 2:
            continue
        sureness = stretch(picture[:, rows], dpi).sureness
        seen = [float(sureness[at].max()) for at in hidden]
        for at, one in zip(hidden, seen, strict=True):
            if max(seen) >= _EACH and one < max(_NONE, _SHARE * max(seen)):
                bars[top:bottom, max(0, at.start - same) : at.stop + same] = 0
    return bars
