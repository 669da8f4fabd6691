"""What the browser knows of a word: where it stands and how much it counts there, worked out as the machine does it.

The machine's sum of BM25 over fields is linear in the words of a question, so each word's part of it is worked out when
the index is built and kept in a few bits. Of a word that stands almost everywhere only the places where it counts most
are kept (Carmel et al., "Static index pruning for information retrieval systems", SIGIR 2001).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from kbtool.search import quality
from kbtool.search.coding import numbers_as_text

#: How finely a word's part of the score is kept: three bits.
LEVELS = 7
#: A heading's share is kept in five bits.
SHARES = 31
#: Steps of the largest part of a word's score, which all its places are measured by.
STEPS = 16
#: A word's places beyond these say too little for their bytes.
MOST_PLACES = 700


_Fields = Sequence[tuple[quality.Field, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page: ``headings`` are its question and its variants, ``asked`` what customers call it."""

    headings: tuple[tuple[str, ...], ...]
    asked: tuple[str, ...]
    body: tuple[str, ...]

    def fields(self) -> _Fields:
        """The fields that BM25 tells apart, with their weights."""
        return (quality.QUESTION, self.headings[0]), (quality.ASKED, self.asked), (quality.BODY, self.body)


@dataclass(frozen=True, slots=True)
class _Place:
    """A document a word stands in: its part of the score, and its share of the heading (0 where it is in none)."""

    document: int
    score: float
    share: float
    heading_words: int


def of_words(pages: Sequence[PageWords]) -> dict[str, str]:
    """The postings of every word, coded for the client."""
    words = _Weights([page.fields() for page in pages])
    places: dict[str, list[_Place]] = defaultdict(list)
    for number, page in enumerate(pages):
        shares = _shares(page.headings, words.idf)
        for word, score in words.scores(page.fields()).items():
            places[word].append(_Place(number, score, shares.get(word, 0.0), len(page.headings[0])))
    return {word: _coded(found) for word, found in sorted(places.items())}


class _Weights:
    """How rare terms are in all pages, and how long each field is on average."""

    def __init__(self, pages: Sequence[_Fields]) -> None:
        containing = Counter(term for page in pages for term in {each for _, terms in page for each in terms})
        self.idf = {term: _idf(len(pages), documents) for term, documents in containing.items()}
        lengths = [[len(terms) for _, terms in page] for page in pages]
        self._averages = [fmean(each) or 1.0 for each in zip(*lengths, strict=True)]

    def scores(self, page: _Fields) -> dict[str, float]:
        """BM25 of every term of a page, summed over its fields."""
        found: dict[str, float] = defaultdict(float)
        for (field, terms), average in zip(page, self._averages, strict=True):
            damping = field.k1 * (1 - field.b + field.b * len(terms) / average)
            for term, count in Counter(terms).items():
                found[term] += field.weight * self.idf[term] * count * (field.k1 + 1) / (count + damping)
        return found


def _idf(documents: int, containing: int) -> float:
    """Weight of a word by its rarity (Robertson and Spärck Jones, kept from being negative)."""
    return math.log1p((documents - containing + 0.5) / (containing + 0.5))


def _shares(headings: Sequence[Sequence[str]], idf: Mapping[str, float]) -> dict[str, float]:
    """Which share of a heading each word is, by rarity; of several headings the best."""
    shares: dict[str, float] = {}
    for heading in headings:
        total = sum(idf[word] for word in set(heading)) or 1.0
        for word in heading:
            shares[word] = max(shares.get(word, 0.0), idf[word] / total)
    return shares


def _coded(places: list[_Place]) -> str:
    """Documents with the word, largest score, places in headings, then these and the other places, nearest first."""
    scale = max(1, math.ceil(max(place.score for place in places) * STEPS))
    kept = sorted(sorted(places, key=lambda place: -place.score)[:MOST_PLACES], key=lambda place: place.document)
    headings = [place for place in kept if place.share]
    values, last = [len(places), scale, len(headings)], 0
    for place in headings:
        level = max(1, _level(place, scale))
        share = max(1, round(place.share * SHARES))
        values += [(place.document - last) * (LEVELS + 1) + level, share, min(SHARES, place.heading_words)]
        last = place.document
    last = 0
    for place in kept:
        if not place.share:
            values.append((place.document - last) * (LEVELS + 1) + _level(place, scale))
            last = place.document
    return numbers_as_text(values)


def _level(place: _Place, scale: int) -> int:
    return round(place.score * STEPS / scale * LEVELS)
