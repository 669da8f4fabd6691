"""Small and full-size kana (ッ and ツ, ュ and ユ), told apart by where their ink starts.

Where the recogniser is unsure, the page decides: a small kana starts lower than a full-size one, measured against the
kanji of its own line. Where it is sure it is right more often than the ink of a coarse scan. Replaces one character by
one.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kbtool.recognise.engines import OcrLine
from kbtool.recognise.raster import Grey

_FULL, _SMALL = "つやゆよツヤユヨ", "っゃゅょッャュョ"
#: Half way between the tops of both sizes, as a share of the kanji's height below the kanji's top
#: (measured on Gothic and Mincho faces; the sizes lie .10 to .15 apart).
_HALF_WAY = dict(zip(_FULL, (0.28, 0.11, 0.12, 0.11, 0.18, 0.14, 0.27, 0.23), strict=True))
#: So sure of a kana, in percent, the recogniser has seen its size itself.
_SURE = 90.0
#: Nearer to half way than this nothing is decided.
_UNSURE = 0.015
_BEFORE_SMALL_Y = frozenset("きしちにひみりぎじぢびぴキシチニヒミリギジヂビピテデ")
_DARK = 140


def settle_sizes(line: OcrLine, image: Grey) -> OcrLine:
    """The line with each kana of two sizes as large as it stands on the page."""
    two_sizes = (i for i, c in enumerate(line.text) if c in _FULL or c in _SMALL)
    doubtful = [i for i in two_sizes if line.confidences[i] < _SURE]
    if not doubtful or line.vertical or not line.measured:
        return line
    kanji = [rows for i, c in enumerate(line.text) if "一" < c <= "鿿" and (rows := _ink_rows(line, i, image))]
    if len(kanji) < 2:
        return line
    top, bottom = (float(np.median([rows[side] for rows in kanji])) for side in (0, 1))
    text = list(line.text)
    for i in doubtful:
        rows = _ink_rows(line, i, image)
        if rows:
            text[i] = _sized(text, i, (rows[0] - top) / max(1.0, bottom - top))
    return replace(line, text="".join(text))


def _sized(text: list[str], i: int, start: float) -> str:
    """The character at its size: ``start`` is where its ink starts, as in ``_HALF_WAY``."""
    at = _FULL.find(text[i]) if text[i] in _FULL else _SMALL.find(text[i])
    full, small = _FULL[at], _SMALL[at]
    if abs(start - _HALF_WAY[full]) < _UNSURE:
        return text[i]
    fits_small = i > 0 and (full in "つツ" or text[i - 1] in _BEFORE_SMALL_Y)
    return small if start > _HALF_WAY[full] and fits_small else full


def _ink_rows(line: OcrLine, i: int, image: Grey) -> tuple[int, int] | None:
    """First and last row of ink of a character, seen in the middle of its room."""
    start, end = line.spans[i]
    inset = 0.12 * (end - start)
    _, y0, _, y1 = (max(0, round(side)) for side in line.bounds)
    part: npt.NDArray[np.bool_] = image[y0:y1, max(0, round(start + inset)) : round(end - inset)] < _DARK
    rows = np.flatnonzero(part.any(axis=1)) if part.size else np.array([], np.intp)
    return (int(rows[0]), int(rows[-1])) if len(rows) else None
