"""Draws the product manual of the demo: 16 pages with a text layer, as a maker's own desk would export them.

Separate from its words (`wording/product_manual.yml`) and from the look of a block. It promises the same bytes on every
draw and keeps, on purpose, what makes such files hard to read: a title printed twice, half-width kana, a full-width
model name, two columns, a table that goes on over the page break inside a merged cell.
"""

from pathlib import Path
from typing import Any

import yaml
from reportlab.lib.pagesizes import A4
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
)

from . import fonts
from .product_manual_blocks import GOTHIC, MINCHO, TITLE_PT, PageTitle, flowables

NAME = "そよぎ_KD-H500_取扱説明書.pdf"
WORDING = Path(__file__).parent / "wording" / "product_manual.yml"
WIDTH_PT, HEIGHT_PT = A4
MARGIN_PT = 18 * mm
TEXT_WIDTH_PT = WIDTH_PT - 2 * MARGIN_PT
TEXT_HEIGHT_PT = HEIGHT_PT - 2 * MARGIN_PT - 16 * mm
TEXT_BOTTOM_PT = MARGIN_PT + 6 * mm
TITLE_HEIGHT_PT = TITLE_PT * 2 + 6
GUTTER_PT = 8 * mm
COLUMN_PT = (TEXT_WIDTH_PT - GUTTER_PT) / 2


def draw(out: Path) -> None:
    """Write the product manual into the folder `out`."""
    for name, face in ((GOTHIC, "gothic"), (MINCHO, "mincho")):
        pdfmetrics.registerFont(TTFont(name, str(fonts.find(face))))
    wording = yaml.safe_load(WORDING.read_text(encoding="utf-8"))
    document = BaseDocTemplate(
        str(out / NAME), pagesize=A4, initialFontName=GOTHIC, invariant=1, lang="ja", **wording["metadata"]
    )
    document.addPageTemplates([_template(kind, wording) for kind in ("bare", "one", "two")])
    document.build(_story(wording["pages"]))


def _story(pages: list[dict[str, Any]]) -> list[Flowable]:
    titles = [(page["title"], number) for number, page in enumerate(pages, start=1) if "title" in page and number > 2]
    story: list[Flowable] = []
    for page, following in zip(pages, [*pages[1:], None], strict=True):
        story += _page(page, titles)
        if following:
            story += [NextPageTemplate(_kind(following)), PageBreak()]
    return story


def _page(page: dict[str, Any], titles: list[tuple[str, int]]) -> list[Flowable]:
    title = [PageTitle(page["title"], fake_bold=page.get("fake_bold", False))] if "title" in page else []
    if "left" in page:
        left, right = (flowables(page[side], COLUMN_PT) for side in ("left", "right"))
        return [*title, FrameBreak(), *left, FrameBreak(), *right]
    blocks = [{"contents": titles} if "contents" in block else block for block in page["blocks"]]
    return [*title, *flowables(blocks, TEXT_WIDTH_PT)]


def _kind(page: dict[str, Any]) -> str:
    if page.get("bare"):
        return "bare"
    return "two" if "left" in page else "one"


def _template(kind: str, wording: dict[str, Any]) -> PageTemplate:
    def furnish(canvas: Canvas, document: BaseDocTemplate) -> None:
        _furnish(canvas, document.page, wording)

    return PageTemplate(kind, _frames(kind), onPage=furnish)


def _frames(kind: str) -> list[Frame]:
    if kind != "two":
        return [_frame(MARGIN_PT, TEXT_BOTTOM_PT, TEXT_WIDTH_PT, TEXT_HEIGHT_PT)]
    height = TEXT_HEIGHT_PT - TITLE_HEIGHT_PT
    right = MARGIN_PT + COLUMN_PT + GUTTER_PT
    return [
        _frame(MARGIN_PT, TEXT_BOTTOM_PT + height, TEXT_WIDTH_PT, TITLE_HEIGHT_PT),
        _frame(MARGIN_PT, TEXT_BOTTOM_PT, COLUMN_PT, height),
        _frame(right, TEXT_BOTTOM_PT, COLUMN_PT, height),
    ]


def _frame(x: float, y: float, width: float, height: float) -> Frame:
    return Frame(x, y, width, height, 0, 0, 0, 0)


def _furnish(canvas: Canvas, page: int, wording: dict[str, Any]) -> None:
    """Draw what stands outside the text: running header, page number, the note that all this is invented."""
    canvas.setFont(GOTHIC, 8)
    canvas.drawCentredString(WIDTH_PT / 2, 9 * mm, wording["footer"])
    if page == 1:
        return
    header_y = HEIGHT_PT - 13 * mm
    canvas.drawString(MARGIN_PT, header_y, wording["running_header"])
    section = wording["pages"][page - 1]["section"]
    canvas.drawRightString(WIDTH_PT - MARGIN_PT, header_y, section)
    canvas.setLineWidth(0.4)
    canvas.line(MARGIN_PT, header_y - 4, WIDTH_PT - MARGIN_PT, header_y - 4)
    canvas.setFont(GOTHIC, 9.5)
    canvas.drawCentredString(WIDTH_PT / 2, 15 * mm, str(page))
