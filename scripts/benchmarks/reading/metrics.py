"""How far a reading is from the truth: pure functions over strings and cells.

Both sides are folded first (NFKC, no white space, one kind of dash and of quote), so that spelling conventions that
mean the same cost nothing.
"""

import itertools
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import Levenshtein

from benchmarks.reading.truth import TrueCell

#: The katakana prolonged sound mark is a letter and stays apart from the dashes.
_VARIANTS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−─━﹣", "-"),
        **dict.fromkeys("“”„‟〝〟″", '"'),
        **dict.fromkeys("‘’‚‛′`", "'"),
        **dict.fromkeys("〜～", "~"),
        "•": "・",
        "·": "・",
        **dict.fromkeys("□☐■☑☒✓✔◯○〇", ""),
    }
)

#: Characters from which a block's place in a reading can be told.
_TELLING = 10
_FOUND_SHARE = 0.3


def fold(text: str) -> str:
    """Return text as it is compared: squares and rings of forms are marks, not words."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_VARIANTS).split())


@dataclass(frozen=True, slots=True)
class Errors:
    """Edits (insertions, deletions, substitutions) against so many true characters."""

    edits: int
    characters: int

    def __add__(self, other: "Errors") -> "Errors":
        return Errors(self.edits + other.edits, self.characters + other.characters)

    @property
    def rate(self) -> float:
        """Edits a character."""
        return self.edits / self.characters if self.characters else 0.0


def in_order(truth: Sequence[str], read: str) -> Errors:
    """Errors of the whole page, where reading order matters."""
    expected = fold("".join(truth))
    return Errors(Levenshtein.distance(expected, fold(read)), len(expected))


def by_block(truth: Sequence[str], read: str) -> Errors:
    """Errors where each true block is looked for anywhere in what was read."""
    found = fold(read)
    return sum((Errors(_nearest(block, found)[0], len(block)) for block in map(fold, truth)), Errors(0, 0))


def neighbours(truth: Sequence[str], read: str) -> "Hits":
    """Of true blocks that were found, how many are followed by the one that truly comes next.

    Looked for are blocks long enough and different enough that their place can be told; a block counts as found where
    at most three characters in ten are wrong.
    """
    text = fold(read)
    blocks = [block for block, times in Counter(map(fold, truth)).items() if times == 1 and len(block) >= _TELLING]
    places = [(block, *_nearest(block, text)) for block in blocks]
    found = [(end, index) for index, (block, edits, end) in enumerate(places) if edits <= _FOUND_SHARE * len(block)]
    in_truth = [index for _, index in found]
    follows = set(itertools.pairwise(in_truth))
    in_reading = [index for _, index in sorted(found)]
    right = sum(pair in follows for pair in itertools.pairwise(in_reading))
    return Hits(right, len(follows), len(follows))


@lru_cache(maxsize=1024)
def _nearest(pattern: str, text: str) -> tuple[int, int]:
    """Return the least edit distance between the pattern and any part of the text, and where that part ends.

    Source: G. Myers, A fast bit-vector algorithm for approximate string matching, J. ACM 46 (1999), with H. Hyyrö's
    formulation; Python's whole numbers are vectors of any length.
    """
    if not pattern:
        return 0, 0
    places: dict[str, int] = {}
    for index, character in enumerate(pattern):
        places[character] = places.get(character, 0) | 1 << index
    full, last = (1 << len(pattern)) - 1, 1 << (len(pattern) - 1)
    up, down, distance = full, 0, len(pattern)
    best, end = distance, 0
    for place, character in enumerate(text, 1):
        equal = places.get(character, 0)
        diagonal = (((equal & up) + up) ^ up) | equal | down
        right_up = (down | ~(diagonal | up)) & full
        right_down = up & diagonal
        distance += bool(right_up & last) - bool(right_down & last)
        if distance < best:
            best, end = distance, place
        right_up, right_down = (right_up << 1) & full, (right_down << 1) & full
        up = (right_down | ~(diagonal | right_up)) & full
        down = right_up & diagonal
    return best, end


@dataclass(frozen=True, slots=True)
class Hits:
    """How many were found right, how many were reported, how many there are."""

    right: int = 0
    reported: int = 0
    true: int = 0

    def __add__(self, other: "Hits") -> "Hits":
        return Hits(self.right + other.right, self.reported + other.reported, self.true + other.true)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there was nothing to find and nothing was reported."""
        return 2 * self.right / (self.reported + self.true) if self.reported + self.true else 1.0


def cells(truth: Sequence[TrueCell], tables: Iterable[Sequence[TrueCell]]) -> Hits:
    """Cells of one true table that are exactly right (place, spans, text) in the read table that fits it best."""
    expected = _as_set(truth)
    hits = [Hits(len(expected & found), len(found), len(expected)) for found in map(_as_set, tables)]
    return max(hits, key=lambda hit: (hit.right, -hit.reported), default=Hits(0, 0, len(expected)))


def _as_set(table: Sequence[TrueCell]) -> set[tuple[int, int, int, int, str]]:
    """Empty cells are left out: readers differ in whether they report them."""
    folded = ((cell, fold(cell.text)) for cell in table)
    return {(cell.row, cell.column, cell.row_span, cell.column_span, text) for cell, text in folded if text}


def confusions(truth: Sequence[str], read: str) -> Counter[tuple[str, str]]:
    """Count what became what, over the page in order; moved text is left out (runs longer than 8 characters)."""
    expected, found = fold("".join(truth)), fold(read)
    counted: Counter[tuple[str, str]] = Counter()
    for step in Levenshtein.opcodes(expected, found):
        was, became = expected[step.src_start : step.src_end], found[step.dest_start : step.dest_end]
        if step.tag != "equal" and max(len(was), len(became)) <= 8:
            counted[was, became] += 1
    return counted


def interval(first: Sequence[Errors], second: Sequence[Errors], *, draws: int = 2000) -> tuple[float, float]:
    """95 % interval of the difference of two readers' rates, by a bootstrap over pages that both read.

    Below zero means that the first reader is better.
    """
    rng = np.random.default_rng(0)
    edits = np.array([(a.edits, b.edits, a.characters) for a, b in zip(first, second, strict=True)], float)
    picks = rng.integers(0, len(edits), (draws, len(edits)))
    sums = edits[picks].sum(axis=1)
    differences = (sums[:, 0] - sums[:, 1]) / np.maximum(sums[:, 2], 1)
    low, high = np.percentile(differences, (2.5, 97.5))
    return float(low), float(high)
