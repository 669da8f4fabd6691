"""What is searched and what is found.

A ``Searchable`` is made by whoever owns the knowledge (entries, pages of documents); the index is only a copy of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kbtool.entry import Audience, Status
from kbtool.search import quality


class Group(StrEnum):
    """Entries are answers; the archive holds the pages they came from and is listed below them."""

    ENTRY = "entry"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Searchable:
    """One thing that can be found.

    ``answer`` is the text of all sections this index may show. ``asked`` are the customers' own words of inquiries
    that this entry answered, without personal data. ``document`` and ``page`` name the source; page 0 is none.
    """

    id: str
    question: str
    answer: str = ""
    variants: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    category: str = ""
    products: tuple[str, ...] = ()
    audience: Audience = Audience.INTERNAL
    status: Status = Status.DRAFT
    document: str = ""
    page: int = 0
    group: Group = Group.ENTRY


class Library(Protocol):
    """Where searchables come from: sources (a file of an entry, a document) that can change one at a time."""

    def stamps(self) -> Mapping[str, str]:
        """Every source in a settled order, with a mark that is cheap to take and differs once the source changed."""

    def load(self, source: str) -> Sequence[Searchable]:
        """What one source holds now."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece ``[start, end)`` of a text that matched."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. ``coverage`` (0 to 1) is the share of what the query asks for that the document speaks of.

    ``weak`` when that is little. ``question_marks`` and ``snippet_marks`` say what matched in ``question`` and
    ``snippet``; ``matched`` are the folded words; ``parts`` are the summands of the score by name.
    """

    id: str
    score: float
    coverage: float
    weak: bool
    question: str
    category: str
    status: Status
    document: str
    page: int
    answer: str
    snippet: str
    question_marks: tuple[Span, ...]
    snippet_marks: tuple[Span, ...]
    matched: tuple[str, ...]
    parts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, best first in each group."""

    entries: tuple[Hit, ...] = ()
    archive: tuple[Hit, ...] = ()

    @property
    def is_miss(self) -> bool:
        """Whether no entry speaks of what is asked; one that only the form of the question implies is a guess."""
        return all(hit.coverage <= quality.IMPLIED_SHARE for hit in self.entries)
