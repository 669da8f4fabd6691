"""PP-OCR with Tesseract as second opinion.

The two err in different places: an oracle that always picked the better line would halve the errors of the better
engine. But a question costs as much as ten lines, and where PP-OCR is fairly sure (80 % and above) Tesseract was never
both right and surer of it on fax and stamped pages: only lines PP-OCR clearly doubts are asked about again.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kbtool.recognise.engines.line import Engine, OcrLine
from kbtool.recognise.raster import Grey

#: Tesseract's word counts when it is surer by so many points: it rates itself higher than PP-OCR does.
_SURER_BY = 8.0
#: Two readings of one line differ little in length; another length means that one saw something else.
_LENGTHS = (0.7, 1.4)
_MARGIN_PX = 6
#: Tesseract takes rings for letters: what is nothing but rings and strokes is not asked about.
_WORDS = re.compile(r"[ぁ-ヺ一-鿿1-9A-NP-Za-np-z]")
#: At most so many questions a page: a page of handwriting would cost minutes and gain nothing.
_MAX_QUESTIONS = 6


class AutoEngine:
    """The first engine's lines, each doubtful one replaced where the second engine is surer."""

    name = "auto"

    def __init__(self, first: Engine, second: Engine, doubtful_below: float) -> None:
        self._first, self._second, self._doubtful_below = first, second, doubtful_below
        self.fingerprint = f"auto({first.fingerprint},{second.fingerprint},{doubtful_below:g})"

    def read(self, image: Grey, dpi: float) -> tuple[OcrLine, ...]:
        """Find and read all lines, asking twice about doubtful ones."""
        lines = self._first.read(image, dpi)
        doubtful = [line for line in lines if self._is_doubtful(line)]
        asked = sorted(doubtful, key=lambda line: -line.confidence)[:_MAX_QUESTIONS]
        answers = {id(line): self._second_opinion(line, image, dpi) for line in asked}
        return tuple(answers.get(id(line), line) for line in lines)

    def read_line(self, image: Grey, dpi: float) -> OcrLine | None:
        """Read an image that is one horizontal line."""
        line = self._first.read_line(image, dpi)
        return self._second_opinion(line, image, dpi) if line and self._is_doubtful(line) else line

    def glance(self, images: Sequence[Grey], dpi: float) -> list[OcrLine | None]:
        """Let the first engine read each line."""
        return [self._first.read_line(image, dpi) for image in images]

    def _is_doubtful(self, line: OcrLine) -> bool:
        return line.confidence < self._doubtful_below and not line.vertical and bool(_WORDS.search(line.text))

    def _second_opinion(self, line: OcrLine, image: Grey, dpi: float) -> OcrLine:
        x0, y0, x1, y1 = (round(side) for side in line.bounds)
        left, top = max(0, x0), max(0, y0)
        crop = np.pad(image[top:y1, left:x1], _MARGIN_PX, constant_values=255)
        other = self._second.read_line(np.ascontiguousarray(crop), dpi)
        if other is None or not is_better(other, line):
            return line
        shift = left - _MARGIN_PX
        spans = tuple((start + shift, end + shift) for start, end in other.spans)
        return replace(other, quad=line.quad, spans=spans)


def is_better(other: OcrLine, line: OcrLine) -> bool:
    """Whether a second reading replaces the first: surer by a margin, and about as long."""
    shortest, longest = (share * len(line.text) for share in _LENGTHS)
    return other.confidence >= line.confidence + _SURER_BY and shortest <= len(other.text) <= longest
