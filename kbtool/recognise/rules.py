"""Ruled lines of a page: where they lie, parted into what hangs together, and wiped out before words are read.

Words are read better without rules: engines take them for 一, | and 1, and Tesseract takes a table for a picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.inked import Piece, pieces, runs_of, transposed, window_of
from kbtool.recognise.levels import median
from kbtool.recognise.raster import Grey

#: Rules wiped out even where they belong to no grid.
_SURE_IN = 1.0
#: Taken in lengths of so many inches, a rule's palest pixels have this share of its ink; worn ones have .8, strokes of
#: small type, which soft scans run together, .6 at most.
_LENGTH_IN, _EVEN = 0.25, 0.7
#: Dots that lead to a page number are uneven too, but no thicker than this, and next to nothing of a third of their ink
#: lies above and below: from here to there. All in inches.
_DOT_IN, _BESIDE_IN, _ALONE = 0.03, (0.015, 0.05), 0.02
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
    joined = np.asarray(cv2.dilate(rules.rows | rules.columns, np.ones((reach, reach), np.uint8)), np.uint8)
    barred = window_of(rules.bars, 3 * reach)
    if barred:  # rules end a little before the bar they belong to
        wide = np.ones((3 * reach, 3 * reach), np.uint8)
        joined[barred] |= np.asarray(cv2.dilate(rules.bars[barred], wide), np.uint8)
    found: list[RuleGroup] = []
    for piece in pieces(joined):
        part, own = piece.place, piece.own.astype(np.uint8)
        cut = Rules(rules.rows[part] * own, rules.columns[part] * own, rules.bars[part], rules.dpi)
        found.append(RuleGroup(piece.x, piece.y, piece.width, piece.height, cut))
    return tuple(found)


def row_rules(rules: Rules) -> list[Rule]:
    """Each row rule with its place and ends."""
    return _measured(rules.rows)


def column_rules(rules: Rules) -> list[Rule]:
    """Each column rule with its place and ends."""
    return _measured(transposed(rules.columns))


def _measured(bits: Bits) -> list[Rule]:
    return [Rule(piece.centre[1], piece.x, piece.x + piece.width) for piece in pieces(bits)]


def table_groups(groups: Sequence[RuleGroup]) -> tuple[RuleGroup, ...]:
    """Groups of rules large enough for a table."""
    return tuple(
        g for g in groups if g.width >= g.rules.dpi * _MIN_WIDTH_IN and g.height >= g.rules.dpi * _MIN_HEIGHT_IN
    )


def wipe_out(grey: Grey, rules: Rules, grids: Sequence[RuleGroup]) -> Grey:
    """The page without its rules: all of the groups ``grids``, of the others only the plainly long ones."""
    bits = _long(rules.rows, grey, rules.dpi)
    bits |= transposed(_long(transposed(rules.columns), transposed(grey), rules.dpi))
    for group in grids:
        part = (slice(group.y, group.y + group.height), slice(group.x, group.x + group.width))
        bits[part] |= group.rules.rows | group.rules.columns
    width = max(3, round(rules.dpi / 75)) | 1
    return np.asarray(cv2.max(grey, 255 * cv2.dilate(bits, np.ones((width, width), np.uint8))), np.uint8)


def _long(bits: Bits, grey: Grey, dpi: float) -> Bits:
    """The plainly long ones among rules along x, without lines of small type."""
    long = runs_of(bits, int(dpi * _SURE_IN))
    paper = median(grey[::3, ::3])
    for run in pieces(long):
        ink = np.where(run.own, np.maximum(0, paper - grey[run.place]), 0)
        dark = paper - float(np.median(ink[run.own])) / 3
        if _evenness(ink, dpi) < _EVEN and not _stands_alone(run, grey, dark, dpi):
            long[run.place][run.own] = 0
    return long


def _stands_alone(run: Piece, grey: Grey, dark: float, dpi: float) -> bool:
    """Whether a thin run along x has nothing so dark above and below; strokes have the rest of their letters."""
    if run.height > _DOT_IN * dpi:
        return False
    near, far = (round(size * dpi) for size in _BESIDE_IN)
    columns, bottom = run.place[1], run.y + run.height
    above, below = (
        grey[max(0, run.y - far) : max(0, run.y - near), columns],
        grey[bottom + near : bottom + far, columns],
    )
    return all(not side.size or float((side < dark).mean()) < _ALONE for side in (above, below))


def _evenness(ink: npt.NDArray[np.float64], dpi: float) -> float:
    """How pale a run along x is at its palest, as a share of its usual ink, in its darkest row or two."""
    ink = np.maximum(ink[:-1], ink[1:]) if len(ink) > 1 else ink
    lengths = np.array_split(ink, max(1, round(ink.shape[1] / (dpi * _LENGTH_IN))), axis=1)
    return float(np.median([_palest_share(part[part.mean(axis=1).argmax()]) for part in lengths]))


def _palest_share(row: npt.NDArray[np.float64]) -> float:
    """The ink that 15 % of a row's pixels do not reach, over that which half do not; for hundreds of short rows."""
    last = len(row) - 1
    palest, usual = np.interp((0.15 * last, 0.5 * last), np.arange(len(row)), np.sort(row))
    return float(palest / max(1.0, usual))
