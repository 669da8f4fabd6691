"""The objects of a PDF page: in which order they are drawn, where they stand, and which way the page is turned.

Separate from what they mean: form objects hold other objects, which is a matter of matrices alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kbtool.document import Box
from kbtool.intake.readers.native import Filler, Handle, addresses, of_each, pointer, whole, whole_of_address

_MOST_OBJECTS = 20_000
#: Form objects in form objects; deeper ones are decoration, or a bomb.
_DEEPEST = 3

Matrix = npt.NDArray[np.float64]

_count_objects = whole(pdfium_c.FPDFPage_CountObjects)
_object_at = pointer(pdfium_c.FPDFPage_GetObject)
_count_inside = whole(pdfium_c.FPDFFormObj_CountObjects)
_object_inside = pointer(pdfium_c.FPDFFormObj_GetObject)
_kind = whole_of_address(pdfium_c.FPDFPageObj_GetType)
is_transparent = whole(pdfium_c.FPDFPageObj_HasTransparency)
_bounds = Filler(pdfium_c.FPDFPageObj_GetBounds, np.float32, (0, 0, 0, 0), parted=True)
matrices = Filler(pdfium_c.FPDFPageObj_GetMatrix, np.float32, (1, 0, 0, 1, 0, 0))
UNMOVED: Matrix = np.array([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])


@dataclass(frozen=True, slots=True)
class Thing:
    """A path or picture; ``place`` is its rank in the order of drawing, ``matrix`` that of the form it lies in."""

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
    x, y = corners[:, ::2].astype(np.float64), corners[:, 1::2].astype(np.float64)
    places = np.empty((len(corners), 4))
    for at, ends in enumerate((a * x + c * y + e, b * x + d * y + f)):
        np.minimum(ends[:, 0], ends[:, 1], out=places[:, at])
        np.maximum(ends[:, 0], ends[:, 1], out=places[:, at + 2])
    return places


def boxes_of(found: Sequence[int], page: pdfium.PdfPage) -> list[Box]:
    """Where the objects at these addresses stand on the page as shown; not for those in form objects."""
    things = [Thing(handle, 0, 0, UNMOVED) for handle in addresses(found)]
    return [Box(*place) for place in places_on(things, page_matrix(page)).tolist()]


def objects_of(page: pdfium.PdfPage) -> tuple[list[Thing], list[int], list[int]]:
    """Images and paths, those inside form objects too; all objects in the order of drawing; the objects of words."""
    top = Handle(page.raw)
    things: list[Thing] = []
    order: list[int] = []
    texts: list[int] = []

    def look(found: Sequence[int], matrix: Matrix, depth: int) -> None:
        kinds = list(map(_kind, found))
        texts.extend(address for address, kind in zip(found, kinds, strict=True) if kind == pdfium_c.FPDF_PAGEOBJ_TEXT)
        told = 0
        others = [at for at, kind in enumerate(kinds) if kind != pdfium_c.FPDF_PAGEOBJ_TEXT]
        for at, handle in zip(others, addresses(found[at] for at in others), strict=True):
            order.extend(found[told : at + 1])
            told = at + 1
            kind = kinds[at]
            if kind in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE):
                things.append(Thing(handle, kind, len(order), matrix))
            elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth and len(order) < _MOST_OBJECTS:
                count = min(_MOST_OBJECTS, _count_inside(handle))
                inside = [_object_inside(handle, index) for index in range(count)]
                look(inside, product(matrices.ask([handle], count=1)[0], matrix), depth - 1)
        order.extend(found[told:])

    look(of_each(_object_at, top, min(_MOST_OBJECTS, _count_objects(top.bare))), UNMOVED, _DEEPEST)
    return things[:_MOST_OBJECTS], order, texts


def product(first: npt.NDArray[Any], second: Matrix) -> Matrix:
    """Return the matrix that does ``first`` and then ``second``."""
    a, b, c, d, e, f = (float(value) for value in first)
    g, h, i, j, k, m = second
    return np.array([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m])


def places_on(things: Sequence[Thing], shown: Matrix) -> npt.NDArray[np.float64]:
    """Where paths and pictures stand on the page as shown: rows of x0, y0, x1, y1."""
    corners = _bounds.ask([thing.handle for thing in things], count=len(things))
    places = moved(corners, shown)
    for index, thing in enumerate(things):
        if thing.matrix is not UNMOVED:
            places[index] = moved(corners[index : index + 1], product(thing.matrix, shown))[0]
    return places
