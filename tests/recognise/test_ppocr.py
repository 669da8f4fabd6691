"""PP-OCR driven for pages: the trimmed networks, lines read alone, columns turned, sizes of kana."""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kbtool.recognise.engines import OcrLine, ppocr_models
from kbtool.recognise.engines.detect import text_boxes
from kbtool.recognise.engines.line import upright_quad
from kbtool.recognise.engines.ppocr import PpOcrEngine
from kbtool.recognise.engines.ppocr_models import Floats
from kbtool.recognise.raster import Grey
from kbtool.recognise.small_kana import settle_sizes
from tests.recognise.paper import Sheet


@pytest.fixture(scope="module")
def engine() -> PpOcrEngine:
    return PpOcrEngine()


def grey(sheet: Sheet) -> Grey:
    return np.asarray(sheet.image.convert("L"), np.uint8)


def test_the_map_is_half_as_large_as_the_page() -> None:
    sheet = Sheet(640, 320)
    sheet.text(80, 120, "電源を切る", 40)
    chances = ppocr_models.load(("jpn",)).detect(grey(sheet).astype(np.float32) / 127.5 - 1)
    assert chances.shape == (160, 320)
    assert chances[70, 80] > 0.9 and chances[20, 20] < 0.1


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not tell where threads may run")
def test_engines_side_by_side_do_not_all_work_on_one_core() -> None:
    networks, page = ppocr_models.load(("jpn",)), np.ones((1600, 1120), np.float32)
    networks.detect(page)
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(networks.detect, page)
        seen = {len(cores) for cores in _cores_of_threads(working)}
    assert seen == {len(os.sched_getaffinity(0))}


def _cores_of_threads(working: Future[Floats]) -> Iterator[set[int]]:
    """The cores each thread of this process may use, as long as there is work."""
    while not working.done():
        for task in Path("/proc/self/task").iterdir():
            with suppress(ProcessLookupError):
                yield os.sched_getaffinity(int(task.name))


@pytest.mark.parametrize(("x", "y"), [(0, 0), (60, 40), (500, 1900)])
def test_boxes_stand_where_the_words_stand(engine: PpOcrEngine, x: int, y: int) -> None:
    sheet = Sheet(1600, 2200)
    sheet.text(x + 20, y + 20, "保証書をご用意ください", 40)
    (quad,) = text_boxes(grey(sheet), engine._networks.detect)
    (left, top), (right, bottom) = quad[0], quad[2]
    assert left <= x + 22 and right >= x + 20 + 11 * 40 - 4
    assert top <= y + 24 and bottom >= y + 54 and bottom - top < 80


def test_white_paper_has_no_boxes(engine: PpOcrEngine) -> None:
    assert text_boxes(grey(Sheet()), engine._networks.detect) == []


def test_a_line_reads_the_same_whatever_stands_beside_it(engine: PpOcrEngine) -> None:
    alone, among = Sheet(1100, 800), Sheet(1100, 800)
    for sheet in (alone, among):
        sheet.text(100, 300, "部品の交換は10月3日までに申し込む", 32)
    image = grey(among)
    for i, words in enumerate(("電話", "お客様の番号を確かめてから受け付けます", "A4.はい、できます。")):
        among.text(100, 420 + 90 * i, words, 32)
    crowded = grey(among)
    strip = (slice(280, 350), slice(80, 800))
    assert engine.read_line(image[strip], 200) == engine.read_line(crowded[strip], 200)


def test_rows_of_one_width_are_read_together_and_told_in_their_place(
    engine: PpOcrEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("電話", "部品の交換は十月三日までに申し込む", "番号", "部品の修理は十月五日までに申し込む", "時間")
    sheet = Sheet(1100, 800)
    for i, text in enumerate(words):
        sheet.text(100, 100 + 90 * i, text, 32)
    widths: list[int] = []
    recognise = engine._networks.recognise

    def watched(image: Floats) -> Floats:
        widths.append(image.shape[1])
        return recognise(image)

    monkeypatch.setattr(engine, "_networks", replace(engine._networks, recognise=watched))
    lines = engine.read(grey(sheet), 200)
    assert widths == sorted(widths) and len(set(widths)) > 1
    top_down = sorted(lines, key=lambda line: line.bounds[1])
    assert [line.text for line in top_down] == list(words)


def test_all_columns_of_a_page_are_read_upright(engine: PpOcrEngine) -> None:
    truth = ["電源を切ってから冷めるまで待ち、", "水で洗った部品をよく乾かして、", "元の場所に戻してください。"]
    truth += ["異常な音がするときは使わずに、", "お買い上げの店へ相談すること。"]
    sheet = Sheet(900, 1000)
    for n, words in enumerate(truth):
        sheet.column(780 - 90 * n, 80, words)
    lines = sorted(engine.read(grey(sheet), 200), key=lambda line: -line.bounds[0])
    assert ["".join(c for c in line.text if c not in "、。") for line in lines] == [
        "".join(c for c in words if c not in "、。") for words in truth
    ]
    assert all(line.vertical and not line.sideways for line in lines)


def test_columns_of_a_page_on_its_side_lie_on_their_side(engine: PpOcrEngine) -> None:
    sheet = Sheet(1000, 800)
    for n in range(5):
        sheet.text(80, 80 + 90 * n, "お手入れの前に電源プラグを抜いてください", 36)
    turned = np.ascontiguousarray(np.rot90(grey(sheet), -1))
    lines = engine.read(turned, 200)
    assert len(lines) == 5 and all(line.sideways for line in lines)


@pytest.mark.parametrize(("confidence", "text"), [(60.0, "使った物"), (99.0, "使つた物")])
def test_the_paper_decides_the_size_of_a_kana_only_where_the_engine_doubts(confidence: float, text: str) -> None:
    sheet = Sheet(400, 160)
    sheet.text(60, 60, "使った物", 48)
    spans = tuple((60.0 + 48 * i, 108.0 + 48 * i) for i in range(4))
    line = OcrLine("使つた物", upright_quad(50, 50, 260, 120), 90.0, spans, (99.0, confidence, 99.0, 99.0))
    assert settle_sizes(line, grey(sheet)) == replace(line, text=text)
