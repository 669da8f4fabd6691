"""The clean pages of the operations manual: cover, table of contents, and the pages of its chapters.

Separate from `operations_manual`, which prints, stamps, handles and scans them.
"""

from collections.abc import Iterator
from typing import Any

from PIL import Image

from samples.blocks import Column, Typography, draw_blocks, table
from samples.sheet import Sheet, Style

MARGIN_MM = 24.0
TOP_MM = 30.0
GUTTER_MM = 10.0

NOW = Typography(
    body=Style("mincho", 10.5, leading=1.85, latin_face="mincho-proportional"),
    strong=Style("gothic", 10.5, leading=1.85),
    section=Style("gothic", 12.5, bold=True),
    chapter=Style("gothic", 17, bold=True, leading=1.45),
    small=Style("mincho", 9),
    question_mark=Style("gothic-proportional", 11),
    answer_mark=Style("mincho-proportional", 11),
)
BEFORE = Typography(
    body=Style("vl-gothic", 10.5),
    strong=Style("vl-gothic", 10.5, bold=True),
    section=Style("vl-gothic", 11.5, bold=True),
    chapter=Style("vl-gothic", 15, bold=True, leading=1.45),
    small=Style("vl-gothic", 9),
    question_mark=Style("vl-gothic", 10.5, bold=True),
    answer_mark=Style("vl-gothic", 10.5),
)

Wording = dict[str, Any]


def clean_pages(wording: Wording) -> Iterator[Image.Image]:
    """Yield the pages of the manual in order, as they were printed."""
    yield _cover(wording)
    yield _contents(wording)
    for page in wording["pages"]:
        yield _chapter_page(wording, page)


def _cover(wording: Wording) -> Image.Image:
    cover, sheet = wording["cover"], Sheet()
    middle = sheet.width_mm / 2
    title = Style("gothic", 30, bold=True, leading=1.6)
    y = 62.0
    for line in cover["title"]:
        sheet.text(middle, y, line, title, align="centre")
        y += title.line_mm
    for line in (cover["edition"], cover["date"]):
        sheet.text(middle, y + 6, line, Style("mincho", 16), align="centre")
        y += 11
    sheet.text(MARGIN_MM, 160, cover["history_title"], NOW.section)
    table(_column(sheet, NOW, top=169), {"widths_mm": [20, 37, 83, 22], "rows": cover["history"]})
    sheet.text(middle, 246, cover["company"], Style("mincho", 14), align="centre")
    sheet.text(middle, 255, cover["address"], Style("mincho", 10.5), align="centre")
    _foot(sheet, wording, "", NOW)
    return sheet.image


def _contents(wording: Wording) -> Image.Image:
    sheet = Sheet()
    column = _column(sheet, NOW)
    sheet.text(sheet.width_mm / 2, column.y, wording["contents_title"], NOW.chapter, align="centre")
    column.skip(16)
    for kind, title, number in _headings(wording):
        indent, style = (0.0, NOW.strong) if kind == "chapter" else (8.0, NOW.body)
        if kind == "chapter":
            column.skip(2.2)
        _leader(column, title, number, style, indent)
    _head(sheet, wording["header"], NOW)
    _foot(sheet, wording, wording["contents_number"], NOW)
    return sheet.image


def _headings(wording: Wording) -> Iterator[tuple[str, str, str]]:
    """Yield kind, title and page number of each heading of the present edition."""
    for page in wording["pages"]:
        if not page.get("old_edition"):
            for block in page["blocks"]:
                for kind in block.keys() & {"chapter", "section"}:
                    yield kind, block[kind], page["number"]


def _leader(column: Column, title: str, number: str, style: Style, indent: float) -> None:
    """Draw one line of the table of contents: title, dots, page number."""
    right = column.left + column.width
    dots = Style("mincho", style.size_pt)
    start = column.left + indent + style.length_mm(title) + 2
    room = right - style.length_mm(number) - 2 - start
    column.sheet.text(column.left + indent, column.y, title, style)
    column.sheet.text(
        right - style.length_mm(number) - 2, column.y, "…" * int(room / dots.size_mm), dots, align="right"
    )
    column.sheet.text(right, column.y, number, style, align="right")
    column.skip(style.line_mm * 1.08)


def _chapter_page(wording: Wording, page: dict[str, Any]) -> Image.Image:
    old = page.get("old_edition", False)
    typography = BEFORE if old else NOW
    sheet = Sheet(landscape=page.get("landscape", False))
    column = _column(sheet, typography)
    if page.get("columns") == 2:
        _in_two_columns(column, page["blocks"])
    else:
        draw_blocks(column, page["blocks"])
    _head(sheet, wording["old_header" if old else "header"], typography)
    _foot(sheet, wording, page["number"], typography)
    return sheet.image


def _in_two_columns(column: Column, blocks: list[dict[str, Any]]) -> None:
    """Draw the first block across the page, and half of the second's pairs in each of two columns."""
    head, body = blocks
    draw_blocks(column, [head])
    width = (column.width - GUTTER_MM) / 2
    half = len(body["pairs"]) // 2
    for number, pairs in enumerate((body["pairs"][:half], body["pairs"][half:])):
        left = column.left + number * (width + GUTTER_MM)
        draw_blocks(Column(column.sheet, column.type, left, width, column.y), [{"pairs": pairs}])


def _column(sheet: Sheet, typography: Typography, top: float = TOP_MM) -> Column:
    return Column(sheet, typography, MARGIN_MM, sheet.width_mm - 2 * MARGIN_MM, top)


def _head(sheet: Sheet, text: str, typography: Typography) -> None:
    sheet.text(MARGIN_MM, 14, text, typography.small)
    sheet.rule(MARGIN_MM, 20, sheet.width_mm - MARGIN_MM, 20, points=0.5)


def _foot(sheet: Sheet, wording: Wording, number: str, typography: Typography) -> None:
    middle, bottom = sheet.width_mm / 2, sheet.height_mm
    sheet.text(middle, bottom - 19, number, typography.strong, align="centre")
    sheet.text(middle, bottom - 12, wording["notice"], typography.small, align="centre")
