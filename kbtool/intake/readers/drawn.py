"""What is drawn on a PDF page beside its words: pictures, filled areas, and the straight strokes that rule tables.

Separate from the words because none of it needs a font. Boxes and strokes are in points of the page as shown. The
order of drawing is kept: what lies over a word hides it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kbtool.document import Box
from kbtool.intake.readers.native import Filler, Handle, addresses, of_each, pointer, whole

_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 2_000
#: Form objects in form objects; deeper ones are decoration, or a bomb.
_DEEPEST = 3
_OPAQUE = 250
#: Of 255. Ink at least this light shows only on something darker, and something this dark shows it.
LIGHTEST, DARKEST = 245, 200
#: Points. A stroke that leans less than this is level or upright.
_STRAIGHT = 0.3
#: Points. A filled shape thinner than this is a rule.
_NARROWEST_AREA = 3.0
#: A picture smaller than this share of the page is an icon.
_SMALLEST_PICTURE = 0.01

Matrix = npt.NDArray[np.float64]
Strokes = npt.NDArray[np.float64]

_count_objects = whole(pdfium_c.FPDFPage_CountObjects)
_object_at = pointer(pdfium_c.FPDFPage_GetObject)
_count_inside = whole(pdfium_c.FPDFFormObj_CountObjects)
_object_inside = pointer(pdfium_c.FPDFFormObj_GetObject)
_kind = whole(pdfium_c.FPDFPageObj_GetType)
_is_transparent = whole(pdfium_c.FPDFPageObj_HasTransparency)
_bounds = Filler(pdfium_c.FPDFPageObj_GetBounds, np.float32, (0, 0, 0, 0), parted=True)
_pixel_size = Filler(pdfium_c.FPDFImageObj_GetImagePixelSize, np.uint32, (0, 0), parted=True)
_matrix = Filler(pdfium_c.FPDFPageObj_GetMatrix, np.float32, (1, 0, 0, 1, 0, 0))
_fill_colour = Filler(pdfium_c.FPDFPageObj_GetFillColor, np.uint32, (0, 0, 0, 255), parted=True)
_draw_mode = Filler(pdfium_c.FPDFPath_GetDrawMode, np.int32, (0, 0), parted=True)
_count_segments = whole(pdfium_c.FPDFPath_CountSegments)
_segment_at = pointer(pdfium_c.FPDFPath_GetPathSegment)
_segment_kind = whole(pdfium_c.FPDFPathSegment_GetType)
_segment_closes = whole(pdfium_c.FPDFPathSegment_GetClose)
_segment_point = Filler(pdfium_c.FPDFPathSegment_GetPoint, np.float32, (0, 0), parted=True)
_UNMOVED: Matrix = np.array([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])


@dataclass(frozen=True, slots=True)
class Picture:
    """An image on the page; ``dpi`` its pixels an inch, ``place`` its rank in the order of drawing."""

    box: Box
    dpi: float
    place: int
    opaque: bool


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape: ``dark`` lets white words show on it, ``opaque`` hides what was drawn before."""

    box: Box
    place: int
    dark: bool
    opaque: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything but the words; ``places`` ranks all objects in the order of drawing, ``texts`` are those of words.

    ``strokes`` are rows of x0, y0, x1, y1, each level or upright.
    """

    pictures: tuple[Picture, ...]
    areas: tuple[Area, ...]
    shapes: tuple[Box, ...]
    strokes: Strokes
    places: dict[int, int]
    texts: tuple[int, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether the page is empty paper."""
        return not (self.pictures or self.areas or self.shapes or self.places)


@dataclass(frozen=True, slots=True)
class _Object:
    handle: Any
    kind: int
    place: int
    matrix: Matrix


def page_matrix(page: pdfium.PdfPage) -> Matrix:
    """Return the six numbers that take PDF coordinates to points of the page as shown, origin at the top left."""
    x0, y0, x1, y1 = page.get_bbox()
    return np.array(
        {
            0: (1.0, 0.0, 0.0, -1.0, -x0, y1),
            90: (0.0, 1.0, 1.0, 0.0, -y0, -x0),
            180: (-1.0, 0.0, 0.0, 1.0, x1, -y0),
            270: (0.0, -1.0, -1.0, 0.0, y1, x1),
        }[page.get_rotation()]
    )


def moved(corners: npt.NDArray[Any], matrix: Matrix) -> npt.NDArray[np.float64]:
    """Take boxes (rows of x0, y0, x1, y1, in any order of corners) through a matrix of quarter turns."""
    a, b, c, d, e, f = matrix.tolist()
    x0, y0, x1, y1 = corners.astype(np.float64).T
    left, right = a * x0 + c * y0 + e, a * x1 + c * y1 + e
    top, bottom = b * x0 + d * y0 + f, b * x1 + d * y1 + f
    sides = (np.minimum(left, right), np.minimum(top, bottom), np.maximum(left, right), np.maximum(top, bottom))
    return np.stack(sides, axis=1)


def read_drawn(page: pdfium.PdfPage) -> Drawn:
    """Look at all objects of a page, those in form objects included."""
    handle = Handle(page.raw)
    things, places, texts = _objects(of_each(_object_at, handle, min(_MOST_OBJECTS, _count_objects(handle.bare))))
    shown = page_matrix(page)
    paths = _Paths([thing for thing in things if thing.kind == pdfium_c.FPDF_PAGEOBJ_PATH], shown)
    images = [thing for thing in things if thing.kind == pdfium_c.FPDF_PAGEOBJ_IMAGE]
    return Drawn(
        tuple(_pictures(images, shown, page.get_size())),
        tuple(_areas(paths)),
        tuple(paths.boxes),
        _strokes(paths, shown),
        places,
        tuple(texts),
    )


def boxes_of(found: Sequence[int], page: pdfium.PdfPage) -> list[Box]:
    """Where the objects at these addresses stand on the page as shown; not for those in form objects."""
    things = [_Object(handle, 0, 0, _UNMOVED) for handle in addresses(found)]
    return _boxes(things, page_matrix(page))


def _objects(found: Sequence[int]) -> tuple[list[_Object], dict[int, int], list[int]]:
    """Images and paths, those inside form objects too, the rank of every object, and the objects of words."""
    things: list[_Object] = []
    order: list[int] = []
    texts: list[int] = []

    def look(found: Sequence[int], matrix: Matrix, depth: int) -> None:
        handles = addresses(found)
        for address, handle, kind in zip(found, handles, map(_kind, handles), strict=True):
            order.append(address)
            if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                texts.append(address)
            elif kind in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE):
                things.append(_Object(handle, kind, len(order), matrix))
            elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth and len(order) < _MOST_OBJECTS:
                count = min(_MOST_OBJECTS, _count_inside(handle))
                inside = [_object_inside(handle, index) for index in range(count)]
                look(inside, _product(_matrix.ask([handle], count=1)[0], matrix), depth - 1)

    look(found, _UNMOVED, _DEEPEST)
    return things[:_MOST_OBJECTS], dict(zip(order, range(1, len(order) + 1), strict=True)), texts


def _product(first: npt.NDArray[Any], second: Matrix) -> Matrix:
    """The matrix that does ``first`` and then ``second``."""
    a, b, c, d, e, f = (float(value) for value in first)
    g, h, i, j, k, m = second
    return np.array([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m])


def _boxes(things: Sequence[_Object], shown: Matrix) -> list[Box]:
    if not things:
        return []
    corners = _bounds.ask([thing.handle for thing in things], count=len(things))
    boxes = moved(corners, shown).tolist()
    for index, thing in enumerate(things):
        if thing.matrix is not _UNMOVED:
            boxes[index] = moved(corners[index : index + 1], _product(thing.matrix, shown))[0].tolist()
    return [Box(*box) for box in boxes]


def _pictures(images: Sequence[_Object], shown: Matrix, size: tuple[float, float]) -> Iterator[Picture]:
    for thing, box in zip(images, _boxes(images, shown), strict=True):
        x0, y0 = max(0.0, box.x0), max(0.0, box.y0)
        inside = Box(x0, y0, max(x0, min(size[0], box.x1)), max(y0, min(size[1], box.y1)))
        if inside.width * inside.height < _SMALLEST_PICTURE * size[0] * size[1]:
            continue
        width, height = _pixel_size.ask([thing.handle], count=1)[0].tolist()
        dpi = 72 * max(width, height) / max(box.width, box.height, 1.0)
        yield Picture(inside, dpi, thing.place, not _is_transparent(thing.handle))


class _Paths:
    """The paths of a page: where they stand, and how they are filled and outlined."""

    def __init__(self, things: Sequence[_Object], shown: Matrix) -> None:
        self.things = things
        self.handles = [thing.handle for thing in things]
        self.boxes = _boxes(things, shown)
        self.colours = _fill_colour.ask(self.handles, count=len(things))
        self.modes = _draw_mode.ask(self.handles, count=len(things))


def _areas(paths: _Paths) -> Iterator[Area]:
    filled = paths.modes[:, 0].tolist()
    for thing, box, fill, (*colour, alpha) in zip(
        paths.things, paths.boxes, filled, paths.colours.tolist(), strict=True
    ):
        if fill and box.width > _NARROWEST_AREA and box.height > _NARROWEST_AREA:
            opaque = alpha >= _OPAQUE and not _is_transparent(thing.handle)
            yield Area(box, thing.place, alpha >= _OPAQUE / 2 and min(colour) < DARKEST, opaque)


def _strokes(paths: _Paths, shown: Matrix) -> Strokes:
    inked = paths.modes.sum(axis=1).tolist()
    counts = [
        min(_MOST_SEGMENTS, _count_segments(handle)) if ink else 0
        for handle, ink in zip(paths.handles, inked, strict=True)
    ]
    owner = np.repeat(np.arange(len(counts)), counts)
    segments = addresses(_segment_at(paths.handles[path], n) for path, count in enumerate(counts) for n in range(count))
    if not segments:
        return np.empty((0, 4))
    matrices = _matrix.ask(paths.handles, count=len(counts)).astype(np.float64)
    for index, thing in enumerate(paths.things):
        if thing.matrix is not _UNMOVED:
            matrices[index] = _product(matrices[index], thing.matrix)
    places = _at(_at(_segment_point.ask(segments, count=len(segments)), matrices[owner]), shown[None, :])
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
