"""Mending what a git merge brings together: two entries under one id, and giving an unpublished entry another id.

An id that readers saw is an address and never changes; so of two twins that which was published keeps it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from kbtool import durable
from kbtool.entry import Audience, Entry, HistoryItem
from kbtool.errors import UsageError
from kbtool.knowledge import entry_file, ledger_lines, plain
from kbtool.knowledge.frozen import audiences, thaw
from kbtool.knowledge.store import KnowledgeBase


def renumber(kb: KnowledgeBase, id: str, by: str, today: date) -> Entry:
    """Give an unpublished entry, or the unpublished one of two with this id, the next free id.

    Links of other entries follow where they can only mean this one. An approval was given under the old id and is to be
    given again. ``UsageError`` where readers know the id.
    """
    with kb.writing("entry renumber"):
        found = kb.files_of(id)
        if not found:
            raise UsageError("knowledge_no_entry", id=id, near="-")
        path = _to_change(kb, id, found)
        entry = _read(kb, path)
        new = kb.next_id()
        linked = [] if len(found) > 1 else list(_relinked(kb.entries().values(), entry.id, new))
        item = HistoryItem(today, "renumbered", by, note=entry.id)
        changed = replace(entry, id=new, history=(item, *entry.history))
        durable.commit(path.with_name(f"{new}.md"), entry_file.render(changed))
        durable.remove(path)
        if len(found) == 1:
            kb.save_all(linked)
            for audience in audiences(kb, entry):
                thaw(kb, entry, audience)
        return changed


def _to_change(kb: KnowledgeBase, id: str, found: list[Path]) -> Path:
    """Of the files with this id, the one that nobody outside has seen; of several the last one taken in."""
    seen = any(line.entry.casefold() == id.casefold() for line in ledger_lines.lines(kb.project) if line.public_id)
    free = [path for path in found if not _is_published(kb, path)]
    if not free or (len(found) == 1 and seen):
        raise UsageError("knowledge_renumber_published", id=id)
    return max(free, key=lambda path: (_since(kb, path), path.as_posix()))


def _is_published(kb: KnowledgeBase, path: Path) -> bool:
    entry = _read(kb, path)
    shown = any(item.kind in ("published", "corrected") for item in entry.history)
    return shown or bool(entry.public_id) or entry.audience in (Audience.PUBLIC, Audience.PARTNER)


def _read(kb: KnowledgeBase, path: Path) -> Entry:
    return entry_file.parse(plain.read_text(path, kb.where(path)), kb.where(path))


def _since(kb: KnowledgeBase, path: Path) -> str:
    entry = _read(kb, path)
    return min((item.date.isoformat() for item in entry.history), default="")


def _relinked(entries: Iterable[Entry], old: str, new: str) -> Iterable[Entry]:
    for entry in entries:
        if old in entry.related or entry.replaced_by == old:
            links = tuple(new if each == old else each for each in entry.related)
            yield replace(entry, related=links, replaced_by=new if entry.replaced_by == old else entry.replaced_by)
