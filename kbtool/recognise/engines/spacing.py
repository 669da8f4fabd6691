"""Spaces of a Japanese line: engines set them by chance, people by meaning.

Separate because both engines need the same rule: a space stays between words in Latin letters and where the paper
shows a real gap; inside Japanese it goes.
"""

import re
from dataclasses import replace

from kbtool.recognise.engines.line import OcrLine

_JAPANESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef々〆ヶ]")
#: A gap wider than this share of the type's height is meant.
_REAL_GAP = 0.8


def close_up(line: OcrLine) -> OcrLine:
    """Take out the spaces nobody set."""
    keep = [i for i, c in enumerate(line.text) if not c.isspace() or _is_meant(line, i)]
    if len(keep) == len(line.text):
        return line
    return replace(
        line,
        text="".join(line.text[i] for i in keep),
        spans=tuple(line.spans[i] for i in keep),
        confidences=tuple(line.confidences[i] for i in keep),
    )


def _is_meant(line: OcrLine, i: int) -> bool:
    if i in (0, len(line.text) - 1) or line.text[i - 1].isspace():
        return False
    before, after = line.text[i - 1], line.text[i + 1]
    if not _JAPANESE.match(before) and not _JAPANESE.match(after):
        return True
    if before in "。、，．）」』：・" or after in "（「『":
        return False  # these carry their own white
    gap = line.spans[i + 1][0] - line.spans[i - 1][1]
    return gap > _REAL_GAP * _thickness(line)


def _thickness(line: OcrLine) -> float:
    x0, y0, x1, y1 = line.bounds
    return x1 - x0 if line.vertical else y1 - y0
