"""Captions: the line beside a picture, or directly above a table, that names it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kbtool.document import Block, Box, Kind
from kbtool.layout.markers import section_depth

_NAMED = re.compile(
    r"(?:図表?|写真|画像|画面|イラスト|Fig(?:ure|\.)?|Photo)\s?[-–.．:：(（]?\s?[0-9０-９A-ZＡ-Ｚ①-⑳]", re.IGNORECASE
)
_LONGEST = 90
#: In em, below and above the figure; captions stand below far more often.
_BELOW, _ABOVE = 2.5, 1.8
#: In heights of its type: how close it stands above its table.
_OVER_TABLE = 1.8
_KINDS = (Kind.PARAGRAPH, Kind.HEADING, Kind.CAPTION, Kind.LIST_ITEM)


def caption_of(figure: Box, blocks: Sequence[Block], em: float) -> Block | None:
    """Find the block that names ``figure``; boxes and ``em`` (height of type) in shares of the page."""
    below = [block for block in blocks if _is_near(block.provenance.box.y0 - figure.y1, _BELOW * em, block, figure)]
    above = [block for block in blocks if _is_near(figure.y0 - block.provenance.box.y1, _ABOVE * em, block, figure)]
    return next((block for block in (*below, *above) if _names_figure(block)), None)


def with_table_captions(blocks: Sequence[Block], height_pt: float) -> list[Block]:
    """Make the line directly above a table its caption; a chapter's heading stays one. ``height_pt``: the page's."""
    captioned = list(blocks)
    for index in range(1, len(blocks)):
        above, below = blocks[index - 1], blocks[index]
        if below.kind is Kind.TABLE and _names_table(above, below, height_pt):
            captioned[index - 1] = replace(above, kind=Kind.CAPTION)
    return captioned


def _is_near(distance: float, limit: float, block: Block, figure: Box) -> bool:
    box = block.provenance.box
    return -0.5 * limit <= distance <= limit and min(box.x1, figure.x1) > max(box.x0, figure.x0)


def _names_figure(block: Block) -> bool:
    return block.kind in _KINDS and len(block.text) <= _LONGEST and _NAMED.match(block.text) is not None


def _names_table(above: Block, table: Block, height_pt: float) -> bool:
    box = above.provenance.box
    distance = table.provenance.box.y0 - box.y1
    if above.kind is Kind.TITLE or (above.kind is Kind.HEADING and above.level == 1):
        return False
    is_line = above.kind in (Kind.HEADING, Kind.PARAGRAPH) and len(above.text) <= 45
    ends_open = not above.text.endswith(("。", "．", "、", "：", ":")) or section_depth(above.text) > 0
    near = -0.5 * box.height <= distance <= max(_OVER_TABLE * box.height, 12 / height_pt)
    return is_line and ends_open and near and box.height * height_pt < 40
