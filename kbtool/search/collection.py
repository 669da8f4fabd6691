"""All documents of an index as ranking sees them: rows over its parts, how rare each term is, how long a text is.

Rows of a document that has changed or gone since its part was built are dead: never found, never counted.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from kbtool.search import columns
from kbtool.search.columns import LENGTHS, Field, Numbers
from kbtool.search.engine import Filter, Wanted
from kbtool.search.parts import Part
from kbtool.search.searchable import Searchable


class Collection:
    """Parts, the big one first, and the dead rows of the big one."""

    def __init__(self, parts: Sequence[Part], dead: Numbers) -> None:
        self._parts = parts
        self._firsts = np.cumsum([0, *map(len, parts)])
        self._dead = dead
        self._terms, self._documents = _frequencies(parts, dead)
        lengths = np.concatenate([np.asarray(part.columns.lengths) for part in parts])
        alive = np.ones(len(lengths), bool)
        alive[dead] = False
        self.size = int(alive.sum())
        self._lengths = lengths
        # Summed in double precision of whole numbers: the same whatever the order of rows.
        totals = lengths[alive].sum(axis=0, dtype=np.float64)
        self._averages = np.maximum(totals / max(1, self.size), 1e-9)

    def close(self) -> None:
        """Let go of the files."""
        for part in self._parts:
            part.close()

    def length(self, field: Field, rows: Numbers) -> Numbers:
        """How many terms the field of each row has."""
        found: Numbers = self._lengths[rows, LENGTHS.index(field)]
        return found

    def average(self, field: Field) -> float:
        """How many terms a document has in a field on average."""
        return float(self._averages[LENGTHS.index(field)])

    def frequencies(self, numbers: Numbers) -> Numbers:
        """In how many documents each term stands."""
        if not len(self._terms):
            return np.zeros(len(numbers))
        at = np.minimum(np.searchsorted(self._terms, numbers), len(self._terms) - 1)
        return np.where(self._terms[at] == numbers, self._documents[at], 0)

    def idf(self, numbers: Numbers) -> Numbers:
        """Weight of terms by their rarity (Robertson and Spärck Jones, kept from being negative)."""
        found = self.frequencies(numbers)
        weights: Numbers = np.log1p((self.size - found + 0.5) / (found + 0.5))
        return weights

    def candidates(self, wanted: Sequence[Wanted], only: Filter, limit: int) -> Numbers:
        """Rows of the documents that share most with the query, in the order of rows."""
        found: list[tuple[float, int]] = []
        dead = set(self._dead.tolist())
        for part, first in zip(self._parts, self._firsts, strict=False):
            best = part.engine.best(wanted, only, limit + len(dead))
            found += [(-worth, int(first) + number) for number, worth in best if first + number not in dead]
        return np.array(sorted(row for _, row in sorted(found)[:limit]), np.int64)

    def terms(self, rows: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """All terms of some rows: place in ``rows``, term, field, count."""
        pieces = []
        for part, first in zip(self._parts, self._firsts, strict=False):
            here = np.flatnonzero((rows >= first) & (rows < first + len(part)))
            places, *rest = part.columns.of_rows(rows[here] - first)
            pieces.append((here[places], *rest))
        places, numbers, fields, counts = (np.concatenate(column) for column in zip(*pieces, strict=True))
        return places, numbers, fields, counts

    def documents(self) -> Iterator[Searchable]:
        """All living documents."""
        dead = set(self._dead.tolist())
        return (self.document(row) for row in range(int(self._firsts[-1])) if row not in dead)

    def document(self, row: int) -> Searchable:
        """The document of one row."""
        part = int(np.searchsorted(self._firsts, row, side="right")) - 1
        return self._parts[part].document(row - int(self._firsts[part]))


def _frequencies(parts: Sequence[Part], dead: Numbers) -> tuple[Numbers, Numbers]:
    """Document frequencies over all living rows."""
    tables = [(part.frequent, part.frequencies) for part in parts]
    if len(dead):
        gone, counts = columns.document_frequencies(parts[0].columns, dead)
        tables.append((gone, -counts))
    if len(tables) == 1:
        return tables[0]
    known, at = np.unique(np.concatenate([terms for terms, _ in tables]), return_inverse=True)
    return known, np.bincount(at, weights=np.concatenate([counts for _, counts in tables])).astype(np.int64)
