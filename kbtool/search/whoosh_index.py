"""The index on disk: the only module that knows Whoosh.

Terms come ready cut; Whoosh keeps them, counts them and finds candidates, which ``ranking`` puts in order. The index
is built in memory and its files are handed to the caller, who decides how they reach the disk.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from whoosh import query as queries
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.scoring import BM25F

from kbtool.entry import Audience, Status
from kbtool.search import ranking
from kbtool.search.ranking import Candidate
from kbtool.search.searchable import Group, Searchable
from kbtool.search.terms import DocumentTerms, QueryTerms

#: Fields of the index; ``readings`` are looked up but not scored by BM25.
FIELDS = (*ranking.FIELDS, "readings")
BOOSTS = {name: field.weight for name, field in ranking.FIELDS.items()}
#: So many terms a field find the candidates.
MAX_TERMS = 8
#: Single kanji find candidates only for a query of one short word; otherwise they match half of everything.
FEW_KANJI = 3


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents may be found; None is all. ``audience`` is who searches, not what is marked so."""

    group: Group
    category: str | None = None
    product: str | None = None
    audience: Audience | None = None
    status: Status | None = None


def build(documents: Iterable[tuple[Searchable, DocumentTerms]]) -> dict[str, bytes]:
    """Index the documents; returns the files of the index by name."""
    storage = RamStorage()
    writer = storage.create_index(_schema()).writer(limitmb=256)
    for document, terms in documents:
        writer.add_document(**_fields(document, terms))
    writer.commit(optimize=True)
    return {name: bytes(content) for name, content in storage.files.items()}


class Reader:
    """An open index and its statistics; ``close`` it when done."""

    def __init__(self, folder: Path) -> None:
        self._searcher = FileStorage(str(folder), readonly=True).open_index().searcher(weighting=BM25F(B=0.6))
        self._size = int(self._searcher.doc_count())
        self.weight = lru_cache(maxsize=20_000)(self._weight)
        self.average_length = lru_cache(self._average_length)

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()

    def _weight(self, field: str, term: str) -> float:
        return ranking.idf(self._size, int(self._searcher.doc_frequency(field, term)))

    def _average_length(self, field: str) -> float:
        return float(self._searcher.field_length(field)) / max(1, self._size)

    def candidates(self, terms: QueryTerms, only: Filter, limit: int) -> Iterator[tuple[Searchable, Candidate]]:
        """The documents that share most with the query, best first."""
        for hit in self._searcher.search(_query(terms, self.weight), limit=limit, filter=_filter(only)):
            yield _restored(hit["record"])


def _schema() -> Any:
    fields = dict.fromkeys(FIELDS, TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False))
    labels = {name: ID() for name in ("group", "category", "audience", "status")}
    return Schema(**fields, **labels, product=KEYWORD(commas=True), record=STORED)


def _fields(document: Searchable, terms: DocumentTerms) -> dict[str, object]:
    by_field = {
        "title": [word for title in terms.titles for word in title],
        "asked": terms.asked,
        "words": terms.words,
        "pairs": terms.pairs,
        "kanji": terms.kanji,
        "readings": terms.readings,
    }
    counts = {name: Counter(by_field[name]) for name in ranking.FIELDS}
    record = {"document": asdict(document), "counts": counts, "titles": terms.titles, "readings": terms.readings}
    return {
        **{name: " ".join(found) for name, found in by_field.items()},
        "group": document.group.value,
        "category": document.category,
        "audience": document.audience.value,
        "status": document.status.value,
        "product": ",".join(name.replace(",", " ") for name in document.products),
        "record": json.dumps(record, ensure_ascii=False),
    }


def _restored(record: str) -> tuple[Searchable, Candidate]:
    fields = json.loads(record)
    document: dict[str, Any] = fields["document"]
    for name in ("variants", "asked", "products"):
        document[name] = tuple(document[name])
    for name, kind in (("audience", Audience), ("status", Status), ("group", Group)):
        document[name] = kind(document[name])
    return Searchable(**document), Candidate(fields["counts"], fields["titles"], frozenset(fields["readings"]))


def _query(terms: QueryTerms, rarity: Callable[[str, str], float]) -> Any:
    """Ask for the rarest terms only: what stands in every document finds nothing and costs most."""
    by_field = {"words": terms.words, "asked": terms.words, "pairs": terms.pairs, "readings": terms.readings}
    if len(terms.kanji) <= FEW_KANJI:
        by_field["kanji"] = terms.kanji
    wanted = []
    for name, found in by_field.items():
        rarest = sorted(found, key=lambda term, name=name: -rarity(name, term))  # type: ignore[misc]
        wanted += [queries.Term(name, term, boost=BOOSTS.get(name, 1.0)) for term in rarest[:MAX_TERMS]]
    return queries.Or(wanted)


def _filter(only: Filter) -> Any:
    wanted = [queries.Term("group", only.group.value)]
    for name in ("category", "product", "status"):
        value = getattr(only, name)
        if value is not None:
            wanted.append(queries.Term(name, str(value)))
    if only.audience is not None:
        seen = [audience for audience in Audience if only.audience.includes(audience)]
        wanted.append(queries.Or([queries.Term("audience", audience.value) for audience in seen]))
    return queries.And(wanted)
