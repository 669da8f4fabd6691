"""Whole pages through the front door, with the real engines."""

import numpy as np
import pytest

from kbtool.recognise import Raster, RecogniseOptions, fingerprint, recognise
from tests.recognise.paper import DPI, MINCHO, Sheet, error_rate, scanned

PPOCR = RecogniseOptions(engine="ppocr")
TESSERACT = RecogniseOptions(engine="tesseract")
SENTENCES = (
    "第3章 定期コースの解約",
    "次回お届け予定日の10日前までにお電話ください。",
    "マイページの「ご登録内容」からも変更できます。",
    "フィルターは約2年、タンクは毎日の水替えが目安です。",
)


def page() -> Raster:
    sheet = Sheet(1100, 500)
    sheet.text(80, 50, SENTENCES[0], 44)
    for i, words in enumerate(SENTENCES[1:]):
        sheet.text(80, 150 + 80 * i, words, 32, MINCHO)
    return sheet.raster()


def words_of(raster: Raster, options: RecogniseOptions) -> str:
    lines = recognise(raster, 1, options).lines
    return "".join(line.text for line in sorted(lines, key=lambda line: line.box.y0))


@pytest.mark.parametrize(("options", "most"), [(PPOCR, 0.01), (TESSERACT, 0.04)], ids=["ppocr", "tesseract"])
@pytest.mark.parametrize("degrees", [0.0, 2.5])
def test_reads_a_scanned_page(options: RecogniseOptions, most: float, degrees: float) -> None:
    scan = scanned(page(), degrees=degrees, noise=6, shadow=True)
    assert error_rate(words_of(scan, options), "".join(SENTENCES)) <= most


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turns_a_page_upright(turn: int) -> None:
    reading = recognise(page().turned(360 - turn), 1, PPOCR)
    assert reading.rotation == turn
    assert (reading.width_pt, reading.height_pt) == (1100 * 72 / DPI, 500 * 72 / DPI)
    assert any(line.text.startswith("次回お届け") for line in reading.lines)


def test_tesseract_turns_a_page_upright() -> None:
    assert recognise(page().turned(90), 1, TESSERACT).rotation == 270


def test_tells_where_each_character_stands() -> None:
    line = next(line for line in recognise(page(), 1, PPOCR).lines if line.text.startswith("次回"))
    assert len(line.spans) == len(line.confidences) == len(line.text)
    size = 32 * 72 / DPI
    for i in (0, 5, 12, 20):
        start, end = line.spans[i]
        drawn = 80 * 72 / DPI + (i + 0.5 - (0.5 * sum(c.isascii() for c in line.text[:i]))) * size
        assert (start + end) / 2 == pytest.approx(drawn, abs=0.6 * size)
    assert line.size_pt == pytest.approx(size, rel=0.15)


def test_reads_columns_without_turning_the_page() -> None:
    sheet = Sheet(500, 900)
    for i, words in enumerate(("お問い合わせは電話で承ります。", "受付は平日の九時から十七時です。")):
        sheet.column(350 - 120 * i, 60, words)
    reading = recognise(sheet.raster(), 1, PPOCR)
    assert reading.rotation == 0
    assert all(line.vertical for line in reading.lines)
    assert (
        error_rate(
            "".join(line.text for line in sorted(reading.lines, key=lambda line: -line.box.x0)),
            "お問い合わせは電話で承ります。受付は平日の九時から十七時です。",
        )
        <= 0.05
    )
    first = max(reading.lines, key=lambda line: line.box.x0)
    assert first.spans[0][0] < first.spans[5][0] < first.spans[-1][1] <= reading.height_pt


def test_keeps_a_space_somebody_set_and_no_other() -> None:
    sheet = Sheet(900, 200)
    sheet.text(60, 70, "見本 花子 クレジットカード・代金引換", 36)
    (line,) = recognise(sheet.raster(), 1, PPOCR).lines
    assert line.text == "見本 花子 クレジットカード・代金引換"


def test_small_kana_are_small() -> None:
    sheet = Sheet(1000, 200)
    sheet.text(60, 70, "業務マニュアルの引っ掛かりを直した", 28, MINCHO)
    (line,) = recognise(sheet.raster(), 1, PPOCR).lines
    assert line.text == "業務マニュアルの引っ掛かりを直した"


@pytest.mark.parametrize("options", [PPOCR, TESSERACT], ids=["ppocr", "tesseract"])
def test_a_blank_page_gives_nothing(options: RecogniseOptions) -> None:
    blank = scanned(Sheet(600, 800).raster(), noise=4)
    reading = recognise(blank, 7, options)
    assert (reading.number, reading.lines, reading.grids, reading.stamps) == (7, (), (), ())


def test_a_tiny_page_gives_nothing() -> None:
    assert recognise(Raster(np.full((3, 2), 255, np.uint8), 72.0), 1, PPOCR).lines == ()


def test_same_page_same_reading() -> None:
    assert recognise(page(), 1, PPOCR) == recognise(page(), 1, PPOCR)


def test_fingerprint_tells_engines_apart() -> None:
    seen = {fingerprint(RecogniseOptions(engine=name)) for name in ("auto", "ppocr", "tesseract")}
    assert len(seen) == 3
    assert fingerprint(PPOCR) == fingerprint(RecogniseOptions(engine="ppocr"))
