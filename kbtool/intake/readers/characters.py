"""The characters of a PDF page with their places, as pdfium sees them.

The only module that talks to pdfium's C interface. Boxes come out in points of the page as it is shown (crop box and
/Rotate applied), origin at the top left.
"""

import ctypes
import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kbtool.document import Box
from kbtool.limits import MAX_PAGE_CHARACTERS

#: Render modes that leave no ink: invisible, and clipping only.
_INVISIBLE = (3, 7)
_STROKED = (1, 2)
_HEAVY = 600
_BOLD_NAMES = ("bold", "heavy", "black", "demi", "-w7", "-w8", "-w9", "-eb", "ultra")
_LIGHTEST = 245


@dataclass(frozen=True, slots=True)
class Character:
    """One character; ``angle`` is the clockwise turn in degrees that would set it upright, ``run`` its text object.

    ``spaced`` says that white space stands before it in the file; ``invisible`` leaves no ink at all, ``white`` ink
    that shows only on something dark.
    """

    text: str
    box: Box
    size_pt: float
    angle: int
    bold: bool
    invisible: bool
    white: bool
    unmapped: bool
    run: int
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    angle: int
    bold: bool
    invisible: bool
    white: bool
    size_pt: float


class TooMany(Exception):
    """The page claims more characters than any real page holds."""


def read_characters(page: pdfium.PdfPage) -> list[Character]:
    """Read all characters with ink or pretended ink, white space left out, in the order of the file."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > MAX_PAGE_CHARACTERS:
            raise TooMany
        return _characters(textpage.raw, count, upright_mapping(page), page.get_rotation())
    finally:
        textpage.close()


def upright_mapping(page: pdfium.PdfPage) -> Callable[[float, float, float, float], Box]:
    """Return the mapping from PDF coordinates (left, bottom, right, top) to a box of the page as shown."""
    x0, y0, x1, y1 = page.get_bbox()
    turn = page.get_rotation()

    def mapped(left: float, bottom: float, right: float, top: float) -> Box:
        if turn == 90:
            return Box(bottom - y0, left - x0, top - y0, right - x0)
        if turn == 180:
            return Box(x1 - right, bottom - y0, x1 - left, top - y0)
        if turn == 270:
            return Box(y1 - top, x1 - right, y1 - bottom, x1 - left)
        return Box(left - x0, y1 - top, right - x0, y1 - bottom)

    return mapped


def _characters(textpage: Any, count: int, mapped: Callable[..., Box], page_turn: int) -> list[Character]:
    styles: dict[int, _Style] = {}
    rect = pdfium_c.FS_RECTF()
    found: list[Character] = []
    spaced = False
    for index in range(count):
        if pdfium_c.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        text = _text(textpage, index)
        if not text or not pdfium_c.FPDFText_GetLooseCharBox(textpage, index, rect):
            spaced = True
            continue
        run = _run(textpage, index)
        if run not in styles:
            styles[run] = _style(textpage, index, page_turn)
        style = styles[run]
        box = mapped(rect.left, rect.bottom, rect.right, rect.top)
        unmapped = pdfium_c.FPDFText_HasUnicodeMapError(textpage, index) == 1
        looks = (style.size_pt, style.angle, style.bold, style.invisible, style.white)
        found.append(Character(text, box, *looks, unmapped, run, spaced))
        spaced = False
    return found


def _text(textpage: Any, index: int) -> str:
    code = pdfium_c.FPDFText_GetUnicode(textpage, index)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd" if code else ""
    char = chr(code)
    if 0x2E80 <= code <= 0x2FDF:  # radicals that some writers put for the ideographs they look like
        return unicodedata.normalize("NFKC", char)
    return "" if char.isspace() or code == 0xAD else char


def _run(textpage: Any, index: int) -> int:
    return ctypes.cast(pdfium_c.FPDFText_GetTextObject(textpage, index), ctypes.c_void_p).value or 0


def _style(textpage: Any, index: int, page_turn: int) -> _Style:
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(pdfium_c.FPDFText_GetTextObject(textpage, index))
    weight = pdfium_c.FPDFText_GetFontWeight(textpage, index)
    name = _font_name(textpage, index)
    bold = weight >= _HEAVY or mode in _STROKED or any(part in name for part in _BOLD_NAMES)
    quarters = round(pdfium_c.FPDFText_GetCharAngle(textpage, index) / (math.pi / 2))
    angle = -(page_turn + 90 * quarters) % 360
    return _Style(angle, bold, mode in _INVISIBLE, _is_white(textpage, index), _size(textpage, index))


def _size(textpage: Any, index: int) -> float:
    """The size of the type on the page: the font's own, scaled as the text matrix says."""
    matrix = pdfium_c.FS_MATRIX()
    size = pdfium_c.FPDFText_GetFontSize(textpage, index)
    if pdfium_c.FPDFText_GetMatrix(textpage, index, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return float(min(max(size, 1.0), 2_000.0))


def _font_name(textpage: Any, index: int) -> str:
    buffer = ctypes.create_string_buffer(128)
    length = pdfium_c.FPDFText_GetFontInfo(textpage, index, buffer, 128, None)
    return buffer.value.decode("latin-1").lower() if 0 < length <= 128 else ""


def _is_white(textpage: Any, index: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _LIGHTEST
