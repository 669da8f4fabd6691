"""Two pages on one sheet, taken apart: each half is laid out as the page it is, its own headers and all."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from kbtool.document import Box
from kbtool.reading import PageReading

T = TypeVar("T")


def halves_of(reading: PageReading, *, from_right: bool) -> tuple[PageReading, ...]:
    """The reading of each half in reading order; the reading itself where the sheet holds one page.

    Boxes stay where they are on the sheet.
    """
    if reading.gutter_pt is None:
        return (reading,)
    left, right = _side(reading, is_left=True), _side(reading, is_left=False)
    return (right, left) if from_right else (left, right)


def _side(reading: PageReading, *, is_left: bool) -> PageReading:
    gutter = reading.gutter_pt or 0.0

    def kept(items: tuple[T, ...], box_of: Callable[[T], Box]) -> tuple[T, ...]:
        return tuple(item for item in items if (box_of(item).centre[0] < gutter) == is_left)

    return replace(
        reading,
        lines=kept(reading.lines, lambda line: line.box),
        grids=kept(reading.grids, lambda grid: grid.box),
        figures=kept(reading.figures, lambda box: box),
        stamps=kept(reading.stamps, lambda stamp: stamp.box),
        fields=kept(reading.fields, lambda field: field.box),
        ruby=kept(reading.ruby, lambda ruby: ruby.box),
    )
