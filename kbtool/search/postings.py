"""What the browser knows of a word: where it stands and how much it counts there, worked out as the machine does it.

The machine's sum of BM25 over fields is linear in the words of a question, so each word's part of it is worked out when
the index is built and kept in a few bits. Of a word that stands almost everywhere only the places where it counts most
are kept (Carmel et al., "Static index pruning for information retrieval systems", SIGIR 2001).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kbtool.search import browser_ranking as ranking
from kbtool.search.coding import numbers_as_text
from kbtool.search.terms import DocumentTerms

#: How finely a word's part of the score is kept: three bits.
LEVELS = 7
#: A heading's share is kept in five bits.
SHARES = 31
#: Steps of the largest part of a word's score, which all its places are measured by.
STEPS = 16
#: A word's places beyond these say too little for their bytes.
MOST_PLACES = 700


@dataclass(frozen=True, slots=True)
class Place:
    """A document a word stands in: its part of the score, and its share of the heading (0 where it is in none)."""

    document: int
    score: float
    share: float
    heading_words: int


def of_words(documents: Sequence[DocumentTerms]) -> dict[str, str]:
    """The postings of every word, coded for the client."""
    statistics = Statistics(documents)
    places: dict[str, list[Place]] = defaultdict(list)
    for number, terms in enumerate(documents):
        for word, place in _places(number, terms, statistics):
            places[word].append(place)
    return {word: _coded(found) for word, found in sorted(places.items())}


class Statistics:
    """Rarity and length over all documents, as ``ranking`` asks for them."""

    def __init__(self, documents: Sequence[DocumentTerms]) -> None:
        self._documents = len(documents)
        self._containing: dict[str, Counter[str]] = {name: Counter() for name in _FIELDS}
        self._lengths: Counter[str] = Counter()
        for terms in documents:
            for name, found in _by_field(terms).items():
                self._containing[name].update(set(found))
                self._lengths[name] += len(found)

    def weight(self, field: str, term: str) -> float:
        """How much a term says, by its rarity."""
        return ranking.idf(self._documents, self._containing[field][term])

    def average_length(self, field: str) -> float:
        """Mean number of terms of a document in a field."""
        return self._lengths[field] / max(1, self._documents)


_FIELDS = ("title", "asked", "words")


def _by_field(terms: DocumentTerms) -> dict[str, Sequence[str]]:
    return {"title": [word for title in terms.titles for word in title], "asked": terms.asked, "words": terms.words}


def _places(number: int, terms: DocumentTerms, statistics: Statistics) -> Iterable[tuple[str, Place]]:
    fields = _by_field(terms)
    counts = {name: Counter(found) for name, found in fields.items()}
    scores: dict[str, float] = defaultdict(float)
    for name, counted in counts.items():
        for word, count in counted.items():
            scores[word] += ranking.word_score(word, name, count, len(fields[name]), statistics)
    shares: dict[str, float] = {}
    for title in terms.titles:
        weights = {word: statistics.weight("words", word) for word in title}
        total = sum(weights.values()) or 1.0
        for word, weight in weights.items():
            shares[word] = max(shares.get(word, 0.0), weight / total)
    for word, score in scores.items():
        yield word, Place(number, score, shares.get(word, 0.0), len(terms.titles[0]))


def _coded(places: list[Place]) -> str:
    """Documents with the word, largest score, places in headings, then these and the other places, nearest first."""
    largest = max(place.score for place in places) or 1.0
    scale = max(1, math.ceil(largest * STEPS))
    kept = sorted(sorted(places, key=lambda place: -place.score)[:MOST_PLACES], key=lambda place: place.document)
    headings = [place for place in kept if place.share]
    values, last = [len(places), scale, len(headings)], 0
    for place in headings:
        level = max(1, round(place.score * STEPS / scale * LEVELS))
        values += [
            (place.document - last) * 8 + level,
            max(1, round(place.share * SHARES)),
            min(31, place.heading_words),
        ]
        last = place.document
    last = 0
    for place in kept:
        if not place.share:
            level = round(place.score * STEPS / scale * LEVELS)
            values.append((place.document - last) * 8 + level)
            last = place.document
    return numbers_as_text(values)
