"""What finds candidates: the seam between ranking and the library that keeps the inverted index.

A candidate's worth is the sum of the weights of the wanted terms it has. Weights are whole sixty-fourths, so that the
sum is exact in any order and in single precision: every engine finds the same candidates in the same order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kbtool.entry import Audience, Status
from kbtool.search.searchable import Group, Searchable
from kbtool.search.terms import DocumentTerms

#: Fields of terms, and fields of labels that a filter asks for.
FIELDS = ("words", "heading", "pairs", "meanings", "readings")
LABELS = ("group", "category", "product", "audience", "status")
_STEPS = 64


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents may be found; None is all. ``audience`` is who searches, not what is marked so."""

    group: Group
    category: str | None = None
    product: str | None = None
    audience: Audience | None = None
    status: Status | None = None

    def labels(self) -> list[tuple[str, tuple[str, ...]]]:
        """What a document must be labelled: field, and the values of which it needs one."""
        wanted: list[tuple[str, tuple[str, ...]]] = [("group", (self.group.value,))]
        for name in ("category", "product", "status"):
            value = getattr(self, name)
            if value is not None:
                wanted.append((name, (str(value),)))
        if self.audience is not None:
            wanted.append(("audience", tuple(each.value for each in Audience if self.audience.includes(each))))
        return wanted


@dataclass(frozen=True, slots=True)
class Wanted:
    """A term that is looked for, and what finding it is worth."""

    field: str
    term: str
    weight: float

    @classmethod
    def of(cls, field: str, term: str, weight: float) -> "Wanted":
        """Round the weight so that sums of weights are exact."""
        return cls(field, term, max(1, round(weight * _STEPS)) / _STEPS)


class Engine(Protocol):
    """An open inverted index; documents are numbered in the order in which they were built."""

    def best(self, wanted: Sequence[Wanted], only: Filter, limit: int) -> list[tuple[int, float]]:
        """The ``limit`` documents of most worth, above 0; the first of equals is the one with the lower number."""

    def close(self) -> None:
        """Let go of the files."""


class Builder(Protocol):
    """Writes the index of documents into a folder that is there and empty."""

    def __call__(self, documents: Iterable[tuple[Searchable, Mapping[str, Sequence[str]]]], folder: Path) -> None:
        """Build it from each document and its terms by field."""


def terms_by_field(terms: DocumentTerms) -> Mapping[str, Sequence[str]]:
    """The terms of a document as an engine keeps them, once each."""
    fields = {
        "words": terms.words,
        "heading": [word for title in terms.titles for word in title],
        "pairs": terms.heading_pairs,
        "meanings": terms.heading_meanings,
        "readings": terms.readings,
    }
    return {name: sorted(set(found)) for name, found in fields.items()}


def labels(document: Searchable) -> Mapping[str, Sequence[str]]:
    """What a document is labelled."""
    return {
        "group": [document.group.value],
        "category": [document.category] if document.category else [],
        "product": sorted(set(document.products)),
        "audience": [document.audience.value],
        "status": [document.status.value],
    }
