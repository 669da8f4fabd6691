"""What ranking must know of every document, in columns: which term stands how often in which field, and lengths.

The columns of a few hundred candidates are read at once, so that ranking is arithmetic over arrays. A term is known
by 32 bits of its checksum: at 100,000 terms of a field about one pair is taken for one another, which no figure shows.
"""

import io
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kbtool.search.terms import DocumentTerms

Numbers = npt.NDArray[Any]
_FILES = ("starts", "terms", "fields", "counts", "lengths")
_MOST = 255


class Field(IntEnum):
    """Where a term stands; the question is ``HEADING``, its variants the numbers after it."""

    WORDS = 0
    ASKED = 1
    PAIRS = 2
    KANJI = 3
    MEANINGS = 4
    HEADING_MEANINGS = 5
    READINGS = 6
    HEADING = 8


#: Fields whose terms are counted for idf: each holds a term of its kind once a document.
COUNTED = (Field.WORDS, Field.PAIRS, Field.KANJI, Field.MEANINGS)
#: Columns of ``lengths``.
LENGTHS = (Field.WORDS, Field.ASKED, Field.PAIRS, Field.KANJI, Field.MEANINGS, Field.HEADING_MEANINGS, Field.HEADING)
_KINDS = {
    Field.WORDS: "w",
    Field.ASKED: "w",
    Field.HEADING: "w",
    Field.PAIRS: "p",
    Field.KANJI: "k",
    Field.MEANINGS: "g",
    Field.HEADING_MEANINGS: "g",
    Field.READINGS: "r",
}


def number(field: Field, term: str) -> int:
    """The number of a term; the words of all fields share theirs."""
    return zlib.crc32(f"{_KINDS[field]}{term}".encode())


@dataclass(frozen=True, slots=True)
class Columns:
    """Documents in rows; the terms of row i are ``[starts[i], starts[i + 1])`` of the three columns of terms."""

    starts: Numbers
    terms: Numbers
    fields: Numbers
    counts: Numbers
    lengths: Numbers

    @classmethod
    def of(cls, documents: Iterable[DocumentTerms]) -> "Columns":
        """Lay out the terms of documents, one row each."""
        starts, lengths = [0], []
        flat: tuple[list[int], list[int], list[int]] = ([], [], [])
        numbers: dict[str, dict[str, int]] = {kind: {} for kind in _KINDS.values()}
        for document in documents:
            by_field = _by_field(document)
            for field, found in by_field:
                kind = Field(min(field, Field.HEADING))
                known_numbers, counted = numbers[_KINDS[kind]], Counter(found)
                for term in counted:
                    if term not in known_numbers:
                        known_numbers[term] = number(kind, term)
                flat[0].extend(map(known_numbers.__getitem__, counted))
                flat[1].extend([field] * len(counted))
                flat[2].extend(counted.values())
            known = dict(by_field)
            lengths.append([len(known[field]) for field in LENGTHS])
            starts.append(len(flat[0]))
        return cls(
            np.array(starts, np.int64),
            np.array(flat[0], np.uint32),
            np.array(flat[1], np.uint8),
            np.minimum(np.array(flat[2], np.int64), _MOST).astype(np.uint8),
            np.array(lengths, np.float32).reshape(-1, len(LENGTHS)),
        )

    @classmethod
    def joined(cls, pieces: Sequence["Columns"]) -> "Columns":
        """Put the rows of all pieces below one another."""
        if not pieces:
            return cls.of([])
        firsts = np.cumsum([0, *(len(piece.terms) for piece in pieces)])
        starts = [piece.starts[:-1] + first for piece, first in zip(pieces, firsts, strict=False)]
        rest = (np.concatenate([getattr(piece, name) for piece in pieces]) for name in _FILES[1:])
        return cls(np.concatenate([*starts, firsts[-1:]]), *rest)

    @classmethod
    def load(cls, folder: Path) -> "Columns":
        """Map the files of ``files`` into memory; only what is asked for is read."""
        return cls(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in _FILES))

    def files(self) -> dict[str, bytes]:
        """The columns as files, by name."""
        return {f"{name}.npy": as_bytes(getattr(self, name)) for name in _FILES}

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of_rows(self, rows: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """All terms of some rows: place in ``rows``, term, field, count."""
        begins = self.starts[rows]
        sizes = self.starts[rows + 1] - begins
        places = np.repeat(np.arange(len(rows)), sizes)
        at = np.arange(len(places)) + np.repeat(begins - (np.cumsum(sizes) - sizes), sizes)
        return places, self.terms[at], self.fields[at], self.counts[at]


def document_frequencies(columns: Columns, rows: Numbers | None = None) -> tuple[Numbers, Numbers]:
    """In how many documents (of ``rows``, or all) each term stands: terms in order, and counts."""
    terms, fields = (columns.terms, columns.fields) if rows is None else columns.of_rows(rows)[1:3]
    found: tuple[Numbers, Numbers] = np.unique(terms[np.isin(fields, COUNTED)], return_counts=True)
    return found


def as_bytes(array: Numbers) -> bytes:
    """An array as the bytes of an ``.npy`` file."""
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=False)
    return stream.getvalue()


def _by_field(document: DocumentTerms) -> list[tuple[int, Sequence[str]]]:
    headings = document.titles[: _MOST - Field.HEADING]
    return [
        (Field.WORDS, document.words),
        (Field.ASKED, document.asked),
        (Field.PAIRS, document.pairs),
        (Field.KANJI, document.kanji),
        (Field.MEANINGS, document.meanings),
        (Field.HEADING_MEANINGS, document.heading_meanings),
        (Field.READINGS, document.readings),
        *((Field.HEADING + place, heading) for place, heading in enumerate(headings)),
    ]
