"""Bounds on single values from the other side of the boundary: each returns what it was given, checked, or raises.

For ``typed`` and the modules named ``untrusted``; what fails raises ``BadFrame``.
"""

import math
import unicodedata
from array import array
from collections.abc import Sequence
from typing import Any

from kbtool.document import Box, Cell
from kbtool.intake.frames import BadFrame
from kbtool.reading import GridCell

_CLEANED = ("Cc", "Cf", "Cs", "Zl", "Zp")


def as_list(untrusted: object, most: int, fewest: int = 0) -> list[Any]:
    """A list of bounded length."""
    if not isinstance(untrusted, list) or not fewest <= len(untrusted) <= most:
        raise BadFrame
    return untrusted


def as_integer(untrusted: object, least: int, most: int) -> int:
    """A whole number within its bounds."""
    if not isinstance(untrusted, int) or isinstance(untrusted, bool) or not least <= untrusted <= most:
        raise BadFrame
    return untrusted


def as_number(untrusted: object, least: float, most: float) -> float:
    """A number within its bounds."""
    if not isinstance(untrusted, int | float) or isinstance(untrusted, bool) or not least <= untrusted <= most:
        raise BadFrame
    return float(untrusted)


def clamped(untrusted: object, least: float, most: float) -> float:
    """A finite number, brought within its bounds."""
    if not isinstance(untrusted, int | float) or isinstance(untrusted, bool) or not math.isfinite(untrusted):
        raise BadFrame
    return min(most, max(least, float(untrusted)))


def as_box(untrusted: object, paper: Box) -> Box:
    """A box brought inside the paper; boxes of glyphs often reach a little beyond."""
    x0, y0, x1, y1 = as_list(untrusted, 4, 4)
    left, top = clamped(x0, 0.0, paper.x1), clamped(y0, 0.0, paper.y1)
    return Box(left, top, max(left, clamped(x1, 0.0, paper.x1)), max(top, clamped(y1, 0.0, paper.y1)))


def as_numbers(untrusted_payload: bytes, count: int, least: float, most: float) -> list[float]:
    """So many 32-bit numbers, each within the bounds."""
    if len(untrusted_payload) != 4 * count:
        raise BadFrame
    numbers = array("f", untrusted_payload).tolist()
    if numbers and not (math.isfinite(sum(numbers)) and least <= min(numbers) and max(numbers) <= most):
        raise BadFrame
    return numbers


def demand_area(cells: Sequence[Cell] | Sequence[GridCell], most: int) -> None:
    """Refuse cells that take more than ``most`` places, as a table or together: a lie about spans costs gigabytes."""
    rows = max((cell.row + cell.row_span for cell in cells), default=0)
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    if max(rows * columns, sum(cell.row_span * cell.column_span for cell in cells)) > most:
        raise BadFrame


def as_flags(untrusted: object, count: int) -> list[bool]:
    """So many flags."""
    flags = as_list(untrusted, count, count)
    if not all(flag is True or flag is False for flag in flags):
        raise BadFrame
    return flags


def as_line(untrusted: object, longest: int) -> str:
    """One line of text that is not empty, controls made spaces."""
    if not isinstance(untrusted, str) or not 0 < len(untrusted) <= longest:
        raise BadFrame
    return cleaned(untrusted)


def as_text(untrusted: object, longest: int) -> str:
    """Text of bounded length; line ends and tabs stay, other controls become spaces."""
    if not isinstance(untrusted, str) or len(untrusted) > longest:
        raise BadFrame
    return "\n".join("\t".join(cleaned(part) for part in line.split("\t")) for line in untrusted.split("\n"))


def cleaned(text: str) -> str:
    """Put a space for each control, direction and surrogate character, so that positions stay."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(char) in _CLEANED else char for char in text)
