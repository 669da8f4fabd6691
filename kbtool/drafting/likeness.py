"""Whether two drafts ask the same, and whether they then give the same numbers.

Duplicates are only proposed: a person decides. Numbers guard them, because two answers that differ in one number of
days are nearly alike and mean different things.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kbtool.drafting.engine import Made
from kbtool.drafting.model import Draft
from kbtool.entry import EntryType
from kbtool.text import analysis
from kbtool.text.similarity import similarity

#: Answers from here on say the same thing in other words; different answers of one manual stay below 0.55.
SAME_ANSWER = 0.7
#: An answer shorter than this (「はい。」) is like too many others.
SHORTEST_ANSWER = 12
#: What question and answer of an older edition must have in common (of 2.0), and where the section number agrees too.
SAME_MATTER = 0.7
SAME_SECTION = 0.35
#: Each question of a document is held against all before it.
_QUESTIONS = 1 << 16
_KEY_WORD = re.compile(r"[一-鿿々]|[ァ-ヶー]{2,}|[A-Za-z0-9-]{2,}")
_QUANTITY = re.compile(
    r"(\d+(?:[.,]\d+)*)\s*(営業日|日|か月|ヶ月|カ月|ヵ月|月|年|週間|週|時間|時|分|秒|円|回|箱|個|枚|本|袋|包|%|cm|mm|m|kg|g|人|歳|割)"
)


@dataclass(frozen=True, slots=True)
class Twin:
    """An earlier draft that asks the same: its place, and the quantities that differ."""

    place: int
    here: tuple[str, ...]
    there: tuple[str, ...]


def twin(made: Made, earlier: Sequence[Made]) -> Twin | None:
    """The earlier question that this one repeats in other words, None where there is none.

    With other numbers it must not name another thing: 毛布 4.2kg and ふとん 1.5kg contradict nothing.
    """
    scored = [(_same(made.draft, other.draft), -place) for place, other in enumerate(earlier)]
    best = max(scored, default=(0.0, 0))
    found = _twin(made, earlier, -best[1]) if best[0] else None
    if found is None:
        return None
    other = earlier[found.place].draft
    # Chapters made alike (A票, B票) have like texts under headings of their own.
    doubtful = bool(found.here) or (made.draft.from_heading and other.from_heading)
    return None if doubtful and _part_ways(made.draft, other) else found


def counterpart(made: Made, earlier: Sequence[Made]) -> Twin | None:
    """The entry in force that a draft of an older edition speaks of, None where it has gone."""
    scored = [(_outdated(made.draft, other.draft), -place) for place, other in enumerate(earlier)]
    best = max(scored, default=(0.0, 0))
    return _twin(made, earlier, -best[1]) if best[0] else None


def quantities(text: str) -> dict[str, set[str]]:
    """The numbers of a text by what they count: {日: {8}, 円: {500}}."""
    found: dict[str, set[str]] = {}
    for number, unit in _QUANTITY.findall(unicodedata.normalize("NFKC", text)):
        found.setdefault(unit, set()).add(number.replace(",", ""))
    return found


def _same(one: Draft, other: Draft) -> float:
    """How surely both ask the same (0: not): like answers, and questions that share a word of weight."""
    if one.type is not EntryType.QA or other.type is not EntryType.QA:
        return 0.0
    if _key_words(one.question).isdisjoint(_key_words(other.question)):
        return 0.0
    if min(len(one.body), len(other.body)) < SHORTEST_ANSWER:
        return 0.0
    answer = similarity(one.body, other.body)
    return answer + similarity(one.question, other.question) if answer >= SAME_ANSWER else 0.0


def _part_ways(one: Draft, other: Draft) -> bool:
    """Whether each question speaks of something that the other does not, and they share no more than half."""
    here, there = set(analysis.words(one.question)), set(analysis.words(other.question))
    return bool(here - there) and bool(there - here) and len(here & there) * 2 <= min(len(here), len(there))


@lru_cache(_QUESTIONS)
def _key_words(question: str) -> frozenset[str]:
    return frozenset(_KEY_WORD.findall(unicodedata.normalize("NFKC", question)))


def _outdated(one: Draft, other: Draft) -> float:
    """How surely a draft of an older edition speaks of the other's matter (0: not)."""
    if one.type is not other.type:
        return 0.0
    alike = similarity(one.body, other.body) + similarity(one.question, other.question)
    section = bool(one.number) and one.number == other.number
    return alike + section if alike >= (SAME_SECTION if section else SAME_MATTER) else 0.0


def _twin(made: Made, earlier: Sequence[Made], place: int) -> Twin:
    here, there = quantities(made.draft.body), quantities(earlier[place].draft.body)
    differing = [unit for unit in here if unit in there and here[unit] != there[unit]]
    return Twin(place, _with_units(here, there, differing), _with_units(there, here, differing))


def _with_units(own: dict[str, set[str]], other: dict[str, set[str]], units: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{number}{unit}" for unit in units for number in sorted(own[unit] - other[unit]))
