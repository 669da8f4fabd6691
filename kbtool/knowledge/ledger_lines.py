"""The lines of the update log on disk: ``kb/updates/YYYY.jsonl``, oldest first.

Apart from ``ledger``, which plans and appends them, because the store of entries must know which ids and addresses the
log has ever named.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from kbtool.entry import Audience
from kbtool.knowledge import plain
from kbtool.project import Project


class LineKind(StrEnum):
    """What happened, as readers are told."""

    ADDED = "added"
    CHANGED = "changed"
    CORRECTED = "corrected"
    RETIRED = "retired"
    IMPROVED = "improved"
    NOTICE = "notice"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the log: ``public`` is for the readers of ``audience``, ``note`` and ``by`` stay in the house.

    ``content_hash`` is the hash of what that audience saw; ``entry`` is empty for a notice about no entry.
    """

    date: date
    audience: Audience
    entry: str
    kind: LineKind
    content_hash: str = ""
    title: str = ""
    public: str = ""
    note: str = ""
    by: str = ""
    public_id: str = ""


def lines(project: Project, audience: Audience | None = None) -> list[LedgerLine]:
    """All lines, oldest first, or those of one audience."""
    found: list[LedgerLine] = []
    for path in sorted((project.kb / "updates").glob("[0-9][0-9][0-9][0-9].jsonl")):
        found.extend(plain.load_file(LedgerLine, path, f"kb/updates/{path.name}"))
    return [line for line in found if audience is None or line.audience is audience]


def path_of(project: Project, year: int) -> Path:
    """The file that holds the lines of one year."""
    return project.kb / "updates" / f"{year:04d}.jsonl"
