"""Words in a font that does not say what its characters mean, such as headings on a page that can be read otherwise.

Separate from the judgement of whole pages: here the rest of the page is believed, and only these areas are shown to a
recogniser. A lone sign of such a font (a bullet, a letter of a formula) is left as it is.
"""

from collections.abc import Sequence

import numpy as np
import pypdfium2 as pdfium

from kbtool.document import Box
from kbtool.intake.readers.characters import Characters, Flags
from kbtool.intake.readers.objects import boxes_of
from kbtool.intake.readers.quality import are_broken, is_plain_latin
from kbtool.intake.readers.seen import inside

#: Share of a text object: fonts know all of their characters or hardly any.
_MOST_BROKEN = 0.5
#: Characters on a line; fewer are signs.
_FEWEST = 3
#: Share of a page's characters: where more are illegible, the whole page is better drawn.
_MOST = 0.5
#: Two pieces of one line lie closer than this, in heights of the line.
_NEAR = 1.5


def illegible_words(seen: Characters, page: pdfium.PdfPage) -> tuple[Flags, list[Box]]:
    """Which of the characters cannot be read, and the areas they fill; none where they are too many or too few."""
    none: Flags = np.zeros(len(seen), np.bool_)
    broken = are_broken(seen.codes)
    if seen.unmapped.any() and not is_plain_latin(seen.codes):
        broken |= seen.unmapped
    if not broken.any():
        return none, []
    runs = np.cumsum(np.diff(seen.runs, prepend=-1) != 0) - 1
    share = np.bincount(runs, broken) / np.bincount(runs)
    bad = np.asarray(share[runs] > _MOST_BROKEN)
    if np.count_nonzero(bad) > _MOST * len(seen):
        return none, []
    areas = [area for area, count in _lines(seen, bad, runs.tolist(), page) if count >= _FEWEST]
    return bad & inside(*seen.centres, areas), areas


def _lines(seen: Characters, bad: Flags, runs: Sequence[int], page: pdfium.PdfPage) -> list[tuple[Box, int]]:
    """Boxes of text objects, those of one line together, each with its number of characters."""
    objects: dict[int, tuple[Box, int]] = {}
    for at in np.flatnonzero(bad).tolist():
        box, count = Box(*seen.boxes[at].tolist()), 0
        if runs[at] in objects:
            known, count = objects[runs[at]]
            box = box.union(known)
        else:  # characters that came as white space have no box of their own
            (whole,) = boxes_of([int(seen.objects[at])], page)
            box = box.union(whole) if whole.contains(*box.centre) else box
        objects[runs[at]] = (box, count + 1)
    lines: list[tuple[Box, int]] = []
    for box, count in sorted(objects.values(), key=lambda each: each[0].x0):
        near = next((n for n, (line, _) in enumerate(lines) if _go_on(line, box)), None)
        if near is None:
            lines.append((box, count))
        else:
            lines[near] = (lines[near][0].union(box), lines[near][1] + count)
    return lines


def _go_on(line: Box, box: Box) -> bool:
    height = min(line.height, box.height)
    down = min(line.y1, box.y1) - max(line.y0, box.y0)
    return down > height / 2 and box.x0 - line.x1 < _NEAR * height
