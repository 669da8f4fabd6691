"""Ruby: small kana beside ideographs that say how these are read. Kept apart, so that sentences stay whole."""

from collections.abc import Sequence

import numpy as np

from kbtool.document import Box
from kbtool.intake.readers.characters import Characters
from kbtool.intake.readers.lines import Run, places_in
from kbtool.reading import Ruby

#: Ruby is half as large as what it stands beside; some set it a little larger.
_LARGEST = 0.65
#: Middle to middle, in em of the base; lines that follow each other are further apart.
_NEAREST, _FARTHEST = 0.4, 1.35
#: Share of an ideograph's width that its ruby must cover; ruby hangs over its neighbours by less.
_COVERED = 0.35


def candidates(characters: Characters, runs: Sequence[Run]) -> list[Run]:
    """The runs of kana that are small enough to be ruby beside something on this page."""
    if not runs:
        return []
    codes = characters.codes
    kana = ((codes >= 0x3041) & (codes <= 0x30FC)) | ((codes >= 0xFF66) & (codes <= 0xFF9F))
    largest = max(run.size for run in runs)
    return [
        run
        for run in runs
        if run.size <= _LARGEST * largest and all(kana[start:end].all() for start, end in run.stretches)
    ]


def read_ruby(characters: Characters, small: Sequence[Run], lines: Sequence[Run]) -> tuple[list[Ruby], list[Run]]:
    """Find what each small run reads; returns the ruby, and the runs that are none after all."""
    found: list[Ruby] = []
    others: list[Run] = []
    for run in small:
        base = next((text for line in lines if (text := _base(characters, run, line))), "")
        if base:
            found.append(Ruby(base, _text(characters, run), Box(run.x0, run.y0, run.x1, run.y1)))
        else:
            others.append(run)
    return found, others


def _base(characters: Characters, run: Run, line: Run) -> str:
    """The ideographs of ``line`` that ``run`` stands beside: over a row, right of a column."""
    if run.size > _LARGEST * line.size:
        return ""
    (x, y), (line_x, line_y) = run.centre, line.centre
    away = x - line_x if line.vertical else line_y - y
    if not _NEAREST * line.size < away < _FARTHEST * line.size:
        return ""
    start, end = (run.y0, run.y1) if line.vertical else (run.x0, run.x1)
    indices = places_in(line.stretches)
    low, high = characters.boxes[indices][:, [1, 3] if line.vertical else [0, 2]].T
    covered = np.minimum(high, end) - np.maximum(low, start) > _COVERED * (high - low)
    codes = characters.codes[indices][covered].tolist()
    return "".join(map(chr, codes)) if any(_is_ideograph(code) for code in codes) else ""


def _text(characters: Characters, run: Run) -> str:
    return "".join(chr(code) for start, end in run.stretches for code in characters.codes[start:end].tolist())


def _is_ideograph(code: int) -> bool:
    return 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x3FFFF or 0xF900 <= code <= 0xFAFF or code == 0x3005
