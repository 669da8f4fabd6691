"""All rules of a page: found by shape, round bars and tints, then again where tables must have them.

A rule is long, thin and darker than its paper; a filled bar or a shaded cell is none, but its sides rule like one.
"""

import cv2
import numpy as np

from kbtool.recognise.bars import find_bars, sides_of
from kbtool.recognise.engines.columns import stands_in_columns
from kbtool.recognise.raster import Grey, Mask
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
    grey, tints = without_tints(grey, dpi)
    darkest = darkest_paper(grey)
    thick = thick_areas(grey, dpi)
    rows = long_runs(grey, darkest, dpi * _ROW_RULE_IN, thick, dpi)
    turned, thick = np.ascontiguousarray(grey.T), np.ascontiguousarray(thick.T)
    columns = long_runs(turned, darkest, dpi * _COLUMN_RULE_IN, thick, dpi)
    if stands_in_columns(grey, dpi):
        columns = even_runs(columns, turned, dpi)
    columns = np.ascontiguousarray(columns.T)
    level, upright = sides_of(bars)
    near = cv2.dilate(bars, _reach(dpi)) > 0  # what hangs out of a bar is no rule either
    rules = Rules(np.where(near, level, rows), np.where(near, upright, columns), bars, dpi)
    over, beside = _sides_of_tints(tints, rules)
    rules = Rules(rules.rows | over, rules.columns | beside, bars, dpi)
    return completed(rules, grey, over | near, beside | near, table_groups(groups_of(rules)))


def _sides_of_tints(tints: Mask, rules: Rules) -> tuple[Bits, Bits]:
    """Level and upright sides of the tints that rules touch: rules round a tint hardly stand out from it."""
    touched = cv2.dilate(rules.rows | rules.columns, _reach(rules.dpi))
    count, labels = cv2.connectedComponents(tints.astype(np.uint8))
    ruled = np.zeros(count, np.uint8)
    ruled[np.unique(labels[touched > 0])] = 1
    ruled[0] = 0
    level, upright = sides_of(ruled[labels])
    turned = _straight(np.ascontiguousarray(upright.T), rules.dpi * _COLUMN_RULE_IN)
    return _straight(level, rules.dpi * _ROW_RULE_IN), np.ascontiguousarray(turned.T)


def _straight(sides: Bits, length: float) -> Bits:
    """Level sides without their short steps."""
    steady = cv2.dilate(sides, np.ones((3, 1), np.uint8))  # a side that steps by a pixel is one side
    return np.asarray(cv2.morphologyEx(steady, cv2.MORPH_OPEN, np.ones((1, round(length)), np.uint8)), np.uint8)


def _reach(dpi: float) -> Bits:
    side = max(3, round(dpi * _BESIDE_IN)) | 1
    return np.ones((side, side), np.uint8)
