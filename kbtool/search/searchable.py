"""What is searched and what is found.

A ``Searchable`` is made by whoever owns the knowledge (entries, pages of documents); the index is only a copy of it.
"""

from dataclasses import dataclass
from enum import StrEnum

from kbtool.entry import Audience, Status


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


@dataclass(frozen=True, slots=True)
class Span:
    """A piece ``[start, end)`` of a text that matched."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. ``coverage`` (0 to 1) is the share of what the query asks for that the document speaks of.

    ``question_marks`` and ``snippet_marks`` say what matched in ``question`` and ``snippet``; ``matched`` are the
    folded terms.
    """

    id: str
    score: float
    coverage: float
    question: str
    category: str
    status: Status
    document: str
    page: int
    snippet: str
    question_marks: tuple[Span, ...]
    snippet_marks: tuple[Span, ...]
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, best first in each group."""

    entries: tuple[Hit, ...] = ()
    archive: tuple[Hit, ...] = ()
