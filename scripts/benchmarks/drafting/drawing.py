"""Draws a manual of the benchmark as PDF, drawn on demand and never kept in the repository.

Separate from the notation: only this module knows reportlab. The same text gives the same file.
"""

from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
from PIL import Image
from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from samples import fonts

from benchmarks.drafting.notation import Block, Manual, Shape

_WIDTH_PT, _HEIGHT_PT = A4
_MARGIN_PT = 20 * mm
_GUTTER_PT = 9 * mm
_BAND = HexColor("#dfe4e8")
_SCAN_DPI = 300
#: Each face of the text with the one that headings and headers of tables are set in.
_FACES = {"mincho": "gothic", "gothic": "gothic", "vl-gothic": "vl-gothic"}
_SIZES = {Shape.CHAPTER: 1.6, Shape.SECTION: 1.25}


def draw(manual: Manual, out: Path) -> Path:
    """Draw the manual into a folder and return its file; as pictures of its pages where its look says scan."""
    body = manual.look.get("face", "mincho")
    for face in (body, _FACES[body]):
        pdfmetrics.registerFont(TTFont(face, str(fonts.find(face))))
    path = out / f"{manual.look['title']}.pdf"
    document = BaseDocTemplate(str(path), pagesize=A4, invariant=1, lang=manual.look.get("lang", "ja"))
    document.addPageTemplates([_template(columns, manual) for columns in (1, 2)])
    document.build(_story(manual))
    if manual.look.get("scan"):
        _as_scan(path)
    return path


def _as_scan(path: Path) -> None:
    """Leave nothing but pictures of the pages, as a copier would."""
    with pypdfium2.PdfDocument(BytesIO(path.read_bytes())) as drawn:
        pages: list[Image.Image] = [page.render(scale=_SCAN_DPI / 72, grayscale=True).to_pil() for page in drawn]
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for page in pages:
        canvas.drawInlineImage(page, 0, 0, _WIDTH_PT, _HEIGHT_PT)
        canvas.showPage()
    canvas.save()


def _story(manual: Manual) -> list[Flowable]:
    story: list[Flowable] = []
    for page in manual.pages:
        story += [NextPageTemplate(str(len(page.columns))), PageBreak()] if story else []
        for place, column in enumerate(page.columns):
            story += [FrameBreak()] if place else []
            width = _column_pt(len(page.columns))
            for block in column:
                story += _flowables(block, width, manual)
    return story


def _column_pt(columns: int) -> float:
    return (_WIDTH_PT - 2 * _MARGIN_PT - (columns - 1) * _GUTTER_PT) / columns


def _template(columns: int, manual: Manual) -> PageTemplate:
    width = _column_pt(columns)
    frames = [
        Frame(_MARGIN_PT + place * (width + _GUTTER_PT), _MARGIN_PT, width, _HEIGHT_PT - 2 * _MARGIN_PT, 0, 0, 0, 0)
        for place in range(columns)
    ]

    def furnish(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont(_FACES[manual.look.get("face", "mincho")], 8)
        if document.page > 1:
            canvas.drawString(_MARGIN_PT, _HEIGHT_PT - 13 * mm, manual.look.get("header", ""))
        footer = manual.look.get("footer", "{page}").format(page=document.page)
        canvas.drawCentredString(_WIDTH_PT / 2, 11 * mm, footer)

    return PageTemplate(str(columns), frames, onPage=furnish)


def _style(manual: Manual, shape: Shape, **more: float) -> ParagraphStyle:
    body = manual.look.get("face", "mincho")
    size = float(manual.look.get("size", "10.5")) * _SIZES.get(shape, 1.0)
    strong = shape in (Shape.CHAPTER, Shape.SECTION, Shape.BOLD)
    latin = manual.look.get("lang", "ja") != "ja"
    return ParagraphStyle(
        f"{shape}{more}",
        fontName=_FACES[body] if strong else body,
        fontSize=size,
        leading=size * 1.55,
        wordWrap=None if latin else "CJK",
        spaceBefore=size * (0.9 if strong else 0.1),
        spaceAfter=size * 0.4,
        **more,
    )


def _text(text: str, style: ParagraphStyle, *, strong: bool = False) -> Paragraph:
    """A paragraph; faces without a bold cut are made bold by an outline, as word processors do."""
    return (_Bold if strong else Paragraph)(escape(text), style)


class _Bold(Paragraph):
    def draw(self) -> None:
        self.canv.saveState()
        self.canv._code.append("2 Tr 0.35 w")
        super().draw()
        self.canv._code.append("0 Tr")
        self.canv.restoreState()


def _flowables(block: Block, width: float, manual: Manual) -> list[Flowable]:
    if block.shape is Shape.TABLE:
        return [Spacer(1, 4), _table(block, width, manual), Spacer(1, 10)]
    if block.shape is Shape.BOX:
        return [Spacer(1, 4), _box(block, width, manual), Spacer(1, 10)]
    style = _style(manual, block.shape)
    if block.shape is Shape.LEADER:
        title, _, page = block.lines[0].rpartition(" … ")
        dots = int((width - pdfmetrics.stringWidth(title + page, style.fontName, style.fontSize)) / style.fontSize) - 1
        return [_text(f"{title}{'…' * dots}{page}", style)]
    strong = block.shape is not Shape.TEXT
    return [_text(line, style, strong=strong) for line in block.lines]


def _box(block: Block, width: float, manual: Manual) -> Table:
    cells = [
        [_text(line, _style(manual, Shape.TEXT if place else Shape.BOLD))] for place, line in enumerate(block.lines)
    ]
    box = Table(cells, [width - 8])
    box.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 1, black)]))
    return box


def _table(block: Block, width: float, manual: Manual) -> Table:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.lines]
    shares = [max(4, *(min(len(row[place]), 24) for row in rows)) for place in range(len(rows[0]))]
    cells = [
        [
            _text("" if cell in ("^", "<") else cell, _style(manual, Shape.TEXT if number else Shape.BOLD))
            for cell in row
        ]
        for number, row in enumerate(rows)
    ]
    table = Table(cells, [width * share / sum(shares) for share in shares], splitByRow=0)
    ruled = [("GRID", (0, 0), (-1, -1), 0.7, black), ("BACKGROUND", (0, 0), (-1, 0), _BAND)]
    table.setStyle(TableStyle([*ruled, *_spans(rows), ("VALIGN", (0, 0), (-1, -1), manual.look.get("valign", "TOP"))]))
    return table


def _spans(rows: list[list[str]]) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    spans = []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in ("^", "<"):
                continue
            right, below = c, r
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while below + 1 < len(rows) and rows[below + 1][c] == "^":
                below += 1
            if (right, below) != (c, r):
                spans.append(("SPAN", (c, r), (right, below)))
    return spans
