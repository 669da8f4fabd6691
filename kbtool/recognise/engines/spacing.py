"""Spaces of a Japanese line: engines set them by chance, people by meaning.

Separate because both engines need the same rule: a space stays between words in Latin letters and where the paper
shows a real gap; inside Japanese it goes.
"""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np

from kbtool.recognise.engines.line import OcrLine, Span
from kbtool.recognise.raster import Grey
from kbtool.recognise.type_size import type_size

_JAPANESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef々〆ヶ]")
#: A gap wider than this share of the type's height is meant.
_REAL_GAP = 0.8
#: White on the paper of this share of the type's height is a space somebody set; glyphs carry up to .45 themselves.
_WHITE = 0.55
#: Inside a word of katakana, whose narrow glyphs (トッリ) carry more.
_WHITE_IN_WORD = 0.9
_WORD = re.compile(r"[ァ-ヺー・]")
_CARRY_WHITE_AFTER, _CARRY_WHITE_BEFORE = "。、，．,.）」』】：・", "（「『【・"
_DARK = 160


def close_up(line: OcrLine) -> OcrLine:
    """Take out the spaces nobody set."""
    keep = [i for i, c in enumerate(line.text) if not c.isspace() or _is_meant(line, i)]
    return line if len(keep) == len(line.text) else _kept(line, keep)


def open_up(line: OcrLine, image: Grey) -> OcrLine:
    """Let the paper decide: spaces beside Japanese go where it shows none (もう 一度), and come where it shows one."""
    if line.vertical or len(line.text) < 2:
        return line
    line = _without_unseen(line, image)
    characters = list(zip(line.text, line.spans, line.confidences, strict=True))
    opened, size = characters[:1], type_size(line, image)
    for one, other in pairwise(characters):
        least = _WHITE_IN_WORD if _WORD.match(one[0]) and _WORD.match(other[0]) else _WHITE
        gap = _white(one[1], other[1], least * size, line, image)
        if gap and not f"{one[0]}{other[0]}".count(" ") and not _carries_white(one[0], other[0]):
            opened.append((" ", gap, min(one[2], other[2])))
        opened.append(other)
    text, spans, confidences = zip(*opened, strict=True)
    return replace(line, text="".join(text), spans=spans, confidences=confidences)


def _without_unseen(line: OcrLine, image: Grey) -> OcrLine:
    size = type_size(line, image)
    keep = [i for i, c in enumerate(line.text) if not c.isspace() or _is_seen(line, i, size, image)]
    return line if len(keep) == len(line.text) else _kept(line, keep)


def _is_seen(line: OcrLine, i: int, size: float, image: Grey) -> bool:
    before, after = line.text[i - 1 : i], line.text[i + 1 : i + 2]
    if not before or not after or not (_JAPANESE.match(before) or _JAPANESE.match(after)):
        return True
    least = _WHITE_IN_WORD if _WORD.match(before) and _WORD.match(after) else _WHITE
    return _white(line.spans[i - 1], line.spans[i + 1], least * size, line, image) is not None


def _kept(line: OcrLine, keep: list[int]) -> OcrLine:
    return replace(
        line,
        text="".join(line.text[i] for i in keep),
        spans=tuple(line.spans[i] for i in keep),
        confidences=tuple(line.confidences[i] for i in keep),
    )


def _carries_white(before: str, after: str) -> bool:
    return before in _CARRY_WHITE_AFTER or after in _CARRY_WHITE_BEFORE


def _white(one: Span, other: Span, least: float, line: OcrLine, image: Grey) -> Span | None:
    """Where the paper between the middles of two characters is white for ``least`` pixels."""
    _, y0, _, y1 = (max(0, round(side)) for side in line.bounds)
    x0, x1 = round(sum(one) / 2), round(sum(other) / 2)
    if x1 - x0 < least:
        return None
    inked = np.flatnonzero((image[y0:y1, x0 : x1 + 1] < _DARK).any(axis=0))
    edges = np.concatenate([[0], inked, [x1 - x0]])
    widest = int(np.diff(edges).argmax())
    if edges[widest + 1] - edges[widest] < least:
        return None
    return float(x0 + edges[widest]), float(x0 + edges[widest + 1])


def _is_meant(line: OcrLine, i: int) -> bool:
    if i in (0, len(line.text) - 1) or line.text[i - 1].isspace():
        return False
    before, after = line.text[i - 1], line.text[i + 1]
    if not _JAPANESE.match(before) and not _JAPANESE.match(after):
        return True
    if _carries_white(before, after):
        return False
    gap = line.spans[i + 1][0] - line.spans[i - 1][1]
    return gap > _REAL_GAP * _thickness(line)


def _thickness(line: OcrLine) -> float:
    x0, y0, x1, y1 = line.bounds
    return x1 - x0 if line.vertical else y1 - y0
