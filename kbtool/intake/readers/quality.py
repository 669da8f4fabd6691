"""Whether the text layer of a page says what the page shows.

Scanners, old word processors and subset fonts without a Unicode table leave text layers that are hidden, partial or
nonsense. Each measure here is a share, so that one odd bullet does not send a good page to recognition.
"""

from collections.abc import Sequence
from dataclasses import dataclass

#: More than this share of unreadable characters, and the pixels are asked.
_MAX_BROKEN = 0.04
#: More than this share of characters outside what Japanese manuals are written with.
_MAX_FOREIGN = 0.15
#: Ordinary Japanese takes over 97 % of its ideographs from JIS level 1; a wrong table picks from everywhere.
_MIN_COMMON_KANJI = 0.8
_ENOUGH_KANJI = 20
#: A picture over this share of the page, with no more characters than a header and a stamp have, is a scan.
_SCAN_COVERAGE = 0.6
_SCAN_CHARACTERS = 200
_HIDDEN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Layer:
    """What was seen of a page's text layer: its characters, and how many of them are hidden or unmapped."""

    text: Sequence[str]
    hidden: int
    unmapped: int
    image_coverage: float


def is_trustworthy(layer: Layer) -> bool:
    """Tell whether the text layer can stand for the page; False sends its pixels to recognition."""
    count = len(layer.text)
    if count == 0 or layer.hidden > _HIDDEN_SHARE * count:
        return False
    if layer.image_coverage >= _SCAN_COVERAGE and count < _SCAN_CHARACTERS:
        return False
    broken = sum(map(_is_broken, layer.text)) + (0 if _is_plain_latin(layer.text) else layer.unmapped)
    if broken + 5 * "".join(layer.text).count("(cid:") > _MAX_BROKEN * count:
        return False
    return _is_plausible(layer.text)


def _is_plausible(text: Sequence[str]) -> bool:
    foreign = sum(1 for char in text if not _is_expected(char))
    if foreign > _MAX_FOREIGN * len(text):
        return False
    kanji = [char for char in text if "\u4e00" <= char <= "\u9fff"]
    if len(kanji) < _ENOUGH_KANJI:
        return True
    return sum(map(_is_common_kanji, kanji)) >= _MIN_COMMON_KANJI * len(kanji)


def _is_plain_latin(text: Sequence[str]) -> bool:
    """Type 1 fonts of TeX carry no Unicode table, and their Latin is right all the same: its vowels show it."""
    letters = [char.lower() for char in text if char.isascii() and char.isalpha()]
    if len(letters) < 0.6 * len(text):
        return False
    return 0.25 <= sum(char in "aeiouy" for char in letters) / len(letters) <= 0.6


def _is_broken(char: str) -> bool:
    """Replacement characters, controls and private use, but not the symbol fonts' bullets (U+F0xx)."""
    code = ord(char)
    return code < 32 or 0x7F <= code < 0xA0 or code in (0xFFFD, 0xFFFF) or 0xE000 <= code < 0xF000 or code >= 0xF0000


def _is_expected(char: str) -> bool:
    """ASCII, European punctuation and what Windows' Japanese code page can write, or a symbol."""
    code = ord(char)
    if code < 0x7F or 0x2000 <= code <= 0x2BFF or 0x3000 <= code <= 0x33FF or 0xF000 <= code <= 0xFAFF:
        return True
    try:
        char.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _is_common_kanji(char: str) -> bool:
    try:
        return 0x88 <= char.encode("cp932")[0] <= 0x98
    except UnicodeEncodeError:
        return False
