"""Runs the list of rules over the stream of items: at every place the first rule that matches takes what it needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kbtool.drafting.cursor import Cursor, Facts, Match, Rule
from kbtool.drafting.item import Item, Role
from kbtool.drafting.model import Draft
from kbtool.drafting.rules import RULES
from kbtool.drafting.wording import plain
from kbtool.knowledge.safety_notes import SafetyNote


@dataclass(frozen=True, slots=True)
class Step:
    """A rule that matched: the ``items`` it took."""

    rule: Rule
    match: Match
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A draft with the rule that made it and the headings it stands under, nearest first.

    ``chapters`` are those of them that ask nothing themselves.
    """

    draft: Draft
    rule: str
    headings: tuple[str, ...]
    chapters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Everything one pass made: drafts in force, drafts of leaves from an older edition, safety notes, steps."""

    made: tuple[Made, ...]
    outdated: tuple[Made, ...]
    notes: tuple[SafetyNote, ...]
    steps: tuple[Step, ...]


def run(items: Sequence[Item], facts: Facts, rules: Sequence[Rule] = RULES) -> Run:
    """Take the whole stream apart; what no rule takes is passed over item by item."""
    steps = _steps(tuple(items), facts, rules)
    aside = tuple(item for step in steps for item in step.match.aside)
    old = _steps(aside, replace(facts, editions={}), rules) if aside else ()
    notes = tuple(note for step in steps for note in step.match.notes)
    return Run(_made(steps, items), _made(old, aside), notes, steps)


def _steps(items: tuple[Item, ...], facts: Facts, rules: Sequence[Rule]) -> tuple[Step, ...]:
    steps: list[Step] = []
    at = 0
    while at < len(items):
        step = _step(Cursor(items, at, facts), rules)
        if step:
            steps.append(step)
        at += step.match.taken if step else 1
    return tuple(steps)


def _step(cursor: Cursor, rules: Sequence[Rule]) -> Step | None:
    for rule in rules:
        match = rule.match(cursor)
        if match is not None:
            return Step(rule, match, cursor.items[cursor.at : cursor.at + match.taken])
    return None


def _made(steps: Sequence[Step], items: Sequence[Item]) -> tuple[Made, ...]:
    """All drafts with the headings above them, in order."""
    headings = {id(item): above for item, above in zip(items, _headings(items), strict=True)}
    made = [Made(draft, step.rule.name, headings[id(step.items[0])]) for step in steps for draft in step.match.drafts]
    asked = {plain(one.draft.question) for one in made}
    return tuple(
        replace(one, chapters=tuple(text for text in one.headings if plain(text) not in asked)) for one in made
    )


def _headings(items: Sequence[Item]) -> Iterator[tuple[str, ...]]:
    """For each item the headings it stands under, nearest first."""
    path: list[Item] = []
    for item in items:
        if item.role is Role.HEADING:
            path = [*(above for above in path if above.level < item.level), item]
        yield tuple(above.text for above in reversed(path))
