"""Engines: the pair, what is missing, and what they promise."""

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytesseract
import pytest

from kbtool.errors import EnvironmentMissing, SourceError, UsageError
from kbtool.messages import catalogue
from kbtool.recognise import RecogniseOptions, engine_status, fingerprint, recognise
from kbtool.recognise.engines import OcrLine, engine_for, ppocr_models, tesseract
from kbtool.recognise.engines.auto import AutoEngine, is_better
from kbtool.recognise.engines.line import upright_quad
from kbtool.recognise.engines.ppocr import PpOcrEngine
from kbtool.recognise.engines.spacing import open_up
from kbtool.recognise.engines.tesseract import TesseractEngine
from kbtool.recognise.raster import Grey
from tests.recognise.paper import Sheet, error_rate


def grey(words: str) -> Grey:
    sheet = Sheet(900, 160)
    sheet.text(60, 60, words, 36)
    return np.asarray(sheet.image.convert("L"), np.uint8)


class Doubting(PpOcrEngine):
    """PP-OCR that misreads a character and is not sure of it: what the pair is for."""

    def read(self, image: Grey, dpi: float) -> tuple[OcrLine, ...]:
        return tuple(
            replace(line, text=line.text.replace("水", "氷"), confidence=61.0) for line in super().read(image, dpi)
        )


def test_a_doubtful_line_is_taken_from_tesseract() -> None:
    pair = AutoEngine(Doubting(), TesseractEngine(), 90.0)
    image = grey("タンクの水を毎日替える")
    (line,) = pair.read(image, 200)
    line = open_up(line, image)  # Tesseract's boxes are rough: the paper tells where spaces are
    assert (line.text, line.engine) == ("タンクの水を毎日替える", "tesseract")
    assert 60 <= line.spans[0][0] <= 70  # positions are those of the page, not of the crop


def test_a_row_of_rings_is_not_asked_about() -> None:
    class Ringed(PpOcrEngine):
        def read(self, image: Grey, dpi: float) -> tuple[OcrLine, ...]:
            return tuple(replace(line, text="○○", confidence=61.0) for line in super().read(image, dpi))

    pair = AutoEngine(Ringed(), TesseractEngine(), 90.0)
    (line,) = pair.read(grey("水と氷"), 200)
    assert (line.text, line.engine) == ("○○", "ppocr")


def test_a_sure_line_stays() -> None:
    (line,) = engine_for(RecogniseOptions()).read(grey("お届け予定日の10日前まで"), 200)
    assert (line.text, line.engine) == ("お届け予定日の10日前まで", "ppocr")


@pytest.mark.parametrize(
    ("text", "confidence", "better"),
    [
        ("解約の受付", 92.0, True),
        ("解約の受付", 74.0, False),
        ("解約", 96.0, False),
        ("解約の受付と理由の記入", 96.0, False),
    ],
)
def test_when_the_second_opinion_counts(text: str, confidence: float, better: bool) -> None:
    spans = tuple((float(i), float(i + 1)) for i in range(5))
    first = OcrLine("解的の受付", upright_quad(0, 0, 5, 1), 70.0, spans, (70.0,) * 5)
    assert is_better(replace(first, text=text, confidence=confidence), first) is better


def test_no_network_of_chinese_look_alikes() -> None:
    characters = ppocr_models.load(("jpn",)).characters
    assert "対" in characters and "对" not in characters


def test_onnxruntime_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "openvino" else find(name))
    engine = PpOcrEngine()
    assert "onnxruntime" in engine.fingerprint
    assert [line.text for line in engine.read(grey("タンクの水を毎日替える"), 200)] == ["タンクの水を毎日替える"]


# --- what is missing ---


def test_without_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> str:
        raise pytesseract.TesseractNotFoundError

    tesseract.version.cache_clear()
    tesseract.installed_languages.cache_clear()
    monkeypatch.setattr(pytesseract, "get_tesseract_version", absent)
    try:
        with pytest.raises(EnvironmentMissing) as missing:
            TesseractEngine()
        assert missing.value.code == "recognise_tesseract_missing"
        assert missing.value.params["command"] == "sudo apt-get install -y tesseract-ocr tesseract-ocr-jpn"
        status = engine_status()[0]
        assert (status.available, status.hint) == (False, "recognise_tesseract_missing")
        assert dict(status.params)["command"] in catalogue("ja")[status.hint].format(**dict(status.params))
    finally:
        tesseract.version.cache_clear()
        tesseract.installed_languages.cache_clear()


def test_without_the_language() -> None:
    with pytest.raises(EnvironmentMissing) as missing:
        TesseractEngine(("jpn", "xyz_vert"))
    assert missing.value.code == "recognise_language_missing"
    assert missing.value.params["command"] == "sudo apt-get install -y tesseract-ocr-xyz-vert"


def test_without_the_language_where_the_user_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    tesseract.installed_languages.cache_clear()
    try:
        with pytest.raises(EnvironmentMissing) as missing:
            TesseractEngine()
        status = engine_status()[0]
    finally:
        tesseract.installed_languages.cache_clear()
    assert missing.value.code == status.hint == "recognise_language_elsewhere"
    assert str(tmp_path) in catalogue("ja")[status.hint].format(**dict(status.params))


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ppocr_models, "installed", lambda: False)
    with pytest.raises(EnvironmentMissing) as missing:
        PpOcrEngine()
    assert missing.value.code == "recognise_ppocr_missing"
    assert fingerprint(RecogniseOptions(engine="auto")) == fingerprint(RecogniseOptions(engine="tesseract"))
    assert [(s.name, s.available) for s in engine_status()] == [("tesseract", True), ("ppocr", False)]


def test_an_unknown_engine() -> None:
    with pytest.raises(UsageError) as unknown:
        engine_for(RecogniseOptions(engine="crystal-ball"))
    assert "ppocr" in str(unknown.value.params["known"])


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (pytesseract.TesseractError(1, "broken"), "recognise_engine_failed"),
        (RuntimeError("Tesseract process timeout"), "recognise_timeout"),
    ],
)
def test_a_failing_program_is_one_failed_page(monkeypatch: pytest.MonkeyPatch, fault: Exception, code: str) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise fault

    monkeypatch.setattr(pytesseract, "image_to_data", fail)
    sheet = Sheet(400, 200)
    sheet.text(40, 60, "お電話", 36)
    with pytest.raises(SourceError) as failed:
        recognise(sheet.raster(), 1, RecogniseOptions(engine="tesseract"))
    assert failed.value.code == code
    assert set(failed.value.params) >= {"engine"}


def test_tesseract_reads_columns() -> None:
    sheet = Sheet(700, 1000)
    for n, words in enumerate(
        ("電源を切ってから冷めるまで待ち", "水で洗った部品をよく乾かして", "元の場所に戻してください")
    ):
        sheet.column(500 - 90 * n, 80, words)
    reading = recognise(sheet.raster(), 1, RecogniseOptions(engine="tesseract"))
    read = [line.text for line in sorted(reading.lines, key=lambda line: -line.box.x0)]
    assert (
        error_rate("".join(read), "電源を切ってから冷めるまで待ち水で洗った部品をよく乾かして元の場所に戻してください")
        <= 0.1
    )
    assert all(line.vertical for line in reading.lines)
