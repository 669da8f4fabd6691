"""From a query to hits: candidates of the engine, put in order, each with the reason it was found."""

from dataclasses import dataclass

import numpy as np

from kbtool.search import highlight, quality, ranking, terms
from kbtool.search.collection import Collection
from kbtool.search.columns import Field, number
from kbtool.search.engine import Filter, Wanted
from kbtool.search.ranking import Ranking
from kbtool.search.searchable import Hit, Searchable
from kbtool.search.terms import QueryTerms

#: So many terms a field find candidates, the rarest first: what stands in every document finds nothing.
_RAREST = 12
#: What finding a term is worth, as a share of its idf.
_WORTH = {"words": 1.0, "heading": 1.0, "pairs": 0.15, "meanings": 0.3, "readings": 0.5}
#: What finding an implied word in a heading is worth.
_IMPLIED = 0.3
_FIELDS = {
    "words": Field.WORDS,
    "heading": Field.WORDS,
    "pairs": Field.PAIRS,
    "meanings": Field.MEANINGS,
    "readings": Field.READINGS,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A document in its place of the ranking."""

    document: Searchable
    place: int
    score: float


def find(collection: Collection, query: str, only: Filter, limit: int) -> tuple[Hit, ...]:
    """The best hits of a group; fewer than ``limit`` where no more share enough with the query."""
    asked = terms.of_query(query)
    ranked = figures(collection, asked, only, limit)
    if ranked is None:
        return ()
    marker = highlight.Marker.of(query)
    return tuple(_hit(marker, asked, ranked, found) for found in _ordered(collection, ranked, limit))


def order(collection: Collection, query: str, only: Filter, limit: int) -> list[tuple[str, float]]:
    """Only ids and scores of what ``find`` finds, without the work of showing it."""
    ranked = figures(collection, terms.of_query(query), only, limit)
    if ranked is None:
        return []
    return [(found.document.id, found.score) for found in _ordered(collection, ranked, limit)]


def figures(collection: Collection, asked: QueryTerms, only: Filter, limit: int) -> Ranking | None:
    """All candidates with the figures that they are put in order by, in no order; None where nothing is asked."""
    wanted = _wanted(asked, collection)
    if not wanted:
        return None
    rows = collection.candidates(wanted, only, max(quality.CANDIDATES, limit))
    return ranking.rank(asked, collection, rows) if len(rows) else None


def _ordered(collection: Collection, ranked: Ranking, limit: int) -> list[Found]:
    """The best, by score and then by id; all that tie with the last are looked at, so that rows decide nothing."""
    scores = np.round(ranked.scores, 4)
    good = np.flatnonzero(ranked.shares >= quality.LEAST_SHARE)
    if not len(good):
        return []
    last = np.sort(-scores[good])[:limit][-1]
    tied = [int(place) for place in good[-scores[good] <= last]]
    found = [Found(collection.document(int(ranked.rows[at])), at, float(scores[at])) for at in tied]
    return sorted(found, key=lambda each: (-each.score, each.document.id))[:limit]


def _wanted(asked: QueryTerms, collection: Collection) -> list[Wanted]:
    by_field = {
        "words": asked.words,
        "heading": asked.words,
        "pairs": asked.pairs,
        "meanings": tuple(dict.fromkeys(group for groups in asked.meanings for group in groups)),
        "readings": asked.readings,
    }
    wanted = []
    for name, found in by_field.items():
        numbers = np.array([number(_FIELDS[name], term) for term in found], np.uint32)
        if name == "readings":
            weights = np.ones(len(numbers))
        else:
            weights = collection.idf(numbers) * (collection.frequencies(numbers) > 0)
        rarest = np.argsort(-weights, kind="stable")[:_RAREST]
        wanted += [Wanted.of(name, found[at], _WORTH[name] * weights[at]) for at in rarest if weights[at] > 0]
    return wanted + _wanted_implied(asked, collection)


def _wanted_implied(asked: QueryTerms, collection: Collection) -> list[Wanted]:
    """Implied words that headings have: how a desk names what a customer says otherwise (鳩: 鳥獣)."""
    numbers = np.array([number(Field.WORDS, word) for word, _ in asked.implied], np.uint32)
    known = collection.frequencies(numbers) > 0
    weights = collection.idf(numbers) * known * [share for _, share in asked.implied]
    return [
        Wanted.of("heading", word, _IMPLIED * weight)
        for (word, _), weight in zip(asked.implied, weights, strict=True)
        if weight > 0
    ]


def _hit(marker: highlight.Marker, asked: QueryTerms, ranked: Ranking, found: Found) -> Hit:
    document, place = found.document, found.place
    snippet = highlight.snippet(document.answer, marker)
    said = [word for word, there in zip(asked.words, ranked.said[place], strict=True) if there]
    return Hit(
        id=document.id,
        score=found.score,
        coverage=round(float(ranked.shares[place]), 4),
        weak=bool(ranked.shares[place] < quality.WEAK),
        question=document.question,
        category=document.category,
        status=document.status,
        document=document.document,
        page=document.page,
        answer=document.answer,
        snippet=snippet,
        question_marks=marker.marks(document.question),
        snippet_marks=marker.marks(snippet),
        matched=tuple(said),
        parts={name: round(float(part[place]), 3) for name, part in ranked.parts.items()},
    )
