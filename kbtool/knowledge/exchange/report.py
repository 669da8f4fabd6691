"""What an import made of each line or row, and what was wrong with the file."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from kbtool.outcome import Problem, Severity


class Brought(StrEnum):
    """What became of one entry of the file.

    ``merged`` took the file's changes beside others made here meanwhile; ``kept`` had nothing new to say about an
    entry that was edited here, or was taken before.
    """

    NEW = "new"
    CHANGED = "changed"
    MERGED = "merged"
    KEPT = "kept"
    CONFLICT = "conflict"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One entry's result: its id, question, the fields the file changed, those in conflict, the change in words."""

    result: Brought
    entry: str
    question: str
    fields: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    change: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """All results in the order of the file; with an error among ``problems`` nothing was written."""

    items: tuple[ImportItem, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> int:
        """How many places of the file are wrong."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each result, zero included."""
        counted = Counter(item.result for item in self.items)
        return {result.value: counted[result] for result in Brought}

    @property
    def added(self) -> tuple[str, ...]:
        """Ids of new entries."""
        return self.ids(Brought.NEW)

    @property
    def changed(self) -> tuple[str, ...]:
        """Ids of entries that say something else now."""
        return self.ids(Brought.CHANGED, Brought.MERGED)

    @property
    def unchanged(self) -> tuple[str, ...]:
        """Ids of entries that the file says nothing new about."""
        return self.ids(Brought.UNCHANGED, Brought.KEPT)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Ids of entries in which the file and people here changed the same words."""
        return self.ids(Brought.CONFLICT)

    def ids(self, *results: Brought) -> tuple[str, ...]:
        """Ids of the entries with one of these results."""
        return tuple(item.entry for item in self.items if item.result in results)
