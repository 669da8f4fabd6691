"""Which entries ask the same, and whether both their answers can be true. Pairs are proposed; a person decides.

The same question in the same words, or other words with nearly the same answer, is a duplicate. The same question
with other numbers, dates or prices is a contradiction: nobody publishes either before it is decided. What can never be
the same is told apart first: other products, other codes or numbers in the question, yes and no, other things done.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from kbtool.entry import Entry, EntryType, Status
from kbtool.knowledge.decisions import DecisionKind, pair_key
from kbtool.text import analysis
from kbtool.text.folding import fold
from kbtool.text.near_pairs import MOST_NEAR, near_pairs, resembling
from kbtool.text.quantities import disagreement
from kbtool.text.similarity import NEAR, numbers, similarity

#: Answers from here on say the same thing in other words; different answers of one manual stay below 0.55.
SAME_ANSWER = 0.7
#: An answer shorter than this (「はい。」) is like too many others.
_SHORTEST_ANSWER = 12
#: A shorter variant is a search word (休止), which many entries may have, and no question.
_SHORTEST_VARIANT = 8
#: Dated reports: the same title again is another report.
_REPORTS = frozenset({EntryType.NOTICE, EntryType.IMPROVEMENT})
_NEGATION = re.compile("ない|ませ?ん|なく|なか")
_LATIN = re.compile("[a-z][a-z0-9]*")
_HIRAGANA = re.compile("[ぁ-ん]")
_KANJI = re.compile("[㐀-鿿々]")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that ask the same; for a contradiction the values of each that the other denies.

    ``other`` may be a passage of a document that is no entry: it has no id then.
    """

    kind: DecisionKind
    one: Entry
    other: Entry
    here: tuple[str, ...] = ()
    there: tuple[str, ...] = ()

    @property
    def keys(self) -> dict[DecisionKind, str]:
        """What a decision about this pair is kept under: for a duplicate the questions, else the values as well."""
        sides = [(name_of(self.one), self.one, self.here), (name_of(self.other), self.other, self.there)]
        asked = [(name, fold(entry.question)) for name, entry, _ in sides]
        said = [(name, "\n".join((fold(entry.question), *values))) for name, entry, values in sides]
        return {DecisionKind.DUPLICATE: pair_key(*asked), DecisionKind.CONTRADICTION: pair_key(*said)}


def name_of(entry: Entry) -> str:
    """What a person calls one side of a pair: its id, or ``@`` and the start of the key of a passage without one."""
    return entry.id or f"@{entry.origin_key[:8]}"


def pairs(entries: Iterable[Entry], about: Collection[str] | None = None) -> list[Pair]:
    """All pairs among the entries that are in service, in their order; with ``about`` only those of these ids."""
    living = [each for each in entries if each.status is not Status.RETIRED and each.type not in _REPORTS]
    found: dict[tuple[int, int], Pair] = {}
    for one, other in _candidates(living):
        place = (min(one, other), max(one, other))
        if about is None or living[one].id in about or living[other].id in about:
            pair = found.get(place) or compare(living[place[0]], living[place[1]])
            if pair is not None:
                found[place] = pair
    return [found[place] for place in sorted(found)]


def compare(one: Entry, other: Entry) -> Pair | None:
    """What two entries are to each other; None where they do not ask the same."""
    if _is_apart(one, other):
        return None
    texts = body(one), body(other)
    matches = [_match(mine, theirs) for mine in asked(one) for theirs in asked(other)]
    if not any(matches) and not _says_the_same(one, other, *texts):
        return None
    here, there = disagreement(*texts)
    torn = here and _Match.SAME in matches
    return Pair(DecisionKind.CONTRADICTION if torn else DecisionKind.DUPLICATE, one, other, here, there)


def asked(entry: Entry) -> tuple[str, ...]:
    """The question and its variants, as far as they are questions."""
    return (entry.question, *(each for each in entry.variants if len(fold(each)) >= _SHORTEST_VARIANT))


def body(entry: Entry) -> str:
    """All that an entry answers, its rules of escalation included."""
    rules = (text for rule in entry.escalation for text in (rule.when, rule.to, rule.within, rule.how))
    return "\n".join((*(part.text for part in entry.sections), *rules))


def _candidates(entries: list[Entry]) -> Iterator[tuple[int, int]]:
    grouped: defaultdict[object, list[tuple[int, str]]] = defaultdict(list)
    matters: defaultdict[object, dict[int, None]] = defaultdict(dict)
    for place, entry in enumerate(entries):
        for text in asked(entry):
            grouped[_key(text)].append((place, text))
            matters[_key(text), _matter(text)][place] = None
    for group in grouped.values():
        for one, other, _ in near_pairs([text for _, text in group], NEAR):
            if group[one][0] != group[other][0]:
                yield group[one][0], group[other][0]
    for same in map(list, matters.values()):
        yield from ((one, other) for at, other in enumerate(same) for one in same[max(0, at - MOST_NEAR) : at])
    yield from resembling([_answer(entry) for entry in entries])


def _answer(entry: Entry) -> str:
    """The answer of a question that may come again in other words; rows of tables are alike by nature."""
    return body(entry) if entry.type is EntryType.QA else ""


@lru_cache(maxsize=50_000)
def _key(question: str) -> tuple[object, ...]:
    """What must be the very same in two questions that ask the same: numbers, codes, and whether it is denied."""
    folded = fold(question)
    return numbers(question), tuple(sorted(_LATIN.findall(folded))), bool(_NEGATION.search(folded))


def _is_apart(one: Entry, other: Entry) -> bool:
    """Whether two entries cannot be about the same thing: other language, products, or time."""
    if one.lang != other.lang:
        return True
    early, late = sorted((one, other), key=lambda entry: str(entry.valid_from or ""))
    if early.valid_to and late.valid_from and early.valid_to < late.valid_from:
        return True
    mine, theirs = _products(one), _products(other)
    shared = mine.keys() & theirs.keys()
    if not mine or not theirs:
        return False
    return not any(not mine[name] or not theirs[name] or mine[name] & theirs[name] for name in shared)


def _products(entry: Entry) -> Mapping[str, set[str]]:
    return {fold(each.name): {fold(model) for model in each.models} for each in entry.products}


class _Match(IntEnum):
    """How surely two questions are one: NEAR where one of them says more, which may be the difference that counts."""

    NONE = 0
    NEAR = 1
    SAME = 2


def _match(mine: str, theirs: str) -> _Match:
    """Compare two questions: near in their letters, or about the same in words that are kin (変える, 変更)."""
    if _key(mine) != _key(theirs):
        return _Match.NONE
    left, right = _alone(mine, theirs)
    near = similarity(mine, theirs) >= NEAR
    if not left and not right and (near or analysis.words(mine)):
        return _Match.SAME
    return _Match.NEAR if near and not (left and right) else _Match.NONE


def _says_the_same(one: Entry, other: Entry, mine: str, theirs: str) -> bool:
    """Whether two questions of which one only says more have the same answer: contacts and forms recur in many."""
    if not (one.type is other.type is EntryType.QA) or _key(one.question) != _key(other.question):
        return False
    if min(len(mine), len(theirs)) < _SHORTEST_ANSWER or all(_alone(one.question, other.question)):
        return False
    return similarity(mine, theirs) >= SAME_ANSWER


def _alone(one: str, other: str) -> tuple[set[str], set[str]]:
    """What each question names and the other does not: 集じん and 加湿, but not 変更 and 変える, which share 変."""
    mine, theirs = {*analysis.words(one)}, {*analysis.words(other)}
    return _without_kin(mine - theirs, theirs - mine), _without_kin(theirs - mine, mine - theirs)


def _without_kin(words: set[str], others: set[str]) -> set[str]:
    return {word for word in words if not any(_are_kin(word, other) for other in others)}


def _are_kin(one: str, other: str) -> bool:
    """Whether two words are one with and without okurigana: 変える and 変更, but not 転出 and 転入."""
    inflected = [bool(_HIRAGANA.search(word)) and bool(_KANJI.search(word)) for word in (one, other)]
    return one[0] == other[0] and any(inflected) and bool(_KANJI.match(one))


def _matter(question: str) -> frozenset[str]:
    """What a question is about, the same for words that are kin: each by its first kanji, or whole without any."""
    return frozenset(next(iter(_KANJI.findall(word)), word) for word in analysis.words(question))
