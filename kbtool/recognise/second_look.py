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

from kbtool.recognise.bars import sides_of
from kbtool.recognise.dark_cells import dark_cells, opened
from kbtool.recognise.dotted import dotted
from kbtool.recognise.inked import transposed
from kbtool.recognise.lacking import Heights, lacking, nearby
from kbtool.recognise.places import SAME_IN, lines_of
from kbtool.recognise.raster import Grey
from kbtool.recognise.rules import Bits, RuleGroup, Rules
from kbtool.recognise.stretches import Stretch, stretch

#: Inches: a rule may lie so far off the place of its line; what is left out at the ends of a stretch.
_OFF_IN, _INSET_IN = 0.02, 0.01
#: Room round a group in which its outer rules may lie, and above it for a head cut off by a bad print, in inches.
_ROOM_IN, _HEAD_IN = 0.1, 0.4
#: How sure a stretch of a known line is one, and is none; and as share of the line's surer stretches.
_KEPT, _NONE, _SHARE = 3.0, 2.0, 0.2
#: A line nowhere so sure, or not this share as sure as the table's others, is chance; but not one known by the sides of
#: bars over so large a share of the table.
_SURE, _CHANCE, _KNOWN = 8.0, 0.18, 0.4
#: Where this share of a stretch is dark nothing new is looked for, but for so many pixels at its sides.
_HIDES, _ASIDE = 0.5, 2
#: What has less than this share of the depth of the table's other rules is the edge of a shadow.
_FAINT = 0.2


def completed(rules: Rules, grey: Grey, toned: Grey, level: Bits, upright: Bits, groups: Sequence[RuleGroup]) -> Rules:
    """The rules with what their lattices lack and without what these cannot hold.

    ``level`` and ``upright`` mark rules that are known otherwise, as the sides of bars are; ``grey`` has white paper,
    ``toned`` its tints as well.
    """
    whole = Rules(rules.rows.copy(), rules.columns.copy(), rules.bars.copy(), rules.dpi)
    room, above = round(rules.dpi * _ROOM_IN), round(rules.dpi * _HEAD_IN)
    loose = _without(rules, groups)
    for group in groups:
        y, x = max(0, group.y - above), max(0, group.x - room)
        part = (slice(y, group.y + group.height + room), slice(x, group.x + group.width + room))
        inner = (slice(group.y - y, group.y - y + group.height), slice(group.x - x, group.x - x + group.width))
        rows, columns = np.zeros_like(rules.rows[part]), np.zeros_like(rules.columns[part])
        rows[inner] = group.rules.rows | loose.rows[part][inner]
        columns[inner] = group.rules.columns | loose.columns[part][inner]
        lattice = _Lattice(grey[part], toned[part], level[part], upright[part], rules.dpi)
        seen = lattice.look(Rules(rows, columns, rules.bars[part].copy(), rules.dpi))
        # What other groups have in this rectangle stays as it is; what hangs loose in the table is part of it or none.
        rows[_hull(seen)] |= loose.rows[part][_hull(seen)]
        columns[_hull(seen)] |= loose.columns[part][_hull(seen)]
        whole.rows[part] = np.where(rows > 0, seen.rows, whole.rows[part] | seen.rows)
        whole.columns[part] = np.where(columns > 0, seen.columns, whole.columns[part] | seen.columns)
        whole.bars[part] = np.where(rules.bars[part] > 0, whole.bars[part] & seen.bars, whole.bars[part] | seen.bars)
    return whole


def _without(rules: Rules, groups: Sequence[RuleGroup]) -> Rules:
    """The rules that belong to none of the groups."""
    rows, columns = rules.rows.copy(), rules.columns.copy()
    for group in groups:
        part = (slice(group.y, group.y + group.height), slice(group.x, group.x + group.width))
        rows[part] &= 1 - group.rules.rows
        columns[part] &= 1 - group.rules.columns
    return Rules(rows, columns, rules.bars, rules.dpi)


def _hull(rules: Rules) -> tuple[slice, slice]:
    """The rectangle of all rules."""
    down, across = (_extent(rules.rows | rules.columns), _extent((rules.rows | rules.columns).T))
    return slice(down[0], down[1] + 1), slice(across[0], across[1] + 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Lattice:
    """The picture of one group of rules, and the rules in it that are known otherwise."""

    grey: Grey
    toned: Grey
    level: Bits
    upright: Bits
    dpi: float

    def look(self, rules: Rules) -> Rules:
        """Look for rows between the columns, for columns between the rows, and once more where columns were new."""
        picture, toned, sides = (transposed(side) for side in (self.grey, self.toned, self.upright))
        known = -1
        for _ in range(2):
            ys, xs = lines_of(rules)
            if len(xs) == known:
                break
            known = len(xs)
            dark = rules.bars | dark_cells(rules, self.grey)
            rows = _seen_again(
                rules.rows, ys, xs, _extent(rules.columns), (self.grey, self.toned), self.level, dark, self.dpi
            )
            rules = Rules(rows, rules.columns, rules.bars, self.dpi)
            ys, xs = lines_of(rules)
            turned = transposed(rules.columns)
            dark = transposed(rules.bars | dark_cells(rules, self.grey))
            columns = _seen_again(turned, xs, ys, _extent(rules.rows.T), (picture, toned), sides, dark, self.dpi)
            rules = Rules(rules.rows, transposed(columns), rules.bars, self.dpi)
        dark = dark_cells(rules, self.grey)
        level, upright = sides_of(dark)
        barred = Rules(rules.rows | level, rules.columns | upright, rules.bars | dark, self.dpi)
        return Rules(barred.rows, barred.columns, opened(barred, picture), self.dpi)


def _extent(crossing: Bits) -> tuple[int, int]:
    """From where to where crossing rules run."""
    at = np.flatnonzero(crossing.any(axis=1))
    return (int(at[0]), int(at[-1])) if len(at) else (0, 0)


def _seen_again(
    bits: Bits, ys: Sequence[float], xs: Sequence[float], reach: tuple[int, int], pictures: tuple[Grey, Grey],
    sides: Bits, dark: Bits, dpi: float,
) -> Bits:  # fmt: skip
    """Row rules ``bits`` with lines at ``ys``, looked at stretch by stretch between the columns ``xs``."""
    (grey, toned), inset = pictures, max(1, round(dpi * _INSET_IN))
    spans = [(round(a), round(b)) for a, b in pairwise(xs) if b - a > 4 * inset]
    if not spans or not ys:
        return bits
    bits = bits.copy()
    stretches = [stretch(grey[:, a + inset : b - inset], dpi, toned[:, a + inset : b - inset]) for a, b in spans]
    off, same = max(1, round(dpi * _OFF_IN)), round(dpi * SAME_IN)
    near = np.stack([nearby(found.sureness, off) for found in stretches])
    depth = np.stack([nearby(found.depth, off) for found in stretches])
    lines = [min(round(y), len(grey) - 1) for y in ys]
    ordinary = float(np.percentile(near[:, lines].max(axis=0), 90))
    inner = cv2.erode(dark, np.ones((2 * (off + _ASIDE) + 1, 1), np.uint8))  # its sides may be lines
    clear = np.stack([inner[:, a + inset : b - inset].mean(axis=1) < _HIDES for a, b in spans])
    fresh = lacking(Heights(near * clear, spans, lines, reach, ordinary, dpi), grey, toned)
    lines += [y for y in fresh if depth[:, y].max() >= _FAINT * np.median(depth[:, lines].max(axis=0))]
    for y in lines:
        sure = near[:, y]
        enough = max(_KEPT, _SHARE * float(np.percentile(sure, 75)))
        is_chance = sure.max() < min(_SURE, _CHANCE * ordinary)
        window = slice(max(0, y - off), y + off + 1)
        if is_chance and np.count_nonzero(sides[window].any(axis=0)) < _KNOWN * (spans[-1][1] - spans[0][0]):
            bits[max(0, y - same) : y + same + 1, spans[0][0] + inset : spans[-1][1] - inset] = 0
            continue
        for (a, b), one, found in zip(spans, sure, stretches, strict=True):
            if one >= enough and not is_chance:
                _draw(bits, found, window, (a, b))
            elif one < _NONE / _KEPT * enough or is_chance:
                part = slice(max(0, y - same), y + same + 1), slice(a + inset, b - inset)
                bits[part] &= sides[part]
    for line in dotted(grey, spans, lines, reach, dpi):
        for a, b in line.spans:
            cv2.line(bits, (a, line.y), (b, line.y), 1, 1)
    return bits


def _draw(bits: Bits, found: Stretch, window: slice, span: tuple[int, int]) -> None:
    """Draw the surest rule of a window along its slant."""
    y = window.start + int(found.sureness[window].argmax())
    fall = int(found.fall[y])
    cv2.line(bits, (span[0], y - fall // 2), (span[1], y + fall - fall // 2), 1, 1)
