"""The order of candidates: a sum of numbers that a person can follow.

question    BM25 of the query's words in the question
text        the same in the text below it
asked       the same in the words of customers: variants, past inquiries, the desk's synonyms
letters     BM25 of character pairs and single kanji
coverage    share of the query's weight (idf) that the document speaks of
precision   share of the best heading (question or variant) that the query names
brevity     a shorter question is the more general one
meaning     words of the same meaning where the word itself is missing
implied     words that the form of the question implies (いくら: 料金)
sound       share of a kana query that the readings of the headings have
theme       how near it is, in what it is about, to the query (``themes``)
related     how near it is, in what it is about, to the best documents

BM25 after Robertson and Zaragoza (Foundations and Trends in IR 3(4), 2009). The weights are ``quality``'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kbtool.search import quality
from kbtool.search.collection import Collection
from kbtool.search.columns import Field, Numbers, number
from kbtool.search.terms import QueryTerms
from kbtool.search.themes import Nearness, nearness, unit

#: In a small collection a meaning may stand in this many documents and still say something.
_FEW = 10
_HEADINGS = 256 - Field.HEADING
_LOW = 1 << 16
#: Place in the rows, term, field, count.
Terms = tuple[Numbers, Numbers, Numbers, Numbers]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Figures of rows: ``parts`` add up to ``scores``; ``shares`` 0 to 1 by whatever matched best.

    ``said`` tells for every row which words of the query it has or means.
    """

    rows: Numbers
    scores: Numbers
    shares: Numbers
    parts: dict[str, Numbers]
    said: Numbers


def rank(query: QueryTerms, collection: Collection, rows: Numbers) -> Ranking:
    """Score candidates."""
    words, implied = _numbers(Field.WORDS, query.words), _numbers(Field.WORDS, [word for word, _ in query.implied])
    pairs, kanji = _numbers(Field.PAIRS, query.pairs), _numbers(Field.KANJI, query.kanji)
    readings = _numbers(Field.READINGS, query.readings)
    meanings = _numbers(Field.MEANINGS, [group for groups in query.meanings for group in groups])
    whole = _Table(collection, rows, collection.terms(rows))
    table = whole.only(np.concatenate([words, implied, pairs, kanji, readings, meanings]))
    idf = collection.idf(words)
    said_alike = _alike(query, table, idf)
    present = table.counts(Field.WORDS, words) > 0
    coverage = _share(np.maximum(present * idf, said_alike.weight), idf)
    sound = _share(table.counts(Field.READINGS, readings) > 0)
    pair_idf = collection.idf(pairs)
    implied_idf = collection.idf(implied) * np.array([weight for _, weight in query.implied])
    parts = {
        "question": table.bm25(Field.HEADING, words, idf, quality.QUESTION),
        "text": table.body(words, idf, quality.BODY),
        "asked": table.bm25(Field.ASKED, words, idf, quality.ASKED),
        "letters": table.bm25(Field.PAIRS, pairs, pair_idf, quality.PAIRS)
        + table.bm25(Field.KANJI, kanji, collection.idf(kanji), quality.KANJI),
        "coverage": quality.COVERAGE * coverage,
        "precision": quality.PRECISION * whole.precision(words),
        "brevity": -quality.BREVITY * np.log1p(collection.length(Field.HEADING, rows)),
        "meaning": said_alike.score,
        "implied": table.bm25(Field.HEADING, implied, implied_idf, quality.IMPLIED_IN_QUESTION)
        + table.body(implied, implied_idf, quality.IMPLIED_IN_BODY),
        "sound": quality.SOUND * sound**3,
    }
    share_of_pairs = _share((table.counts(Field.PAIRS, pairs) > 0) * pair_idf, pair_idf)
    named = (table.counts(Field.HEADING, implied) + table.counts(Field.ASKED, implied) > 0).any(axis=1)
    shares = np.max([coverage, sound, share_of_pairs, quality.IMPLIED_SHARE * named], axis=0)
    near = _themes(whole, words, _total(parts, rows))
    parts["theme"] = quality.THEME * near.to_query
    parts["related"] = quality.RELATED * near.to_best
    return Ranking(rows, _total(parts, rows), shares, parts, present | (said_alike.weight > 0))


class _Table:
    """The terms of some rows, asked for a few terms at a time."""

    def __init__(self, collection: Collection, rows: Numbers, terms: Terms) -> None:
        self.collection, self.rows = collection, rows
        self.places, self.terms, self.fields, self.how_often = terms

    def only(self, numbers: Numbers) -> "_Table":
        """The same rows with these terms alone."""
        # Looked up by their last 16 bits first: a search among a hundred for each of a hundred thousand takes long.
        likely = np.zeros(_LOW, bool)
        likely[numbers % _LOW] = True
        here = np.flatnonzero(likely[self.terms.astype(np.uint16)])
        here = here[np.isin(self.terms[here], numbers)]
        terms = (self.places[here], self.terms[here], self.fields[here], self.how_often[here])
        return _Table(self.collection, self.rows, terms)

    def counts(self, field: Field, numbers: Numbers) -> Numbers:
        """How often each term stands in the field: rows by terms."""
        known, wanted = np.unique(numbers, return_inverse=True)
        found = np.zeros((len(self.rows), len(known)), np.float32)
        here = np.flatnonzero(self.fields == field)
        if len(here) and len(known):
            at = np.minimum(np.searchsorted(known, self.terms[here]), len(known) - 1)
            hit = known[at] == self.terms[here]
            found[self.places[here[hit]], at[hit]] = self.how_often[here[hit]]
        return found[:, wanted]

    def bm25(self, field: Field, numbers: Numbers, idf: Numbers, weighing: quality.Field) -> Numbers:
        """BM25 of terms in a field, weighted."""
        lengths = self.collection.length(field, self.rows) / self.collection.average(field)
        return _bm25(self.counts(field, numbers), idf, lengths, weighing)

    def body(self, numbers: Numbers, idf: Numbers, weighing: quality.Field) -> Numbers:
        """BM25 of terms in what is neither the question nor the words of customers."""
        whole, *without = (Field.WORDS, Field.HEADING, Field.ASKED)
        counts = self.counts(whole, numbers) - sum(self.counts(each, numbers) for each in without)
        lengths = self.collection.length(whole, self.rows) - sum(
            self.collection.length(each, self.rows) for each in without
        )
        average = self.collection.average(whole) - sum(self.collection.average(each) for each in without)
        return _bm25(np.maximum(counts, 0), idf, lengths / max(average, 1.0), weighing)

    def precision(self, words: Numbers) -> Numbers:
        """Share of the best heading, by idf, that the words name."""
        here = np.flatnonzero(self.fields >= Field.HEADING)
        idf = self.collection.idf(self.terms[here])
        heading = self.places[here] * _HEADINGS + (self.fields[here].astype(np.int64) - Field.HEADING)
        size = len(self.rows) * _HEADINGS
        mass = np.bincount(heading, weights=idf, minlength=size)
        named = np.bincount(heading, weights=idf * np.isin(self.terms[here], words), minlength=size)
        share = named / np.maximum(mass, 1e-9)
        best: Numbers = share.reshape(len(self.rows), _HEADINGS).max(axis=1)
        return best


@dataclass(frozen=True, slots=True)
class _Alike:
    """What words of the same meaning are worth: in ``score``, and of each word's weight (rows by words)."""

    score: Numbers
    weight: Numbers


def _alike(query: QueryTerms, table: _Table, idf: Numbers) -> _Alike:
    """Words of the same meaning, where the word itself is missing; the best group of each word counts."""
    collection = table.collection
    owners = [place for place, groups in enumerate(query.meanings) for _ in groups]
    numbers = _numbers(Field.MEANINGS, [group for groups in query.meanings for group in groups])
    common = max(_FEW, quality.COMMON_MEANING * collection.size)
    rarity = np.where(collection.frequencies(numbers) <= common, collection.idf(numbers), 0.0)
    words = _numbers(Field.WORDS, query.words)
    missing = table.counts(Field.WORDS, words) == 0
    untitled = table.counts(Field.HEADING, words) + table.counts(Field.ASKED, words) == 0
    shape = (len(table.rows), len(words))
    score, weight = np.zeros(len(table.rows)), np.zeros(shape)
    for field, weighing, lacking in (
        (Field.HEADING_MEANINGS, quality.MEANING_OF_HEADING, untitled),
        (Field.MEANINGS, quality.MEANING, missing),
    ):
        counts = table.counts(field, numbers)
        lengths = collection.length(field, table.rows) / collection.average(field)
        best = np.zeros(shape)
        for column, owner in enumerate(owners):
            gain = _bm25(counts[:, column : column + 1], rarity[column : column + 1], lengths, weighing)
            best[:, owner] = np.maximum(best[:, owner], gain * lacking[:, owner])
            if field is Field.MEANINGS:
                share = quality.SAME_MEANING * min(idf[owner], rarity[column])
                weight[:, owner] = np.maximum(weight[:, owner], share * (counts[:, column] > 0) * missing[:, owner])
        score = score + best.sum(axis=1)
    return _Alike(score, weight)


def _themes(table: _Table, words: Numbers, scores: Numbers) -> Nearness:
    """How near the best rows are in what they are about; the others are not near."""
    top = np.lexsort((np.arange(len(scores)), -scores))[: quality.BEST]
    place = np.full(len(scores), -1)
    place[top] = np.arange(len(top))
    here = np.flatnonzero((place[table.places] >= 0) & np.isin(table.fields, (Field.WORDS, Field.HEADING)))
    known, at = np.unique(table.terms[here], return_inverse=True)
    said = table.fields[here] == Field.WORDS
    weights = np.where(said, np.log1p(table.how_often[here]), quality.THEME_OF_HEADING)
    weights = weights * table.collection.idf(known)[at]
    flat = np.bincount(place[table.places[here]] * len(known) + at, weights, len(top) * len(known))
    documents = unit(flat.reshape(len(top), len(known)).astype(np.float32))
    # A word that one document alone has joins it to no other.
    shared = np.isin(known, words) | (np.bincount(at[said], minlength=len(known)) > 1)
    query = np.isin(known[shared], words) * table.collection.idf(known[shared])
    near = nearness(documents[:, shared], query, scores[top])
    to_query, to_best = np.zeros(len(scores)), np.zeros(len(scores))
    to_query[top], to_best[top] = near.to_query, near.to_best
    return Nearness(to_query, to_best)


def _bm25(counts: Numbers, idf: Numbers, lengths: Numbers, weighing: quality.Field) -> Numbers:
    damping = weighing.k1 * (1 - weighing.b + weighing.b * lengths[:, None])
    summed: Numbers = (idf * counts * (weighing.k1 + 1) / (counts + damping)).sum(axis=1)
    return weighing.weight * summed


def _share(there: Numbers, wanted: Numbers | None = None) -> Numbers:
    """What is there of what is wanted, 0 to 1 a row; every column counts alike where no weights are given."""
    total = there.shape[1] if wanted is None else wanted.sum()
    found: Numbers = there.sum(axis=1) / total if total else np.zeros(len(there))
    return found


def _total(parts: dict[str, Numbers], rows: Numbers) -> Numbers:
    return np.sum(list(parts.values()), axis=0) if parts else np.zeros(len(rows))


def _numbers(field: Field, terms: Sequence[str]) -> Numbers:
    return np.array([number(field, term) for term in terms], np.uint32)
