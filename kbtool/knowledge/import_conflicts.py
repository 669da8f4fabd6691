"""The texts of imported files that were not taken because people here had changed the same words meanwhile.

They wait beside those of the documents and are decided in the same place; see ``merge.open_conflicts``.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from kbtool import durable
from kbtool.entry import Entry
from kbtool.knowledge import plain
from kbtool.knowledge.documents import Conflict
from kbtool.project import Project

_WHERE = "kb/exchange/conflicts.jsonl"


def load(project: Project) -> tuple[Conflict, ...]:
    """All that wait."""
    return plain.load_file(Conflict, project.root / _WHERE, _WHERE)


def save(project: Project, conflicts: Iterable[Conflict]) -> None:
    """Write those that wait; without any the file goes."""
    path, text = project.root / _WHERE, plain.json_lines(conflicts)
    if text:
        durable.commit(path, text)
    elif path.is_file():
        durable.remove(path)


def reword(project: Project, id: str, change: Callable[[Entry], Entry]) -> None:
    """Change the texts that wait for one entry."""
    save(project, [replace(each, machine=change(each.machine)) if each.entry == id else each for each in load(project)])
