"""What is drawn on a PDF page beside its words: pictures, filled areas, and the straight strokes that rule tables.

Separate from the words because none of it needs a font. Boxes and strokes are in points of the page as shown. The
order of drawing is kept: what lies over a word hides it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kbtool.document import Box
from kbtool.intake.readers.native import Filler
from kbtool.intake.readers.objects import Matrix, Thing, is_transparent, objects_of, page_matrix, places_on
from kbtool.intake.readers.paths import Area, Paths, Strokes, areas_of, strokes_of

#: A picture smaller than this share of the page is an icon.
_SMALLEST_PICTURE = 0.01

_pixel_size = Filler(pdfium_c.FPDFImageObj_GetImagePixelSize, np.uint32, (0, 0), parted=True)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image on the page; ``dpi`` its pixels an inch, ``place`` its rank in the order of drawing."""

    box: Box
    dpi: float
    place: int
    opaque: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything but the words; ``order`` has all objects as they are drawn, ``texts`` are those of words.

    ``shapes`` (their boxes) and ``strokes``, each level or upright, are rows of x0, y0, x1, y1.
    """

    pictures: tuple[Picture, ...]
    areas: tuple[Area, ...]
    shapes: Strokes
    strokes: Strokes
    order: Sequence[int]
    texts: Sequence[int]

    @property
    def is_nothing(self) -> bool:
        """Whether the page is empty paper."""
        return not self.order

    def places(self) -> dict[int, int]:
        """The rank of each object in the order of drawing, from 1."""
        return {address: rank for rank, address in enumerate(self.order, 1)}


def read_drawn(page: pdfium.PdfPage) -> Drawn:
    """Look at all objects of a page, those in form objects included."""
    things, order, texts = objects_of(page)
    shown = page_matrix(page)
    paths = Paths([thing for thing in things if thing.kind == pdfium_c.FPDF_PAGEOBJ_PATH], shown)
    images = [thing for thing in things if thing.kind == pdfium_c.FPDF_PAGEOBJ_IMAGE]
    return Drawn(
        tuple(_pictures(images, shown, page.get_size())),
        tuple(areas_of(paths)),
        paths.places,
        strokes_of(paths, shown),
        order,
        texts,
    )


def _pictures(images: Sequence[Thing], shown: Matrix, size: tuple[float, float]) -> Iterator[Picture]:
    for thing, place in zip(images, places_on(images, shown).tolist(), strict=True):
        box = Box(*place)
        x0, y0 = max(0.0, box.x0), max(0.0, box.y0)
        inside = Box(x0, y0, max(x0, min(size[0], box.x1)), max(y0, min(size[1], box.y1)))
        if inside.width * inside.height < _SMALLEST_PICTURE * size[0] * size[1]:
            continue
        width, height = _pixel_size.ask([thing.handle], count=1)[0].tolist()
        dpi = 72 * max(width, height) / max(box.width, box.height, 1.0)
        yield Picture(inside, dpi, thing.place, not is_transparent(thing.handle))
