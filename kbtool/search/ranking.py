"""The order of candidates: a sum of four numbers that a person can follow.

base        BM25F of the index over words, pairs of characters, single kanji and readings
coverage    share of the query's weight (idf) that the document speaks of
precision   share of the best heading (question or variant) that the query names: the general entry before the special
sound       share of a kana query that one heading has in its reading

Weights measured on judged questions of a city's FAQ; flat around these values, so nothing is tuned finely.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kbtool.search.terms import QueryTerms

COVERAGE = 6.0
PRECISION = 3.0
SOUND = 12.0
#: A document that shares less of the query than this is no answer.
LEAST_SHARE = 0.2

Weight = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What ranking knows of a document: the score of the index and its terms."""

    base: float
    titles: Sequence[Sequence[str]]
    words: frozenset[str]
    pairs: frozenset[str]
    readings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where a candidate stands; ``coverage`` 0 to 1 by whatever matched best."""

    score: float
    coverage: float
    matched: tuple[str, ...]


def judge(query: QueryTerms, candidate: Candidate, weight: Weight) -> Judgement | None:
    """Score a candidate; None when it shares too little with the query. ``weight`` is a word's idf."""
    coverage = _share(query.words, candidate.words, weight)
    pairs = _share(query.pairs, candidate.pairs, _even)
    sound = _share(query.readings, candidate.readings, _even)
    share = max(coverage, pairs, sound)
    if share < LEAST_SHARE:
        return None
    precision = max((_share(title, frozenset(query.words), weight) for title in candidate.titles), default=0.0)
    score = candidate.base + COVERAGE * coverage + PRECISION * precision + SOUND * sound**3
    return Judgement(score, share, tuple(word for word in query.words if word in candidate.words))


def idf(documents: int, containing: int) -> float:
    """Weight of a term by its rarity (Robertson and Spärck Jones, as BM25 uses it; never negative)."""
    return math.log(1 + (documents - containing + 0.5) / (containing + 0.5))


def _even(_: str) -> float:
    return 1.0


def _share(wanted: Sequence[str], there: frozenset[str], weight: Weight) -> float:
    total = sum(weight(term) for term in dict.fromkeys(wanted))
    return sum(weight(term) for term in dict.fromkeys(wanted) if term in there) / total if total else 0.0
