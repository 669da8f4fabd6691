"""Boxes in a row for one character each, as forms have them for numbers and names.

Separate because they are no table: what stands in them is one word. The short rules between them stand so near to the
long ones, and to the characters, that they look like strokes; they are known by their equal distances, and wiped out,
or every engine reads 1 or | between two characters.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from kbtool.recognise.raster import Grey
from kbtool.recognise.rules import Rule, Rules, row_rules

#: So many boxes at least, so high and wide in inches, their widths so much alike.
_LEAST, _SIDE_IN, _ALIKE = 4, (0.12, 0.5), 0.15
#: Upper and lower rule begin and end at the same place, give or take so many inches.
_SAME_IN = 0.05
_DARK = 200
#: A rule between two boxes is dark over so much of their height, and less broad than this, in inches.
_WHOLE, _BROAD_IN = 0.9, 0.05
#: The soft edge of a rule, wiped out with it.
_RIM_PX = 2


def without_combs(grey: Grey, rules: Rules) -> Grey:
    """The page without the rules that part boxes of single characters."""
    out = grey.copy()
    for upper, lower in _pairs(rules):
        top, bottom = round(upper.place), round(lower.place) + 1
        for start, end in _partings(grey[top:bottom, upper.start : upper.end], rules.dpi):
            out[top:bottom, max(0, upper.start + start - _RIM_PX) : upper.start + end + _RIM_PX] = 255
    return out


def _pairs(rules: Rules) -> Iterator[tuple[Rule, Rule]]:
    """Row rules that lie above one another as the sides of such boxes do."""
    least, most = (side * rules.dpi for side in _SIDE_IN)
    same = _SAME_IN * rules.dpi
    found = sorted((rule for rule in row_rules(rules) if rule.length >= _LEAST * least), key=lambda rule: rule.place)
    for upper, lower in combinations(found, 2):
        alike = abs(upper.start - lower.start) <= same and abs(upper.end - lower.end) <= same
        if alike and least <= lower.place - upper.place <= most:
            yield upper, lower


def _partings(band: Grey, dpi: float) -> list[tuple[int, int]]:
    """Start and end of each rule that parts two boxes, along the band; none where they are not evenly set."""
    dark = ((band < _DARK).mean(axis=0) >= _WHOLE).astype(np.int8)
    starts = np.flatnonzero(np.diff(dark, prepend=0) == 1)
    ends = np.flatnonzero(np.diff(dark, append=0) == -1) + 1
    thin = ends - starts <= _BROAD_IN * dpi
    starts, ends = starts[thin], ends[thin]
    widths = np.diff((starts + ends) / 2)
    least, most = (side * dpi for side in _SIDE_IN)
    if len(widths) < _LEAST or not least <= np.median(widths) <= most:
        return []
    even = np.abs(widths - np.median(widths)) <= _ALIKE * np.median(widths)
    return list(zip(starts.tolist(), ends.tolist(), strict=True)) if even.all() else []
