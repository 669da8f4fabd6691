"""How alike two texts are, letter by letter, and whether they speak of the same numbers.

Two answers that differ only in a fee or a number of days look almost the same and are not: a caller that would
treat texts as one asks ``alike``, which also compares the numbers.
"""

import re
from collections import Counter
from functools import lru_cache

from kbtool.text.folding import fold, normalise
from kbtool.text.grams import folded_grams

#: From here on two questions count as near-duplicates.
NEAR = 0.8

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_THOUSANDS = re.compile("(?<=[0-9]),(?=[0-9]{3})")
_KANJI_NUMBER = re.compile("[一二三四五六七八九十百千]+(?=[日月年回円個か箇ヶケ週時分人本枚台包袋歳割])")


def similarity(one: str, other: str) -> float:
    """Dice coefficient of the folded character pairs: 0 (nothing in common) to 1 (the same letters)."""
    first, second = _letter_pairs(one), _letter_pairs(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else float(fold(one) == fold(other))


@lru_cache(maxsize=20_000)
def _letter_pairs(text: str) -> Counter[str]:
    """The folded character pairs of a text, kept because each text is compared with many."""
    return Counter(folded_grams(fold(text)))


def numbers(text: str) -> tuple[str, ...]:
    """The numbers a text names, in order, whatever their width; kanji numbers only where they count something."""
    plain = _THOUSANDS.sub("", normalise(text))
    found = [*_NUMBER.finditer(plain), *_KANJI_NUMBER.finditer(plain)]
    return tuple(digits(match.group()) for match in sorted(found, key=lambda match: match.start()))


def alike(one: str, other: str, threshold: float = NEAR) -> bool:
    """Whether two texts say the same: similar letters and the same numbers."""
    return numbers(one) == numbers(other) and similarity(one, other) >= threshold


def digits(number: str) -> str:
    """A number in ASCII digits (with a point) or kanji, in digits without leading zeros."""
    if number[0].isascii():
        whole, _, fraction = number.partition(".")
        return f"{int(whole)}.{fraction}" if fraction else str(int(whole))
    value = rest = 0
    for character in number:
        unit = {"十": 10, "百": 100, "千": 1000}.get(character)
        if unit:
            value, rest = value + (rest or 1) * unit, 0
        else:
            rest = rest * 10 + "一二三四五六七八九".index(character) + 1
    return str(value + rest)
