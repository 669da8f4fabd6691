"""Characters with places → lines as they stand on the page.

The order of the file is a hint, not the truth: it makes runs (what follows closely in the file and on the page), and
geometry joins runs to lines. A wide gap ends a line, so that columns and cells stay apart; ``layout`` decides what
belongs together. Fake bold, where a word is drawn twice with a small shift, comes out once and bold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from kbtool.document import Box
from kbtool.intake.readers.characters import Character
from kbtool.reading import Line

ENGINE = "pdfium"
#: In em (heights of type). A gap this wide is a gutter or a cell's edge, not a space.
_WIDEST_SPACE = 1.2
_LATIN_SPACE = 0.18
_JAPANESE_SPACE = 0.45
_DOUBLED_SHIFT = 0.2
_LONGEST_SPACED_OUT = 16
#: Characters are looked up by tiles of this size, wider than any shift of ordinary type.
_TILE_PT = 20.0


@dataclass(slots=True)
class _Run:
    """Characters in a row (or, ``vertical``, in a column) as they grow."""

    characters: list[Character]
    vertical: bool = False
    box: Box = field(init=False)

    def __post_init__(self) -> None:
        self.box = self.characters[0].box

    def add(self, character: Character) -> None:
        self.characters.append(character)
        self.box = self.box.union(character.box)

    @property
    def size(self) -> float:
        return median(character.size_pt for character in self.characters)


def build_lines(characters: Sequence[Character]) -> tuple[Line, ...]:
    """Join characters to lines; boxes and spans in points, as the characters'."""
    runs = list(_runs(_undoubled(characters)))
    columns = [run for run in runs if run.vertical]
    rows = _rows([run for run in runs if not run.vertical])
    return tuple(_line(run) for run in [*columns, *rows])


def _undoubled(characters: Sequence[Character]) -> list[Character]:
    """Drop what another text object draws again at nearly the same place; what remains of it is bold."""
    kept: list[Character] = []
    places: dict[tuple[str, int, int], list[int]] = {}
    for character in characters:
        x, y = character.box.centre
        near = places.get((character.text, int(x / _TILE_PT), int(y / _TILE_PT)), ())
        twin = next((index for index in near if _is_twin(kept[index], character)), None)
        if twin is not None:
            kept[twin] = replace(kept[twin], bold=True)
            continue
        reach = _DOUBLED_SHIFT * character.size_pt
        for column in {int((x - reach) / _TILE_PT), int((x + reach) / _TILE_PT)}:
            for row in {int((y - reach) / _TILE_PT), int((y + reach) / _TILE_PT)}:
                places.setdefault((character.text, column, row), []).append(len(kept))
        kept.append(character)
    return kept


def _is_twin(first: Character, second: Character) -> bool:
    (x0, y0), (x1, y1) = first.box.centre, second.box.centre
    limit = min(_TILE_PT, _DOUBLED_SHIFT * first.size_pt)
    return first.run != second.run and abs(x0 - x1) < limit and abs(y0 - y1) < limit


def _runs(characters: Sequence[Character]) -> Iterator[_Run]:
    run: _Run | None = None
    for character in characters:
        if run and not run.vertical and _follows_in_row(run.characters[-1], character):
            run.add(character)
        elif run and (run.vertical or len(run.characters) == 1) and _follows_in_column(run.characters[-1], character):
            run.vertical = True
            run.add(character)
        else:
            if run:
                yield run
            run = _Run([character])
    if run:
        yield run


def _follows_in_row(last: Character, character: Character) -> bool:
    em = max(last.size_pt, character.size_pt)
    gap = character.box.x0 - last.box.x1
    return -0.5 * em < gap < _WIDEST_SPACE * em and _share_row(last.box, character.box)


def _follows_in_column(last: Character, character: Character) -> bool:
    if last.text.isascii() or character.text.isascii():
        return False
    em = max(last.size_pt, character.size_pt)
    gap = character.box.y0 - last.box.y1
    return -0.3 * em < gap < 0.5 * em and abs(last.box.centre[0] - character.box.centre[0]) < 0.3 * em


def _share_row(first: Box, second: Box) -> bool:
    overlap = min(first.y1, second.y1) - max(first.y0, second.y0)
    return overlap > 0.5 * min(first.height, second.height)


def _rows(runs: list[_Run]) -> Iterator[_Run]:
    """Join runs that stand in one row with no wide gap between them."""
    row: list[_Run] = []
    for run in sorted(runs, key=lambda run: (run.box.centre[1], run.box.x0)):
        if row and abs(run.box.centre[1] - row[0].box.centre[1]) > 0.4 * min(run.box.height, row[0].box.height):
            yield from _joined(row)
            row = []
        row.append(run)
    yield from _joined(row)


def _joined(row: list[_Run]) -> Iterator[_Run]:
    grown: _Run | None = None
    for run in sorted(row, key=lambda run: run.box.x0):
        if grown and _follows_in_row(grown.characters[-1], run.characters[0]):
            for character in run.characters:
                grown.add(character)
        else:
            if grown:
                yield grown
            grown = run
    if grown:
        yield grown


def _line(run: _Run) -> Line:
    characters = run.characters
    text = [characters[0].text]
    spans = [_span(characters[0], run.vertical)]
    for last, character in pairwise(characters):
        span = _span(character, run.vertical)
        if _is_spaced(last, character, span[0] - spans[-1][1]):
            text.append(" ")
            spans.append((spans[-1][1], span[0]))
        text.append(character.text)
        spans.extend([span] * len(character.text))
    if _is_spaced_out(text):
        spans = [span for span, char in zip(spans, text, strict=True) if char != " "]
        text = [char for char in text if char != " "]
    bold = sum(character.bold for character in characters) * 2 > len(characters)
    return Line("".join(text), run.box, tuple(spans), run.size, vertical=run.vertical, bold=bold, engine=ENGINE)


def _span(character: Character, vertical: bool) -> tuple[float, float]:
    return (character.box.y0, character.box.y1) if vertical else (character.box.x0, character.box.x1)


def _is_spaced(last: Character, character: Character, gap: float) -> bool:
    latin = ord(last.text[-1]) < 0x2E80 and ord(character.text[0]) < 0x2E80
    em = _LATIN_SPACE if latin or character.spaced else _JAPANESE_SPACE
    return gap > em * min(last.size_pt, character.size_pt)


def _is_spaced_out(text: list[str]) -> bool:
    """A title drawn like 訪 問 看 護: every character on its own, none of them Latin."""
    words = "".join(text).split(" ")
    return 2 <= len(words) <= _LONGEST_SPACED_OUT and all(len(word) == 1 and ord(word) >= 0x2E80 for word in words)
