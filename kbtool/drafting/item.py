"""One piece of a document as the rules see it, and what it is to them.

Separate because the stream, its headings and every rule speak it.
"""

from dataclasses import dataclass
from enum import StrEnum

from kbtool.drafting.model import Evidence
from kbtool.drafting.tables import Table


class Role(StrEnum):
    """What an item is to the rules."""

    HEADING = "heading"
    CAPTION = "caption"
    QUESTION = "question"
    ANSWER = "answer"
    STEP = "step"
    BULLET = "bullet"
    LINE = "line"
    TEXT = "text"
    SAFETY = "safety"
    TABLE = "table"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of the stream; ``text`` without its mark, ``label`` the word of a labelled line or safety box."""

    role: Role
    text: str
    evidence: Evidence
    number: str = ""
    level: int = 0
    label: str = ""
    table: Table | None = None
    chapter: bool = False

    @property
    def asks(self) -> bool:
        """Whether it ends as a question."""
        return self.text.endswith(("?", "？"))

    @property
    def page(self) -> int:
        """The page it stands on, from 1."""
        return self.evidence.page
