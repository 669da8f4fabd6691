"""What became of each source: codes and counts, never sentences."""

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person should know: ``code`` names a message template, ``where`` a file, page or id."""

    code: str
    where: str = ""
    severity: Severity = Severity.ERROR
    params: dict[str, object] = field(default_factory=dict)


class SourceStatus(StrEnum):
    """The one named end of every source (nothing disappears).

    ``new`` only where a dry run would read it; ``undecided`` where a person must say whether it is a new edition.
    """

    NEW = "new"
    READ = "read"
    UNCHANGED = "unchanged"
    PARTIAL = "partial"
    DUPLICATE = "duplicate"
    UNDECIDED = "undecided"
    FAILED = "failed"
    MISSING = "missing"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source file; ``counts`` are pages, entries, records … by name."""

    source: str
    status: SourceStatus
    problems: tuple[Problem, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
