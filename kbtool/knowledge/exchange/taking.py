"""Taking entries in: what was sent out is the base, what came back one side, what stands here by now the other.

The person at the desk here and the person with the file are both right until they changed the same words; then both
texts wait in the review queue. Written in an order that a cut at any moment leaves for the next import to finish.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kbtool.entry import Entry, HistoryItem, Status
from kbtool.knowledge import changes, import_conflicts, three_way
from kbtool.knowledge.content import content_hash
from kbtool.knowledge.documents import Conflict
from kbtool.knowledge.exchange.editions import Editions, Taken
from kbtool.knowledge.exchange.report import Brought, ImportItem, ImportReport
from kbtool.knowledge.store import KnowledgeBase
from kbtool.knowledge.three_way import CONFLICT
from kbtool.outcome import Problem, Severity


@dataclass(frozen=True, slots=True)
class Step:
    """One entry on its way in: what is reported and what is written."""

    item: ImportItem
    entry: Entry | None = None
    conflict: Conflict | None = None
    taken: Taken | None = None
    problem: Problem | None = None


class Taking:
    """One import: what stands here, and what was sent and taken before."""

    def __init__(self, kb: KnowledgeBase, by: str) -> None:
        self.kb = kb
        self.by = by
        self.known = kb.entries()
        self.editions = Editions(kb)
        self._folded = {id.casefold(): id for id in self.known}
        self._said = {(entry.question, entry.sections): entry for entry in self.known.values()}

    def here(self, id: str) -> Entry | None:
        """The entry that stands here under this id, whatever its case."""
        return self.known.get(self._folded.get(id.casefold(), ""))

    def before(self, entry: Entry, key: str) -> Step | None:
        """The step of a text that is here already: taken before, or another entry's without an id."""
        taken = self.known.get(self.editions.taken_for(key) or "")
        if taken is not None:
            return Step(ImportItem(Brought.KEPT, taken.id, taken.question))
        twin = None if entry.id else self._said.get((entry.question, entry.sections))
        return Step(ImportItem(Brought.UNCHANGED, twin.id, twin.question)) if twin else None

    def add(self, entry: Entry, taken: Taken | None) -> Step:
        """A new entry under its id; ``taken`` is what must be known of it when its text comes again."""
        return Step(ImportItem(Brought.NEW, entry.id, entry.question), entry, taken=taken)

    def keep(self, current: Entry, *, same: bool) -> Step:
        """The step of a text that says nothing new."""
        return Step(ImportItem(Brought.UNCHANGED if same else Brought.KEPT, current.id, current.question))

    def replace(self, current: Entry, entry: Entry) -> Step:
        """The whole entry, where nothing was changed here since it went out."""
        if entry == current:
            return self.keep(current, same=True)
        return Step(self._item(Brought.CHANGED, current, entry), entry)

    def merge(self, base: Entry | None, incoming: Entry, current: Entry, key: str, *, named: bool) -> Step:
        """Merge words that came back into the entry as it stands; ``named`` says that they named their edition."""
        before, new = (_comparable(each, current) for each in (base, incoming))
        assert new is not None
        merged = _merged(before, new, current)
        if current.status is Status.RETIRED and (merged.conflicts or merged.entry != current):
            return self._refused(current, "exchange_retired")
        if merged.conflicts and CONFLICT in current.needs_review:
            return self._refused(current, "exchange_conflict_open")
        entry = merged.entry
        taken = Taken(key, current.id, None if named else replace(new, history=()))
        if entry == current:  # changes that were made here too are taken as well, and not made again
            step = self.keep(current, same=not _edited_here(before, current))
            return step if new == before else replace(step, taken=taken)
        item = self._item(_result(merged, before, current), current, entry, merged.conflicts)
        if content_hash(entry) != content_hash(current):
            note = HistoryItem(self.kb.project.today, "imported", self.by, note=item.change)
            entry = replace(entry, author=self.by, history=(note, *entry.history))
        conflict = Conflict(current.id, merged.conflicts, new) if merged.conflicts else None
        return Step(item, entry, conflict, taken)

    def finish(self, steps: Iterable[Step], problems: Iterable[Problem] = (), *, dry_run: bool) -> ImportReport:
        """Write what came in, the waiting conflicts first and what was taken last; the report."""
        steps = list(steps)
        if not dry_run:
            self._save_conflicts([step.conflict for step in steps if step.conflict])
            entries = {step.entry.id: step.entry for step in steps if step.entry is not None}
            self.kb.save_all(entries.values(), entries.keys() - self.known.keys())
            self.editions.remember(step.taken for step in steps if step.taken)
        found = (*problems, *(step.problem for step in steps if step.problem))
        return ImportReport(tuple(step.item for step in steps), found)

    def _save_conflicts(self, new: list[Conflict]) -> None:
        if new:
            waiting = {
                each.entry: each
                for each in import_conflicts.load(self.kb.project)
                if each.entry in self.known and CONFLICT in self.known[each.entry].needs_review
            }
            import_conflicts.save(self.kb.project, (waiting | {each.entry: each for each in new}).values())

    def _refused(self, current: Entry, code: str) -> Step:
        problem = Problem(code, current.id, Severity.WARNING, {"id": current.id})
        return Step(ImportItem(Brought.KEPT, current.id, current.question), problem=problem)

    def _item(self, result: Brought, before: Entry, after: Entry, conflicts: tuple[str, ...] = ()) -> ImportItem:
        fields = tuple(_changed(before, after))
        return ImportItem(result, after.id, after.question, fields, conflicts, changes.in_words(before, after))


def _merged(base: Entry | None, incoming: Entry, current: Entry) -> three_way.Merged:
    """The merge of two people's edits: how an entry is filed is a choice on both sides, and no machine's proposal."""
    merged = three_way.merge(base, incoming, current)
    chosen = [
        name
        for name in three_way.FILED
        if getattr(incoming, name) not in (getattr(base, name, None), getattr(merged.entry, name))
    ]
    if not chosen:
        return merged
    marks = tuple(dict.fromkeys((*merged.entry.needs_review, CONFLICT)))
    return three_way.Merged(replace(merged.entry, needs_review=marks), (*merged.conflicts, *chosen))


def _comparable(side: Entry | None, current: Entry) -> Entry | None:
    """A side of the merge with the provenance and the doubts of the entry here, which no file settles."""
    return replace(side, source=current.source, needs_review=()) if side else None


def _result(merged: three_way.Merged, base: Entry | None, current: Entry) -> Brought:
    if merged.conflicts:
        return Brought.CONFLICT
    return Brought.MERGED if _edited_here(base, current) else Brought.CHANGED


def _edited_here(base: Entry | None, current: Entry) -> bool:
    return base is not None and replace(base, history=()) != replace(current, needs_review=(), history=())


def _changed(before: Entry, after: Entry) -> Iterable[str]:
    """Names of the fields that differ, sections by their heading; what happened to an entry is no field."""
    for name in Entry.__dataclass_fields__:
        if name not in ("sections", "history", "needs_review") and getattr(before, name) != getattr(after, name):
            yield name
    headings = dict.fromkeys(part.heading for part in (*before.sections, *after.sections))
    yield from (f"sections.{each}" for each in headings if before.section(each) != after.section(each))
