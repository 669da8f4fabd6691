"""Records side by side: two addresses whose rows begin alike (〒 and 〒, TEL and TEL).

Separate because only words tell them from names and their values, which stand in step as well: of records each is
read to its end, of names and values row by row.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

#: A label is one word before figures, Latin letters, a space or a colon, or a sign of its own; no sentence.
_LABEL = re.compile(r"[〒☎℡]|[A-Za-z]{1,8}(?![A-Za-z])|[^\W\d_A-Za-z]{1,8}(?=[0-9A-Za-z\s:(/=])")
#: What has no label is told by the form of its figures.
_FIGURES = re.compile(r"[0-9]+")
_VALUE = re.compile(r"[0-9]+(?:[-:.,/~][0-9]+)+")
#: So many kinds of rows have to be alike on both sides, and such a share of those side by side.
_FEWEST_KINDS, _ALIKE = 2, 0.4
#: Rows of one record follow each other within this much of their usual distance.
_SAME_STEP = 1.3

#: The middle of a line, from the top, and its label.
Row = tuple[float, str]


def label_of(text: str) -> str:
    """What kind of row a line is: its label, or the form of its figures; "" where it begins with words of its own."""
    told = unicodedata.normalize("NFKC", text).strip()
    found = _LABEL.match(told)
    if found:
        return found.group()
    value = _VALUE.match(told)
    return _FIGURES.sub("0", value.group()) if value else ""


def records_among(left: Sequence[Row], right: Sequence[Row], near: float) -> tuple[float, float] | None:
    """Where records side by side begin and end; None where rows of both sides, so ``near``, are not of several kinds.

    Rows without a label belong to them as far as they follow at the same distance.
    """
    if len({label for _, label in left} & {label for _, label in right} - {""}) < _FEWEST_KINDS:
        return None
    rows = _side_by_side(sorted(left), sorted(right), near)
    alike = [number for number, (_, mine, theirs) in enumerate(rows) if mine and mine == theirs]
    if len({rows[number][1] for number in alike}) < _FEWEST_KINDS:
        return None
    first, last = alike[0], alike[-1]
    ys = [y for y, _, _ in rows]
    farthest = _SAME_STEP * median(below - above for above, below in pairwise(ys[first : last + 1]))
    while first > 0 and ys[first] - ys[first - 1] <= farthest:
        first -= 1
    while last + 1 < len(ys) and ys[last + 1] - ys[last] <= farthest:
        last += 1
    if len(alike) < _ALIKE * (last + 1 - first):
        return None
    return ys[first] - near, ys[last] + near


def _side_by_side(left: Sequence[Row], right: Sequence[Row], near: float) -> list[tuple[float, str, str]]:
    """Rows with something on both sides, from the top: where, and both labels."""
    ys = [y for y, _ in right]
    rows = []
    for y, mine in left:
        at = bisect_left(ys, y - near)
        if at < len(ys) and ys[at] <= y + near:
            rows.append((y, mine, right[at][1]))
    return rows
