"""Lines of a paragraph that a stamp or a shadow tore: pieces side by side that look like short columns.

Separate because the lines above and below tell, not the pieces: these run on across the tear at the same distance.
"""

from collections.abc import Sequence
from statistics import median

from kbtool.document import Box

#: In em (heights of type): the highest tear, and how near the next line of a paragraph is.
_HIGHEST, _NEXT_LINE = 11.0, 0.9
#: Lines of one paragraph are as high as each other, within this share.
_SAME_HEIGHT = 0.4
#: Of the pieces behind a tear no more than this share start at one place; the lines of a column do.
_ALIGNED = 0.5


def is_torn(left: Sequence[Box], right: Sequence[Box], above: Box | None, below: Box | None, em: float) -> bool:
    """Whether the boxes beside each other are torn lines; ``above`` and ``below``: what runs across next to them."""
    if not (left and right and above):
        return False
    boxes = [*left, *right]
    height = median(box.height for box in boxes)
    first, last = min(box.y0 for box in boxes), max(box.y1 for box in boxes)
    if last - first > _HIGHEST * em or not _is_line(above, height) or first - above.y1 > _NEXT_LINE * em:
        return False
    start, end = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    if above.x0 > start + em or above.x1 < end - em:
        return False
    goes_on = below is not None and _is_line(below, height) and below.y0 - last <= _NEXT_LINE * em
    return goes_on or _is_ragged(right, em)


def _is_line(bar: Box, height: float) -> bool:
    return abs(bar.height - height) < _SAME_HEIGHT * height


def _is_ragged(pieces: Sequence[Box], em: float) -> bool:
    starts = sorted(box.x0 for box in pieces)
    aligned = max(sum(start <= other <= start + em for other in starts) for start in starts)
    return len(starts) > 1 and aligned <= _ALIGNED * len(starts)
