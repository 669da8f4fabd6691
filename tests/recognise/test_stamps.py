"""Stamps: noticed, read, and out of the way of the words."""

import pytest

from kbtool.reading import PageReading
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


BLUE, VIOLET = (40, 60, 170), (120, 50, 150)


def read(sheet: Sheet) -> PageReading:
    return recognise(scanned(sheet.raster(), noise=4), 1, OPTIONS)


@pytest.mark.parametrize("ink", [RED, BLUE, VIOLET])
def test_a_date_stamp_of_any_ink_over_the_words(ink: tuple[int, int, int]) -> None:
    sheet = Sheet(1000, 400)
    sheet.text(60, 200, SENTENCE)
    sheet.draw.ellipse((300, 120, 500, 320), outline=ink, width=5)
    sheet.draw.line((310, 185, 490, 185), fill=ink, width=4)
    sheet.draw.line((310, 250, 490, 250), fill=ink, width=4)
    sheet.text(352, 140, "受付", 40, ink=ink)
    sheet.text(60, 200, SENTENCE)
    reading = read(sheet)
    assert len(reading.stamps) == 1
    assert [line.text for line in reading.lines] == [SENTENCE]


def test_two_stamps_one_over_the_other() -> None:
    sheet = Sheet(1000, 400)
    sheet.draw.ellipse((300, 110, 460, 270), outline=RED, width=5)
    sheet.draw.rectangle((420, 130, 560, 270), outline=RED, width=5)
    sheet.text(60, 180, SENTENCE)
    assert [line.text for line in read(sheet).lines] == [SENTENCE]


def test_a_faint_frame_with_gaps_is_a_stamp() -> None:
    sheet = Sheet(1000, 400)
    sheet.stamp(600, 60, "社外秘", 60)
    for x in range(640, 800, 60):
        sheet.draw.rectangle((x, 50, x + 7, 66), fill="white")
    sheet.text(60, 250, SENTENCE)
    (stamp,) = read(sheet).stamps
    assert stamp.text == "社外秘"


def test_a_note_in_a_coloured_frame_is_words() -> None:
    sheet = Sheet(1000, 400)
    sheet.draw.rectangle((60, 60, 560, 200), outline=RED, width=3)
    sheet.text(80, 75, "警告", 30, ink=RED)
    sheet.text(80, 115, "ぬれた手で触らないでください。", 26, ink=RED)
    sheet.text(80, 155, "感電のおそれがあります。", 26, ink=RED)
    reading = read(sheet)
    assert (reading.stamps, [line.text for line in sorted(reading.lines, key=lambda line: line.box.y0)]) == (
        (),
        ["警告", "ぬれた手で触らないでください。", "感電のおそれがあります。"],
    )


@pytest.mark.parametrize("ink", [RED, BLUE])
def test_white_letters_on_a_coloured_bar_and_coloured_headings_are_words(ink: tuple[int, int, int]) -> None:
    sheet = Sheet(1000, 400)
    sheet.draw.rectangle((60, 60, 500, 120), fill=ink)
    sheet.text(80, 72, "お手入れのしかた", 36, ink="white")
    sheet.text(60, 200, "安全上のご注意", 40, ink=ink)
    reading = read(sheet)
    assert reading.stamps == ()
    assert {"お手入れのしかた", "安全上のご注意"} <= {line.text for line in reading.lines}


def test_a_small_table_with_coloured_rules_is_a_table() -> None:
    sheet = Sheet(700, 400)
    for y in (100, 150, 200, 250):
        sheet.draw.line((100, y, 380, y), fill=BLUE, width=3)
    for x in (100, 240, 380):
        sheet.draw.line((x, 100, x, 250), fill=BLUE, width=3)
    reading = read(sheet)
    assert (reading.stamps, [(grid.rows, grid.columns) for grid in reading.grids]) == ((), [(3, 2)])
