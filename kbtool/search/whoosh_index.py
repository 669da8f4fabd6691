"""The inverted index on disk by Whoosh: the only module that knows it.

Terms come ready cut and are kept without counts; ranking has its own columns. The index is built in memory and its
files are written by the only code that writes.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import whoosh
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.formats import Existence

from kbtool import durable
from kbtool.search.columns import Numbers
from kbtool.search.engine import FIELDS, LABELS, Filter, Wanted, labels, terms_by_field
from kbtool.search.searchable import Searchable
from kbtool.search.terms import DocumentTerms

#: An index that another version wrote is built anew.
NAME = f"whoosh-{whoosh.versionstring()}"
#: Never reached: beyond its limit Whoosh sorts on the disk, which an index in memory cannot (FileNotFoundError).
_MEMORY_MB = 4096


class Terms(FieldType):  # type: ignore[misc]
    """A field of ready terms, each in a document or not."""

    def __init__(self) -> None:
        self.format = Existence()
        self.analyzer = None
        self.scorable = self.stored = self.unique = False
        self.vector = None

    def index(self, value: Sequence[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Give the terms as they are."""
        return ((term.encode(), 1, 1.0, b"") for term in value)


def build(documents: Iterable[tuple[Searchable, DocumentTerms]], folder: Path) -> None:
    """Index the documents into ``folder``."""
    storage = RamStorage()
    schema = Schema(**{name: Terms() for name in (*FIELDS, *LABELS)})
    writer = storage.create_index(schema).writer(limitmb=_MEMORY_MB)
    for document, terms in documents:
        writer.add_document(**terms_by_field(terms), **labels(document))
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
