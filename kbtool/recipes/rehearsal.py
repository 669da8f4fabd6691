"""A step taken for real on a copy that is thrown away: what a dry run shows is what the step itself does.

The copy shares the files' bytes (hard links): whoever writes puts a new file in an old one's place, so that the real
ones never change. Personal data is not copied; no step of an entry needs it.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from kbtool import durable
from kbtool.entry import Audience, Entry
from kbtool.knowledge import KnowledgeBase, LedgerLine, effective_status, ledger
from kbtool.project import Project
from kbtool.recipes.publish import shown_to

#: Whose update logs a step may add to.
_OUTSIDE = (Audience.PARTNER, Audience.PUBLIC)


@dataclass(frozen=True, slots=True)
class Taken:
    """One entry before and after a step (None where it was not there), and what the step adds to the update logs.

    ``others``: every other entry that the rehearsed step changes: id, status before, status after ("" where it goes).
    """

    before: Entry | None
    after: Entry
    lines: tuple[LedgerLine, ...] = ()
    others: tuple[tuple[str, str, str], ...] = ()

    @property
    def was(self) -> str:
        """The status that counted before, empty for a new entry."""
        return _status(self.before)

    @property
    def now(self) -> str:
        """The status that counts now."""
        return effective_status(self.after).value


def take(kb: KnowledgeBase, step: Callable[[KnowledgeBase], Entry], *, dry_run: bool) -> Taken:
    """Take a step, or with ``dry_run`` rehearse it: then the lines that the next publish would add are named too."""
    if not dry_run:
        before = kb.scan().entries
        after = step(kb)
        return Taken(before.get(after.id), after)
    with rehearsal(kb.project) as copy:
        reading = copy.scan()
        planned = {} if reading.problems else _planned(copy)
        after = step(copy)
        later = {} if reading.problems else _planned(copy)
        new = [line for key, line in later.items() if planned.get(key) != line]
        return Taken(reading.entries.get(after.id), after, tuple(new), tuple(_others(reading.entries, copy, after.id)))


def _others(before: Mapping[str, Entry], copy: KnowledgeBase, id_: str) -> Iterator[tuple[str, str, str]]:
    after = copy.scan().entries
    for each, entry in before.items():
        if each != id_ and after.get(each) != entry:
            yield each, _status(entry), _status(after.get(each))


def _status(entry: Entry | None) -> str:
    return effective_status(entry).value if entry else ""


@contextmanager
def rehearsal(project: Project) -> Iterator[KnowledgeBase]:
    """A copy of the knowledge base without its private folder, as the same person on the same day."""
    root = durable.fresh_folder(project.cache / f"rehearsal-{os.getpid()}")
    try:
        for path in sorted(project.kb.rglob("*")):
            if path.is_file() and not path.is_relative_to(project.private):
                durable.hard_link(path, root / path.relative_to(project.root))
        yield KnowledgeBase(Project(root, project.today, project.actor))
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _planned(kb: KnowledgeBase) -> Mapping[tuple[Audience, str], LedgerLine]:
    """The lines that publishing would add now."""
    return {
        (audience, line.entry): line
        for audience in _OUTSIDE
        for line in ledger.plan(kb, audience, shown_to(kb, audience), kb.project.today)
    }
