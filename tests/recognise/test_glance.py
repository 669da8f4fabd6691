"""A glance at a few lines tells which way up a page is, whatever is written on it."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from kbtool.recognise import RecogniseOptions
from kbtool.recognise.engines import engine_for
from kbtool.recognise.engines.line import Glancing, OcrLine, upright_quad
from kbtool.recognise.glance import turn_of
from kbtool.recognise.raster import Grey
from tests.recognise.paper import DPI, Sheet


def rows() -> Grey:
    sheet = Sheet()
    for i, words in enumerate(("電源が入らないときは", "保証書を確認してください。", "部品の交換は有料です。")):
        sheet.text(120, 150 + 90 * i, words)
    return grey(sheet)


def columns() -> Grey:
    sheet = Sheet(800, 1100)
    for i, words in enumerate(("受付時間は平日の九時から", "返品は八日以内に限ります", "保証書を確認してください")):
        sheet.column(600 - 90 * i, 150, words)
    return grey(sheet)


def table() -> Grey:
    sheet = Sheet()
    xs, ys = [100, 350, 600, 850], [100 + 60 * i for i in range(9)]
    sheet.rules(xs, ys)
    for row, y in enumerate(ys[:-1]):
        for column, x in enumerate(xs[:-1]):
            sheet.text(x + 20, y + 12, ("フィルター", f"AB-{row}7", "部品の交換")[(row + column) % 3])
    return grey(sheet)


def title() -> Grey:
    sheet = Sheet()
    sheet.text(200, 300, "操作マニュアル", 70)
    return grey(sheet)


def grey(sheet: Sheet) -> Grey:
    return np.ascontiguousarray(sheet.raster().pixels[..., 0])


@pytest.mark.parametrize("engine", ["ppocr", "tesseract"])
@pytest.mark.parametrize("draw", [rows, table])
def test_every_way_is_told(draw: Callable[[], Grey], engine: str) -> None:
    reader = engine_for(RecogniseOptions(engine=engine))
    assert isinstance(reader, Glancing)
    page = draw()
    turned = {degrees: np.ascontiguousarray(np.rot90(page, degrees // 90)) for degrees in (0, 90, 180, 270)}
    assert {degrees: turn_of(image, DPI, reader) for degrees, image in turned.items()} == {d: d for d in turned}


class Misled:
    """Reads rows laid down as columns best, as happens where small rows are taken for one line."""

    def __init__(self) -> None:
        self.glances = 0

    def glance(self, images: Sequence[Grey], dpi: float) -> list[OcrLine | None]:
        assert len(images) == 2  # as it stands and turned by 90 degrees, then by 180 and 270
        self.glances += 1
        text = "消耗品の交換は有料です"
        spans = tuple((float(at), float(at + 1)) for at in range(len(text)))
        line = OcrLine(text, upright_quad(0, 0, len(text), 1), 99.0, spans, (99.0,) * len(text))
        return [None, line if self.glances % 2 == 0 else None]


def test_rows_that_read_well_as_columns_tell_nothing() -> None:
    assert turn_of(rows(), DPI, Misled()) is None


def test_columns_are_read_to_be_sure() -> None:
    reader = engine_for(RecogniseOptions(engine="ppocr"))
    assert isinstance(reader, Glancing)
    assert turn_of(columns(), DPI, reader) is None


def test_a_title_tells() -> None:
    reader = engine_for(RecogniseOptions(engine="ppocr"))
    assert isinstance(reader, Glancing)
    assert turn_of(np.ascontiguousarray(np.rot90(title(), 2)), DPI, reader) == 180


def test_an_empty_page_and_scribble_tell_nothing() -> None:
    reader = engine_for(RecogniseOptions(engine="ppocr"))
    assert isinstance(reader, Glancing)
    sheet = Sheet()
    walk = np.random.default_rng(5).normal(0, 14, (400, 2)).cumsum(axis=0)
    walk = (walk - walk.min(axis=0)) / np.ptp(walk, axis=0) * (800, 500) + (100, 100)
    sheet.draw.line([(float(x), float(y)) for x, y in walk], fill="black", width=4)
    assert [turn_of(grey(page), DPI, reader) for page in (Sheet(), sheet)] == [None, None]


class Counting:
    """Reads with PP-OCR and counts."""

    def __init__(self) -> None:
        reader = engine_for(RecogniseOptions(engine="ppocr"))
        assert isinstance(reader, Glancing)
        self._reader = reader
        self.read = 0

    def glance(self, images: Sequence[Grey], dpi: float) -> list[OcrLine | None]:
        self.read += len(images)
        return self._reader.glance(images, dpi)


@pytest.mark.parametrize(("turn", "looks"), [(0, 2), (2, 4)])
def test_a_row_that_reads_as_a_whole_is_looked_at_two_ways(turn: int, looks: int) -> None:
    engine = Counting()
    assert turn_of(np.ascontiguousarray(np.rot90(rows(), turn)), DPI, engine) == 90 * turn
    assert engine.read == looks
