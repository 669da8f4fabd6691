"""Spaces of a Japanese line: engines set them by chance, people by meaning.

Separate because both engines need the same rule: a space stays between words in Latin letters and where the paper
shows a real gap; inside Japanese it goes.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
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
#: White between neighbours of a line set close; what a loosely set or faded line has more of parts no words.
_CLOSE_SET = 0.15
#: Centres of two Japanese characters farther apart than this many of the line's steps have a space between them.
_SPACE_STEP = 1.25
#: As many pairs tell how a line is set.
_TELLING_PAIRS = 5
_CARRY_WHITE_AFTER, _CARRY_WHITE_BEFORE = "。、，．,.）」』】：・", "（「『【・"
_DARK = 160

#: A character and where it stands on its line.
_Set = tuple[str, Span]
#: The columns of a page that have ink, from the left.
_Columns = list[int]


def close_up(line: OcrLine) -> OcrLine:
    """Take out the spaces nobody set."""
    keep = [i for i, c in enumerate(line.text) if not c.isspace() or _is_meant(line, i)]
    return line if len(keep) == len(line.text) else _kept(line, keep)


def open_up(line: OcrLine, image: Grey) -> OcrLine:
    """Let the paper decide: spaces beside Japanese go where it shows none (もう 一度), and come where it shows one."""
    if line.vertical or len(line.text) < 2:
        return line
    setting = _Setting.of(line, image)
    line = _without_unseen(line, setting)
    characters = list(zip(line.text, line.spans, line.confidences, strict=True))
    opened = characters[:1]
    for one, other in pairwise(characters):
        gap = setting.gap(one[:2], other[:2])
        if gap and not f"{one[0]}{other[0]}".count(" ") and not _carries_white(one[0], other[0]):
            opened.append((" ", gap, min(one[2], other[2])))
        opened.append(other)
    text, spans, confidences = zip(*opened, strict=True)
    return replace(line, text="".join(text), spans=spans, confidences=confidences)


@dataclass(frozen=True, slots=True, eq=False)
class _Setting:
    """How a line is set, in pixels.

    ``ink``: which columns of the page it inks; ``size`` of its type; ``step`` from one Japanese character to the next,
    the size where too few tell; ``loose``, the white between neighbours beyond what a close-set line has.
    """

    ink: _Columns
    size: float
    step: float
    loose: float

    @classmethod
    def of(cls, line: OcrLine, image: Grey) -> "_Setting":
        size, ink = type_size(line, image), _ink(line, image)
        inked = [(c, span) for c, span in zip(line.text, line.spans, strict=True) if not c.isspace()]
        pairs = [(one, other) for (a, one), (b, other) in pairwise(inked) if _JAPANESE.match(a) and _JAPANESE.match(b)]
        if len(pairs) < _TELLING_PAIRS:
            return cls(ink, size, size, 0.0)
        widths = [_widest(one, other, ink) for one, other in pairs]
        usual = float(np.quantile([end - start for start, end in widths], 0.25))
        step = float(np.median([_middle(other) - _middle(one) for one, other in pairs]))
        return cls(ink, size, step, max(0.0, usual - _CLOSE_SET * size))

    def gap(self, one: _Set, other: _Set) -> Span | None:
        """Where the paper shows a space between two characters."""
        (before, first), (after, second) = one, other
        both = _JAPANESE.match(before) and _JAPANESE.match(after)
        if both and _middle(second) - _middle(first) < _SPACE_STEP * self.step:
            return None
        share = _WHITE_IN_WORD if _WORD.match(before) and _WORD.match(after) else _WHITE
        least = share * self.size + self.loose
        start, end = _widest(first, second, self.ink)
        return (start, end) if end - start >= least else None


def _without_unseen(line: OcrLine, setting: _Setting) -> OcrLine:
    keep = [i for i, c in enumerate(line.text) if not c.isspace() or _is_seen(line, i, setting)]
    return line if len(keep) == len(line.text) else _kept(line, keep)


def _is_seen(line: OcrLine, i: int, setting: _Setting) -> bool:
    before, after = line.text[i - 1 : i], line.text[i + 1 : i + 2]
    if not before or not after or not (_JAPANESE.match(before) or _JAPANESE.match(after)):
        return True
    return setting.gap((before, line.spans[i - 1]), (after, line.spans[i + 1])) is not None


def _kept(line: OcrLine, keep: list[int]) -> OcrLine:
    return replace(
        line,
        text="".join(line.text[i] for i in keep),
        spans=tuple(line.spans[i] for i in keep),
        confidences=tuple(line.confidences[i] for i in keep),
    )


def _carries_white(before: str, after: str) -> bool:
    return before in _CARRY_WHITE_AFTER or after in _CARRY_WHITE_BEFORE


def _ink(line: OcrLine, image: Grey) -> _Columns:
    """Which columns of a page a line inks."""
    _, y0, _, y1 = (max(0, round(side)) for side in line.bounds)
    inked: _Columns = np.flatnonzero((image[y0:y1] < _DARK).any(axis=0)).tolist()
    return inked


def _widest(one: Span, other: Span, ink: _Columns) -> Span:
    """The widest white of the paper between the middles of two characters."""
    x0, x1 = round(_middle(one)), round(_middle(other))
    edges = [x0, *ink[bisect_left(ink, x0) : bisect_right(ink, x1)], max(x0, x1)]
    start, end = max(pairwise(edges), key=lambda gap: gap[1] - gap[0])
    return float(start), float(end)


def _middle(span: Span) -> float:
    return (span[0] + span[1]) / 2


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
