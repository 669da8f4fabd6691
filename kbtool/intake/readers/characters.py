"""The characters of a PDF page with their places, as pdfium sees them.

All of a page's characters are held in arrays, one row each: a manual has ten million of them, and an object for each
costs more than all of pdfium's work. Boxes come out in points of the page as it is shown (crop box and /Rotate
applied), origin at the top left.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kbtool.intake.readers import glyphs
from kbtool.intake.readers.native import Filler, Handle, addresses, decimal, of_each, pointer, whole
from kbtool.intake.readers.objects import moved, page_matrix
from kbtool.intake.readers.paths import LIGHTEST
from kbtool.limits import MAX_PAGE_CHARACTERS

#: Render modes that leave no ink: invisible, and clipping only.
_INVISIBLE = (3, 7)
_STROKED = (1, 2)
_HEAVY = 600
_BOLD_NAMES = ("bold", "heavy", "black", "demi", "-w7", "-w8", "-w9", "-eb", "ultra")
_SMALLEST_PT, _LARGEST_PT = 1.0, 2_000.0
#: Of the type's size. A Japanese character whose box is lower than this was given the box of its ink.
_TIGHT = 0.8
_BELOW_LINE = 0.12

_text_object = pointer(pdfium_c.FPDFText_GetTextObject)
_unicode = whole(pdfium_c.FPDFText_GetUnicode)
_is_generated = whole(pdfium_c.FPDFText_IsGenerated)
_has_no_unicode = whole(pdfium_c.FPDFText_HasUnicodeMapError)
_font_size = decimal(pdfium_c.FPDFText_GetFontSize)
_render_mode = whole(pdfium_c.FPDFTextObj_GetTextRenderMode)
_font = pointer(pdfium_c.FPDFTextObj_GetFont)
_loose_box = Filler(pdfium_c.FPDFText_GetLooseCharBox, np.float32, (0, 0, 0, 0))
_char_matrix = Filler(pdfium_c.FPDFText_GetMatrix, np.float32, (1, 0, 0, 1, 0, 0))
_origin = Filler(pdfium_c.FPDFText_GetCharOrigin, np.float64, (0, 0), parted=True)
_fill_colour = Filler(pdfium_c.FPDFPageObj_GetFillColor, np.uint32, (0, 0, 0, 255), parted=True)

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Characters:
    """The characters of a page in the order of the file, white space left out; every field has a row for each.

    ``codes``: Unicode. ``boxes``: x0, y0, x1, y1. ``angles``: the clockwise turn in degrees that sets one upright.
    ``runs``: its text object, counted from 0. ``spaced``: white space stands before it in the file. ``invisible``
    leaves no ink at all, ``white`` ink that shows only on something dark. ``unmapped``: the font does not say what it
    means. ``objects``: the address of its text object.
    """

    codes: npt.NDArray[np.uint32]
    boxes: Numbers
    sizes: Numbers
    angles: Whole
    runs: Whole
    objects: npt.NDArray[np.uint64]
    bold: Flags
    spaced: Flags
    invisible: Flags
    white: Flags
    unmapped: Flags

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def centres(self) -> tuple[Numbers, Numbers]:
        """Middle points: all x, all y."""
        return (self.boxes[:, 0] + self.boxes[:, 2]) / 2, (self.boxes[:, 1] + self.boxes[:, 3]) / 2

    def chosen(self, which: npt.NDArray[Any]) -> "Characters":
        """These characters only (a flag for each, or their positions)."""
        if which.dtype == np.bool_ and which.all():
            return self
        return Characters(*(getattr(self, field.name)[which] for field in fields(self)))


class TooMany(Exception):
    """The page claims more characters than any real page holds."""


def read_characters(page: pdfium.PdfPage) -> Characters:
    """Read all characters with ink or pretended ink."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > MAX_PAGE_CHARACTERS:
            raise TooMany
        read = _read(Handle(textpage.raw), count, page)
    finally:
        textpage.close()
    return glyphs.settled(read)


def _read(page_text: Handle, count: int, page: pdfium.PdfPage) -> Characters:
    codes = _codes(page_text, count)
    objects = np.array(of_each(_text_object, page_text, count), np.uint64)
    boxes = _loose_box.ask(repeat(page_text.bare), range(count), count=count)[:, [0, 3, 2, 1]].astype(np.float64)
    white_space = glyphs.is_white_space(codes)
    kept = np.flatnonzero(~white_space & (objects != 0) & (codes != 0) & (boxes[:, 0] != boxes[:, 2]))
    changes = np.diff(objects[kept], prepend=np.uint64(0)) != 0
    starts, runs = np.flatnonzero(changes), np.cumsum(changes) - 1
    style = _Styles(page_text, kept[starts], objects[kept[starts]])
    sizes, quarters = style.sizes[runs], style.quarters[runs]
    boxes = boxes[kept]
    _widen_tight(boxes, codes[kept], sizes, quarters, kept, page_text)
    return Characters(
        codes[kept],
        moved(boxes, page_matrix(page)),
        sizes,
        (90 * quarters - page.get_rotation()) % 360,
        runs,
        objects[kept],
        style.bold[runs],
        _spaced(page_text, np.flatnonzero(white_space & (objects != 0)), kept),
        style.invisible[runs],
        style.white[runs],
        _unmapped(page_text, kept, starts),
    )


class _Styles:
    """How each text object is set; asked once for all of its characters."""

    def __init__(self, page_text: Handle, firsts: Whole, objects: npt.NDArray[np.uint64]) -> None:
        count = len(firsts)
        handles = addresses(objects.tolist())
        places = firsts.tolist()
        matrices = _char_matrix.ask(repeat(page_text.bare), places, count=count).astype(np.float64)
        sizes = np.fromiter(map(_font_size, repeat(page_text.bare), places), np.float64, count)
        sizes *= np.hypot(matrices[:, 2], matrices[:, 3])
        self.sizes = np.minimum(np.maximum(sizes, _SMALLEST_PT), _LARGEST_PT)
        turned = np.arctan2(matrices[:, 1], matrices[:, 0])
        self.quarters = np.rint(turned / (np.pi / 2)).astype(np.int64) % 4
        fonts = np.fromiter(map(_font, handles), np.uint64, count)
        modes = np.fromiter(map(_render_mode, handles), np.int64, count)
        self.invisible = _are_among(_INVISIBLE, modes)
        colours = _fill_colour.ask(handles, count=count)
        self.white = (colours[:, :3].min(axis=1, initial=255) >= LIGHTEST) | (colours[:, 3] == 0)
        self.bold = _are_among(_STROKED, modes) | _are_bold(page_text, fonts, places)


def _are_among(known: tuple[int, int], modes: Whole) -> Flags:
    first, second = known
    return np.asarray((modes == first) | (modes == second))


def _are_bold(page_text: Handle, fonts: npt.NDArray[np.uint64], places: Sequence[int]) -> Flags:
    kinds, first, back = np.unique(fonts, return_index=True, return_inverse=True)
    bold = [_is_bold(page_text, places[index]) for index in first.tolist()]
    return np.array(bold, np.bool_)[back] if len(kinds) else np.zeros(0, np.bool_)


def _is_bold(page_text: Handle, index: int) -> bool:
    raw = ctypes.cast(page_text.bare, pdfium_c.FPDF_TEXTPAGE)
    if pdfium_c.FPDFText_GetFontWeight(raw, index) >= _HEAVY:
        return True
    buffer = ctypes.create_string_buffer(128)
    length = pdfium_c.FPDFText_GetFontInfo(raw, index, buffer, 128, None)
    name = buffer.value.decode("latin-1").lower() if 0 < length <= 128 else ""
    return any(part in name for part in _BOLD_NAMES)


def _codes(page_text: Handle, count: int) -> npt.NDArray[np.uint32]:
    """UTF-16 as pdfium keeps it: one unit for each of its characters."""
    buffer = (ctypes.c_ushort * (count + 1))()
    raw = ctypes.cast(page_text.bare, pdfium_c.FPDF_TEXTPAGE)
    if count and pdfium_c.FPDFText_GetText(raw, 0, count, buffer) == count + 1:
        return np.ctypeslib.as_array(buffer)[:count].astype(np.uint32)
    return np.array(of_each(_unicode, page_text, count), np.int64).astype(np.uint32)


def _spaced(page_text: Handle, white_space: Whole, kept: Whole) -> Flags:
    """Before which characters the file itself has white space; pdfium puts in some of its own."""
    own = [index for index in white_space.tolist() if _is_generated(page_text.bare, index) != 1]
    before = np.searchsorted(own, kept)
    return np.asarray(np.diff(before, prepend=0) > 0)


def _unmapped(page_text: Handle, kept: Whole, starts: Whole) -> Flags:
    """Fonts know all of their characters or hardly any: where both ends of each text object are known, all are."""
    ends = np.append(starts[1:], len(kept)) - 1
    asked = kept[np.concatenate([starts, ends])].tolist() if len(kept) else []
    if 1 in map(_has_no_unicode, repeat(page_text.bare), asked):
        return np.array([_has_no_unicode(page_text.bare, index) == 1 for index in kept.tolist()], np.bool_)
    return np.zeros(len(kept), np.bool_)


def _widen_tight(
    boxes: Numbers,
    codes: npt.NDArray[np.uint32],
    sizes: Numbers,
    quarters: Whole,
    kept: Whole,
    page_text: Handle,
) -> None:
    """Give full-width characters that came with the box of their ink (a 。 is a dot) the square they are set in."""
    across = np.where(quarters % 2 == 0, boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0])
    tight = np.flatnonzero((across < _TIGHT * sizes) & glyphs.is_full_width(codes))
    if not len(tight):
        return
    origins = _origin.ask(repeat(page_text.bare), kept[tight].tolist(), count=len(tight))
    below, above = _BELOW_LINE * sizes[tight], (1 - _BELOW_LINE) * sizes[tight]
    em, none = sizes[tight], np.zeros(len(tight))
    reach = {0: (none, -below, em, above), 1: (-above, none, below, em), 2: (-em, -above, none, below)}
    reach[3] = (-below, -em, above, none)
    for quarter, (left, bottom, right, top) in reach.items():
        these = quarters[tight] == quarter
        x, y = origins[these].T
        square = np.stack([x + left[these], y + bottom[these], x + right[these], y + top[these]], axis=1)
        boxes[tight[these]] = square
