"""One sealed piece of the index: inverted index, columns and records of some documents, never changed once built.

A knowledge base has a big part, and beside it a small one for what has changed since, so that a changed entry costs
what it is and not what all entries are.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from kbtool import durable
from kbtool.entry import Audience, Status
from kbtool.search import columns
from kbtool.search.columns import Columns, Numbers
from kbtool.search.cutting import cut
from kbtool.search.engine import Builder, Engine
from kbtool.search.searchable import Group, Searchable
from kbtool.search.synonyms import Synonyms

_ENGINE, _RECORDS, _OFFSETS = "engine", "records.jsonl", "offsets.npy"
_FREQUENT, _FREQUENCIES = "frequent.npy", "frequencies.npy"


def build(documents: Sequence[Searchable], synonyms: Synonyms, builder: Builder, folder: Path) -> None:
    """Write the part of these documents into ``folder``, which is made anew, and seal it."""
    durable.fresh_folder(folder / _ENGINE)
    fields, table = cut(documents, synonyms)
    builder(zip(documents, fields, strict=True), folder / _ENGINE)
    known, frequencies = columns.document_frequencies(table)
    records = [json.dumps(asdict(document), ensure_ascii=False).encode() + b"\n" for document in documents]
    offsets = np.cumsum([0, *map(len, records)], dtype=np.int64)
    arrays = {_OFFSETS: offsets, _FREQUENT: known, _FREQUENCIES: frequencies}
    files = {**table.files(), **{name: columns.as_bytes(array) for name, array in arrays.items()}}
    for name, content in (files | {_RECORDS: b"".join(records)}).items():
        durable.write(folder / name, content)
    durable.seal(folder)


class Part:
    """An open part; ``FileNotFoundError`` when another run has replaced it meanwhile."""

    def __init__(self, folder: Path, engine: Callable[[Path], Engine]) -> None:
        self.columns = Columns.load(folder)
        self.frequent: Numbers = np.load(folder / _FREQUENT)
        self.frequencies: Numbers = np.load(folder / _FREQUENCIES)
        self._offsets: Numbers = np.load(folder / _OFFSETS)
        self.engine = engine(folder / _ENGINE)
        self._records = (folder / _RECORDS).open("rb")

    def __len__(self) -> int:
        return len(self.columns)

    def close(self) -> None:
        """Let go of the files."""
        self.engine.close()
        self._records.close()

    def document(self, row: int) -> Searchable:
        """The document of one row."""
        self._records.seek(int(self._offsets[row]))
        return _restored(json.loads(self._records.read(int(self._offsets[row + 1] - self._offsets[row]))))


def _restored(record: dict[str, Any]) -> Searchable:
    for name in ("variants", "asked", "products"):
        record[name] = tuple(record[name])
    for name, kind in (("audience", Audience), ("status", Status), ("group", Group)):
        record[name] = kind(record[name])
    return Searchable(**record)
