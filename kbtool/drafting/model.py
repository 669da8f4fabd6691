"""What drafting hands on: entries without ids, what became of every page, and proposals for a person to decide.

The inner types (``Evidence``, ``Draft``) live here too, because every rule speaks them.
"""

from dataclasses import dataclass
from enum import StrEnum

from kbtool.document import Box, Doubt
from kbtool.entry import Entry, EntryType, Escalation, Section
from kbtool.knowledge.safety_notes import SafetyNote


class PageEnd(StrEnum):
    """The one named end of every page."""

    DRAFTED = "drafted"
    DUPLICATES = "duplicates"
    OLD_EDITION = "old_edition"
    COVER = "cover"
    TABLE_OF_CONTENTS = "table_of_contents"
    SAFETY_NOTES = "safety_notes"
    INSTRUCTIONS = "instructions"
    SPECIFICATIONS = "specifications"
    FORM = "form"
    NO_ENTRY = "no_entry"
    BLANK = "blank"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of text as it stands on a page; ``box`` in fractions of the page, confidences in percent.

    ``doubts`` are the words in it that its engine was unsure of, ``place`` says where in a file without paper.
    """

    page: int
    box: Box
    text: str
    method: str
    engine: str
    confidence: float
    min_confidence: float
    doubts: tuple[Doubt, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule made of some blocks, before category, products and review marks are known.

    ``references`` are lines to look for page numbers in, where the body lacks a column of them.
    """

    type: EntryType
    question: str
    sections: tuple[Section, ...]
    evidence: tuple[Evidence, ...]
    escalation: tuple[Escalation, ...] = ()
    number: str = ""
    from_heading: bool = False
    references: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """All sections as one text."""
        return "\n".join(section.text for section in self.sections)


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of one page; ``entries`` counts the drafts that stand at least partly on it."""

    page: int
    outcome: PageEnd
    entries: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A question that asks an earlier one in other words: proposed as its variant, not made an entry."""

    question: str
    of_origin_key: str
    page: int
    passage: Entry


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same matter with different numbers: ``here`` on this page, ``there`` in the entry it contradicts.

    ``passage`` is what stands here, where it is no entry itself.
    """

    question: str
    text: str
    page: int
    of_origin_key: str
    here: tuple[str, ...]
    there: tuple[str, ...]
    passage: Entry | None = None


@dataclass(frozen=True, slots=True)
class StampNote:
    """A stamp or hand correction a person must look at; ``of_origin_key`` the entry beside it, "" if none."""

    page: int
    text: str
    box: Box
    of_origin_key: str


@dataclass(frozen=True, slots=True)
class Drafting:
    """Everything drafted from one document, in page and block order; every page has an outcome."""

    entries: tuple[Entry, ...]
    pages: tuple[PageOutcome, ...]
    duplicates: tuple[Duplicate, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    safety_notes: tuple[SafetyNote, ...] = ()
    stamps: tuple[StampNote, ...] = ()
