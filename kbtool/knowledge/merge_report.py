"""What became of the drafts of a document, said in one word each, and the marks that a merge leaves on entries.

Apart from ``merge``, which writes, because the steps and their callers speak of the same results.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

#: The mark of an entry whose source, read again, does not say it any more.
SOURCE_GONE = "source_gone"
#: The mark of an entry whose words a new edition of its source changed.
SOURCE_CHANGED = "source_changed"
#: Who acts when the machine does.
MACHINE = "kbtool"


class Result(StrEnum):
    """What became of one draft, or of an entry that is drafted no longer."""

    NEW = "new"
    UNCHANGED = "unchanged"
    MERGED = "merged"
    KEPT = "kept"
    CONFLICT = "conflict"
    RETIRED_CANDIDATE = "retired_candidate"


@dataclass(frozen=True, slots=True)
class MergeItem:
    """One draft's result: the id of its entry, its question, the fields in conflict, and what the source changed."""

    result: Result
    entry: str
    question: str
    fields: tuple[str, ...] = ()
    change: str = ""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What became of every draft of a document, in its order."""

    items: tuple[MergeItem, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each result, zero included."""
        counted = Counter(item.result for item in self.items)
        return {result.value: counted[result] for result in Result}
