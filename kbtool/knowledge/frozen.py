"""The texts frozen at approval, and what makes one fit to be shown.

Apart from the steps that freeze them: these files can be edited, copied or planted like any other, so they are
believed only as far as their own hash and the history of the live entry bear them out.
"""

from pathlib import Path

from kbtool import durable
from kbtool.entry import Audience, Entry, EntryType, HistoryItem, Status
from kbtool.errors import PublishRefused
from kbtool.knowledge import entry_file
from kbtool.knowledge.content import content_hash
from kbtool.knowledge.store import KnowledgeBase

#: What customers never see, whoever approves it: how the desk talks, decides and hands on.
NEVER_PUBLIC = frozenset(
    {EntryType.POLICY, EntryType.SCRIPT, EntryType.ESCALATION, EntryType.CODE_TABLE, EntryType.DECISION_TABLE}
)
IN_FORCE = (Status.APPROVED, Status.PUBLISHED)
_SHOWING = ("published", "corrected")


def effective_status(entry: Entry) -> Status:
    """The status that counts: an approved text that was changed since is in review again."""
    if entry.status in IN_FORCE and content_hash(entry) != entry.approved_hash:
        return Status.IN_REVIEW
    return entry.status


def freeze(kb: KnowledgeBase, entry: Entry, audience: Audience) -> None:
    """Keep an entry as it stands for an audience."""
    durable.commit(_path(kb, entry.id, audience), entry_file.render(entry))


def thaw(kb: KnowledgeBase, entry: Entry, audience: Audience) -> None:
    """Take an entry's frozen text away from an audience."""
    durable.remove(_path(kb, entry.id, audience))


def read(kb: KnowledgeBase, id: str, audience: Audience) -> Entry | None:
    """The text frozen for an audience, None where there is none."""
    path = _path(kb, id, audience)
    return kb.read_file(path) if path.is_file() else None


def audiences(kb: KnowledgeBase, entry: Entry) -> list[Audience]:
    """All audiences an entry is frozen for."""
    return [each for each in Audience if _path(kb, entry.id, each).is_file()]


def is_approved_here(kb: KnowledgeBase, entry: Entry) -> bool:
    """Whether this very approval was given in this knowledge base, and not brought along by an import."""
    kept = read(kb, entry.id, Audience.INTERNAL)
    return kept is not None and _approval(kept) == _approval(entry) and content_hash(kept) == entry.approved_hash


def published(kb: KnowledgeBase, audience: Audience) -> dict[str, Entry]:
    """The frozen texts that an audience's site may show, by id; ``PublishRefused`` for one that nobody approved.

    What a person withdraws counts at once: an entry that is gone, retired or meant for fewer readers by now is
    left out. What a person adds does not count before it is approved and published.
    """
    live = kb.entries()
    shown: dict[str, Entry] = {}
    for frozen_for in Audience:  # from everybody to few: the copy nearest to the audience is the newest
        if not audience.includes(frozen_for):
            continue
        for path in sorted(kb.frozen_folder(frozen_for).glob("*.md")):
            entry = live.get(path.stem)
            if entry is not None and entry.status is not Status.RETIRED and audience.includes(entry.audience):
                shown[entry.id] = _trusted(kb, path, frozen_for, entry)
    return {id: shown[id] for id in live if id in shown}


def _path(kb: KnowledgeBase, id: str, audience: Audience) -> Path:
    return kb.frozen_folder(audience) / f"{id}.md"


def _approval(entry: Entry) -> tuple[object, ...]:
    return entry.approved_by, entry.approved_on, entry.approved_hash


def doubt(kept: Entry, audience: Audience, live: Entry) -> str:
    """Why a frozen text is not to be believed, as the code of its message; "" where hash and history bear it out."""
    if kept.status not in IN_FORCE or content_hash(kept) != kept.approved_hash:
        return "knowledge_frozen_changed"
    return "" if _is_backed(kept, audience, live.history) else "knowledge_frozen_unbacked"


def _trusted(kb: KnowledgeBase, path: Path, audience: Audience, live: Entry) -> Entry:
    kept = kb.read_file(path)
    if code := doubt(kept, audience, live):
        raise PublishRefused(code, where=kb.where(path), id=live.id, audience=audience.value)
    return kept


def _is_backed(kept: Entry, audience: Audience, history: tuple[HistoryItem, ...]) -> bool:
    """Whether the history (newest first) tells of this approval and, outside the house, of a later publication."""
    wanted = ("approved", kept.approved_by, kept.approved_on)
    given = max((n for n, item in enumerate(history) if (item.kind, item.by, item.date) == wanted), default=None)
    if given is None or not kept.approved_by:
        return False
    acts = [item.by for item in history[:given] if item.kind in _SHOWING]
    if audience is Audience.PUBLIC:
        return any(by != kept.approved_by for by in acts)
    return bool(acts) or audience is Audience.INTERNAL
