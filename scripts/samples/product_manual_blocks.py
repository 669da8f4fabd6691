"""The blocks of the product manual: what each kind named in its wording looks like.

Separate from the manual's pages so that a block is described once. `flowables` is the only way in: it turns blocks of
the wording (one key each, its kind) into reportlab flowables.
"""

from collections.abc import Callable
from typing import Any

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from .product_manual_figures import draw_figure, width_of

GOTHIC = "IPAGothic"
MINCHO = "IPAMincho"
BAND = HexColor("#d9dee3")
TITLE_PT = 17
LABEL_COLUMN_GAP_PT = 46
FAKE_BOLD_SHIFT_PT = 0.35
"""Some word processors make bold by printing twice: the text layer then holds every character of the title twice."""


def style(font: str, size_pt: float, **more: Any) -> ParagraphStyle:
    """Return a paragraph style with Japanese line breaking."""
    more = {"leading": size_pt * 1.5, "wordWrap": "CJK", **more}
    return ParagraphStyle(f"{font}-{size_pt}", fontName=font, fontSize=size_pt, **more)


BODY = style(MINCHO, 11.5, leading=20, spaceAfter=5)
ITEM = style(MINCHO, 11.5, leading=20, leftIndent=11.5, firstLineIndent=-11.5)
CELL = style(GOTHIC, 10.5, leading=15)
CENTRED = style(MINCHO, 11.5, leading=20, alignment=TA_CENTER)
HEADING = style(GOTHIC, 13, spaceBefore=8, spaceAfter=4)
LEAD = style(GOTHIC, 11.5, leading=20, spaceBefore=8)
COVER_SMALL = style(GOTHIC, 14, alignment=TA_CENTER)
COVER_TITLE = style(GOTHIC, 44, alignment=TA_CENTER)
COVER_TITLE_2 = style(GOTHIC, 24, alignment=TA_CENTER)


class PageTitle(Flowable):
    """A chapter's title over a rule; it adds itself to the PDF's bookmarks."""

    def __init__(self, text: str, *, fake_bold: bool) -> None:
        super().__init__()
        self.text = text
        self.fake_bold = fake_bold

    def wrap(self, width_pt: float, height_pt: float) -> tuple[float, float]:
        self.width_pt = width_pt
        return width_pt, TITLE_PT * 2

    def draw(self) -> None:
        canvas = self.canv
        canvas.bookmarkHorizontal(self.text, 0, TITLE_PT * 2)
        canvas.addOutlineEntry(self.text, self.text, level=0)
        canvas.setFont(GOTHIC, TITLE_PT)
        canvas.drawString(0, TITLE_PT * 0.9, self.text)
        if self.fake_bold:
            canvas.drawString(FAKE_BOLD_SHIFT_PT, TITLE_PT * 0.9, self.text)
        canvas.setLineWidth(1.2)
        canvas.line(0, TITLE_PT * 0.45, self.width_pt, TITLE_PT * 0.45)


class Heading(Paragraph):
    """A heading inside a chapter; it is a bookmark below the chapter's."""

    def draw(self) -> None:
        text = self.getPlainText()
        self.canv.bookmarkHorizontal(text, 0, self.height)
        self.canv.addOutlineEntry(text, text, level=1)
        super().draw()


class Figure(Flowable):
    """A drawing, centred in its column."""

    def __init__(self, name: str, height_pt: float) -> None:
        super().__init__()
        self.name = name
        self.height_pt = height_pt

    def wrap(self, width_pt: float, height_pt: float) -> tuple[float, float]:
        self.left_pt = (width_pt - width_of(self.name, self.height_pt)) / 2
        return width_pt, self.height_pt + 10

    def draw(self) -> None:
        draw_figure(self.canv, self.name, self.left_pt, 5, self.height_pt)


class Parts(Flowable):
    """A drawing on the left, the names of its parts on the right, a line from each part to its name."""

    def __init__(self, figure: str, height_pt: float, labels: list[dict[str, Any]]) -> None:
        super().__init__()
        self.figure = figure
        self.height_pt = height_pt
        self.labels = labels

    def wrap(self, width_pt: float, height_pt: float) -> tuple[float, float]:
        return width_pt, self.height_pt + 10

    def draw(self) -> None:
        canvas: Canvas = self.canv
        draw_figure(canvas, self.figure, 0, 5, self.height_pt)
        width_pt = width_of(self.figure, self.height_pt)
        label_x = width_pt + LABEL_COLUMN_GAP_PT
        step = self.height_pt / len(self.labels)
        canvas.setFont(GOTHIC, 11)
        canvas.setLineWidth(0.5)
        for order, label in enumerate(self.labels):
            label_y = 5 + self.height_pt - (order + 0.5) * step
            point = (label["at"][0] * width_pt, 5 + label["at"][1] * self.height_pt)
            canvas.line(*point, label_x - 14, label_y + 4)
            canvas.line(label_x - 14, label_y + 4, label_x - 4, label_y + 4)
            canvas.circle(*point, 1.6, fill=1)
            canvas.drawString(label_x, label_y, label["name"])


class Contents(Flowable):
    """The table of contents, dots leading from each title to its page number."""

    def __init__(self, titles: list[tuple[str, int]]) -> None:
        super().__init__()
        self.titles = titles

    def wrap(self, width_pt: float, height_pt: float) -> tuple[float, float]:
        self.width_pt = width_pt
        return width_pt, 26 * len(self.titles)

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFont(GOTHIC, 11.5)
        for order, (title, page) in enumerate(self.titles):
            y = 26 * (len(self.titles) - order) - 16
            canvas.drawString(0, y, title)
            canvas.drawRightString(self.width_pt, y, str(page))
            start = canvas.stringWidth(title, GOTHIC, 11.5) + 8
            dots = int((self.width_pt - 28 - start) // canvas.stringWidth("…", GOTHIC, 11.5))
            canvas.drawRightString(self.width_pt - 24, y, "…" * dots)


class WarningSign(Flowable):
    """The triangle that stands before a warning's label."""

    def wrap(self, width_pt: float, height_pt: float) -> tuple[float, float]:
        return 16, 14

    def draw(self) -> None:
        path = self.canv.beginPath()
        path.moveTo(0, 0)
        path.lineTo(16, 0)
        path.lineTo(8, 14)
        path.close()
        self.canv.setFillColor(black)
        self.canv.drawPath(path, fill=1)
        self.canv.setStrokeColor(white)
        self.canv.setLineWidth(1.6)
        self.canv.line(8, 4.5, 8, 9.5)
        self.canv.line(8, 1.8, 8, 2.9)


def warning_box(label: str, lines: list[str], width_pt: float) -> Table:
    """Return a ruled box: a band with the sign and `label`, below it `lines` as a list."""
    body = [Paragraph(f"・{line}", ITEM) for line in lines]
    box = Table(
        [[WarningSign(), Paragraph(label, style(GOTHIC, 12))], [body, ""]],
        colWidths=[30, width_pt - 30],
    )
    box.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), GOTHIC),
                ("BOX", (0, 0), (-1, -1), 1, black),
                ("BACKGROUND", (0, 0), (-1, 0), BAND),
                ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
                ("SPAN", (0, 1), (-1, 1)),
                ("TOPPADDING", (0, 1), (-1, 1), 6),
                ("BOTTOMPADDING", (0, 1), (-1, 1), 8),
            ]
        )
    )
    return box


def ruled_table(rows: list[list[str | None]], widths: list[float], width_pt: float, padding: float = 4) -> Table:
    """Return a table with rules; `widths` are percentages, a None cell is one with the cell above."""
    cells = [[Paragraph(text, CELL) if text else "" for text in row] for row in rows]
    table = Table(cells, colWidths=[width_pt * share / 100 for share in widths])
    table.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), GOTHIC),
                ("GRID", (0, 0), (-1, -1), 0.7, black),
                ("BACKGROUND", (0, 0), (-1, 0), BAND),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 1), (-1, -1), padding),
                ("BOTTOMPADDING", (0, 1), (-1, -1), padding),
                *(("SPAN", *span) for span in merged(rows)),
            ]
        )
    )
    return table


def merged(rows: list[list[str | None]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the (column, row) corners of the cells that reach over several rows."""
    spans = []
    for column in range(len(rows[0])):
        top = 0
        for row in range(1, len(rows) + 1):
            if row < len(rows) and rows[row][column] is None:
                continue
            if row - top > 1:
                spans.append(((column, top), (column, row - 1)))
            top = row
    return spans


def label_box(text: str, width_pt: float) -> Table:
    """Return `text` in a small frame in the middle of the column."""
    box = Table([[Paragraph(text, COVER_SMALL)]], colWidths=[110])
    box.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 1, black), ("BOTTOMPADDING", (0, 0), (-1, -1), 6)]))
    return box


KINDS: dict[str, Callable[[Any, float], Flowable]] = {
    "p": lambda text, width: Paragraph(text, BODY),
    "lead": lambda text, width: Paragraph(f"● {text}", LEAD),
    "h2": lambda text, width: Heading(text, HEADING),
    "centred": lambda text, width: Paragraph(text, CENTRED),
    "cover_small": lambda text, width: Paragraph(text, COVER_SMALL),
    "cover_title": lambda text, width: Paragraph(text, COVER_TITLE),
    "cover_title_2": lambda text, width: Paragraph(text, COVER_TITLE_2),
    "label": label_box,
    "space": lambda height_pt, width: Spacer(1, height_pt),
    "figure": lambda value, width: Figure(value["name"], value["height"]),
    "parts": lambda value, width: Parts(value["figure"], value["height"], value["labels"]),
    "warning": lambda value, width: warning_box(value["label"], value["lines"], width),
    "table": lambda value, width: ruled_table(width_pt=width, **value),
    "contents": lambda titles, width: Contents(titles),
}


def flowables(blocks: list[dict[str, Any]], width_pt: float) -> list[Flowable]:
    """Return the blocks of one column `width_pt` points wide as flowables."""
    return [KINDS[kind](value, width_pt) for block in blocks for kind, value in block.items()]
