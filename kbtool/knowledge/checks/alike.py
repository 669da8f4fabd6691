"""Entries that ask the same and about which nobody decided: proposals, and answers that cannot both be true (D)."""

from collections.abc import Callable, Iterator

from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import State
from kbtool.knowledge.decisions import DecisionKind
from kbtool.knowledge.pairs import name_of


def of_kind(kind: DecisionKind) -> Callable[[State], Iterator[Found]]:
    """The rule for duplicates or for contradictions; the place is that of the later entry.

    A passage of a document that is no entry has no file: there the entry's own place is named.
    """

    def rule(state: State) -> Iterator[Found]:
        for pair in (pair for pair in state.pairs() if pair.kind is kind):
            mine, other = (pair.other, pair.one) if pair.other.id else (pair.one, pair.other)
            values = (pair.there, pair.here) if pair.other.id else (pair.here, pair.there)
            here, there = ("、".join(each[:3]) or "－" for each in values)
            params: dict[str, object] = {"other": name_of(other), "question": other.question}
            yield Found(state.files[mine.id].field("question"), params | {"here": here, "there": there})

    return rule
