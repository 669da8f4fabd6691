"""The order of candidates: a sum of numbers that a person can follow.

match       BM25 of the query's words, character pairs and single kanji in the fields of the document
coverage    share of the query's weight (idf) that the document speaks of
precision   share of the best heading (question or variant) that the query names
brevity     a shorter question is the more general one
sound       share of a kana query that the readings of the headings have

Weights measured on judged questions to a city's FAQ; results are flat around them, so nothing is tuned finely.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kbtool.search.terms import QueryTerms

COVERAGE = 4.0
PRECISION = 3.0
BREVITY = 0.5
SOUND = 15.0
#: A document that shares less of the query than this is no answer.
LEAST_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Field:
    """How much a field counts, and how BM25 treats repetition (``k1``) and length (``b``) in it."""

    weight: float
    k1: float
    b: float


FIELDS = {
    "title": Field(weight=0.6, k1=0.8, b=0.75),
    "asked": Field(weight=0.8, k1=1.2, b=0.3),
    "words": Field(weight=1.0, k1=1.2, b=0.6),
    "pairs": Field(weight=0.3, k1=1.2, b=0.6),
    "kanji": Field(weight=0.2, k1=1.2, b=0.6),
}


class Statistics(Protocol):
    """What ranking asks of the whole index."""

    def weight(self, field: str, term: str) -> float:
        """How much a term says, by its rarity (``idf``)."""

    def average_length(self, field: str) -> float:
        """Mean number of terms of a document in a field."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What ranking knows of a document: how often each term occurs in each of ``FIELDS``, its headings, its sound."""

    counts: Mapping[str, Mapping[str, int]]
    titles: Sequence[Sequence[str]]
    readings: Collection[str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where a candidate stands; ``coverage`` 0 to 1 by whatever matched best."""

    score: float
    coverage: float
    matched: tuple[str, ...]


def judge(query: QueryTerms, candidate: Candidate, statistics: Statistics) -> Judgement | None:
    """Score a candidate; None when it shares too little with the query."""
    asked_for = _weights(query.words, "words", statistics)
    spoken_of = {*candidate.counts["words"], *candidate.counts["asked"]}
    coverage = _share(asked_for, spoken_of)
    sound = _share(dict.fromkeys(query.readings, 1.0), candidate.readings)
    share = max(coverage, sound, _share(dict.fromkeys(query.pairs, 1.0), candidate.counts["pairs"]))
    if share < LEAST_SHARE:
        return None
    headings = (_weights(title, "words", statistics) for title in candidate.titles)
    precision = max((_share(heading, query.words) for heading in headings), default=0.0)
    brevity = -math.log1p(len(candidate.titles[0]))
    score = _match(query, candidate, statistics) + SOUND * sound**3
    score += COVERAGE * coverage + PRECISION * precision + BREVITY * brevity
    return Judgement(score, share, tuple(word for word in query.words if word in spoken_of))


def idf(documents: int, containing: int) -> float:
    """Weight of a term by its rarity (Robertson and Spärck Jones, kept from being negative)."""
    return math.log(1 + (documents - containing + 0.5) / (containing + 0.5))


def _match(query: QueryTerms, candidate: Candidate, statistics: Statistics) -> float:
    terms = {"title": query.words, "asked": query.words, "words": query.words}
    terms |= {"pairs": query.pairs, "kanji": query.kanji}
    return sum(_bm25(terms[name], name, candidate, statistics) for name in FIELDS)


def _bm25(terms: Sequence[str], name: str, candidate: Candidate, statistics: Statistics) -> float:
    """Okapi BM25 of one field (Robertson and Zaragoza, Foundations and Trends in IR 3(4), 2009)."""
    counts = candidate.counts[name]
    found = [term for term in terms if term in counts]
    length = sum(counts.values()) if found else 0
    return sum(word_score(term, name, counts[term], length, statistics) for term in found)


def word_score(term: str, name: str, count: int, length: int, statistics: Statistics) -> float:
    """What ``count`` occurrences of a term in a field of ``length`` terms add to the match."""
    field = FIELDS[name]
    damping = field.k1 * (1 - field.b + field.b * length / (statistics.average_length(name) or 1.0))
    return field.weight * statistics.weight(name, term) * count * (field.k1 + 1) / (count + damping)


def _weights(terms: Sequence[str], field: str, statistics: Statistics) -> dict[str, float]:
    return {term: statistics.weight(field, term) for term in terms}


def _share(wanted: Mapping[str, float], there: Collection[str]) -> float:
    total = sum(wanted.values())
    return sum(weight for term, weight in wanted.items() if term in there) / total if total else 0.0
