"""What people decided about findings: ``kb/decisions.jsonl``, only ever added to.

Separate because many rooms find something that only a person can settle, and nobody wants to be asked twice. A
decision holds for exactly the words it was about: its key names them by hash, so that a changed text asks again, and
so that no personal value ever stands here. The newest line on a key counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from kbtool import durable
from kbtool.errors import UsageError
from kbtool.knowledge import plain
from kbtool.knowledge.content import text_hash
from kbtool.knowledge.store import KnowledgeBase
from kbtool.project import Project

_WHERE = "kb/decisions.jsonl"
#: Enough of a hash to tell the texts of one knowledge base apart.
_HASH_LENGTH = 16


class DecisionKind(StrEnum):
    """What kind of finding was decided about."""

    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: ``key`` says what about (``pair_key``, ``finding_key``), ``decision`` what was decided."""

    date: date
    by: str
    kind: DecisionKind
    key: str
    decision: str
    note: str = ""


def load(project: Project) -> tuple[Decision, ...]:
    """All decisions, oldest first; ``UsageError`` with the line of one that cannot be read."""
    return plain.load_file(Decision, _path(project), _WHERE)


def in_force(project: Project, kind: DecisionKind) -> dict[str, Decision]:
    """The newest decision of a kind on every key."""
    return {each.key: each for each in load(project) if each.kind is kind}


def record(kb: KnowledgeBase, made: Iterable[Decision]) -> int:
    """Add decisions durably; the number that say something new: what holds on a key already is not said again."""
    with kb.writing("decide"):
        holding = {(each.kind, each.key): each.decision for each in load(kb.project)}
        new: list[Decision] = []
        for each in made:
            if not (each.by and each.key and each.decision):
                raise UsageError("decisions_incomplete", key=each.key)
            if holding.get((each.kind, each.key)) != each.decision:
                holding[each.kind, each.key] = each.decision
                new.append(each)
        if new:
            durable.commit(_path(kb.project), _kept(kb.project) + plain.json_lines(new))
        return len(new)


def pair_key(one: tuple[str, str], other: tuple[str, str]) -> str:
    """The key of two entries, each (id, the text compared), in whichever order they are given."""
    (first, said), (second, answered) = sorted((one, other))
    return f"{first} {second} {_short(said, answered)}"


def finding_key(entry: str, field: str, value: str) -> str:
    """The key of a value found in a field of an entry (or record): the value itself only as a hash."""
    return f"{entry} {field} {_short(entry, field, value)}"


def _short(*texts: str) -> str:
    return text_hash("\0".join(texts))[:_HASH_LENGTH]


def _path(project: Project) -> Path:
    return project.kb / "decisions.jsonl"


def _kept(project: Project) -> str:
    """The file as it is, ended by a newline even where an editor left none."""
    path = _path(project)
    text = plain.read_text(path, _WHERE) if path.is_file() else ""
    return text if not text or text.endswith("\n") else f"{text}\n"
