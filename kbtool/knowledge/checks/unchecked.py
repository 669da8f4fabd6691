"""What was read from paper and stands unmarked, though nobody compared it with the page (A005, S002)."""

from collections.abc import Callable, Iterator

from kbtool.entry import Entry, Status
from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import EntryFile, State
from kbtool.knowledge.merge_report import MACHINE


def unmarked(mark: str) -> Callable[[EntryFile, State], Iterator[Found]]:
    """The rule for one mark: ``numbers`` or ``low_confidence``."""

    def rule(file: EntryFile, state: State) -> Iterator[Found]:
        entry = file.entry
        words = [word for source in entry.source for look in source.look_at if look.why == mark for word in look.words]
        if entry.id in state.ids_in_force and mark in entry.needs_review:
            yield Found(file.field("needs_review", mark), {"words": "、".join(words[:5]) or "－"})
        elif words and _was_unmarked_by_nobody(entry):
            yield Found(file.field("source", words[0]), {"words": "、".join(words[:5])})

    return rule


def _was_unmarked_by_nobody(entry: Entry) -> bool:
    """Whether an untouched draft has lost all its marks; the steps of a review leave a trace."""
    is_untouched = all(item.by == MACHINE for item in entry.history)
    return entry.status is Status.DRAFT and not entry.needs_review and is_untouched and not entry.author
