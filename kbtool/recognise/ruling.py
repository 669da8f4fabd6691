"""All rules of a page: found by shape, round bars and tints, then again where tables must have them.

A rule is long, thin and darker than its paper; a filled bar or a shaded cell is none, but its sides rule like one.
"""

import cv2
import numpy as np

from kbtool.recognise.bars import find_bars, sides_of
from kbtool.recognise.engines.columns import stands_in_columns
from kbtool.recognise.inked import runs_of, transposed, window_of
from kbtool.recognise.raster import Grey
from kbtool.recognise.rule_runs import darkest_paper, even_runs, long_runs, thick_areas
from kbtool.recognise.rules import Bits, Rules, groups_of, table_groups
from kbtool.recognise.second_look import completed
from kbtool.recognise.tints import without_tints

#: Shortest rules, in inches: longer than the strokes of all but the largest type.
_ROW_RULE_IN, _COLUMN_RULE_IN = 0.28, 0.21
#: What lies this near to a bar, in inches, hangs out of it; what lies this near to a tint touches it.
_BESIDE_IN = 0.03


def find_rules(grey: Grey, dpi: float) -> Rules:
    """Find all rules of a straight page with white paper."""
    bars = find_bars(grey, dpi)
    toned, (grey, tints) = grey, without_tints(grey, dpi)
    darkest = darkest_paper(grey)
    thick = thick_areas(grey, dpi)
    rows = long_runs(grey, darkest, dpi * _ROW_RULE_IN, thick, dpi)
    turned, thick = transposed(grey), transposed(thick)
    columns = long_runs(turned, darkest, dpi * _COLUMN_RULE_IN, thick, dpi)
    if columns.any() and stands_in_columns(grey, dpi):
        columns = even_runs(columns, turned, dpi)
    rows, columns, near = _beside_bars(rows, transposed(columns), bars, dpi)
    over, beside = _sides_of_tints(tints, rows | columns, dpi)
    rules = Rules(rows | over, columns | beside, bars, dpi)
    tables = table_groups(groups_of(rules))
    return completed(rules, grey, toned, over | near, beside | near, tables) if tables else rules


def _beside_bars(rows: Bits, columns: Bits, bars: Bits, dpi: float) -> tuple[Bits, Bits, Bits]:
    """The rules with the sides of bars in place of what hangs out of these; and what lies so near to a bar."""
    near: Bits = np.zeros(bars.shape, np.uint8)
    place = window_of(bars, len(_reach(dpi)))
    if place is None:
        return rows, columns, near
    rows, columns = rows.copy(), columns.copy()
    near[place] = cv2.dilate(bars[place], _reach(dpi))
    level, upright = sides_of(bars[place])
    rows[place] = cv2.copyTo(level, near[place], rows[place])
    columns[place] = cv2.copyTo(upright, near[place], columns[place])
    return rows, columns, near


def _sides_of_tints(tints: Bits, ruled: Bits, dpi: float) -> tuple[Bits, Bits]:
    """Level and upright sides of the tints that rules touch: rules round a tint hardly stand out from it."""
    level, upright = (np.zeros(tints.shape, np.uint8) for _ in range(2))
    place = window_of(tints, len(_reach(dpi)))
    if place is None:
        return level, upright
    touched = cv2.dilate(ruled[place], _reach(dpi))
    count, labels = cv2.connectedComponents(tints[place])
    are_ruled = np.zeros(count, np.uint8)
    are_ruled[np.unique(labels[touched > 0])] = 1
    are_ruled[0] = 0
    over, beside = sides_of(are_ruled[labels])
    level[place] = _straight(over, dpi * _ROW_RULE_IN)
    upright[place] = transposed(_straight(transposed(beside), dpi * _COLUMN_RULE_IN))
    return level, upright


def _straight(sides: Bits, length: float) -> Bits:
    """Level sides without their short steps."""
    steady = np.asarray(cv2.dilate(sides, np.ones((3, 1), np.uint8)), np.uint8)  # a side may step by a pixel
    return runs_of(steady, round(length))


def _reach(dpi: float) -> Bits:
    side = max(3, round(dpi * _BESIDE_IN)) | 1
    return np.ones((side, side), np.uint8)
