"""Excel workbooks: one page a sheet, tables found by their borders or by how evenly cells are filled."""

import io
from dataclasses import replace

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kbtool.intake.readers.opened import PageFailed
from kbtool.intake.readers.sheet import read_sheet
from kbtool.intake.readers.sheet_beside import Beside, beside
from kbtool.intake.readers.sheet_blocks import blocks_of
from kbtool.intake.written import WrittenPage
from kbtool.limits import MAX_TABLE_CELLS

_ENGINE = "openpyxl"
_HIDDEN = "intake_hidden_sheet"
_HIDDEN_CELLS = "intake_hidden_cells"
_UNCALCULATED = "intake_uncalculated"


def pages(data: bytes) -> tuple[WrittenPage | PageFailed, ...]:
    """Read a workbook; a hidden sheet is an empty page that says so, one beyond all bounds a page that failed."""
    book: Workbook = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    around = beside(data)
    return tuple(_page(sheet, around.get(sheet.title, Beside())) for sheet in book.worksheets)


def _page(sheet: Worksheet, around: Beside) -> WrittenPage | PageFailed:
    if sheet.sheet_state != "visible":
        return WrittenPage((), _ENGINE, (_HIDDEN,))
    grid = replace(read_sheet(sheet), shapes=around.shapes)
    if len(grid.words) > MAX_TABLE_CELLS:
        return PageFailed("intake_page_cells")
    told = {_HIDDEN_CELLS: grid.has_hidden, _UNCALCULATED: around.is_uncalculated}
    notes = tuple(code for code, holds in told.items() if holds)
    return WrittenPage(tuple(blocks_of(grid, sheet.title)), _ENGINE, notes)
