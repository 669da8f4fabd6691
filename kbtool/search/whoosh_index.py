"""The index on disk: the only module that knows Whoosh.

Terms come ready cut; Whoosh keeps them, counts them and finds candidates by BM25F. The index is built in memory and
its files are handed to the caller, who decides how they reach the disk.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from whoosh import query as queries
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.scoring import BM25F

from kbtool.entry import Audience, Status
from kbtool.search.searchable import Group, Searchable
from kbtool.search.terms import DocumentTerms, QueryTerms

#: How much a match in a field counts; words of the heading count again, since ``words`` holds them too.
FIELD_WEIGHTS = {"title": 0.6, "asked": 0.8, "words": 1.0, "pairs": 0.3, "kanji": 0.2, "readings": 0.4}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents may be found; None is all. ``audience`` is who searches, not what is marked so."""

    group: Group
    category: str | None = None
    product: str | None = None
    audience: Audience | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A candidate as it lies in the index: the document, its terms and the score of the index."""

    score: float
    document: Searchable
    terms: DocumentTerms


def build(documents: Iterable[tuple[Searchable, DocumentTerms]]) -> dict[str, bytes]:
    """Index the documents; returns the files of the index by name."""
    storage = RamStorage()
    writer = storage.create_index(_schema()).writer(limitmb=256)
    for document, terms in documents:
        writer.add_document(**_fields(document, terms))
    writer.commit(optimize=True)
    return {name: bytes(content) for name, content in storage.files.items()}


class Reader:
    """An open index; ``close`` it, or use it in a ``with`` block."""

    def __init__(self, folder: Path) -> None:
        self._searcher = FileStorage(str(folder), readonly=True).open_index().searcher(weighting=_weighting())

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()

    @property
    def size(self) -> int:
        """Number of documents."""
        return int(self._searcher.doc_count())

    def containing(self, word: str) -> int:
        """Number of documents with a word."""
        return int(self._searcher.doc_frequency("words", word))

    def candidates(self, terms: QueryTerms, only: Filter, limit: int) -> Iterator[Stored]:
        """The documents that fit best by BM25F, best first."""
        found = self._searcher.search(_query(terms), limit=limit, filter=_filter(only))
        for hit in found:
            yield _stored(float(hit.score), hit["record"])


def _schema() -> Any:
    text = TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)
    fields = dict.fromkeys(FIELD_WEIGHTS, text)
    labels = {name: ID() for name in ("group", "category", "audience", "status")}
    return Schema(**fields, **labels, product=KEYWORD(commas=True), record=STORED)


def _weighting() -> Any:
    return BM25F(B=0.6, K1=1.2, title_B=0.75, asked_B=0.3)


def _fields(document: Searchable, terms: DocumentTerms) -> dict[str, object]:
    return {
        "title": " ".join(word for title in terms.titles for word in title),
        "asked": " ".join(terms.asked),
        "words": " ".join(terms.words),
        "pairs": " ".join(terms.pairs),
        "kanji": " ".join(terms.kanji),
        "readings": " ".join(terms.readings),
        "group": document.group.value,
        "category": document.category,
        "audience": document.audience.value,
        "status": document.status.value,
        "product": ",".join(name.replace(",", " ") for name in document.products),
        "record": json.dumps([asdict(document), asdict(terms)], ensure_ascii=False),
    }


def _stored(score: float, record: str) -> Stored:
    document, terms = json.loads(record)
    lists = {name: tuple(value) if isinstance(value, list) else value for name, value in document.items()}
    lists |= {
        "audience": Audience(lists["audience"]),
        "status": Status(lists["status"]),
        "group": Group(lists["group"]),
    }
    return Stored(score, Searchable(**lists), DocumentTerms(**terms))


def _query(terms: QueryTerms) -> Any:
    by_field: dict[str, Sequence[str]] = {
        "title": terms.words,
        "asked": terms.words,
        "words": terms.words,
        "pairs": terms.pairs,
        "kanji": terms.kanji,
        "readings": terms.readings,
    }
    return queries.Or(
        [queries.Term(name, term, boost=FIELD_WEIGHTS[name]) for name, found in by_field.items() for term in found]
    )


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
