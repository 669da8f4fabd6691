"""From small files to documents: text layers, pictures, bad pages, and a parent that stays clean."""

import io
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from kbtool.document import Kind, Method
from kbtool.errors import SourceError
from kbtool.intake import PageReader, opening, page_image
from kbtool.intake.stream import KnownPage, PageStream
from kbtool.intake.untrusted import FailedPage, RasterPage
from kbtool.reading import PageReading
from kbtool.recognise import RecogniseOptions
from kbtool.settings import Ocr, OcrDocument
from tests.intake.papers import FONT, pdf, picture, source


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[PageReader]:
    with PageReader(RecogniseOptions(), 1, tmp_path / ".kbtool") as opened:
        yield opened


def opened(folder: Path, data: bytes, name: str = "a.pdf") -> list[Any]:
    given = source(folder, name, data)
    with given.path.open("rb") as file:
        return list(PageStream(file, given, None, 100))


def test_title_edition_and_text(tmp_path: Path, reader: PageReader) -> None:
    data = pdf([(60, 80, "1-1 はじめに"), (60, 110, "電話でお申し出ください。")], [(60, 80, "二枚めです。")])
    seen: list[tuple[int, int]] = []
    document = reader.read(
        source(tmp_path, "業務_案内（第2版）.pdf", data),
        slug="guide",
        on_page=lambda page, n: seen.append((page.number, n)),
    )
    assert (document.title, document.edition, document.locked_internal) == ("業務 案内", "第2版", False)
    assert [[block.text for block in page.blocks] for page in document.pages] == [
        ["1-1 はじめに", "電話でお申し出ください。"],
        ["二枚めです。"],
    ]
    assert seen == [(1, 2), (2, 2)]
    assert document.fingerprint.startswith("layout ")
    assert "pdfium" in document.fingerprint


def test_only_the_wanted_pages_are_read(tmp_path: Path, reader: PageReader) -> None:
    data = pdf(*([(60, 80, f"第{n}面の文")] for n in range(1, 5)))
    document = reader.read(source(tmp_path, "a.pdf", data), slug="a", pages=[2, 4, 9])
    assert [page.number for page in document.pages] == [2, 4]


def test_a_secret_mark_locks_the_document(tmp_path: Path, reader: PageReader) -> None:
    document = reader.read(source(tmp_path, "a.pdf", pdf([(500, 40, "社外秘"), (60, 80, "本文です。")])), slug="a")
    assert document.locked_internal


def test_a_ruled_table_with_a_merged_cell(tmp_path: Path, reader: PageReader) -> None:
    def rules(paper: Any) -> None:
        paper.grid([60, 160, 300], [842 - 100, 842 - 125])
        paper.grid([160, 300], [842 - 125, 842 - 150, 842 - 175])
        paper.lines([(60, 842 - 125, 60, 842 - 175), (60, 842 - 175, 160, 842 - 175)])

    words = [(65, 117, "症状"), (165, 117, "処置"), (65, 155, "水漏れ"), (165, 142, "拭く"), (165, 167, "締める")]
    document = reader.read(source(tmp_path, "a.pdf", pdf(words, draw=rules)), slug="a")
    (table,) = (block for block in document.pages[0].blocks if block.kind is Kind.TABLE)
    assert [(c.row, c.column, c.text, c.row_span) for c in table.cells] == [
        (0, 0, "症状", 1),
        (0, 1, "処置", 1),
        (1, 0, "水漏れ", 2),
        (1, 1, "拭く", 1),
        (2, 1, "締める", 1),
    ]


def test_fake_bold_of_a_real_file_comes_out_once(tmp_path: Path) -> None:
    words = [
        (60, 80, "大々的な見出し"),
        (60.4, 80, "大々的な見出し"),
        (60, 110, "ふつうの文です。"),
        (60.8, 80.4, "大々的な見出し"),
    ]
    (page,) = opened(tmp_path, pdf(words))
    assert [(line.text, line.bold) for line in page.lines] == [("大々的な見出し", True), ("ふつうの文です。", False)]


def test_a_turned_page_is_set_upright(tmp_path: Path) -> None:
    def turned(paper: Any) -> None:
        paper.rotate(90)
        paper.setFont(FONT, 11)
        paper.drawString(100, -200, "横向きの表です")

    (page,) = opened(tmp_path, pdf([], draw=turned))
    assert (page.rotation, page.width_pt, [line.text for line in page.lines]) == (90, 842, ["横向きの表です"])


@pytest.mark.parametrize("words", ["見えない文字の層です", "\ue123\ue124\ue125\ue126\ufffd\ufffd"])
def test_a_text_layer_that_lies_is_not_believed(tmp_path: Path, words: str) -> None:
    def hidden(paper: Any) -> None:
        text = paper.beginText(60, 700)
        text.setTextRenderMode(3)
        text.setFont(FONT, 11)
        text.textOut("見えない文字の層です")
        paper.drawText(text)
        paper.rect(10, 10, 20, 20, fill=1)

    (page,) = opened(tmp_path, pdf([], draw=hidden))
    assert isinstance(page, RasterPage)
    assert (page.width, page.height, page.channels, round(page.dpi)) == (827, 1170, 1, 100)


@pytest.mark.parametrize("size", [(1653, 2339), (1654, 2339), (2480, 3508), (1240, 1754)])
def test_a_scan_in_a_pdf_keeps_its_own_pixels(tmp_path: Path, size: tuple[int, int]) -> None:
    import numpy as np
    from PIL import Image

    dpi = size[0] / 8.27
    grain = Image.fromarray(np.random.default_rng(1).integers(0, 256, size[::-1], dtype=np.uint8))
    buffer = io.BytesIO()
    paper = canvas.Canvas(buffer, pagesize=(size[0] * 72 / dpi, size[1] * 72 / dpi))
    paper.drawImage(ImageReader(grain), 0, 0, size[0] * 72 / dpi, size[1] * 72 / dpi)
    paper.save()
    given = source(tmp_path, "a.pdf", buffer.getvalue())
    with given.path.open("rb") as file:
        (page,) = PageStream(file, given, None, 600)
    assert isinstance(page, RasterPage)
    assert (page.width, page.height, page.pixels == grain.tobytes()) == (*size, True)


def test_every_page_of_a_tiff_comes_as_pixels(tmp_path: Path) -> None:
    from io import BytesIO

    from PIL import Image

    buffer = BytesIO()
    Image.new("1", (850, 1100), 1).save(
        buffer, "TIFF", save_all=True, append_images=[Image.new("RGB", (850, 1100), "red")], dpi=(100, 100)
    )
    pages = opened(tmp_path, buffer.getvalue(), "a.tif")
    assert [(page.number, page.width, page.height, page.channels) for page in pages] == [
        (1, 850, 1100, 1),
        (2, 850, 1100, 3),
    ]


def test_exif_orientation_is_obeyed(tmp_path: Path) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = opened(tmp_path, picture(kind="JPEG", exif=exif), "a.jpg")
    assert page.width < page.height


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf([(50, 50, "秘密")], password="x"), "intake_encrypted"),
        (b"%PDF-1.7\nnothing behind the head", "intake_damaged"),
        (b"\x89PNG\r\n\x1a\nnothing behind the head", "intake_damaged"),
    ],
)
def test_a_source_that_cannot_be_opened_says_why(tmp_path: Path, reader: PageReader, data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        reader.read(source(tmp_path, "a.pdf", data), slug="a")
    assert (caught.value.code, caught.value.params["source"]) == (code, "a.pdf")
    control = reader.read(source(tmp_path, "control.pdf", pdf([(60, 80, "無事です。")])), slug="c")
    assert control.pages[0].blocks[0].text == "無事です。"


def test_a_truncated_picture_is_a_page_with_a_problem(tmp_path: Path, reader: PageReader) -> None:
    data = picture(size=(900, 900), kind="JPEG")
    document = reader.read(source(tmp_path, "a.jpg", data[: len(data) // 2]), slug="a")
    assert [problem.code for problem in document.pages[0].problems] == ["intake_page_damaged"]


def test_a_source_that_changed_since_it_was_found_is_refused(tmp_path: Path, reader: PageReader) -> None:
    given = source(tmp_path, "a.pdf", pdf([(60, 80, "前")]))
    given.path.write_bytes(pdf([(60, 80, "後")]))
    with pytest.raises(SourceError, match="intake_changed"):
        reader.read(given, slug="a")


CRASHING = """
import os, sys
sys.path.insert(0, {root!r})
from kbtool.intake.frames import read_frame, write_frame
read_frame(sys.stdin.buffer.read)
out = sys.stdout.buffer
write_frame(out, {{"frame": "opened", "pages": {pages}}})
while True:
    request, _ = read_frame(sys.stdin.buffer.read)
    for index in [index for index in request["pages"] if index < {pages}]:
        if index in {bad}:
            {fault}
        write_frame(out, {{"frame": "words", "page": index, "width_pt": 595, "height_pt": 842, "rotation": 0,
                          "lines": [], "vertical": [], "bold": [], "grids": [], "figures": [], "ruby": []}})
"""


def crashing(folder: Path, monkeypatch: pytest.MonkeyPatch, *, pages: int, bad: Sequence[int], fault: str) -> None:
    """Let openers say that a file has so many pages, and end at the bad ones (from 0)."""
    script = folder / "opener.py"
    script.write_text(CRASHING.format(root=str(Path(__file__).parents[2]), pages=pages, bad=list(bad), fault=fault))
    monkeypatch.setattr(opening, "COMMAND", [sys.executable, str(script)])


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("os.abort()", "intake_page_crashed"),
        ("import time; time.sleep(60)", "intake_page_timeout"),
        ("out.write(b'not a frame at all'); out.flush()", "intake_page_bad_frame"),
        ("write_frame(out, {'frame': 'words', 'page': 7})", "intake_page_bad_frame"),
        (  # says that pixels follow, but they do not
            "write_frame(out, {'frame': 'words', 'page': 1, 'width_pt': 595, 'height_pt': 842, 'rotation': 0, "
            "'lines': [], 'vertical': [], 'bold': [], 'grids': [], 'figures': [], 'ruby': [], "
            "'unread': [[0, 0, 9, 9]]})",
            "intake_page_bad_frame",
        ),
    ],
)
def test_a_page_that_kills_the_opener_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, code: str
) -> None:
    if "sleep" in fault:
        monkeypatch.setattr(opening, "OPENER_BASE_S", 3.0)
        monkeypatch.setattr(opening, "OPENER_PAGE_S", 0.0)
    crashing(tmp_path, monkeypatch, pages=3, bad=[1], fault=fault)
    pages = opened(tmp_path, pdf([(50, 50, "a")]))
    assert [page.number for page in pages] == [1, 2, 3]
    assert isinstance(pages[0], PageReading)
    assert pages[1] == FailedPage(2, code)
    assert isinstance(pages[2], PageReading)


@pytest.mark.parametrize("openers", [1, 2, 3])
def test_openers_side_by_side_give_every_page_in_order_and_lose_only_bad_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, openers: int
) -> None:
    bad = [0, 5, 100, 101, 299]
    crashing(tmp_path, monkeypatch, pages=300, bad=bad, fault="os.abort()")
    given = source(tmp_path, "a.pdf", pdf([(50, 50, "a")]))
    with given.path.open("rb") as file:
        stream = PageStream(file, given, None, 100, known=[7, 120], openers=openers)
        pages = list(stream)
    assert (stream.total, [page.number for page in pages]) == (300, list(range(1, 301)))
    assert [page.number for page in pages if isinstance(page, FailedPage)] == [index + 1 for index in bad]
    assert [page.number for page in pages if isinstance(page, KnownPage)] == [7, 120]


def test_a_file_that_ends_opener_after_opener_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crashing(tmp_path, monkeypatch, pages=200, bad=range(1, 200), fault="os.abort()")
    given = source(tmp_path, "a.pdf", pdf([(50, 50, "a")]))
    with given.path.open("rb") as file:
        pages = list(PageStream(file, given, None, 100, openers=2))
    codes = [page.code for page in pages if isinstance(page, FailedPage)]
    assert codes == ["intake_page_crashed"] * 10 + ["intake_given_up"] * 189


def test_a_stream_that_is_stopped_ends_with_its_openers(tmp_path: Path) -> None:
    given = source(tmp_path, "a.pdf", pdf(*([(60, 80, f"第{n}面の文")] for n in range(1, 201))))
    with given.path.open("rb") as file:
        stream = PageStream(file, given, None, 100, openers=2)
        pages = iter(stream)
        first = [next(pages) for _ in range(60)]
        stream.stop()
        assert (len(first), list(pages)) == (60, [])


def test_a_page_as_a_picture(tmp_path: Path) -> None:
    given = source(tmp_path, "a.pdf", pdf([(60, 80, "絵になる文")]))
    whole = page_image(given.path, 1, width_px=200, rotation=90)
    assert whole[:4] == b"RIFF"
    with pytest.raises(SourceError, match="intake_no_such_page"):
        page_image(given.path, 2, width_px=200)


def test_the_parent_imports_no_library_for_files_pictures_or_models(tmp_path: Path) -> None:
    given = source(tmp_path, "a.pdf", pdf([(60, 80, "文です。")]))
    program = f"""
import sys
from pathlib import Path
from kbtool.intake import PageReader, discover, page_image
folder = Path({str(tmp_path)!r})
found = discover(folder).sources[0]
with PageReader(None, 1, folder / ".kbtool") as reader:
    assert reader.read(found, slug="a").pages[0].method == {Method.TEXT_LAYER.value!r}
page_image(found.path, 1, width_px=100)
heavy = {{"cv2", "PIL", "pypdfium2", "pdfplumber", "pdfminer", "onnxruntime", "openvino", "pytesseract"}}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
    assert given.path.is_file()


@pytest.mark.slow
def test_a_picture_is_recognised_and_remembered(tmp_path: Path, reader: PageReader) -> None:
    given = source(tmp_path, "a.png", picture("TEST 123"))
    document = reader.read(given, slug="a")
    assert "TEST" in document.pages[0].blocks[0].text
    assert document.pages[0].method is Method.OCR
    assert document.fingerprint.count(";") == 1
    (kept,) = (tmp_path / ".kbtool" / "pages").rglob("*.json")
    before = kept.stat().st_mtime_ns
    assert reader.read(given, slug="a").pages == document.pages
    assert kept.stat().st_mtime_ns == before


def test_a_picture_set_straight_by_its_mesh(tmp_path: Path) -> None:
    picture = Image.new("RGB", (400, 400), "black")
    ImageDraw.Draw(picture).polygon([(100, 50), (300, 80), (350, 350), (60, 330)], fill="white")
    picture.save(tmp_path / "a.png")
    mesh = (((0.25, 0.125), (0.75, 0.2)), ((0.15, 0.825), (0.875, 0.875)))
    drawn = page_image(tmp_path / "a.png", 1, width_px=200, mesh=mesh, aspect=1.5)
    with Image.open(io.BytesIO(drawn)) as straight:
        assert straight.size == (200, 300)
        assert np.asarray(straight.convert("L"))[4:-4, 4:-4].min() > 200
    with pytest.raises(ValueError):
        page_image(tmp_path / "a.png", 1, width_px=200, mesh=(((0.0, 0.0),),))


def test_each_page_is_read_by_the_engine_that_the_settings_name_for_it(tmp_path: Path) -> None:
    pages = [Image.open(io.BytesIO(picture(f"TEST {n}23", (600, 300)))) for n in (1, 2)]
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], dpi=(150, 150))
    given = source(tmp_path, "束.tif", buffer.getvalue())
    ocr = Ocr(engine="tesseract", documents=(OcrDocument("束.*", "ppocr", "2"),))
    with PageReader(RecogniseOptions(), 1, tmp_path / ".kbtool", engine_for=ocr.engine_for) as reader:
        document = reader.read(given, slug="a")
    told = [[block.provenance.engine for block in page.blocks] for page in document.pages]
    assert all(engine.startswith("tesseract") for engine in told[0])
    assert all(engine.startswith("ppocr") for engine in told[1])
    assert [block.text for page in document.pages for block in page.blocks] == ["TEST 123", "TEST 223"]
    assert document.fingerprint.count("tesseract") == 1
    assert "ppocr" in document.fingerprint.lower()
