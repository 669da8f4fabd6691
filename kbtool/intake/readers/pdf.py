"""PDF files: the text layer where it can be trusted, else the page as pixels.

pypdfium2 decides, page by page; one damaged page does not touch the others.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kbtool.document import Box
from kbtool.intake.readers.characters import Character, TooMany, read_characters, upright_mapping
from kbtool.intake.readers.lines import build_lines
from kbtool.intake.readers.opened import PageFailed, Pixels, Unreadable, Words
from kbtool.intake.readers.quality import Layer, is_trustworthy
from kbtool.intake.readers.raster import drop_colour
from kbtool.intake.readers.ruled import RuledTables
from kbtool.intake.readers.turn import turned_box, turned_character, turned_grid
from kbtool.layout.aligned import aligned_grids
from kbtool.limits import MAX_PAGE_PIXELS

_ERRORS = {
    pdfium_c.FPDF_ERR_PASSWORD: "intake_encrypted",
    pdfium_c.FPDF_ERR_SECURITY: "intake_encrypted",
}
#: Points. What is drawn lower than this is level: a rule under a header, an underline.
_SHORTEST_RULE = 6.0
_MOST_OBJECTS = 20_000
#: A picture smaller than this share of the page is an icon.
_SMALLEST_FIGURE = 0.01
_DARK = 200
#: Coarser scans are drawn this fine; one of "150 dpi" comes to 149.94 and keeps its own pixels.
_LEAST_SCAN_DPI = 145.0
#: PDFium rounds sizes up: by a hair too fine, a scan is drawn a pixel wider and all its pixels are mixed anew.
_SHY = 1 - 1e-6


class PdfReader:
    """A PDF file held in memory."""

    def __init__(self, data: bytes) -> None:
        try:
            self._file = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise Unreadable(_ERRORS.get(error.err_code, "intake_damaged")) from error
        self.page_count = len(self._file)
        self._tables = RuledTables(data)

    def page(self, index: int, dpi: float) -> Words | Pixels:
        """Read the words of a page with its grids, or draw it where they cannot be trusted."""
        page = self._open(index)
        try:
            characters = read_characters(page)
            seen = _Objects(page)
        except TooMany as error:
            raise PageFailed("intake_page_characters") from error
        except pdfium.PdfiumError as error:
            raise PageFailed("intake_page_damaged") from error
        shown = [character for character in characters if seen.shows(character)]
        layer = Layer(
            [character.text for character in characters],
            len(characters) - len(shown),
            sum(character.unmapped for character in characters),
            seen.image_coverage,
        )
        if is_trustworthy(layer) or seen.is_blank:
            grids = self._tables.grids(index) if seen.may_hold_tables else ()
            return _upright(page.get_size(), shown, grids, seen.figures)
        return _draw(page, min(dpi, max(_LEAST_SCAN_DPI, seen.scan_dpi)) if seen.scan_dpi else dpi)

    def pixels(self, index: int, dpi: float) -> Pixels:
        """Draw one page as it is shown."""
        return _draw(self._open(index), dpi)

    def _open(self, index: int) -> pdfium.PdfPage:
        try:
            page = self._file[index]
        except pdfium.PdfiumError as error:
            raise PageFailed("intake_page_damaged") from error
        width, height = page.get_size()
        if not (1 <= width <= 20_000 and 1 <= height <= 20_000):
            raise PageFailed("intake_page_size")
        return page


class _Objects:
    """What is drawn on a page beside its words."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.figures: list[Box] = []
        self.may_hold_tables = False
        self.scan_dpi = 0.0
        self._dark: list[Box] = []
        self._width, self._height = page.get_size()
        self._count = 0
        mapped = upright_mapping(page)
        for obj in page.get_objects(max_depth=2):
            self._count += 1
            if self._count > _MOST_OBJECTS:
                break
            if obj.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                self._add_image(obj, self._on_page(mapped(*obj.get_bounds())))
            elif obj.type == pdfium_c.FPDF_PAGEOBJ_PATH:
                self._add_path(obj, mapped(*obj.get_bounds()))

    @property
    def is_blank(self) -> bool:
        """Nothing is drawn at all."""
        return self._count == 0

    @property
    def image_coverage(self) -> float:
        """Share of the page under its pictures, overlaps counted twice."""
        return min(1.0, sum(box.width * box.height for box in self.figures) / float(self._width * self._height))

    def shows(self, character: Character) -> bool:
        """Whether a reader of the page sees the character."""
        x, y = character.box.centre
        if character.invisible or not Box(0, 0, self._width, self._height).contains(x, y):
            return False
        return not character.white or any(box.contains(x, y) for box in (*self._dark, *self.figures))

    def _add_image(self, image: Any, box: Box) -> None:
        if box.width * box.height < _SMALLEST_FIGURE * self._width * self._height:
            return
        self.figures.append(box)
        if box.width * box.height > self._width * self._height / 2:
            width_px, height_px = image.get_px_size()
            self.scan_dpi = max(self.scan_dpi, 72 * max(width_px, height_px) / max(box.width, box.height, 1.0))

    def _add_path(self, path: Any, box: Box) -> None:
        """A table needs an upright rule or a rectangle; rules under headers are only level."""
        if box.height > _SHORTEST_RULE:
            self.may_hold_tables = True
        if _is_dark(path):
            self._dark.append(box)

    def _on_page(self, box: Box) -> Box:
        x0, y0 = max(0.0, box.x0), max(0.0, box.y0)
        return Box(x0, y0, max(x0, min(self._width, box.x1)), max(y0, min(self._height, box.y1)))


def _is_dark(path: Any) -> bool:
    from ctypes import c_uint

    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not pdfium_c.FPDFPageObj_GetFillColor(path.raw, red, green, blue, alpha) or alpha.value < 128:
        return False
    return min(red.value, green.value, blue.value) < _DARK


def _upright(
    size: tuple[float, float], characters: Sequence[Character], grids: Sequence[Any], figures: Sequence[Box]
) -> Words:
    """Turn the page so that most of its characters stand upright, and join them to lines."""
    turns = [character.angle for character in characters]
    turn = max(sorted(set(turns)), key=turns.count, default=0)
    width, height = size if turn in (0, 180) else size[::-1]
    lines = build_lines([turned_character(character, turn, *size) for character in characters])
    ruled = tuple(turned_grid(grid, turn, *size) for grid in grids)
    return Words(
        width,
        height,
        turn,
        lines,
        (*ruled, *aligned_grids(lines, ruled)),
        tuple(turned_box(box, turn, *size) for box in figures),
    )


def _draw(page: pdfium.PdfPage, dpi: float) -> Pixels:
    width, height = page.get_size()
    scale = min(dpi / 72, (MAX_PAGE_PIXELS / (width * height)) ** 0.5 * 0.999) * _SHY
    try:
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False, may_draw_forms=False)
    except (pdfium.PdfiumError, ValueError) as error:
        raise PageFailed("intake_page_damaged") from error
    array = bitmap.to_numpy()
    array = array if array.ndim == 2 else array[:, :, :3]
    pixels = drop_colour(np.squeeze(array))
    bitmap.close()
    return Pixels(width, height, pixels, scale * 72)
