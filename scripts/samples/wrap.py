"""Breaking Japanese text into lines (kinsoku), as a word processor does.

Separate because it is pure: text and widths in, lines out. A number or Latin word stays whole, a line never begins with
closing punctuation, and a comma or full stop that no longer fits hangs into the margin.
Source: JIS X 4051 as W3C's "Requirements for Japanese Text Layout" (3.1.7 to 3.1.9) sums it up.
"""

import re
from collections.abc import Callable

HANGING = "、。"
NOT_FIRST = HANGING + "，．・：；？！）」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ)"
NOT_LAST = "（「『【〔("
UNIT = re.compile(r"[A-Za-z0-9.,\-]+|.")


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return `text` in lines of at most `width`, in the unit of `measure` (the length of a string)."""
    lines: list[list[str]] = [[]]
    for unit in UNIT.findall(text):
        line = lines[-1]
        hangs = unit in HANGING and line
        if line and not hangs and measure("".join(line) + unit) > width:
            lines.append(_taken_down(line, unit))
        lines[-1].append(unit)
    return ["".join(line) for line in lines]


def _taken_down(line: list[str], unit: str) -> list[str]:
    """Remove from the end of `line` what must stand on the next line together with `unit`, and return it."""
    down: list[str] = []
    first = unit
    while len(line) > 1 and (first in NOT_FIRST or line[-1] in NOT_LAST):
        first = line.pop()
        down.insert(0, first)
    return down
