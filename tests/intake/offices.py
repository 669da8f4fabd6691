"""Office files for the tests, made with the libraries that read them; damage is done to their zip."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
from docx.document import Document as WordDocument
from openpyxl.styles import Border, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kbtool.document import Block, Document, Page
from kbtool.intake import PageReader
from kbtool.recognise import RecogniseOptions
from tests.intake.papers import source

_THIN = Side(style="thin")


def word(write: Callable[[WordDocument], object]) -> bytes:
    document = docx.Document()
    write(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook(write: Callable[[Workbook], object]) -> bytes:
    book = openpyxl.Workbook()
    write(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def boxed(sheet: Worksheet, cells: str, text: str, *, merge: bool) -> None:
    """Draw a box around ``cells`` (B2:D4) and write into its first cell."""
    rows = sheet[cells]
    for row in rows:
        for cell in row:
            cell.border = Border(
                left=_THIN if cell is row[0] else None,
                right=_THIN if cell is row[-1] else None,
                top=_THIN if row is rows[0] else None,
                bottom=_THIN if row is rows[-1] else None,
            )
    rows[0][0].value = text
    if merge:
        sheet.merge_cells(cells)


def repacked(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item.filename, change(content) if item.filename == part else content)
    return buffer.getvalue()


def with_parts(data: bytes, parts: dict[str, str]) -> bytes:
    """The same file with more parts in it."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def read(folder: Path, name: str, data: bytes) -> Document:
    """Read through the opener, as every source is."""
    with PageReader(RecogniseOptions(), 1, folder / ".kbtool") as reader:
        return reader.read(source(folder, name, data), slug="a")


def said(page: Page) -> list[tuple[str, str]]:
    """Kind and words of each block."""
    return [(block.kind.value, block.text) for block in page.blocks]


def spans(block: Block) -> list[tuple[int, int, int, int, str]]:
    """Row, column, spans and words of each cell."""
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in block.cells]
