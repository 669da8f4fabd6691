"""PDF files: the text layer where it can be trusted, the page as pixels where it cannot, both where it says a part.

pypdfium2 decides, page by page; one damaged page does not touch the others.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kbtool.document import Box
from kbtool.intake.readers import annotations
from kbtool.intake.readers.characters import Characters, Flags, TooMany, read_characters
from kbtool.intake.readers.drawn import Drawn, read_drawn
from kbtool.intake.readers.figures import figures_of
from kbtool.intake.readers.illegible import illegible_words
from kbtool.intake.readers.lines import joined, lines_of, runs_of, undoubled
from kbtool.intake.readers.objects import boxes_of
from kbtool.intake.readers.opened import Lines, PageFailed, Pixels, Unread, Unreadable, Words
from kbtool.intake.readers.outline import links_on, outline_of
from kbtool.intake.readers.quality import Layer, are_broken, is_scan, is_trustworthy, says_what_it_shows
from kbtool.intake.readers.raster import drop_colour
from kbtool.intake.readers.ruby import candidates, read_ruby
from kbtool.intake.readers.ruled import ruled_grids
from kbtool.intake.readers.seen import inside, shown
from kbtool.intake.readers.turn import turned_boxes, turned_characters, turned_lines, turned_size
from kbtool.intake.readers.unread import LOOK_DPI, alone, large_pictures, may_be_written
from kbtool.limits import MAX_PAGE_PIXELS, MAX_SIDE_PT
from kbtool.reading import Bookmark, Link, Ruby

_ERRORS = {
    pdfium_c.FPDF_ERR_PASSWORD: "intake_encrypted",
    pdfium_c.FPDF_ERR_SECURITY: "intake_encrypted",
}
#: Coarser scans are drawn this fine; one of "150 dpi" comes to 149.94 and keeps its own pixels.
_LEAST_SCAN_DPI = 145.0
#: PDFium rounds sizes up: by a hair too fine, a scan is drawn a pixel wider and all its pixels are mixed anew.
_SHY = 1 - 1e-6
#: A picture over this share of the page is the page itself.
_SCAN = 0.5
_MOST_DOUBLED = 500


class PdfReader:
    """A PDF file held in memory."""

    def __init__(self, data: bytes) -> None:
        try:
            self._file = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise Unreadable(_ERRORS.get(error.err_code, "intake_damaged")) from error
        self.page_count = len(self._file)

    def outline(self) -> list[Bookmark]:
        """Read the bookmarks; none where they are too broken to be followed."""
        try:
            return outline_of(self._file)
        except (pdfium.PdfiumError, MemoryError):
            return []

    def page(self, index: int, dpi: float) -> Words | Pixels:
        """Read the words of a page with its grids, or draw it where they cannot be trusted."""
        links, page = self._open(index)
        try:
            characters = read_characters(page)
            drawn = read_drawn(page)
            characters = _thickened(characters, drawn, page)
        except TooMany as error:
            raise PageFailed("intake_page_characters") from error
        except pdfium.PdfiumError as error:
            raise PageFailed("intake_page_damaged") from error
        size = page.get_size()
        visible = shown(characters, drawn, size)
        characters, visible, illegible = _legible(characters, visible, drawn, page)
        layer = _layer(characters, visible, drawn, size)
        seen = characters.chosen(visible)
        if drawn.is_nothing or is_trustworthy(layer):
            words = _words(seen, drawn, size)
            words = replace(words, links=_turned_links(links, words.rotation, size))
            return replace(words, unread=_unread(page, seen, drawn, dpi, words.rotation, illegible))
        pixels = _draw(page, _scan_dpi(drawn, size, dpi))
        if is_scan(layer) and drawn.pictures and _are_exact(seen):
            whole = Box(0.0, 0.0, *size)
            return replace(_words(seen, drawn, size), unread=Unread(pixels, [whole], is_scan=True))
        return pixels

    def pixels(self, index: int, dpi: float) -> Pixels:
        """Draw one page as it is shown."""
        return _draw(self._open(index)[1], dpi)

    def _open(self, index: int) -> tuple[list[Link], pdfium.PdfPage]:
        """The links of a page, and the page with all that was laid over it, which links do not survive."""
        try:
            page = self._file[index]
            links = links_on(page)
            if annotations.settle(page):
                page.close()
                page = self._file[index]
        except pdfium.PdfiumError as error:
            raise PageFailed("intake_page_damaged") from error
        width, height = page.get_size()
        if not (1 <= width <= MAX_SIDE_PT and 1 <= height <= MAX_SIDE_PT):
            raise PageFailed("intake_page_size")
        return links, page


def _thickened(characters: Characters, drawn: Drawn, page: pdfium.PdfPage) -> Characters:
    """Make bold what is drawn a second time: pdfium gives such words once, and nothing for the other object."""
    firsts = np.diff(characters.runs, prepend=-1) != 0
    drawn_again = set(drawn.texts).difference(characters.objects[firsts].tolist())
    if not drawn_again or not len(characters):
        return characters
    again = sorted(drawn_again, key=drawn.places().__getitem__)
    under = inside(*characters.centres, boxes_of(again[:_MOST_DOUBLED], page))
    return replace(characters, bold=characters.bold | under) if under.any() else characters


def _layer(characters: Characters, visible: Flags, drawn: Drawn, size: tuple[float, float]) -> Layer:
    covered = sum(picture.box.width * picture.box.height for picture in drawn.pictures)
    return Layer(
        characters.codes,
        int(np.count_nonzero(~visible)),
        int(np.count_nonzero(characters.unmapped)),
        min(1.0, covered / (size[0] * size[1])),
    )


def _legible(
    characters: Characters, visible: Flags, drawn: Drawn, page: pdfium.PdfPage
) -> tuple[Characters, Flags, list[Box]]:
    """The characters without illegible words, which of them show, and where those words are.

    All characters and no areas where the others alone cannot be trusted either.
    """
    if (characters.unmapped | are_broken(characters.codes)).any():
        bad, areas = illegible_words(characters.chosen(visible), page)
        kept = np.ones(len(characters), np.bool_)
        kept[np.flatnonzero(visible)[bad]] = False
        rest = characters.chosen(kept)
        if areas and is_trustworthy(_layer(rest, visible[kept], drawn, page.get_size())):
            return rest, visible[kept], areas
    return characters, visible, []


def _are_exact(seen: Characters) -> bool:
    """Whether the words that stand on a scan, a page number at least, are set upright and can be believed."""
    upright = len(seen) > 0 and not seen.angles.any()
    return upright and says_what_it_shows(Layer(seen.codes, 0, int(np.count_nonzero(seen.unmapped)), 0.0))


def _unread(
    page: pdfium.PdfPage, seen: Characters, drawn: Drawn, dpi: float, turn: int, illegible: Sequence[Box]
) -> Unread | None:
    """The pictures that may hold words and the illegible words, with nothing around them, turned like the others."""
    size = page.get_size()
    areas = large_pictures([picture.box for picture in drawn.pictures], size)
    if areas:
        look = _draw(page, LOOK_DPI).array
        areas = [area for area in areas if may_be_written(look, area, seen, size)]
    if not areas and not illegible:
        return None
    fine = [p.dpi for p in drawn.pictures if any(area.contains(*p.box.centre) for area in areas)]
    pixels = _draw(page, dpi if illegible else min(dpi, max(_LEAST_SCAN_DPI, *fine)))
    array = np.rot90(alone(pixels.array, [*areas, *illegible], seen, size), -turn // 90)
    upright = Pixels(*turned_size(size, turn), drop_colour(array), pixels.dpi)
    return Unread(upright, _turned(areas, turn, size), illegible=_turned(illegible, turn, size))


def _words(characters: Characters, drawn: Drawn, size: tuple[float, float]) -> Words:
    """Turn the page so that most of its characters stand upright, and join them to lines."""
    counts = np.bincount(characters.angles // 90, minlength=4)
    turn = 90 * int(np.argmax(counts))
    upright = turned_characters(characters, turn, size)
    paper = turned_size(size, turn)
    lines, ruby = _lines(upright, paper)
    pictures = _turned([picture.box for picture in drawn.pictures], turn, size)
    grids = ruled_grids(turned_boxes(drawn.strokes, turn, size))
    figures = figures_of(pictures, turned_boxes(drawn.shapes, turn, size), grids, paper)
    return Words(*paper, turn, lines, grids, figures, ruby)


def _turned(boxes: Sequence[Box], turn: int, size: tuple[float, float]) -> list[Box]:
    if not turn:
        return list(boxes)
    return [Box(*box) for box in turned_boxes(np.array(boxes, np.float64).reshape(-1, 4), turn, size).tolist()]


def _turned_links(links: Sequence[Link], turn: int, size: tuple[float, float]) -> list[Link]:
    boxes = _turned([link.box for link in links], turn, size)
    return [replace(link, box=box) for link, box in zip(links, boxes, strict=True)]


def _lines(characters: Characters, size: tuple[float, float]) -> tuple[Lines, list[Ruby]]:
    """All lines, those that run up the page or stand on their heads read in their own direction."""
    characters = undoubled(characters)
    own = (characters.angles == 0) | (characters.angles == 270)
    lines, ruby = _lines_of_one_direction(characters.chosen(own))
    for angle in (90, 180):
        there = characters.angles == angle
        if there.any():
            turned = turned_characters(characters.chosen(there), angle, size)
            found, _ = _lines_of_one_direction(turned)
            lines = lines.and_then(turned_lines(found, 360 - angle, turned_size(size, angle)))
    return lines, ruby


def _lines_of_one_direction(characters: Characters) -> tuple[Lines, list[Ruby]]:
    runs = runs_of(characters)
    small = candidates(characters, runs)
    if not small:
        return lines_of(characters, joined(runs)), []
    lines = joined([run for run in runs if run not in small])
    ruby, others = read_ruby(characters, small, lines)
    return lines_of(characters, joined([*lines, *others]) if others else lines), ruby


def _scan_dpi(drawn: Drawn, size: tuple[float, float], dpi: float) -> float:
    """As fine as the scan is, no finer: what is not in the file cannot be recognised."""
    scans = [p.dpi for p in drawn.pictures if p.box.width * p.box.height > _SCAN * size[0] * size[1]]
    return min(dpi, max(_LEAST_SCAN_DPI, *scans)) if scans else dpi


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
