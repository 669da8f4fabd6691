"""How much speaks for a stretch of text being a person's name, from the dictionary and from how the sentence is cut.

Separate from where to look (labels, honorifics, running text): there is one answer for a stretch, wherever it stands,
and each place asks for as much as it has not said itself.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from kbtool.text import analysis
from kbtool.text.analysis import dictionary_tags
from kbtool.text.personal_name_parts import (
    is_family,
    is_full_name,
    is_given,
    is_no_name,
    is_nobody,
    is_only_given,
    is_word,
)
from kbtool.text.personal_name_patterns import KANJI

#: A family and a given name that the dictionary knows; a known one with another; one that may be.
SURE, LIKELY, PERHAPS, UNLIKELY = 95.0, 85.0, 80.0, 65.0
#: What a given name commonly ends in.
_GIVEN_END = re.compile("[子美郎雄夫男太介也恵香奈斗平吾輔樹代江菜莉衣乃希華音哉彦之司月花里織帆咲翔真輝穂]$")
_IS_KANJI = re.compile(f"[{KANJI}]")


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words: where each starts, ends, and what it is (``analysis.tagged``)."""

    text: str
    words: list[tuple[int, int, str]]
    starts: list[int]

    def at(self, start: int) -> tuple[int, int, str] | None:
        """The word that starts here."""
        place = bisect_left(self.starts, start)
        found = self.words[place] if place < len(self.words) else None
        return found if found and found[0] == start else None

    def inside(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The words within a span."""
        place = bisect_left(self.starts, start)
        return [word for word in self.words[place : place + end - start] if word[1] <= end]

    def is_kanji(self, place: int) -> bool:
        """Whether a kanji stands at this place."""
        return 0 <= place < len(self.text) and _IS_KANJI.match(self.text[place]) is not None


def cut(text: str) -> Words:
    """Cut a text into words."""
    words = analysis.tagged(text)
    return Words(text, words, [start for start, _, _ in words])


def speaks(words: Words, start: int, end: int) -> float:
    """How much speaks for this very span being a name, in percent."""
    value = words.text[start:end]
    head, _, tail = value.replace("・", " ").partition(" ")
    if tail:
        return _of_two(head, tail) or (UNLIKELY if is_family(head) or _is_foreign(head, tail) else 0.0)
    if is_word(value):
        return 0.0
    first = words.at(start)
    if len(value) >= 3 and is_full_name(value, first[1] - start if first else 0):
        return SURE
    if first is None or first[1] > end:
        return 0.0
    if first[1] == end:
        return _of_one(value, first[2])
    return LIKELY if _ends_in_given(value) else _of_parts(value[: first[1] - start], value[first[1] - start :])


def _is_foreign(first: str, last: str) -> bool:
    """Two names in katakana, one of which the dictionary knows as somebody's (ジョン・スミス)."""
    is_katakana = re.fullmatch("[ァ-ヴー]{2,9}", first) and re.fullmatch("[ァ-ヴー]{2,9}", last)
    return is_katakana is not None and any("人名" in dictionary_tags(each) for each in (first, last))


def _of_parts(head: str, rest: str) -> float:
    return _of_two(head, rest) if re.fullmatch(f"[{KANJI}]{{1,4}}|[ぁ-んァ-ヴー]{{2,6}}", rest) else 0.0


def _ends_in_given(value: str) -> bool:
    """Two or three kanji and a name that is nothing else, however the sentence was cut (仮名花子)."""
    if not re.fullmatch(f"[{KANJI}]{{4,6}}", value) or not _GIVEN_END.search(value) or is_no_name(value):
        return False
    return any(is_only_given(value[at:]) for at in (2, 3) if len(value) - at >= 2)


def _of_two(family: str, given: str) -> float:
    known = is_family(family)
    if known and is_given(given):
        return SURE
    if known and len(family) == 1:
        return 0.0
    if re.fullmatch("[ァ-ヴー]{2,6}", family) and (is_given(given) or known):
        return PERHAPS
    if re.fullmatch("[ぁ-ん]+", given):
        return UNLIKELY if known else 0.0
    if known:
        return UNLIKELY if len(given) <= 3 and not is_no_name(given) else 0.0
    return _with_stranger(family, given)


def _with_stranger(family: str, given: str) -> float:
    """A given name behind two or three kanji that are no known family name (見本花子)."""
    if not re.fullmatch(f"[{KANJI}]{{2,3}}", family) or is_nobody(family) or is_no_name(family) or not is_given(given):
        return 0.0
    return LIKELY if is_only_given(given) or _GIVEN_END.search(given) else UNLIKELY


def _of_one(value: str, tag: str) -> float:
    if len(value) == 1:
        return UNLIKELY if tag == "姓" else 0.0
    if tag == "姓":
        return SURE
    if is_family(value):
        return LIKELY if _IS_KANJI.match(value) else UNLIKELY
    return UNLIKELY if tag in ("名", "人名") else 0.0
