"""Whether the text layer of a page says what the page shows.

Scanners, old word processors and subset fonts without a Unicode table leave text layers that are hidden, partial or
nonsense. Each measure here is a share, so that one odd bullet does not send a good page to recognition.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

#: More than this share of unreadable characters, and the pixels are asked.
_MAX_BROKEN = 0.04
#: More than this share of characters outside what Japanese manuals are written with.
_MAX_FOREIGN = 0.15
#: Ordinary Japanese takes over 97 % of its ideographs from JIS level 1; a wrong table picks from everywhere.
_MIN_COMMON_KANJI = 0.8
_ENOUGH_KANJI = 20
#: Three in four hiragana of any Japanese prose are one of these; a wrong table mixes them up with the others.
_FREQUENT_KANA = "いうえかがくけこさしすせただってでとなにのはまもよらりるれをん"
_MIN_FREQUENT_KANA = 0.55
_ENOUGH_KANA = 60
#: A picture over this share of the page, with no more characters than a header and a stamp have, is a scan.
_SCAN_COVERAGE = 0.6
_SCAN_CHARACTERS = 200
_HIDDEN_SHARE = 0.5
_VOWELS = (0.25, 0.6)

Codes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What was seen of a page's text layer: its characters, and how many of them are hidden or unmapped."""

    codes: Codes
    hidden: int
    unmapped: int
    image_coverage: float


def is_trustworthy(layer: Layer) -> bool:
    """Tell whether the text layer can stand for the page; False sends its pixels to recognition."""
    return len(layer.codes) > 0 and not is_scan(layer) and says_what_it_shows(layer)


def is_scan(layer: Layer) -> bool:
    """Tell whether the page is a picture, whatever words stand on it or are hidden behind it."""
    count = len(layer.codes)
    return layer.hidden > _HIDDEN_SHARE * count or (layer.image_coverage >= _SCAN_COVERAGE and count < _SCAN_CHARACTERS)


def says_what_it_shows(layer: Layer) -> bool:
    """Tell whether the characters there are can be believed, however few."""
    count = len(layer.codes)
    broken = np.count_nonzero(are_broken(layer.codes))
    broken += 0 if not layer.unmapped or is_plain_latin(layer.codes) else layer.unmapped
    if broken + 5 * _written_as_numbers(layer.codes) > _MAX_BROKEN * count:
        return False
    return _is_plausible(layer.codes)


def are_broken(codes: Codes) -> Flags:
    """Replacement characters, controls and private use, but not the symbol fonts' bullets (U+F0xx)."""
    return np.asarray(_broken()[codes.clip(max=0xFFFF)] | (codes >= 0xF0000))


def is_plain_latin(codes: Codes) -> bool:
    """Type 1 fonts of TeX carry no Unicode table, and their Latin is right all the same: its vowels show it."""
    small = codes | 0x20
    letters = small[(small >= ord("a")) & (small <= ord("z"))]
    if len(letters) < 0.6 * len(codes):
        return False
    return bool(_VOWELS[0] <= np.isin(letters, [ord(char) for char in "aeiouy"]).mean() <= _VOWELS[1])


def _written_as_numbers(codes: Codes) -> int:
    """How often a writer put (cid:123) for a character it did not know."""
    if not (codes == ord("(")).any():
        return 0
    return codes.astype("<u4").tobytes().decode("utf-32-le", "replace").count("(cid:")


def _is_plausible(codes: Codes) -> bool:
    plain = codes.clip(max=0xFFFF)
    if np.count_nonzero(~_expected()[plain]) > _MAX_FOREIGN * len(codes):
        return False
    kana = codes[(codes >= 0x3041) & (codes <= 0x3093)]
    if len(kana) >= _ENOUGH_KANA and np.count_nonzero(_frequent()[kana]) < _MIN_FREQUENT_KANA * len(kana):
        return False
    kanji = codes[(codes >= 0x4E00) & (codes <= 0x9FFF)]
    return len(kanji) < _ENOUGH_KANJI or int(np.count_nonzero(_common()[kanji])) >= _MIN_COMMON_KANJI * len(kanji)


@cache
def _broken() -> Flags:
    spans = ((0, 31), (0x7F, 0x9F), (0xE000, 0xEFFF), (0xFFFD, 0xFFFD), (0xFFFF, 0xFFFF))
    return _table(code for first, last in spans for code in range(first, last + 1))


@cache
def _expected() -> Flags:
    """ASCII, European punctuation and what Windows' Japanese code page can write, or a symbol."""
    flags = _table(_japanese(0x81, 0xFC))
    for first, last in ((0, 0x7E), (0x2000, 0x2BFF), (0x3000, 0x33FF), (0xF000, 0xFAFF), (0xFF61, 0xFF9F)):
        flags[first : last + 1] = True
    return flags


@cache
def _common() -> Flags:
    """The ideographs of JIS level 1."""
    return _table(_japanese(0x88, 0x98))


@cache
def _frequent() -> Flags:
    return _table(map(ord, _FREQUENT_KANA))


def _japanese(first_lead: int, last_lead: int) -> Iterable[int]:
    """The characters that code page 932 writes in two bytes, by their first byte."""
    pairs = (bytes((lead, trail)) for lead in range(first_lead, last_lead + 1) for trail in range(0x40, 0xFD))
    return map(ord, b"\n".join(pairs).decode("cp932", "ignore").replace("\n", ""))


def _table(codes: Iterable[int]) -> Flags:
    flags = np.zeros(0x10000, np.bool_)
    flags[list(codes)] = True
    return flags
