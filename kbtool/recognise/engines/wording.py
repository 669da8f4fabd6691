"""Doubtful characters weighed by the words they make: 保証期問 is none, 保証期間 is one.

Separate because the recogniser knows shapes alone. What a text costs in Sudachi's dictionary, cut at its best, is the
logarithm of how unlikely it is (T. Kudo et al., "Applying conditional random fields to Japanese morphological
analysis", EMNLP 2004); together with the chances of the shapes it decides between the characters that may stand in a
place. Only letters of Japanese are weighed, and few signs: figures and models' names are no words.
"""

import importlib.metadata
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kbtool.recognise.engines.lattice import Seen

#: The dictionary, of which a page needs a fraction.
FILE = "/sudachidict_core/resources/system.dic"
#: What the dictionary costs for each unit of the natural logarithm.
_COST_UNIT = 700.0
#: Shapes count more than words: those that come to the same are decided by what was seen.
_SHAPES = 1.5
#: What a change must gain: letter for letter; where nothing was read.
_LETTER, _LOST = 3.0, 6.0
#: And more at the end and the beginning of a line, where words go on in the next or the one before.
_LAST, _FIRST = 3.0, 2.0
#: The marks of notes, lists and postcodes are seen badly in small type and stand where no word would.
_MARK, _LOST_MARK = -8.0, -13.0
_SURE_OF_NO_MARK = 0.95
#: As many characters before and after are looked at; doubts as near as this are decided together, so many ways kept.
_AROUND, _NEAR, _KEPT = 8, 4, 6
#: A line whose shapes are less likely than this is no line of words.
_HOPELESS = 0.6
#: What was changed is shown to people as not quite sure.
_CHANGED = 0.8

_JAPANESE, _LETTERS = re.compile(r"[ぁ-ゖァ-ヺ一-鿿々]"), re.compile(r"[ぁ-ゖァ-ヺ一-鿿々A-Za-z±]")
#: Numerals are likely everywhere, and the letters that look like them are settled by their neighbours.
_NUMERALS = frozenset("一二三四五六七八九十〇")
#: What badly seen marks were read as, or nothing; leaders (… ‥) and dashes are marks of their own.
_TAKEN_FOR_MARKS = re.compile(r"[ぁ-ゖァ-ヺ一-鿿々A-Za-z0-9*＊=。，.]?$")
_BEFORE_NOTE = frozenset("。】 　")
_POSTCODE, _FULL_POSTCODE = re.compile(r"\d{3}"), re.compile(r"\d{3}-\d{4}(?![\d-])")
_NOT_THOUGHT_OF = 0.02

_Option = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Wording:
    """Weighs by ``cost``, which tells how unlikely a text is."""

    name: str
    cost: Callable[[str], float]

    def settle(self, seen: Sequence[Seen]) -> list[Seen]:
        """The characters of a line, doubtful ones as their words want them; what was lost and not found again goes."""
        settled = list(seen)
        if _likelihood(seen) >= _HOPELESS:
            options = [list(_options(seen, i)) for i in range(len(seen))]
            for places in _together([i for i, found in enumerate(options) if found]):
                for i, character in self._best(seen, places, options).items():
                    settled[i] = replace(seen[i], character=character, chance=min(seen[i].chance, _CHANGED))
        return [one for one in settled if one.character]

    def _best(
        self, seen: Sequence[Seen], places: Sequence[int], options: Sequence[Sequence[_Option]]
    ) -> dict[int, str]:
        """The changes, of all these places together, that make the likeliest text (beam search)."""
        first, last = max(0, places[0] - _AROUND), places[-1] + _AROUND + 1
        around = [one.character for one in seen[first:last]]
        kept: list[tuple[float, float, dict[int, str]]] = [(self._of(around, {}, first), 0.0, {})]
        for i in places:
            ways = [(paid + price, {**changes, i: one}) for _, paid, changes in kept for one, price in options[i]]
            kept += [(self._of(around, changes, first) + paid, paid, changes) for paid, changes in ways]
            kept = sorted(kept, key=lambda way: way[0])[:_KEPT]
        return kept[0][2]

    def _of(self, around: Sequence[str], changes: dict[int, str], first: int) -> float:
        text = "".join(changes.get(first + i, character) for i, character in enumerate(around))
        return self.cost("".join(text.split())) / _COST_UNIT


@cache
def load() -> Wording | None:
    """Load Sudachi's dictionary; None where it is not installed."""
    try:
        from sudachipy import Dictionary

        tokenizer = Dictionary(dict="core").tokenizer()
    except (ImportError, FileNotFoundError):
        return None

    def cost(text: str) -> float:
        return float(tokenizer.tokenize(f"、{text}。").get_internal_cost())  # its first word is free

    versions = "-".join(importlib.metadata.version(name) for name in ("sudachipy", "sudachidict-core"))
    return Wording(f"sudachi-{versions}", cost)


def _likelihood(seen: Sequence[Seen]) -> float:
    chances = [one.chance for one in seen if one.character]
    return sum(chances) / len(chances) if chances else 0.0


def _options(seen: Sequence[Seen], i: int) -> Iterator[_Option]:
    """What may stand in a place instead, and what the words must gain for it."""
    for other, chance in (*seen[i].others, *_overlooked(seen, i)):
        price = _price(seen, i, other)
        if price is not None:
            yield other, price + _SHAPES * (math.log(seen[i].chance) - math.log(chance))


def _overlooked(seen: Sequence[Seen], i: int) -> Iterator[tuple[str, float]]:
    """〒 where nothing else can stand, even if the recogniser did not think of it."""
    if _is_mark(seen, i, "〒") and _FULL_POSTCODE.match("".join(one.character for one in seen[i + 1 : i + 10])):
        yield "〒", _NOT_THOUGHT_OF


def _price(seen: Sequence[Seen], i: int, other: str) -> float | None:
    """What a change must gain, shapes apart; None for one that words cannot decide."""
    was = seen[i].character
    if _is_mark(seen, i, other):
        return _MARK if was else _LOST_MARK
    if not _JAPANESE.match(other) or other in _NUMERALS:
        return None
    edge = (_FIRST if i == 0 else 0.0) + (_LAST if i == len(seen) - 1 else 0.0)
    if not was:
        return _LOST + edge
    return _LETTER + edge if _LETTERS.match(was) else None


def _is_mark(seen: Sequence[Seen], i: int, other: str) -> bool:
    """Whether a mark may stand in a place: ※ and ・ at a beginning, 〒 before a postcode."""
    if seen[i].chance > _SURE_OF_NO_MARK or not _TAKEN_FOR_MARKS.match(seen[i].character):
        return False
    before = "".join(one.character for one in seen[:i])[-1:]
    if other == "〒":
        return bool(_POSTCODE.match("".join(one.character for one in seen[i + 1 : i + 4])))
    return not before if other == "・" else other == "※" and (not before or before in _BEFORE_NOTE)


def _together(places: Sequence[int]) -> Iterator[list[int]]:
    """Places that are near each other."""
    group: list[int] = []
    for place in places:
        if group and place - group[-1] > _NEAR:
            yield group
            group = []
        group.append(place)
    if group:
        yield group
