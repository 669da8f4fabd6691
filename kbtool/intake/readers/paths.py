"""The paths of a PDF page: the areas they fill, and the straight strokes that rule tables.

Separate from the other objects because a path is known by its segments; strokes are in points of the page as shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

from kbtool.document import Box
from kbtool.intake.readers.native import Filler, addresses, pointer, whole
from kbtool.intake.readers.objects import UNMOVED, Matrix, Thing, is_transparent, matrices, places_on, product

_MOST_SEGMENTS = 2_000
_OPAQUE = 250
#: Of 255. Ink at least this light shows only on something darker, and something this dark shows it.
LIGHTEST, DARKEST = 245, 200
#: Points. A stroke that leans less than this is level or upright.
_STRAIGHT = 0.3
#: Points. A filled shape thinner than this is a rule.
_NARROWEST_AREA = 3.0
#: A box is a start and four lines; a path of more segments may be any shape, which hides what is under it when it
#: fills this share of its box.
_SIDES_OF_A_BOX, _COVERING = 5, 0.7

Strokes = npt.NDArray[np.float64]

_fill_colour = Filler(pdfium_c.FPDFPageObj_GetFillColor, np.uint32, (0, 0, 0, 255), parted=True)
_draw_mode = Filler(pdfium_c.FPDFPath_GetDrawMode, np.int32, (0, 0), parted=True)
_count_segments = whole(pdfium_c.FPDFPath_CountSegments)
_segment_at = pointer(pdfium_c.FPDFPath_GetPathSegment)
_segment_kind = whole(pdfium_c.FPDFPathSegment_GetType)
_segment_closes = whole(pdfium_c.FPDFPathSegment_GetClose)
_segment_point = Filler(pdfium_c.FPDFPathSegment_GetPoint, np.float32, (0, 0), parted=True)


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape: ``dark`` lets white words show on it, ``opaque`` hides what was drawn before."""

    box: Box
    place: int
    dark: bool
    opaque: bool


class Paths:
    """The paths of a page: where they stand, and how they are filled and outlined."""

    def __init__(self, things: Sequence[Thing], shown: Matrix) -> None:
        self.things = things
        self.handles = [thing.handle for thing in things]
        self.places = places_on(things, shown)
        self.colours = _fill_colour.ask(self.handles, count=len(things))
        self.modes = _draw_mode.ask(self.handles, count=len(things))


def areas_of(paths: Paths) -> Iterator[Area]:
    """The shapes that are filled and no rules."""
    reach = paths.places[:, 2:] - paths.places[:, :2]
    filled = (paths.modes[:, 0] != 0) & (reach > _NARROWEST_AREA).all(axis=1)
    for n in np.flatnonzero(filled).tolist():
        thing, (*colour, alpha) = paths.things[n], paths.colours[n].tolist()
        opaque = alpha >= _OPAQUE and not is_transparent(thing.handle) and _fills(thing.handle, int(paths.modes[n, 0]))
        yield Area(Box(*paths.places[n].tolist()), thing.place, alpha >= _OPAQUE / 2 and min(colour) < DARKEST, opaque)


def _fills(path: Any, mode: int) -> bool:
    """Whether a filled path covers most of the box round it: outlined brackets and frames leave what is inside."""
    count = _count_segments(path)
    if count <= _SIDES_OF_A_BOX:
        return True
    segments = addresses(_segment_at(path, n) for n in range(min(_MOST_SEGMENTS, count)))
    points = _segment_point.ask(segments, count=len(segments)).astype(np.float64)
    starts = [n for n, segment in enumerate(segments) if _segment_kind(segment) == pdfium_c.FPDF_SEGMENT_MOVETO]
    parts = [_inside(part) for part in np.split(points, starts) if len(part)]
    winds = mode == pdfium_c.FPDF_FILLMODE_WINDING
    area = abs(sum(parts)) if winds else 2 * max(map(abs, parts)) - sum(map(abs, parts))
    width, height = points.max(axis=0) - points.min(axis=0)
    return bool(area >= _COVERING * width * height)


def _inside(points: npt.NDArray[np.float64]) -> float:
    """The area of a polygon, below zero where it runs the other way round (shoelace formula)."""
    x, y = points.T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def strokes_of(paths: Paths, shown: Matrix) -> Strokes:
    """Level and upright strokes, rows of x0, y0, x1, y1 in points of the page as shown."""
    inked = paths.modes.sum(axis=1).tolist()
    counts = [
        min(_MOST_SEGMENTS, _count_segments(handle)) if ink else 0
        for handle, ink in zip(paths.handles, inked, strict=True)
    ]
    owner = np.repeat(np.arange(len(counts)), counts)
    each = (map(_segment_at, repeat(handle), range(count)) for handle, count in zip(paths.handles, counts, strict=True))
    segments = addresses(chain.from_iterable(each))
    if not segments:
        return np.empty((0, 4))
    own = matrices.ask(paths.handles, count=len(counts)).astype(np.float64)
    for index, thing in enumerate(paths.things):
        if thing.matrix is not UNMOVED:
            own[index] = product(own[index], thing.matrix)
    places = _at(_at(_segment_point.ask(segments, count=len(segments)), own[owner]), shown[None, :])
    kinds = np.array(list(map(_segment_kind, segments)))
    sides, owners = _sides(places, kinds, np.array(list(map(_segment_closes, segments))) > 0, owner)
    shared = _shared(sides, owners, paths.colours, paths.modes[:, 1] == 0)
    sides, owners = sides[~shared], owners[~shared]
    curved = set(owner[kinds == pdfium_c.FPDF_SEGMENT_BEZIERTO].tolist())
    if not curved:
        return sides
    rounded = [_rounded(sides[owners == path], places[owner == path]) for path in sorted(curved)]
    return np.concatenate([sides[~np.isin(owners, list(curved))], *rounded])


def _at(points: npt.NDArray[Any], matrices: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    x, y = points[:, 0].astype(np.float64), points[:, 1].astype(np.float64)
    a, b, c, d, e, f = matrices.T
    return np.stack([a * x + c * y + e, b * x + d * y + f], axis=1)


def _sides(
    places: npt.NDArray[Any], kinds: npt.NDArray[Any], closing: npt.NDArray[Any], owner: npt.NDArray[Any]
) -> tuple[Strokes, npt.NDArray[Any]]:
    """Level and upright sides of all paths, and the path each belongs to."""
    index = np.arange(len(places))
    start = np.maximum.accumulate(np.where(kinds == pdfium_c.FPDF_SEGMENT_MOVETO, index, 0))
    drawn = index[kinds == pdfium_c.FPDF_SEGMENT_LINETO]
    ends = np.concatenate([drawn, index[closing]])
    first, second = places[np.concatenate([drawn - 1, start[closing]])], places[ends]
    straight = (np.abs(first - second) <= _STRAIGHT).any(axis=1) & (np.abs(first - second) > _STRAIGHT).any(axis=1)
    sides = np.concatenate([np.minimum(first, second), np.maximum(first, second)], axis=1)
    return sides[straight], owner[ends][straight]


def _shared(
    sides: Strokes, owners: npt.NDArray[Any], colours: npt.NDArray[Any], plain: npt.NDArray[Any]
) -> npt.NDArray[np.bool_]:
    """Which sides part two filled shapes of one colour, and so show nothing; ``plain`` shapes have no outline."""
    found: dict[tuple[object, ...], list[int]] = {}
    keys = zip(np.rint(2 * sides).tolist(), owners.tolist(), strict=True)
    for index, (side, owner) in enumerate(keys):
        if plain[owner]:
            found.setdefault((*side, *colours[owner].tolist()), []).append(index)
    shared = np.zeros(len(sides), np.bool_)
    for same in found.values():
        if len({int(owners[index]) for index in same}) > 1:
            shared[same] = True
    return shared


def _rounded(sides: Strokes, places: npt.NDArray[Any]) -> Strokes:
    """A box with round corners gives its four sides whole; other curves are drawings and give none."""
    (x0, y0), (x1, y1) = places.min(axis=0), places.max(axis=0)
    edges = np.array([(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)])
    return edges if all(_runs_along(sides, edge) for edge in edges) else np.empty((0, 4))


def _runs_along(sides: Strokes, edge: npt.NDArray[Any]) -> bool:
    """Whether one of the strokes lies on an edge and is at least half as long."""
    across, along = (1, 0) if edge[1] == edge[3] else (0, 1)
    on = (np.abs(sides[:, [across, across + 2]] - edge[across]) <= _STRAIGHT).all(axis=1)
    return bool((on & (sides[:, along + 2] - sides[:, along] >= 0.5 * (edge[along + 2] - edge[along]))).any())
