"""Pages of which the text layer says only a part: what it says stays exact, and what pictures say comes to it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from kbtool.document import Block, Box, Document, Kind, Method
from kbtool.intake import PageReader
from kbtool.intake.partial import KnownPart, merged
from kbtool.intake.readers.opened import Words
from kbtool.intake.readers.pdf import PdfReader
from kbtool.intake.untrusted import FailedPage
from kbtool.reading import Line, PageReading
from kbtool.recognise import RecogniseOptions
from tests.intake.papers import pdf, source
from tests.recognise.paper import GOTHIC

ABOVE = ["交換の目安は六か月です。", "手順は次の図をご覧ください。"]
BELOW = "お困りのときは窓口へお電話ください。"
PASTED = [
    "本体の電源を切ってから作業します。",
    "前面のカバーを静かに開けます。",
    "古いフィルターを取り外します。",
    "新しいフィルターを差し込みます。",
    "カバーを閉めて電源を入れます。",
]
DPI = 200


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageReader]:
    with PageReader(RecogniseOptions(), 1, tmp_path_factory.mktemp("partial") / ".kbtool") as opened:
        yield opened


def written(lines: Sequence[str], width_pt: float, height_pt: float, left_pt: float = 20) -> Image.Image:
    """A picture of words in 12 points, a line every 26 points."""
    scale = DPI / 72
    image = Image.new("L", (round(width_pt * scale), round(height_pt * scale)), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(str(GOTHIC), round(12 * scale))
    for n, line in enumerate(lines):
        draw.text((left_pt * scale, (26 * n + 30) * scale), line, font=font, fill=20)
    return image


def pasted(image: Image.Image, box: Box) -> Any:
    def draw(paper: Any) -> None:
        paper.drawImage(ImageReader(image), box.x0, 842 - box.y1, box.width, box.height)

    return draw


def read(reader: PageReader, folder: Path, data: bytes, name: str = "a.pdf") -> Document:
    return reader.read(source(folder, name, data), slug="a")


def said(blocks: Sequence[Block], method: Method) -> str:
    return "".join(block.text for block in blocks if block.provenance.method is method)


HALF = Box(60, 200, 535, 460)
TYPED = [(60.0, 80.0, ABOVE[0]), (60.0, 150.0, ABOVE[1]), (60.0, 520.0, BELOW)]


def test_words_of_a_pasted_scan_stand_between_those_of_the_text_layer(reader: PageReader, tmp_path: Path) -> None:
    data = pdf(TYPED, draw=pasted(written(PASTED, HALF.width, HALF.height), HALF))
    document = read(reader, tmp_path, data)
    (page,) = document.pages
    assert "".join(block.text for block in page.blocks) == "".join([*ABOVE, *PASTED, BELOW])
    assert said(page.blocks, Method.TEXT_LAYER) == "".join([*ABOVE, BELOW])
    assert said(page.blocks, Method.OCR) == "".join(PASTED)
    assert {b.provenance.engine for b in page.blocks if b.provenance.method is Method.TEXT_LAYER} == {"pdfium"}
    recognised = [block.provenance for block in page.blocks if block.provenance.method is Method.OCR]
    assert all(place.engine != "pdfium" and 75 < place.confidence <= 100 for place in recognised)
    assert all(HALF.y0 / 842 < place.box.y0 < place.box.y1 < HALF.y1 / 842 for place in recognised)
    assert "pdfium" in document.fingerprint
    assert len(document.fingerprint.split("; ")) == 3
    assert read(reader, tmp_path, data).pages == document.pages


def test_a_number_on_a_scanned_page_is_exact_and_comes_once(reader: PageReader, tmp_path: Path) -> None:
    scan = written(["", "", *PASTED, *ABOVE], 595, 842, left_pt=60)

    def draw(paper: Any) -> None:
        pasted(scan, Box(0, 0, 595, 842))(paper)
        paper.setFont("Helvetica", 11)
        paper.drawString(290, 30, "KB-0O1l")

    (page,) = read(reader, tmp_path, pdf([], draw=draw)).pages
    assert page.method is Method.OCR
    assert said(page.blocks, Method.TEXT_LAYER) == "KB-0O1l"
    assert said(page.blocks, Method.OCR) == "".join([*PASTED, *ABOVE])


def test_headings_in_a_font_without_a_table_are_recognised_alone(reader: PageReader, tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("Headings", str(GOTHIC)))

    def draw(paper: Any) -> None:
        paper.setFont("Headings", 18)
        paper.drawString(60, 842 - 60, "第3章 フィルターの交換")
        paper.drawString(60, 842 - 400, "故障かなと思ったら")

    prose = [(60.0, 90.0 + 20 * n, text) for n, text in enumerate([*ABOVE, *PASTED])]
    data = pdf([*prose, (60.0, 430.0, BELOW)], draw=draw).replace(b"/ToUnicode", b"/ToUnicodX")
    (page,) = read(reader, tmp_path, data).pages
    texts = "".join(block.text for block in page.blocks).replace(" ", "")
    assert texts == "".join(["第3章フィルターの交換", *ABOVE, *PASTED, "故障かなと思ったら", BELOW])
    assert said(page.blocks, Method.TEXT_LAYER) == "".join([*ABOVE, *PASTED, BELOW])
    assert [block.provenance.method for block in page.blocks if block.kind is Kind.HEADING] == [Method.OCR] * 2


def test_words_drawn_over_a_picture_do_not_come_twice(reader: PageReader, tmp_path: Path) -> None:
    def draw(paper: Any) -> None:
        pasted(written([*PASTED, ""], HALF.width, HALF.height), HALF)(paper)
        paper.setFont("HeiseiKakuGo-W5", 12)
        paper.drawString(HALF.x0 + 20, 842 - HALF.y0 - 172, BELOW)

    (page,) = read(reader, tmp_path, pdf(TYPED[:2], draw=draw)).pages
    assert said(page.blocks, Method.TEXT_LAYER) + said(page.blocks, Method.OCR) == "".join([*ABOVE, BELOW, *PASTED])


def noise() -> Image.Image:
    """Grain on large soft shapes, as a photograph has."""
    random = np.random.default_rng(3)
    shapes = Image.fromarray(random.integers(0, 256, (9, 16), dtype=np.uint8)).resize(
        (960, 540), Image.Resampling.BICUBIC
    )
    grain = random.normal(0, 12, (540, 960))
    return Image.fromarray(np.clip(np.asarray(shapes) + grain, 0, 255).astype(np.uint8))


def plain() -> Image.Image:
    """Soft light on a wall: even ground without an edge."""
    return Image.fromarray(np.tile(np.linspace(60, 220, 960), (540, 1)).astype(np.uint8))


def shot() -> Image.Image:
    """A few buttons with a word each: a figure, whose edges look like writing."""
    image = written([], HALF.width, HALF.height)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(str(GOTHIC), 33)
    for n, word in enumerate(["開始", "停止", "設定"]):
        for row in range(4):
            draw.rectangle((60 + 400 * n, 60 + 150 * row, 260 + 400 * n, 150 + 150 * row), outline=0, width=5)
        draw.text((110 + 400 * n, 80), word, font=font, fill=0)
    return image


@pytest.mark.parametrize("image", [noise(), plain(), written([], 200, 100)])
def test_no_recogniser_is_asked_about_a_photograph(image: Image.Image) -> None:
    page = PdfReader(pdf(TYPED, draw=pasted(image, HALF))).page(0, 300)
    assert isinstance(page, Words)
    assert page.unread is None


def test_a_small_picture_of_words_is_left_alone() -> None:
    page = PdfReader(pdf(TYPED, draw=pasted(written(["水"], 100, 60), Box(60, 200, 160, 260)))).page(0, 300)
    assert isinstance(page, Words)
    assert page.unread is None


def test_a_picture_with_few_words_stays_a_figure(reader: PageReader, tmp_path: Path) -> None:
    (page,) = read(reader, tmp_path, pdf(TYPED, draw=pasted(shot(), HALF))).pages
    assert {block.provenance.method for block in page.blocks} == {Method.TEXT_LAYER}
    assert [block.kind for block in page.blocks].count(Kind.FIGURE) == 1


LINE = Line("交換の目安は六か月です。", Box(10, 10, 110, 20), (), 10, engine="pdfium")
SEEN = replace(LINE, text="交換の目安は六か月てす。", engine="tesseract", confidence=80.0)
WORDS = PageReading(1, 200, 300, Method.TEXT_LAYER, "pdfium", (LINE,), figures=(Box(0, 50, 200, 150),))
READ = PageReading(1, 200, 300, Method.OCR, "tesseract", (SEEN, replace(SEEN, box=Box(10, 60, 110, 70))))
TILTED = (((0.01, 0.0), (1.01, 0.02)), ((-0.01, 0.98), (0.99, 1.0)))


@pytest.mark.parametrize("mesh", [(), TILTED])
def test_words_of_a_scan_win_over_what_was_recognised_of_them(mesh: Any) -> None:
    page = merged(KnownPart(WORDS, (), is_scan=True), replace(READ, mesh=mesh), "a.pdf")
    assert isinstance(page, PageReading)
    assert [(line.text, line.method) for line in page.lines] == [
        (SEEN.text, Method.OCR),
        (LINE.text, Method.TEXT_LAYER),
    ]


def test_a_photographed_sheet_is_left_as_it_was_recognised() -> None:
    far = (((0.2, 0.1), (0.8, 0.1)), ((0.2, 0.9), (0.8, 0.9)))
    for read in (replace(READ, mesh=far), replace(READ, rotation=90)):
        assert merged(KnownPart(WORDS, (), is_scan=True), read, "a.pdf") is read


def test_where_recognition_fails_the_words_stay_and_the_page_says_so() -> None:
    page = merged(KnownPart(WORDS, WORDS.figures, is_scan=False), FailedPage(1, "intake_page_slow"), "a.pdf")
    assert isinstance(page, PageReading)
    assert (page.lines, page.figures) == (WORDS.lines, WORDS.figures)
    assert [(problem.code, problem.where) for problem in page.problems] == [("intake_page_slow", "a.pdf#1")]


def test_only_sure_words_make_a_picture_writing() -> None:
    areas = WORDS.figures
    sure = [replace(SEEN, box=Box(10, y, 110, y + 10)) for y in (60, 80)]
    for lines, taken in ((sure, 2), (sure[:1], 0), ([replace(line, confidence=50.0) for line in sure], 0)):
        page = merged(KnownPart(WORDS, areas, is_scan=False), replace(READ, lines=tuple(lines)), "a.pdf")
        assert isinstance(page, PageReading)
        assert (len(page.lines) - 1, len(page.figures)) == (taken, 0 if taken else 1)
