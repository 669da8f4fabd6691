"""Entries that ask the same and about which nobody decided: proposals, and answers that cannot both be true (D)."""

from collections.abc import Callable, Iterator

from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import State
from kbtool.knowledge.decisions import DecisionKind


def of_kind(kind: DecisionKind) -> Callable[[State], Iterator[Found]]:
    """The rule for duplicates or for contradictions; the place is that of the later entry."""

    def rule(state: State) -> Iterator[Found]:
        for pair in state.pairs():
            if pair.kind is kind:
                here, there = ("、".join(values[:3]) or "－" for values in (pair.there, pair.here))
                params: dict[str, object] = {
                    "other": pair.one.id,
                    "question": pair.one.question,
                    "here": here,
                    "there": there,
                }
                yield Found(state.files[pair.other.id].field("question"), params)

    return rule
