"""Stamps: noticed, read, and out of the way of the words."""

import pytest

from kbtool.recognise import RecogniseOptions, recognise
from tests.recognise.paper import DPI, RED, Sheet, scanned

OPTIONS = RecogniseOptions(engine="ppocr")
SENTENCE = "返送料はお客様のご負担で、到着後8日以内に限ります。"


def test_a_stamp_beside_the_words() -> None:
    sheet = Sheet(1000, 400)
    sheet.stamp(750, 60, "社外秘")
    sheet.text(60, 250, SENTENCE)
    reading = recognise(scanned(sheet.raster(), noise=4), 1, OPTIONS)
    (stamp,) = reading.stamps
    assert (stamp.text, [line.text for line in reading.lines]) == ("社外秘", [SENTENCE])
    assert stamp.box.x0 == pytest.approx(750 * 72 / DPI, abs=2)


def test_a_stamp_over_the_words() -> None:
    sheet = Sheet(1000, 400)
    sheet.stamp(300, 180, "社外秘", 60)
    sheet.text(60, 200, SENTENCE)
    reading = recognise(sheet.raster(), 1, OPTIONS)
    assert len(reading.stamps) == 1
    assert [line.text for line in reading.lines] == [SENTENCE]


def test_a_round_seal() -> None:
    sheet = Sheet(600, 400)
    sheet.draw.ellipse((100, 100, 240, 240), outline=RED, width=5)
    sheet.text(125, 148, "見本", 45, ink=RED)
    reading = recognise(sheet.raster(), 1, OPTIONS)
    assert ([stamp.text for stamp in reading.stamps], reading.lines) == (["見本"], ())


def test_red_words_without_a_frame_are_words() -> None:
    sheet = Sheet(1000, 300)
    sheet.text(60, 100, "必ずプラグを抜いてください。", 36, ink=RED)
    reading = recognise(sheet.raster(), 1, OPTIONS)
    assert (reading.stamps, [line.text for line in reading.lines]) == ((), ["必ずプラグを抜いてください。"])


def test_a_grey_scan_has_no_stamps() -> None:
    sheet = Sheet(600, 300)
    sheet.text(60, 100, "お電話ください。", 36)
    raster = sheet.raster()
    grey = type(raster)(raster.pixels[..., 0].copy(), raster.dpi)
    reading = recognise(grey, 1, OPTIONS)
    assert (reading.stamps, [line.text for line in reading.lines]) == ((), ["お電話ください。"])
