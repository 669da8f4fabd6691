"""What the opener says of a page that it laid out, bounded before anything uses it.

Like ``untrusted``, whose frames these are; separate because it tells of blocks, not of lines.
"""

from typing import Any

from kbtool.document import Box, Cell, Kind
from kbtool.intake.bounds import as_box, as_integer, as_list, as_number, as_text, demand_area
from kbtool.intake.frames import BadFrame
from kbtool.intake.laid import LaidBlock, LaidPage
from kbtool.limits import MAX_GRID_AREA, MAX_PAGE_CHARACTERS, MAX_PAGE_RULES, MAX_SIDE_PT, MAX_WRITTEN_CHARACTERS

#: What layout makes of words and pictures alone.
_KINDS = frozenset(
    {
        Kind.TITLE,
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.LIST_ITEM,
        Kind.TABLE,
        Kind.FIGURE,
        Kind.CAPTION,
        Kind.PAGE_HEADER,
        Kind.PAGE_FOOTER,
        Kind.RUBY,
        Kind.CONTENTS,
    }
)
#: Each block has a character or is a figure.
_MOST_BLOCKS = 2 * MAX_PAGE_CHARACTERS
#: Lists in lists, each set in further: more than any paper is wide.
_DEEPEST = 1_000
_WHOLE = Box(0.0, 0.0, 1.0, 1.0)


def laid_page(number: int, untrusted_header: dict[str, Any]) -> LaidPage:
    """Turn a frame of blocks into bounded data, or raise ``BadFrame``."""
    rotation = as_integer(untrusted_header.get("rotation"), 0, 270)
    if rotation % 90:
        raise BadFrame
    width_pt, height_pt = (
        as_number(untrusted_header.get(side), 1.0, MAX_SIDE_PT) for side in ("width_pt", "height_pt")
    )
    blocks = tuple(_block(item) for item in as_list(untrusted_header.get("blocks"), _MOST_BLOCKS))
    characters = sum(len(block.text) + sum(len(cell.text) for cell in block.cells) for block in blocks)
    if characters > MAX_WRITTEN_CHARACTERS:
        raise BadFrame
    return LaidPage(number, width_pt, height_pt, rotation, blocks)


def _block(untrusted: object) -> LaidBlock:
    untrusted_kind, text, box, level, untrusted_cells = as_list(untrusted, 5, 5)
    if not isinstance(untrusted_kind, str) or untrusted_kind not in _KINDS:
        raise BadFrame
    cells = tuple(_cell(item) for item in as_list(untrusted_cells, MAX_PAGE_RULES))
    if bool(cells) != (untrusted_kind == Kind.TABLE):
        raise BadFrame
    demand_area(cells, MAX_GRID_AREA)
    return LaidBlock(
        Kind(untrusted_kind),
        as_text(text, MAX_WRITTEN_CHARACTERS),
        as_box(box, _WHOLE),
        as_integer(level, 0, _DEEPEST),
        cells,
    )


def _cell(untrusted: object) -> Cell:
    row, column, row_span, column_span, box, text = as_list(untrusted, 6, 6)
    return Cell(
        as_integer(row, 0, MAX_PAGE_RULES),
        as_integer(column, 0, MAX_PAGE_RULES),
        as_text(text, MAX_WRITTEN_CHARACTERS),
        as_box(box, _WHOLE),
        as_integer(row_span, 1, MAX_PAGE_RULES),
        as_integer(column_span, 1, MAX_PAGE_RULES),
    )
