"""A line drawing of an appliance, as manuals have them between paragraphs: no words in it, a caption under it.

Separate from the layouts because it is no type: a reader that takes its lines for characters invents text.
"""

import random

from benchmarks.reading.composer import Composer, frame
from benchmarks.reading.wording import Writer
from kbtool.document import Box

_HEIGHT = 95.0
_WIDTH = 150.0


def figure(page: Composer, write: Writer, rng: random.Random) -> None:
    """Draw one across the column's middle, with its caption."""
    left = (page.left + page.right - _WIDTH) / 2
    body = Box(left, page.y, left + _WIDTH, page.y + _HEIGHT)
    frame(page.surface, body, 1.4)
    _grille(page, Box(body.x0 + 8, body.y0 + 8, body.x0 + 8 + rng.uniform(45, 65), body.y0 + rng.uniform(40, 60)))
    for button in range(rng.randint(3, 5)):
        x, y = body.x1 - 18 - 13 * (button % 3), body.y0 + 14 + 16 * (button // 3)
        page.surface.ring(Box(x, y, x + 8, y + 8), 0.9)
    handle = Box(body.x1 - 60, body.y1 - 32, body.x1 - 10, body.y1 - 12)
    page.surface.ring(handle, 1.2)
    for side in (-1, 1):
        foot = (body.x0 + body.x1) / 2 + side * rng.uniform(35, 55)
        frame(page.surface, Box(foot - 7, body.y1, foot + 7, body.y1 + 5), 1.0)
    page.y = body.y1 + page.leading
    page.at(left, page.y, f"図{rng.randint(1, 30)} {write.write('part')}の位置")
    page.y += page.leading * 1.5


def _grille(page: Composer, box: Box) -> None:
    frame(page.surface, box, 0.8)
    slots = 6
    for slot in range(1, slots):
        y = box.y0 + box.height * slot / slots
        page.surface.line(box.x0 + 4, y, box.x1 - 4, y, 0.8)
