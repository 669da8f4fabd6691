"""The engines: found by name, loaded once in a process and kept.

An engine is a class named by an entry point of the group ``kbtool.ocr_engines`` (see ``line.Engine``); third parties
add theirs the same way. ``auto`` is not one of them but a pair.
"""

import importlib.metadata
from dataclasses import dataclass
from functools import cache

from kbtool.errors import EnvironmentMissing, UsageError
from kbtool.reading import ENGINE_GROUP
from kbtool.recognise.engines import ppocr_models
from kbtool.recognise.engines.line import Engine, OcrLine
from kbtool.recognise.raster import RecogniseOptions

__all__ = ["Engine", "EngineStatus", "OcrLine", "engine_for", "engine_status"]


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """Whether an engine can work here; ``hint`` is the message that says what to install, with its parameters."""

    name: str
    available: bool
    version: str = ""
    languages: tuple[str, ...] = ()
    hint: str = ""
    params: tuple[tuple[str, str], ...] = ()


def engine_for(options: RecogniseOptions) -> Engine:
    """The engine of these options; raises EnvironmentMissing or UsageError."""
    if options.engine != "auto":
        return _load(options.engine, options.languages)
    if not ppocr_models.installed():
        return _load("tesseract", options.languages)
    return _pair(options.languages, options.doubtful_below)


@cache
def _load(name: str, languages: tuple[str, ...]) -> Engine:
    points = importlib.metadata.entry_points(group=ENGINE_GROUP)
    if name not in points.names:
        known = ", ".join(["auto", *sorted(points.names)])
        raise UsageError("recognise_engine_unknown", engine=name, known=known)
    engine: Engine = points[name].load()(languages)
    return engine


@cache
def _pair(languages: tuple[str, ...], doubtful_below: float) -> Engine:
    from kbtool.recognise.engines.auto import AutoEngine
    from kbtool.recognise.engines.ppocr import PpOcrEngine
    from kbtool.recognise.engines.tesseract import TesseractEngine

    return AutoEngine(PpOcrEngine(languages), TesseractEngine(languages), doubtful_below)


def engine_status(languages: tuple[str, ...] = ("jpn",)) -> tuple[EngineStatus, ...]:
    """What ``doctor`` shows of each engine, without loading any."""
    return _tesseract_status(languages), _ppocr_status()


def _tesseract_status(languages: tuple[str, ...]) -> EngineStatus:
    from kbtool.recognise.engines import tesseract

    try:
        here, version = tesseract.installed_languages(), tesseract.version()
    except EnvironmentMissing as error:
        return EngineStatus("tesseract", False, hint=error.code, params=_texts(error))
    missing = [language for language in languages if language not in here]
    if not missing:
        return EngineStatus("tesseract", True, version, here)
    lacking = tesseract.without_languages(missing)
    return EngineStatus("tesseract", False, version, here, lacking.code, _texts(lacking))


def _ppocr_status() -> EngineStatus:
    if not ppocr_models.installed():
        return EngineStatus("ppocr", False, hint="recognise_ppocr_missing")
    return EngineStatus("ppocr", True, ppocr_models.version(), ("jpn", "eng"))


def _texts(error: EnvironmentMissing) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in error.params.items())
