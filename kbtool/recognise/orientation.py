"""Which way up a page is.

A glance at a few lines tells of most pages. Where it does not (a sparse page, handwriting, an engine that cannot
glance) the page is read: an upright one reads surely, a turned one does not. Only a page that reads badly is read again
turned, and turned only where that reads clearly better.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from kbtool.recognise.engines import OcrLine

#: A page this sure, in percent, is upright whatever the other ways would give; Tesseract rates faint print lower, and
#: pages that lie wrong below 45.
_SURE, _SURE_OF_TESSERACT = 88.0, 65.0
#: Turning a page must make it better by so much; a page of handwriting reads badly all ways.
_CLEARLY = 1.15
_TURNS = (90, 270, 180)
#: Where letters lie on their side, engines read them turned anticlockwise, so that turn is tried first.
_TURNS_OF_SIDEWAYS = (270, 90, 180)
#: Characters that count: dots and dashes read the same upside down.
_EMPTY = frozenset(" .,、。・-ー一―…|Il1l!:;'\"()~_")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turned(Generic[T]):
    """What a page gave when turned clockwise by ``degrees``."""

    degrees: int
    reading: T


def upright(
    read: Callable[[int], T], lines_of: Callable[[T], tuple[OcrLine, ...]], told: int | None = None
) -> Turned[T]:
    """Read a page the right way up: ``read`` turns it clockwise by the degrees given and reads it.

    ``told`` is what a glance at a few lines said; where they said nothing, the page is read until it reads surely.
    """
    if told is not None:
        return Turned(told, read(told))
    best = Turned(0, read(0))
    if _is_sure(lines_of(best.reading)) or not lines_of(best.reading):
        return best
    for degrees in _TURNS_OF_SIDEWAYS if _is_sideways(lines_of(best.reading)) else _TURNS:
        other = Turned(degrees, read(degrees))
        if _weight(lines_of(other.reading)) > _CLEARLY * _weight(lines_of(best.reading)):
            best = other
            if _is_sure(lines_of(best.reading)):
                break
    return best


def _is_sideways(lines: tuple[OcrLine, ...]) -> bool:
    return sum(len(line.text) if line.sideways else -len(line.text) for line in lines) > 0


def _is_sure(lines: tuple[OcrLine, ...]) -> bool:
    by_tesseract = all(line.engine == "tesseract" for line in lines)
    return _sureness(lines) >= (_SURE_OF_TESSERACT if by_tesseract else _SURE)


def _sureness(lines: tuple[OcrLine, ...]) -> float:
    """Mean confidence of the characters that tell."""
    sure = _telling(lines)
    return sum(sure) / len(sure) if sure else 0.0


def _weight(lines: tuple[OcrLine, ...]) -> float:
    """How much was read, doubtful characters counting for little."""
    return sum((confidence / 100) ** 4 for confidence in _telling(lines))


def _telling(lines: tuple[OcrLine, ...]) -> list[float]:
    """Confidences of the characters that tell; what lies on its side speaks against the way the page stands."""
    return [
        0.0 if line.sideways else confidence
        for line in lines
        for character, confidence in zip(line.text, line.confidences, strict=True)
        if character not in _EMPTY
    ]
