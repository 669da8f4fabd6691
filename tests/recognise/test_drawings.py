"""Line drawings are not read as type; what is type stays, however much it looks like strokes."""

import numpy as np

from kbtool.recognise import RecogniseOptions, recognise
from kbtool.recognise.drawings import without_drawn
from kbtool.recognise.engines import OcrLine
from tests.recognise.paper import DPI, Sheet, scanned


def appliance(sheet: Sheet) -> None:
    """A housing with buttons, a handle and feet; nothing on it is a word."""
    sheet.draw.rounded_rectangle((300, 180, 700, 440), 24, outline="black", width=4)
    for x in (560, 600, 640):
        sheet.draw.ellipse((x, 210, x + 24, 234), outline="black", width=3)
    sheet.draw.ellipse((540, 360, 680, 410), outline="black", width=4)
    for y in range(220, 300, 16):
        sheet.draw.line((340, y, 440, y), fill="black", width=2)


def test_rings_and_strokes_of_a_drawing_are_no_words() -> None:
    sheet = Sheet(1100, 700)
    sheet.text(80, 60, "電源を入れる前に各部の名前を確かめます。")
    appliance(sheet)
    sheet.text(380, 480, "図3 操作部の位置")
    sheet.text(80, 580, "ランプが消えてから次の手順に進みます。")
    reading = recognise(scanned(sheet.raster(), noise=5), 1, RecogniseOptions(engine="ppocr"))
    read = [line.text.replace(" ", "") for line in sorted(reading.lines, key=lambda line: line.box.y0)]
    assert [text[:3] for text in read] == ["電源を", "図3操", "ランプ"]


def line(text: str, x: float, y: float, width: float, height: float) -> OcrLine:
    quad = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return OcrLine(text, quad, 95.0, (), ())


def kept(sheet: Sheet, *lines: OcrLine) -> list[str]:
    grey = np.asarray(sheet.image.convert("L"), np.uint8)
    return [found.text for found in without_drawn(lines, grey, DPI)]


def test_a_drawing_with_words_on_it_keeps_all_that_was_read() -> None:
    sheet = Sheet(1100, 700)
    appliance(sheet)
    assert kept(sheet, line("OOO", 560, 210, 104, 24), line("一", 340, 220, 30, 10)) == []
    words = line("運転", 460, 300, 60, 30)
    assert kept(sheet, line("OOO", 560, 210, 104, 24), words) == ["OOO", "運転"]


def test_a_number_that_fills_its_frame_is_type() -> None:
    sheet = Sheet(1100, 700)
    sheet.draw.rectangle((100, 100, 260, 220), outline="black", width=4)
    assert kept(sheet, line("10", 130, 125, 90, 70)) == ["10"]


def test_a_ring_outside_of_the_drawing_stays() -> None:
    sheet = Sheet(1100, 700)
    appliance(sheet)
    assert kept(sheet, line("O", 100, 100, 30, 30)) == ["O"]
