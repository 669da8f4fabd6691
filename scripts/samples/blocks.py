"""The kinds of block a manual page is made of, each drawn down a column.

Separate from the wording and from what happens to the paper: a block knows only its shape (heading, steps, table).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from samples.sheet import SHADE, Sheet, Style

CELL_PAD_MM = 2.2


@dataclass(frozen=True, slots=True)
class Typography:
    """The styles of one document."""

    body: Style
    strong: Style
    section: Style
    chapter: Style
    small: Style
    question_mark: Style
    answer_mark: Style


@dataclass(slots=True)
class Column:
    """A column of a sheet in millimetres, and how far down it is filled."""

    sheet: Sheet
    type: Typography
    left: float
    width: float
    y: float

    def paragraph(self, text: str, style: Style, *, mark: str = "", mark_style: Style | None = None) -> None:
        """Set `text`; where there is a `mark` (a number, say), it stands before the first line and all lines hang."""
        indent = 0.0
        if mark:
            mark_style = mark_style or style
            indent = mark_style.length_mm(mark) + style.size_mm / 2
            self.sheet.text(self.left, self.y, mark, mark_style)
        for line in self.sheet.lines(text, style, self.width - indent):
            self.sheet.text(self.left + indent, self.y, line, style)
            self.y += style.line_mm

    def skip(self, mm: float) -> None:
        """Leave `mm` millimetres empty."""
        self.y += mm


def draw_blocks(column: Column, blocks: list[dict[str, Any]]) -> None:
    """Draw `blocks`, each a mapping of its kind to its content, one below the other."""
    for block in blocks:
        for kind, content in block.items():
            KINDS[kind](column, content)


def chapter(column: Column, title: str) -> None:
    """Draw a chapter's title over a thick rule."""
    column.paragraph(title, column.type.chapter)
    column.sheet.rule(column.left, column.y, column.left + column.width, column.y, points=3)
    column.skip(10)


def section(column: Column, title: str) -> None:
    """Draw a section's heading."""
    column.paragraph(title, column.type.section)
    column.skip(1.5)


def paragraphs(column: Column, texts: list[str]) -> None:
    """Draw paragraphs of body text."""
    for text in texts:
        column.paragraph(text, column.type.body)
        column.skip(1.5)
    column.skip(9)


def steps(column: Column, content: dict[str, Any]) -> None:
    """Draw numbered steps; `marks` holds one mark for each of `items`."""
    for mark, item in zip(content["marks"], content["items"], strict=True):
        column.paragraph(item, column.type.body, mark=mark)
        column.skip(1.2)
    column.skip(9)


def pairs(column: Column, content: list[list[str]]) -> None:
    """Draw questions and answers, each with its "Q." or "A." hanging to the left."""
    for question, answer in content:
        for text, style, mark_style in (
            (question, column.type.strong, column.type.question_mark),
            (answer, column.type.body, column.type.answer_mark),
        ):
            mark, _, words = text.partition(" ")
            column.paragraph(words, style, mark=mark, mark_style=mark_style)
            column.skip(0.8)
        column.skip(8)


def table(column: Column, content: dict[str, Any]) -> None:
    """Draw a ruled table; its first row is the head, a null cell is merged with the one above it."""
    rows: list[list[str | None]] = content["rows"]
    lefts = [column.left + sum(content["widths_mm"][:i]) for i in range(len(content["widths_mm"]) + 1)]
    heights = [_row_height(column, row, content["widths_mm"]) for row in rows]
    tops = [column.y + sum(heights[:i]) for i in range(len(rows) + 1)]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is not None:
                below = next((n for n in range(r + 1, len(rows)) if rows[n][c] is not None), len(rows))
                box = (lefts[c], tops[r], lefts[c + 1], tops[below])
                _cell(column, text, box, head=r == 0, centred=content.get("centred", False))
    column.y = tops[-1]
    column.skip(12)


def _row_height(column: Column, row: list[str | None], widths: list[float]) -> float:
    lines = [
        len(column.sheet.lines(text or "", column.type.body, width - 2 * CELL_PAD_MM))
        for text, width in zip(row, widths, strict=True)
    ]
    return max(lines) * column.type.body.line_mm + 2 * CELL_PAD_MM


def _cell(column: Column, text: str, box: tuple[float, float, float, float], *, head: bool, centred: bool) -> None:
    x0, y0, x1, y1 = box
    style = column.type.strong if head else column.type.body
    column.sheet.box(*box, fill=SHADE if head else None)
    lines = column.sheet.lines(text, style, x1 - x0 - 2 * CELL_PAD_MM)
    y = (y0 + y1 - (len(lines) - 1) * style.line_mm - style.size_mm) / 2
    for line in lines:
        if head or centred:
            column.sheet.text((x0 + x1) / 2, y, line, style, align="centre")
        else:
            column.sheet.text(x0 + CELL_PAD_MM, y, line, style)
        y += style.line_mm


def flow(column: Column, content: dict[str, Any]) -> None:
    """Draw boxes from left to right with arrows between them, and a caption below."""
    boxes: list[str] = content["boxes"]
    gap, height = 13.0, 17.0
    width = (column.width - gap * (len(boxes) - 1)) / len(boxes)
    for number, text in enumerate(boxes):
        x = column.left + number * (width + gap)
        _cell(column, text, (x, column.y, x + width, column.y + height), head=False, centred=True)
        if number:
            column.sheet.arrow_right(x - gap + 1, x - 1, column.y + height / 2)
    column.skip(height + 3)
    middle = column.left + column.width / 2
    column.sheet.text(middle, column.y, content["caption"], column.type.small, align="centre")
    column.skip(18)


KINDS: dict[str, Callable[[Column, Any], None]] = {
    "chapter": chapter,
    "section": section,
    "lines": paragraphs,
    "steps": steps,
    "pairs": pairs,
    "table": table,
    "flow": flow,
}
