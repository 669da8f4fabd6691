"""A piece of a line: what the room works with between a reading and its blocks."""

from collections.abc import Sequence
from dataclasses import dataclass

from kbtool.document import Box, Method
from kbtool.reading import Line


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together on one line; boxes in points of the upright page.

    ``flow`` is the same box as a horizontal writer sees it (x along the writing, y from line to line), so that
    vertical writing, whose lines follow each other from right to left, needs no rules of its own.
    ``tabular`` marks a row of words with wide gaps between them, ``linked`` a line of a table of contents.
    """

    text: str
    box: Box
    flow: Box
    size_pt: float
    confidence: float = 100.0
    min_confidence: float = 100.0
    bold: bool = False
    vertical: bool = False
    engine: str = ""
    tabular: bool = False
    method: Method | None = None
    linked: bool = False


def piece_of(line: Line, start: int = 0, end: int | None = None, *, sideways: bool = False) -> Piece | None:
    """Cut characters ``start`` to ``end`` out of a line; None when nothing but white space is left.

    ``sideways``: the page is written vertically, so ``flow`` is turned.
    """
    end = len(line.text) if end is None else end
    while start < end and line.text[start].isspace():
        start += 1
    while start < end and line.text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    whole = start == 0 and end == len(line.text)
    box = line.box if whole or len(line.spans) != len(line.text) else _cut(line, start, end)
    mean, least = _sureness(line, start, end)
    flow = turned(box) if sideways else box
    return Piece(
        line.text[start:end],
        box,
        flow,
        line.size_pt,
        mean,
        least,
        line.bold,
        line.vertical,
        line.engine,
        method=line.method,
    )


def turned(box: Box) -> Box:
    """A box of a vertically written page as a horizontal writer would see it; boxes need not be positive."""
    return Box(box.y0, -box.x1, box.y1, -box.x0)


def sureness(pieces: Sequence[Piece]) -> tuple[float, float]:
    """Mean (by characters) and least confidence of some pieces, in percent."""
    count = sum(len(piece.text) for piece in pieces)
    if not count:
        return 100.0, 100.0
    mean = sum(piece.confidence * len(piece.text) for piece in pieces) / count
    return mean, min(piece.min_confidence for piece in pieces)


def least_exact(pieces: Sequence[Piece]) -> Piece | None:
    """Words that were not read as their page was: where only some of a block were recognised, it was recognised."""
    others = [piece for piece in pieces if piece.method]
    return next((piece for piece in others if piece.method is Method.OCR), others[0] if others else None)


def _cut(line: Line, start: int, end: int) -> Box:
    first, last = line.spans[start][0], line.spans[end - 1][1]
    if line.vertical:
        return Box(line.box.x0, first, line.box.x1, max(first, last))
    return Box(first, line.box.y0, max(first, last), line.box.y1)


def _sureness(line: Line, start: int, end: int) -> tuple[float, float]:
    chosen = line.confidences[start:end] if len(line.confidences) == len(line.text) else ()
    if not chosen:
        return line.confidence, line.confidence
    return sum(chosen) / len(chosen), min(chosen)
