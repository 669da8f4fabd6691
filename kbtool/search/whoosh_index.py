"""The inverted index on disk by Whoosh: the only module that knows it.

Terms come ready cut and are kept without counts; ranking has its own columns. The index is built in memory and its
files are written by the only code that writes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import whoosh
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.formats import Existence

from kbtool import durable
from kbtool.search.columns import Numbers
from kbtool.search.engine import FIELDS, LABELS, Filter, Wanted, labels
from kbtool.search.searchable import Searchable

#: An index that another version wrote is built anew.
NAME = f"whoosh-{whoosh.versionstring()}"


class Terms(FieldType):  # type: ignore[misc]
    """A field of ready terms, each in a document or not."""

    def __init__(self) -> None:
        self.format = Existence()
        self.analyzer = None
        self.scorable = self.stored = self.unique = False
        self.vector = None


class _Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own format; no length of a field is kept, so none is looked up for each posting."""

    length_stats = False


class _Memory(RamStorage):  # type: ignore[misc]
    """Files in memory; what Whoosh still puts aside on the disk is each builder's own."""

    def __init__(self) -> None:
        super().__init__()
        self._aside = f"kbtool-{uuid4().hex}"

    def temp_storage(self, name: str | None = None) -> FileStorage:
        """Make the folder that the writer removes at its end; by Whoosh's name all builders would share one."""
        return super().temp_storage(self._aside)


class _Postings:
    """The documents of each term, in place of Whoosh's pool, which sorts millions of postings one by one."""

    def __init__(self) -> None:
        self._documents: dict[tuple[str, bytes], list[int]] = defaultdict(list)

    def add(self, document: int, fields: Mapping[str, Sequence[str]]) -> None:
        """Take note of the terms of a document; documents come in order."""
        for field, terms in fields.items():
            for term in terms:
                self._documents[field, term.encode()].append(document)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """Field, term, document, weight and value, sorted, as Whoosh asks for them."""
        for field, term in sorted(self._documents):
            for document in self._documents[field, term]:
                yield field, term, document, 1.0, b""

    def cleanup(self) -> None:
        """Let go of everything."""
        self._documents.clear()


def build(documents: Iterable[tuple[Searchable, Mapping[str, Sequence[str]]]], folder: Path) -> None:
    """Index the documents into ``folder``."""
    storage = _Memory()
    schema = Schema(**{name: Terms() for name in (*FIELDS, *LABELS)})
    writer = storage.create_index(schema).writer(codec=_Codec())
    writer.pool = postings = _Postings()
    for number, (document, fields) in enumerate(documents):
        writer.add_document()
        postings.add(number, {**fields, **labels(document)})
    writer.commit(merge=False)
    for name, content in storage.files.items():
        durable.write(folder / name, bytes(content))


class WhooshEngine:
    """An open index; a term's documents are remembered once they were read."""

    def __init__(self, folder: Path) -> None:
        self._reader = FileStorage(str(folder), readonly=True).open_index().reader()
        self._size = int(self._reader.doc_count_all())
        self._documents = lru_cache(maxsize=5_000)(self._read)

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()

    def best(self, wanted: Sequence[Wanted], only: Filter, limit: int) -> list[tuple[int, float]]:
        """As ``Engine.best``."""
        worth = np.zeros(self._size, np.float32)
        for each in wanted:
            worth[self._documents(each.field, each.term)] += each.weight
        for field, values in only.labels():
            labelled = np.zeros(self._size, bool)
            for value in values:
                labelled[self._documents(field, value)] = True
            worth[~labelled] = 0
        found = np.flatnonzero(worth)
        first = found[np.lexsort((found, -worth[found]))][:limit]
        return [(int(number), float(worth[number])) for number in first]

    def _read(self, field: str, term: str) -> Numbers:
        key: Any = term.encode()
        if (field, key) not in self._reader:
            return np.zeros(0, np.int64)
        return np.fromiter(self._reader.postings(field, key).all_ids(), np.int64)
