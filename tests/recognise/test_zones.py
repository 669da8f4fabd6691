"""Zones of a known form: words, ticks, rings and handwriting, on scans that lie anyhow."""

import numpy as np
import pytest

from kbtool.document import Box
from kbtool.reading import FieldReading, FormZones, PageReading, Zone
from kbtool.recognise import RecogniseOptions, recognise
from kbtool.recognise.marks import TICK_STEP, judge
from tests.recognise.paper import Sheet, scanned

LEFT, TOP, WIDTH, HEIGHT = 100, 160, 900, 560
TICKS, RINGS = ("電話", "メール", "その他"), ("満足", "普通", "不満")


def fraction(x0: float, y0: float, x1: float, y1: float) -> Box:
    return Box((x0 - LEFT) / WIDTH, (y0 - TOP) / HEIGHT, (x1 - LEFT) / WIDTH, (y1 - TOP) / HEIGHT)


def form() -> FormZones:
    squares = [fraction(320 + 220 * i, 290, 350 + 220 * i, 320) for i in range(3)]
    circled = [fraction(310 + 220 * i, 400, 430 + 220 * i, 470) for i in range(3)]
    zones = [Zone("slip/name", fraction(300, 165, 995, 255)), Zone("slip/content", fraction(300, 505, 995, 715))]
    zones += [Zone(f"slip/channel/{name}", box, "tick") for name, box in zip(TICKS, squares, strict=True)]
    zones += [Zone(f"slip/csat/{name}", box, "ring") for name, box in zip(RINGS, circled, strict=True)]
    return FormZones("slip", "お問い合わせ票", tuple(zones))


def slip(*, title: str = "お問い合わせ票", framed: bool = True) -> Sheet:
    sheet = Sheet(1100, 800)
    sheet.text(420, 70, title, 44)
    if framed:
        sheet.rules((100, 290, 1000), (160, 260, 370, 500, 720), 3)
    for y, label in ((190, "お客様名"), (295, "チャネル"), (415, "満足度"), (590, "内容")):
        sheet.text(115, y, label, 32)
    for i, (tick, ring) in enumerate(zip(TICKS, RINGS, strict=True)):
        sheet.draw.rectangle((320 + 220 * i, 290, 350 + 220 * i, 320), outline="black", width=2)
        sheet.text(360 + 220 * i, 290, tick, 30)
        sheet.text(340 + 220 * i, 420, ring, 30)
    return sheet


def fields(sheet: Sheet, degrees: float = 0.0) -> tuple[PageReading, dict[str, FieldReading]]:
    options = RecogniseOptions(engine="ppocr", forms=(form(),))
    reading = recognise(scanned(sheet.raster(), degrees=degrees, noise=5), 1, options)
    return reading, {field.name: field for field in reading.fields}


@pytest.mark.parametrize("degrees", [0.0, 1.2, -0.8])
def test_reads_a_filled_slip(degrees: float) -> None:
    sheet = slip()
    sheet.text(320, 190, "見本 花子", 36)
    sheet.text(320, 530, "E03が消えない。", 32)
    sheet.text(320, 590, "タンクは入れ直した。", 32)
    sheet.draw.line(((541, 303), (552, 318), (578, 284)), fill="black", width=4)
    sheet.draw.ellipse((765, 404, 862, 468), outline="black", width=4)
    reading, found = fields(sheet, degrees)
    assert reading.form == "slip"
    assert (found["slip/name"].text, found["slip/content"].text) == (
        "見本 花子",
        "E03が消えない。\nタンクは入れ直した。",
    )
    assert [name for name, field in found.items() if field.marked] == ["slip/channel/メール", "slip/csat/不満"]
    assert min(field.confidence for field in found.values()) > 80


def test_zones_lie_where_the_middle_of_the_frame_says() -> None:
    """Rules are found a little longer than they are; the frame is none the wider for it."""
    _, found = fields(slip(), 0.7)
    boxes = {name: field.box for name, field in found.items()}
    squares = [boxes[f"slip/channel/{name}"] for name in TICKS]
    assert squares[2].x0 - squares[0].x0 == pytest.approx(440 * 72 / 200, abs=0.8)


def test_an_empty_slip_has_nothing() -> None:
    _, found = fields(slip())
    assert not any(field.marked for field in found.values())
    assert [(found[name].text, found[name].ink < 0.002) for name in ("slip/name", "slip/content")] == [("", True)] * 2


def test_two_marks_are_two() -> None:
    sheet = slip()
    for x in (325, 545):
        sheet.draw.ellipse((x, 404, x + 97, 468), outline="black", width=4)
    sheet.draw.rectangle((764, 294, 786, 316), fill="black")
    sheet.draw.rectangle((324, 294, 346, 316), fill="black")
    _, found = fields(sheet)
    assert [n for n, f in found.items() if f.marked] == [
        "slip/channel/電話", "slip/channel/その他", "slip/csat/満足", "slip/csat/普通",
    ]  # fmt: skip


def test_handwriting_is_ink_without_sure_words() -> None:
    sheet = slip()
    walk = np.random.default_rng(3).normal(0, 14, (160, 2)).cumsum(axis=0)
    walk = (walk - walk.min(axis=0)) / np.ptp(walk, axis=0) * (600, 150) + (330, 530)
    sheet.draw.line([(float(x), float(y)) for x, y in walk], fill="black", width=4)
    _, found = fields(sheet)
    content = found["slip/content"]
    assert content.ink > 0.02
    assert content.text == "" or content.confidence < 80


def test_another_title_is_another_page() -> None:
    reading, found = fields(slip(title="お支払い方法のご案内"))
    assert (reading.form, found) == ("", {})


def test_a_form_without_its_frame_is_a_problem() -> None:
    reading, found = fields(slip(framed=False))
    assert (reading.form, found, [p.code for p in reading.problems]) == ("", {}, ["recognise_form_frame"])


def test_marks_are_judged_against_their_neighbours() -> None:
    """The same ink is a mark on a clean page and none on a dark copy."""
    clean, dark = [0.0, 0.09, 0.0], [0.08, 0.09, 0.08]
    assert [marked for marked, _ in judge(clean, clean, TICK_STEP)] == [False, True, False]
    assert [marked for marked, _ in judge(dark, dark, TICK_STEP)] == [False, False, False]
