"""Lines of ink for Tesseract: nothing that stands alone is lost, slanting lines are levelled, shapes stay shapes."""

import cv2
import numpy as np
import pytest

from kbtool.recognise.engines.strips import find_strips, lay_out
from kbtool.recognise.engines.tesseract import TesseractEngine
from kbtool.recognise.raster import Grey
from tests.recognise.paper import DPI, MINCHO, Sheet, error_rate


def grey(sheet: Sheet) -> Grey:
    return np.asarray(sheet.image.convert("L"), np.uint8)


def read(image: Grey) -> list[str]:
    lines = TesseractEngine().read(image, DPI)
    return [line.text for line in sorted(lines, key=lambda line: (line.bounds[1] // 20, line.bounds[0]))]


def test_a_letter_far_from_its_answer_is_a_line() -> None:
    sheet = Sheet(900, 300)
    for y, letter, words in ((60, "問", "乾電池は交換できますか"), (150, "答", "はい、いつでも")):
        sheet.text(60, y, letter, 32)
        sheet.text(180, y, words, 32)
    assert read(grey(sheet)) == ["問", "乾電池は交換できますか", "答", "はい、いつでも"]


def test_columns_are_not_read_across() -> None:
    sheet = Sheet(1100, 260)
    for n, (left, right) in enumerate((("左の一行目です", "右の一行目です"), ("左の二行目です", "右の二行目です"))):
        sheet.text(60, 60 + 60 * n, left, 30)
        sheet.text(600, 60 + 60 * n, right, 30)
    assert read(grey(sheet)) == ["左の一行目です", "右の一行目です", "左の二行目です", "右の二行目です"]


@pytest.mark.parametrize("words", ["■夜間と休日の体制", "電源を切る●必ず確認"])
def test_shapes_are_put_back_where_they_stood(words: str) -> None:
    sheet = Sheet(700, 160)
    sheet.text(60, 60, words, 36)
    (line,) = TesseractEngine().read(grey(sheet), DPI)
    assert line.text == words
    at = next(i for i, c in enumerate(words) if c in "■●")
    assert line.spans[at][0] == pytest.approx(60 + 36 * at, abs=6)


def test_dense_characters_are_no_shapes() -> None:
    sheet = Sheet(900, 160)
    sheet.text(60, 60, "画面国庫回書圏團量量", 22, MINCHO)
    soft = np.asarray(cv2.GaussianBlur(grey(sheet), (0, 0), 1.2), np.uint8)
    assert all(not strip.bullets for strip in find_strips(soft, DPI).strips)


def test_a_slanting_line_is_levelled() -> None:
    sheet = Sheet(1000, 300)
    sheet.text(60, 120, "湿気で紙が波打つため乾いた布で拭く", 34)
    matrix = cv2.getRotationMatrix2D((500, 150), 3, 1)
    image = np.asarray(cv2.warpAffine(grey(sheet), matrix, (1000, 300), borderValue=255), np.uint8)
    page = find_strips(image, DPI)
    (strip,) = page.strips
    assert strip.slope == pytest.approx(-np.tan(np.radians(3)), abs=0.006)
    laid = lay_out(page, page.strips, 34).image
    rows = np.flatnonzero((laid < 128).any(axis=1))
    assert np.ptp(rows) < 45


def test_an_empty_page_has_no_lines() -> None:
    assert TesseractEngine().read(np.full((400, 300), 255, np.uint8), DPI) == ()


def test_a_seal_on_a_grey_scan_joins_no_lines() -> None:
    sheet = Sheet(1100, 400)
    words = ("受付票の備考欄に記入してください。", "運転を止めても送風が続きます。", "電話を切る前の確認")
    for row, line in enumerate(words):
        sheet.text(60, 60 + 56 * row, line, 28)
    sheet.draw.ellipse((500, 80, 640, 220), outline=(90, 90, 90), width=6)
    for row, line in enumerate(("OK", "26.4.1", "RECV")):
        sheet.text(570 - 7 * len(line), 96 + 40 * row, line, 22, ink=(90, 90, 90))
    lines = read(grey(sheet))
    assert all(any(error_rate(line, true) <= 0.5 for line in lines) for true in words)


def test_a_square_on_a_worn_page_is_a_square() -> None:
    sheet = Sheet(1100, 300)
    for row, line in enumerate(("緊急時の連絡", "受付の基本", "電話を切る前の確認")):
        sheet.draw.rectangle((62, 64 + 70 * row, 86, 88 + 70 * row), fill=(150, 150, 150))
        sheet.text(100, 60 + 70 * row, line, 30, ink=(185, 185, 185))
    soft = cv2.GaussianBlur(grey(sheet), (0, 0), 1.0)
    assert [line[0] for line in read(np.asarray(soft, np.uint8))] == ["■", "■", "■"]
