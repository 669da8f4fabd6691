"""One filled inquiry slip as a record; personal values are kept apart from it."""

from dataclasses import dataclass
from enum import StrEnum


class FieldState(StrEnum):
    """What a person has to do about a value."""

    OK = "ok"
    NEEDS_REVIEW = "needs_review"
    NEEDS_MANUAL = "needs_manual"


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One field of a slip: ``raw`` as written, ``value`` normalised (None where unknown), confidence in percent.

    ``page`` and ``box`` (fractions of the page) point at the crop a person looks at.
    """

    raw: str
    value: str | int | None
    confidence: float
    state: FieldState
    page: int
    box: tuple[float, float, float, float]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A record: ``number`` is its reception number, ``pages`` all scans it was seen on (document, page)."""

    number: str
    form: str
    document: str
    pages: tuple[int, ...]
    fields: dict[str, FieldValue]

    def value(self, name: str) -> str | int | None:
        """Normalised value of a field, None where it is missing or unknown."""
        found = self.fields.get(name)
        return found.value if found else None

    @property
    def to_review(self) -> tuple[str, ...]:
        """Names of the fields a person must look at."""
        return tuple(name for name, found in self.fields.items() if found.state is not FieldState.OK)
