"""Ruled lines of a page: where they lie, parted into what hangs together, and wiped out before words are read.

Words are read better without rules: engines take them for 一, | and 1, and Tesseract takes a table for a picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.inked import pieces
from kbtool.recognise.raster import Grey

#: Rules wiped out even where they belong to no grid.
_SURE_IN = 1.0
#: Smallest table, in inches.
_MIN_WIDTH_IN, _MIN_HEIGHT_IN = 0.8, 0.25

Bits = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule: at ``place`` (y of a row rule, x of a column rule) from ``start`` to ``end``, in pixels."""

    place: float
    start: int
    end: int

    @property
    def length(self) -> int:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Where rules lie: masks of row rules and column rules, 1 on a rule, and of dark bars, which hide rules."""

    rows: Bits
    columns: Bits
    bars: Bits
    dpi: float


@dataclass(frozen=True, slots=True, eq=False)
class RuleGroup:
    """Rules that hang together, cut out: ``rules`` stand in the rectangle ``x``, ``y``, ``width``, ``height``."""

    x: int
    y: int
    width: int
    height: int
    rules: Rules


def groups_of(rules: Rules) -> tuple[RuleGroup, ...]:
    """All rules, parted into what hangs together."""
    reach = max(3, round(rules.dpi / 50))
    wide = np.ones((3 * reach, 3 * reach), np.uint8)  # rules end a little before the bar they belong to
    ruled = cv2.dilate(rules.rows | rules.columns, np.ones((reach, reach), np.uint8))
    joined = cv2.bitwise_or(ruled, cv2.dilate(rules.bars, wide))
    found: list[RuleGroup] = []
    for piece in pieces(np.asarray(joined, np.uint8)):
        part, own = piece.place, piece.own.astype(np.uint8)
        cut = Rules(rules.rows[part] * own, rules.columns[part] * own, rules.bars[part], rules.dpi)
        found.append(RuleGroup(piece.x, piece.y, piece.width, piece.height, cut))
    return tuple(found)


def row_rules(rules: Rules) -> list[Rule]:
    """Each row rule with its place and ends."""
    return _measured(rules.rows)


def column_rules(rules: Rules) -> list[Rule]:
    """Each column rule with its place and ends."""
    return _measured(np.ascontiguousarray(rules.columns.T))


def _measured(bits: Bits) -> list[Rule]:
    return [Rule(piece.centre[1], piece.x, piece.x + piece.width) for piece in pieces(bits)]


def table_groups(groups: Sequence[RuleGroup]) -> tuple[RuleGroup, ...]:
    """Groups of rules large enough for a table."""
    return tuple(
        g for g in groups if g.width >= g.rules.dpi * _MIN_WIDTH_IN and g.height >= g.rules.dpi * _MIN_HEIGHT_IN
    )


def wipe_out(grey: Grey, rules: Rules, grids: Sequence[RuleGroup]) -> Grey:
    """The page without its rules: all of the groups ``grids``, of the others only the plainly long ones."""
    long = int(rules.dpi * _SURE_IN)
    bits: Bits = np.zeros(grey.shape, np.uint8)
    for rule, place in ((rules.rows, bits), (rules.columns.T, bits.T)):
        inked = np.flatnonzero(rule.any(axis=1))
        if len(inked):
            place[inked] |= np.asarray(
                cv2.morphologyEx(rule[inked], cv2.MORPH_OPEN, np.ones((1, long), np.uint8)), np.uint8
            )
    for group in grids:
        part = (slice(group.y, group.y + group.height), slice(group.x, group.x + group.width))
        bits[part] |= group.rules.rows | group.rules.columns
    width = max(3, round(rules.dpi / 75)) | 1
    return np.where(cv2.dilate(bits, np.ones((width, width), np.uint8)) > 0, 255, grey).astype(np.uint8)
