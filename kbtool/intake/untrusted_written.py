"""What the opener says of a page with its own words, bounded before anything uses it.

Like ``untrusted``, whose frames these are; separate because nothing of geometry is shared but the boxes.
"""

from typing import Any

from kbtool.document import Box, Cell, Kind
from kbtool.intake.bounds import as_box, as_integer, as_list, as_text, demand_area
from kbtool.intake.frames import BadFrame
from kbtool.intake.written import WHOLE, WrittenBlock, WrittenPage
from kbtool.limits import MAX_TABLE_CELLS, MAX_WRITTEN_BLOCKS, MAX_WRITTEN_CHARACTERS

_KINDS = frozenset(
    {
        Kind.TITLE,
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.LIST_ITEM,
        Kind.TABLE,
        Kind.CAPTION,
        Kind.PAGE_HEADER,
        Kind.PAGE_FOOTER,
    }
)
_NOTES = frozenset({"intake_hidden_sheet", "intake_hidden_cells", "intake_uncalculated", "intake_only_pictures"})
_DEEPEST = 20
#: A sheet has up to 31 characters for its name, and a range of cells at most 22.
_LONGEST_NAME = 64


def written_page(untrusted_header: dict[str, Any]) -> WrittenPage:
    """Turn a frame of written blocks into bounded data, or raise ``BadFrame``."""
    engine = as_text(untrusted_header.get("engine"), _LONGEST_NAME)
    notes = tuple(_note(item) for item in as_list(untrusted_header.get("notes"), len(_NOTES)))
    blocks = tuple(_block(item) for item in as_list(untrusted_header.get("blocks"), MAX_WRITTEN_BLOCKS))
    characters = sum(len(block.text) + sum(len(cell.text) for cell in block.cells) for block in blocks)
    if characters > 2 * MAX_WRITTEN_CHARACTERS:
        raise BadFrame
    return WrittenPage(blocks, engine, notes)


def _note(untrusted: object) -> str:
    if not isinstance(untrusted, str) or untrusted not in _NOTES:
        raise BadFrame
    return untrusted


def _block(untrusted: object) -> WrittenBlock:
    untrusted_kind, text, level, box, name, untrusted_cells = as_list(untrusted, 6, 6)
    if not isinstance(untrusted_kind, str) or untrusted_kind not in _KINDS:
        raise BadFrame
    cells = tuple(_cell(item) for item in as_list(untrusted_cells, MAX_TABLE_CELLS))
    if bool(cells) != (untrusted_kind == Kind.TABLE):
        raise BadFrame
    demand_area(cells, 4 * MAX_TABLE_CELLS)
    return WrittenBlock(
        Kind(untrusted_kind),
        as_text(text, MAX_WRITTEN_CHARACTERS),
        as_integer(level, 0, _DEEPEST),
        cells,
        _fraction(box),
        as_text(name, _LONGEST_NAME),
    )


def _cell(untrusted: object) -> Cell:
    row, column, row_span, column_span, box, text = as_list(untrusted, 6, 6)
    spans = (as_integer(row_span, 1, MAX_TABLE_CELLS), as_integer(column_span, 1, MAX_TABLE_CELLS))
    place = (as_integer(row, 0, MAX_TABLE_CELLS), as_integer(column, 0, MAX_TABLE_CELLS))
    return Cell(*place, as_text(text, MAX_WRITTEN_CHARACTERS), _fraction(box), *spans)


def _fraction(untrusted: object) -> Box:
    return as_box(untrusted, WHOLE)
