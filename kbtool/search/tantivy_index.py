"""The inverted index by tantivy, for collections that Whoosh is slow for: the only module that knows it (an extra).

It finds the same candidates as Whoosh: the same terms, the same worth. Only which of equals come last may differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import tantivy

from kbtool.search.engine import FIELDS, LABELS, Filter, Wanted, labels
from kbtool.search.searchable import Searchable

#: An index that another version wrote is built anew.
NAME = f"tantivy-{version('tantivy')}"
_ROW = "row"
_HEAP_BYTES = 256 * 1024 * 1024
#: Equals at the end of the list are settled by row among this many times as many.
_SPARE = 2


def build(documents: Iterable[tuple[Searchable, Mapping[str, Sequence[str]]]], folder: Path) -> None:
    """Index the documents into ``folder``."""
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(_HEAP_BYTES, 1)
    for row, (document, fields) in enumerate(documents):
        told = {**fields, **labels(document)}
        writer.add_document(tantivy.Document(**{_ROW: row}, **{name: list(found) for name, found in told.items()}))
    writer.commit()
    writer.wait_merging_threads()
    (folder / ".tantivy-writer.lock").unlink(missing_ok=True)
    (folder / ".tantivy-meta.lock").unlink(missing_ok=True)


class TantivyEngine:
    """An open index."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        self._schema, self._searcher = index.schema, index.searcher()

    def close(self) -> None:
        """Let go of the files; tantivy does so with its objects."""

    def best(self, wanted: Sequence[Wanted], only: Filter, limit: int) -> list[tuple[int, float]]:
        """As ``Engine.best``."""
        if not wanted:
            return []
        terms = [self._worth(each.field, each.term, each.weight) for each in wanted]
        must = [self._one_of(field, values) for field, values in only.labels()]
        any_term = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        clauses = [(tantivy.Occur.Must, query) for query in (any_term, *must)]
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit * _SPARE, count=False).hits
        values = self._searcher.fast_field_values(_ROW, [address for _, address in hits])
        rows = [int(value) for value in values if value is not None]  # every document has its row
        found = sorted((-float(score), row) for (score, _), row in zip(hits, rows, strict=True))
        return [(row, -worth) for worth, row in found[:limit]]

    def _worth(self, field: str, term: str, weight: float) -> "tantivy.Query":
        return tantivy.Query.const_score_query(self._term(field, term), weight)

    def _one_of(self, field: str, values: Sequence[str]) -> "tantivy.Query":
        """A condition that adds nothing to the worth."""
        any_value = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._term(field, each)) for each in values])
        return tantivy.Query.const_score_query(any_value, 0.0)

    def _term(self, field: str, term: str) -> "tantivy.Query":
        return tantivy.Query.term_query(self._schema, field, term, "basic")


def _schema() -> "tantivy.Schema":
    builder = tantivy.SchemaBuilder()
    for name in (*FIELDS, *LABELS):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(_ROW, fast=True)
    return builder.build()
