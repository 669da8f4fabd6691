"""What was sent out and what was taken in: ``kb/exchange/``, the memory of the merge.

``exported/<hash>.jsonl`` holds the texts of one export that no earlier one held: an edition that comes back is merged
with them as its base. ``taken.jsonl`` names what was taken in, so that a file imported twice makes no twins.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kbtool import durable
from kbtool.entry import Entry
from kbtool.knowledge import import_conflicts, plain
from kbtool.knowledge.content import text_hash
from kbtool.knowledge.store import KnowledgeBase

_SHORT = 16


@dataclass(frozen=True, slots=True)
class Exported:
    """One entry as it went out, without its history."""

    edition: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Taken:
    """One row that was taken in: the hash of what it said, and the entry it went to.

    ``said`` is its text where the row named no edition: the next row of that kind is compared with it.
    """

    key: str
    entry: str
    said: Entry | None = None


def edition(entry: Entry) -> str:
    """The edition of an entry: a short hash of all that it holds."""
    return text_hash(plain.json_line(entry))[:_SHORT]


class Editions:
    """The editions one knowledge base sent out, and what it took in."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._folder = kb.project.kb / "exchange"

    def keep(self, entries: Iterable[Entry]) -> None:
        """Remember the texts that go out; those that went out before are known."""
        with self._kb.writing("export"):
            sent = (Exported(edition(entry), replace(entry, history=())) for entry in entries)
            text = plain.json_lines(each for each in sent if each.edition not in self._sent.get(each.entry.id, {}))
            if text:
                durable.commit(self._folder / "exported" / f"{text_hash(text)[:_SHORT]}.jsonl", text)
                self.__dict__.pop("_sent", None)

    def base(self, id: str, named: str, current: Entry) -> Entry | None:
        """What the sender of a text started from; None where that cannot be known."""
        if named:
            return current if edition(current) == named else self._sent.get(id, {}).get(named)
        sent = list(self._sent.get(id, {}).values())
        if sent:  # a file from here whose editions were deleted: which one it was is sure only where there is one
            return sent[0] if len(sent) == 1 else None
        said = [each.said for each in self._taken.values() if each.entry == id and each.said is not None]
        return said[-1] if said else None

    def taken_for(self, key: str) -> str | None:
        """The entry that this row went to before."""
        known = self._taken.get(key)
        return known.entry if known else None

    def remember(self, taken: Iterable[Taken]) -> None:
        """Add rows that were taken in."""
        after = self._taken | {each.key: each for each in taken}
        if after != self._taken:
            durable.commit(self._folder / "taken.jsonl", plain.json_lines(after.values()))
            self._taken = after

    def reword(self, id: str, change: Callable[[Entry], Entry]) -> None:
        """Change every kept text of an entry, under the editions that it had: what was masked is masked here too."""
        with self._kb.writing("export"):
            for path in self._files():
                kept = plain.load_file(Exported, path, self._kb.where(path))
                after = (replace(each, entry=change(each.entry)) if each.entry.id == id else each for each in kept)
                durable.commit(path, plain.json_lines(after))
            self.__dict__.pop("_sent", None)
            said = [each for each in self._taken.values() if each.entry == id and each.said is not None]
            self.remember(replace(each, said=change(each.said)) for each in said if each.said)
            waiting = import_conflicts.load(self._kb.project)
            if any(each.entry == id for each in waiting):
                changed = (
                    replace(each, machine=change(each.machine)) if each.entry == id else each for each in waiting
                )
                import_conflicts.save(self._kb.project, changed)

    def _files(self) -> list[Path]:
        return sorted((self._folder / "exported").glob("*.jsonl"))

    @cached_property
    def _sent(self) -> dict[str, dict[str, Entry]]:
        found: dict[str, dict[str, Entry]] = {}
        for path in self._files():
            for each in plain.load_file(Exported, path, self._kb.where(path)):
                found.setdefault(each.entry.id, {})[each.edition] = each.entry
        return found

    @cached_property
    def _taken(self) -> dict[str, Taken]:
        path = self._folder / "taken.jsonl"
        return {each.key: each for each in plain.load_file(Taken, path, self._kb.where(path))}
