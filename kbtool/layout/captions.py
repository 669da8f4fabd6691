"""Captions of figures: the line beside a picture that names it."""

import re
from collections.abc import Sequence

from kbtool.document import Block, Box, Kind

_NAMED = re.compile(
    r"(?:図表?|写真|画像|画面|イラスト|Fig(?:ure|\.)?|Photo)\s?[-–.．:：(（]?\s?[0-9０-９A-ZＡ-Ｚ①-⑳]", re.IGNORECASE
)
_LONGEST = 90
#: In em, below and above the figure; captions stand below far more often.
_BELOW, _ABOVE = 2.5, 1.8
_KINDS = (Kind.PARAGRAPH, Kind.HEADING, Kind.CAPTION, Kind.LIST_ITEM)


def caption_of(figure: Box, blocks: Sequence[Block], em: float) -> Block | None:
    """Find the block that names ``figure``; boxes and ``em`` (height of type) in shares of the page."""
    below = [block for block in blocks if _is_near(block.provenance.box.y0 - figure.y1, _BELOW * em, block, figure)]
    above = [block for block in blocks if _is_near(figure.y0 - block.provenance.box.y1, _ABOVE * em, block, figure)]
    return next((block for block in (*below, *above) if _names_figure(block)), None)


def _is_near(distance: float, limit: float, block: Block, figure: Box) -> bool:
    box = block.provenance.box
    return -0.5 * limit <= distance <= limit and min(box.x1, figure.x1) > max(box.x0, figure.x0)


def _names_figure(block: Block) -> bool:
    return block.kind in _KINDS and len(block.text) <= _LONGEST and _NAMED.match(block.text) is not None
