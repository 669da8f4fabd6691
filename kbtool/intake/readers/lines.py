"""Characters with places → lines as they stand on the page.

The order of the file is a hint, not the truth: it makes runs (what follows closely in the file and on the page), and
geometry joins runs to rows and columns. A wide gap ends a line, so that columns and cells stay apart; ``layout``
decides what belongs together. Fake bold, where a word is drawn twice with a small shift, comes out once and bold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from statistics import median
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kbtool.intake.readers import glyphs
from kbtool.intake.readers.characters import Characters, Flags, Numbers, Whole
from kbtool.intake.readers.opened import Lines

#: In em (heights of type). A gap this wide is a gutter or a cell's edge, not a space.
_WIDEST_SPACE = 1.2
#: Brackets that follow each other are set closer than their squares.
_DEEPEST_OVERLAP = 0.7
_LATIN_SPACE = 0.18
_JAPANESE_SPACE = 0.45
_DOUBLED_SHIFT = 0.2
#: Between the characters of a column; more stands between the rows of a table.
_WIDEST_STEP = 0.5
_OFF_AXIS = 0.3
_LONGEST_SPACED_OUT = 16
#: Digits set upright beside each other in a column (31 in 平成31年).
_MOST_IN_COLUMN = 4
_ROW, _COLUMN = 1, 2
#: The clockwise turn that would set upright a letter lying in a column, its top to the right.
_LYING = 270


class Run(NamedTuple):
    """Characters in a row (or, ``vertical``, in a column): stretches of the page's list, their box and type size.

    A page has hundreds, and a tuple is made in a fifth of the time that a frozen dataclass takes.
    """

    stretches: Sequence[tuple[int, int]]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    vertical: bool

    @property
    def centre(self) -> tuple[float, float]:
        """Middle point (x, y)."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def length(self) -> int:
        """How many characters it has."""
        return sum(end - start for start, end in self.stretches)

    def and_then(self, other: "Run") -> "Run":
        """Go on with another run: both as one."""
        return Run(
            [*self.stretches, *other.stretches],
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
            self.size,
            self.vertical,
        )


def undoubled(characters: Characters) -> Characters:
    """Drop what another text object draws again at nearly the same place; what remains of it is bold."""
    limit = _DOUBLED_SHIFT * float(np.median(characters.sizes)) if len(characters) else 0.0
    twins = _twins(characters, limit, 0.0, 0.0)
    if not len(twins):
        return characters
    for shift in ((limit, 0.0), (0.0, limit), (limit, limit)):
        twins = np.concatenate([twins, _twins(characters, limit, *shift)])
    bold, kept = characters.bold.copy(), np.ones(len(characters), np.bool_)
    bold[twins[:, 0]] = True
    kept[twins[:, 1]] = False
    return replace(characters, bold=bold).chosen(kept)


def _twins(characters: Characters, limit: float, shift_x: float, shift_y: float) -> Whole:
    """Pairs (first, second) of one character in one tile of the page; tiles are twice the limit wide."""
    if not len(characters):
        return np.empty((0, 2), np.int64)
    x, y = characters.centres
    tile_x, tile_y = ((x + shift_x) / (2 * limit)).astype(np.int64), ((y + shift_y) / (2 * limit)).astype(np.int64)
    keys = characters.codes.astype(np.int64) + (tile_x << 21) + (tile_y << 42)
    order = np.argsort(keys, kind="stable")
    same = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    first, second = order[same], order[same + 1]
    near = (np.abs(x[first] - x[second]) < limit) & (np.abs(y[first] - y[second]) < limit)
    near &= characters.runs[first] != characters.runs[second]
    return np.stack([first[near], second[near]], axis=1)


def runs_of(characters: Characters) -> list[Run]:
    """Cut the list of characters into runs."""
    count = len(characters)
    if not count:
        return []
    steps = _steps(characters)
    cut = (steps == 0) | ((steps != np.roll(steps, 1)) & (np.roll(steps, 1) != 0) & (np.arange(count - 1) > 0))
    starts = np.concatenate([[0], np.flatnonzero(cut) + 1])
    ends = np.append(starts[1:], count)
    x0, y0, x1, y1 = characters.boxes.T
    lows = [np.minimum.reduceat(side, starts).tolist() for side in (x0, y0)]
    highs = [np.maximum.reduceat(side, starts).tolist() for side in (x1, y1)]
    middle = characters.sizes[(starts + ends) // 2].tolist()
    lying = characters.angles[starts] == _LYING
    longer = np.append(steps, 0)[starts] == _COLUMN
    vertical = (((ends - starts) > 1) & longer | lying).tolist()
    bounds = zip(starts.tolist(), ends.tolist(), strict=True)
    return [Run([b], *sides) for b, *sides in zip(bounds, *lows, *highs, middle, vertical, strict=True)]


def _steps(characters: Characters) -> Whole:
    """How each character goes on to the next: beside it, below it, or (0) not at all."""
    x0, y0, x1, y1 = characters.boxes.T
    sizes, angles = characters.sizes, characters.angles
    em = np.maximum(sizes[:-1], sizes[1:])
    gap = x0[1:] - x1[:-1]
    overlap = np.minimum(y1[:-1], y1[1:]) - np.maximum(y0[:-1], y0[1:])
    level = overlap > 0.5 * np.minimum((y1 - y0)[:-1], (y1 - y0)[1:])
    upright = (angles[:-1] == 0) & (angles[1:] == 0)
    in_row = upright & level & (gap > -_DEEPEST_OVERLAP * em) & (gap < _WIDEST_SPACE * em)
    x, _ = characters.centres
    latin = (characters.codes < 0x80) & (angles == 0)
    lying = (angles[:-1] == _LYING) & (angles[1:] == _LYING)
    drop = y0[1:] - y1[:-1]
    below = (drop > -_OFF_AXIS * em) & (drop < np.where(lying, _WIDEST_SPACE, _WIDEST_STEP) * em)
    in_column = ~latin[:-1] & ~latin[1:] & below & (np.abs(x[1:] - x[:-1]) < _OFF_AXIS * em)
    return np.where(in_row, _ROW, np.where(in_column, _COLUMN, 0))


def joined(runs: Sequence[Run]) -> list[Run]:
    """Join runs that stand in one row, or one column, with no wide gap between them."""
    if not any(run.vertical for run in runs):
        return list(_rows(runs))
    columns = _columns(_with_upright_digits(runs))
    taken = {stretch for column in columns for stretch in column.stretches}
    return [*columns, *_rows([run for run in runs if not run.vertical and run.stretches[0] not in taken])]


def _with_upright_digits(runs: Sequence[Run]) -> list[Run]:
    """The vertical runs, and the short upright ones that stand on the axis of the one before them in the file."""
    found: list[Run] = []
    before: Run | None = None
    for run in runs:
        goes_on = before and before is found[-1] and run.length <= _MOST_IN_COLUMN and _goes_on_below(before, run)
        if run.vertical or goes_on:
            found.append(run)
        before = found[-1] if found else None
    return found


def _columns(runs: Sequence[Run]) -> list[Run]:
    """Join from right to left and downwards."""
    grown: list[Run] = []
    for run in sorted(runs, key=attrgetter("y0")):
        last = next((n for n, column in enumerate(grown) if _goes_on_below(column, run)), None)
        if last is None:
            grown.append(run._replace(vertical=True))
        else:
            grown[last] = grown[last].and_then(run)
    return grown


def _goes_on_below(column: Run, run: Run) -> bool:
    em = max(column.size, run.size)
    drop = run.y0 - column.y1
    alike = min(column.size, run.size) > 0.7 * em
    return alike and -_OFF_AXIS * em < drop < _WIDEST_STEP * em and abs(column.centre[0] - run.centre[0]) < 0.35 * em


def _rows(runs: Sequence[Run]) -> Iterator[Run]:
    row: list[Run] = []
    middle = height = 0.0
    for run in sorted(runs, key=_height_on_page):
        own = run.y1 - run.y0
        if row and abs((run.y0 + run.y1) / 2 - middle) > 0.4 * min(own, height):
            yield from _along(row)
            row = []
        if not row:
            middle, height = (run.y0 + run.y1) / 2, own
        row.append(run)
    yield from _along(row)


def _height_on_page(run: Run) -> tuple[float, float]:
    return run.y0 + run.y1, run.x0


def _along(row: list[Run]) -> Iterator[Run]:
    if len(row) < 2:
        yield from row
        return
    row.sort(key=attrgetter("x0"))
    grown = row[0]
    for run in row[1:]:
        if _goes_on_beside(grown, run):
            grown = grown.and_then(run)
        else:
            yield grown
            grown = run
    yield grown


def _goes_on_beside(row: Run, run: Run) -> bool:
    em = max(row.size, run.size)
    overlap = min(row.y1, run.y1) - max(row.y0, run.y0)
    level = overlap > 0.5 * min(row.y1 - row.y0, run.y1 - run.y0)
    return level and -_DEEPEST_OVERLAP * em < run.x0 - row.x1 < _WIDEST_SPACE * em


def lines_of(characters: Characters, runs: Sequence[Run]) -> Lines:
    """Write the lines out: each run is one, with a space wherever the paper shows one."""
    if not runs:
        return Lines.none()
    order = places_in([stretch for run in runs for stretch in run.stretches])
    lengths = np.array([run.length for run in runs])
    read = characters.chosen(order)
    vertical = np.repeat([run.vertical for run in runs], lengths)
    spans = np.where(vertical[:, None], read.boxes[:, [1, 3]], read.boxes[:, [0, 2]])
    owner = np.repeat(np.arange(len(runs)), lengths)
    spaces = np.flatnonzero(_is_spaced(read, spans) & (owner[1:] == owner[:-1])) + 1
    codes, spans = _with_spaces(read.codes, spans, spaces)
    lengths_spaced = lengths + np.bincount(owner[spaces], minlength=len(runs))
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    frames = np.array([(run.x0, run.y0, run.x1, run.y1, 0.0) for run in runs])
    frames[:, 4] = _sizes(read.sizes, starts, lengths)
    bold = np.add.reduceat(read.bold.astype(np.int64), starts) * 2 > lengths
    return Lines(*_texts(codes, spans, lengths_spaced), frames, [run.vertical for run in runs], bold.tolist())


def places_in(stretches: Sequence[tuple[int, int]]) -> Whole:
    """All positions of the stretches, one after the other."""
    starts, ends = np.array(stretches).T
    before = np.concatenate([[0], np.cumsum(ends - starts)])
    return np.asarray(np.arange(before[-1]) + np.repeat(starts - before[:-1], ends - starts))


def _with_spaces(
    codes: npt.NDArray[np.uint32], spans: Numbers, before: Whole
) -> tuple[npt.NDArray[np.uint32], Numbers]:
    """Put spaces before the characters at these positions, from the end of one character to the start of the next."""
    count = len(codes) + len(before)
    spaces = before + np.arange(len(before))
    given = np.ones(count, np.bool_)
    given[spaces] = False
    all_codes, all_spans = np.full(count, 0x20, np.uint32), np.empty((count, 2))
    all_codes[given], all_spans[given] = codes, spans
    all_spans[spaces, 0], all_spans[spaces, 1] = spans[before - 1, 1], spans[before, 0]
    return all_codes, all_spans


def _is_spaced(read: Characters, spans: Numbers) -> Flags:
    """Whether a space stands between each character and the next."""
    latin = glyphs.is_latin(read.codes)
    narrow = (latin[:-1] & latin[1:]) | read.spaced[1:]
    em = np.minimum(read.sizes[:-1], read.sizes[1:])
    return np.asarray(spans[1:, 0] - spans[:-1, 1] > np.where(narrow, _LATIN_SPACE, _JAPANESE_SPACE) * em)


def _sizes(sizes: Numbers, starts: Whole, lengths: Whole) -> Numbers:
    """The size in the middle of each line's sizes."""
    least, most = np.minimum.reduceat(sizes, starts), np.maximum.reduceat(sizes, starts)
    for index in np.flatnonzero(most - least > 0.01).tolist():
        least[index] = median(sizes[starts[index] : starts[index] + lengths[index]].tolist())
    return least


def _texts(codes: npt.NDArray[np.uint32], spans: Numbers, lengths: Whole) -> tuple[list[str], Numbers]:
    text = codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
    ends = np.cumsum(lengths).tolist()
    texts = [text[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    spaced_out = [_is_spaced_out(line) for line in texts]
    if any(spaced_out):
        dropped = np.repeat(spaced_out, lengths) & (codes == 0x20)
        spans = spans[~dropped]
        texts = [line.replace(" ", "") if wide else line for line, wide in zip(texts, spaced_out, strict=True)]
    return texts, spans


def _is_spaced_out(text: str) -> bool:
    """A title drawn like 訪 問 看 護: every character on its own, none of them Latin."""
    words = text.split(" ")
    return 2 <= len(words) <= _LONGEST_SPACED_OUT and all(len(word) == 1 and ord(word) >= 0x2E80 for word in words)
