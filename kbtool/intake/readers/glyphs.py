"""From the codes that fonts give to the characters that people read.

Fonts share a glyph between several characters, and the way back from glyph to character then finds the odd one: a
radical (⽤) for the ideograph (用), a vertical form for a bracket. What is only a form of one character becomes that
character. What a person may have chosen (half-width kana, full-width Latin, 﨑, ①) stays.
"""

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from kbtool.intake.readers.characters import Characters

Codes = npt.NDArray[np.uint32]

#: pdfium's mark for a hyphen at the end of a line.
_LINE_END_HYPHEN = (0x02, 0xFFFE)
#: Radicals of the supplement that look like a Japanese ideograph; NFKC knows those of Kangxi only.
#: After EquivalentUnifiedIdeograph.txt of the Unicode character database.
_RADICALS = dict(
    zip(
        "⺁⺌⺎⺐⺒⺓⺔⺖⺘⺙⺛⺝⺞⺠⺡⺣⺤⺨⺩⺫⺬⺭⺯⺲⺶⺹⺼⺾⺿⻀⻁⻂⻃⻄⻆⻌⻍⻎⻏⻑⻒⻖⻗⻘⻝⻟⻣⻤⻨⻩⻫⻭⻯⻱⻲",
        "厂小兀尢巳幺彑忄扌攵旡月歺民氵灬爫犭王罒示礻糹罒羊耂月艹艹艹虎衤覀西角辶辶辶阝長镸阝雨青食飠骨鬼麦黄斉歯竜龜亀",
        strict=True,
    )
)
#: Vertical forms of brackets and points.
_VERTICAL = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︰︱︲︳︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
        "，、。：；！？〖〗…‥—–＿（）｛｝〔〕【】《》〈〉「」『』［］",
        strict=True,
    )
)


def _table(*spans: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """A flag for each code of the basic plane, set within the spans (both ends included)."""
    flags = np.zeros(0x10000, np.bool_)
    for first, last in spans:
        flags[first : last + 1] = True
    return flags


#: What leaves no mark on paper: spaces, soft hyphens, joiners, variation selectors.
_WHITE_SPACE = _table(
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0xAD, 0xAD),
    (0x1680, 0x1680),
    (0x2000, 0x200F),
    (0x202F, 0x202F),
    (0x205F, 0x2060),
    (0x3000, 0x3000),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
)
#: What needs a look: marks set onto letters, radicals, halves of characters, forms of others.
_ODD = _table(
    (0x02, 0x02),
    (0x0300, 0x036F),
    (0x2E80, 0x2FDF),
    (0x3099, 0x309A),
    (0xD800, 0xDFFF),
    (0xF900, 0xFA0D),
    (0xFB00, 0xFB06),
    (0xFE10, 0xFE4F),
    (0xFFFE, 0xFFFE),
)


def is_white_space(codes: Codes) -> npt.NDArray[np.bool_]:
    """Which codes leave no mark on paper."""
    return _WHITE_SPACE[codes]


def is_full_width(codes: Codes) -> npt.NDArray[np.bool_]:
    """Which codes are set in a square of their size."""
    return ((codes >= 0x2E80) & (codes < 0xA000)) | ((codes >= 0xFF01) & (codes <= 0xFF60))


def is_latin(codes: Codes) -> npt.NDArray[np.bool_]:
    """Which codes are written with spaces between words."""
    return codes < 0x2E80


def settled(read: "Characters") -> "Characters":
    """Join halves of characters, set marks onto their letters, part ligatures, and take forms for what they mean."""
    codes = read.codes
    odd = np.flatnonzero(_ODD[codes])
    if len(odd):
        codes, kept = _joined(codes, odd)
        codes[odd] = [_meant(code) for code in codes[odd].tolist()]
        read = replace(read, codes=codes).chosen(kept)
    return _parted(read)


def _joined(codes: Codes, odd: npt.NDArray[np.int64]) -> tuple[Codes, npt.NDArray[np.bool_]]:
    """Put surrogate pairs and composed letters into the first of their codes; the flags say which codes remain."""
    joined = codes.copy()
    kept = np.ones(len(codes), np.bool_)
    for index in odd.tolist():
        code, before = int(codes[index]), int(joined[index - 1]) if index else 0
        if 0xDC00 <= code <= 0xDFFF and 0xD800 <= before <= 0xDBFF:
            joined[index - 1] = 0x10000 + ((before - 0xD800) << 10) + (code - 0xDC00)
            kept[index] = False
        elif code >= 0xE000 or not unicodedata.combining(chr(code)):
            continue
        elif before and len(composed := unicodedata.normalize("NFC", chr(before) + chr(code))) == 1:
            joined[index - 1] = ord(composed)
            kept[index] = False
    chosen_forms = (joined >= 0xE0100) & (joined <= 0xE01EF)
    return joined, kept & ~chosen_forms


def _meant(code: int) -> int:
    """The character of which ``code`` is only a form; lone halves of characters are unreadable."""
    if code in _LINE_END_HYPHEN:
        return ord("-")
    if code > 0xFFFF:
        return code
    if 0xD800 <= code <= 0xDFFF:
        return 0xFFFD
    char = chr(code)
    if 0x2F00 <= code < 0x2FE0 or 0xF900 <= code <= 0xFA0D:
        char = unicodedata.normalize("NFKC", char)[0]
    return ord(_RADICALS.get(char, _VERTICAL.get(char, char)))


def _repeated(read: "Characters") -> npt.NDArray[np.bool_]:
    """Characters with the very box of the one before: the letters of a ligature."""
    same = np.zeros(len(read), np.bool_)
    same[1:] = (read.boxes[1:, 0] == read.boxes[:-1, 0]) & (read.runs[1:] == read.runs[:-1])
    if same.any():
        same[1:] &= (read.boxes[1:] == read.boxes[:-1]).all(axis=1)
    return same


def _parted(read: "Characters") -> "Characters":
    """Share the box of a ligature out among its letters, along the line."""
    same = _repeated(read)
    if not same.any():
        return read
    boxes = read.boxes.copy()
    group = np.cumsum(~same) - 1
    count = np.bincount(group)[group]
    place = np.arange(len(read)) - np.flatnonzero(~same)[group]
    for sides, upright in (((0, 2), True), ((1, 3), False)):
        these = (count > 1) & ((read.angles % 180 == 0) == upright)
        back = read.angles >= 180 if upright else read.angles == 90
        at = np.where(back, count - 1 - place, place)[these]
        low, high = read.boxes[these, sides[0]], read.boxes[these, sides[1]]
        step = (high - low) / count[these]
        boxes[these, sides[0]], boxes[these, sides[1]] = low + at * step, low + (at + 1) * step
    return replace(read, boxes=boxes)
