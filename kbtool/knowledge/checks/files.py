"""Files as they lie there: readable, one an entry, in their places, and approved texts as they were approved (F)."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from kbtool.entry import Audience, Status
from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.loading import CONFLICT_MARKER
from kbtool.knowledge.checks.state import Broken, EntryFile, FrozenFile, Place, State
from kbtool.knowledge.frozen import IN_FORCE, doubt
from kbtool.knowledge.store import category_of


def unreadable(state: State) -> Iterator[Found]:
    """A file that cannot be read, with the reader's own words (F001)."""
    for each in state.broken:
        if not each.marker:
            yield Found(Place(each.where, each.line), each.params, code=each.code)


def conflict_marker(state: State) -> Iterator[Found]:
    """What git left in a file that two people changed (F002)."""
    for each in state.broken:
        if each.marker:
            yield Found(Place(each.where, each.marker))
    for file in state.files.values():
        line = next((n for n, text in enumerate(file.file.lines, start=1) if CONFLICT_MARKER.match(text)), None)
        if line:
            yield Found(Place(file.file.where, line, file.entry.id))


def twin_ids(state: State) -> Iterator[Found]:
    """Two files with one id, as after a git merge of two branches (F003)."""
    for group in state.twins:
        for where in group[1:]:
            yield Found(Place(where, entry=PurePosixPath(where).stem), {"other": group[0]})


def twin_addresses(state: State) -> Iterator[Found]:
    """Two entries with one public address (F004)."""
    seen: dict[str, str] = {}
    for file in state.files.values():
        address = file.entry.public_id
        if address and seen.setdefault(address, file.entry.id) != file.entry.id:
            yield Found(file.field("public_id"), {"address": address, "other": seen[address]})


def twin_origins(state: State) -> Iterator[Found]:
    """Two entries of one passage: the next reading could not tell which is meant (F005)."""
    seen: dict[str, str] = {}
    for file in state.living:
        key = file.entry.origin_key
        if key and seen.setdefault(key, file.entry.id) != file.entry.id:
            yield Found(file.field("origin_key"), {"other": seen[key]})


def wrong_folder(state: State) -> Iterator[Found]:
    """An entry that lies in the folder of another category (F006)."""
    for file in state.files.values():
        slug = category_of(state.settings, file.entry.category).slug
        if PurePosixPath(file.file.where).parent.name != slug:
            yield Found(file.field("category"), {"category": file.entry.category, "folder": f"kb/entries/{slug}"})


def stray(state: State) -> Iterator[Found]:
    """A file among the entries that is none: a copy of an editor, a document in the wrong place (F007)."""
    for where in state.strays:
        yield Found(Place(where))


def frozen_missing(state: State) -> Iterator[Found]:
    """An entry in force whose approved text is not kept (F008)."""
    kept: defaultdict[str, set[Audience]] = defaultdict(set)
    for each in state.frozen:
        kept[each.id].add(each.audience)
    for file in state.in_force:
        wanted = {Audience.INTERNAL}
        if file.entry.status is Status.PUBLISHED and file.entry.audience is not Audience.RESTRICTED:
            wanted.add(file.entry.audience)
        for audience in sorted(wanted - kept[file.entry.id]):
            yield Found(file.field("status"), {"audience": audience.value})


def frozen_damaged(state: State) -> Iterator[Found]:
    """An approved text that is not what was approved, or that no history bears out (F009)."""
    for each in state.frozen:
        code = _damage(each, state)
        if code:
            params = each.kept.params if isinstance(each.kept, Broken) else {}
            values = params | {"where": each.where, "id": each.id, "audience": each.audience.value}
            line = each.kept.line if isinstance(each.kept, Broken) else 1
            yield Found(Place(each.where, line, each.id), values, code=code)


def frozen_orphan(state: State) -> Iterator[Found]:
    """An approved text without an entry (F010)."""
    broken = {PurePosixPath(each.where).stem for each in state.broken}
    for each in state.frozen:
        if each.id not in state.files and each.id not in broken:
            yield Found(Place(each.where, entry=each.id))


def changed_since(file: EntryFile, state: State) -> Iterator[Found]:
    """An entry changed since its approval: readers still get the earlier text (F011)."""
    entry = file.entry
    if entry.status in IN_FORCE and entry.id not in state.ids_in_force:
        yield Found(file.field("approved_hash"), {"date": entry.approved_on or "－"})


def _damage(each: FrozenFile, state: State) -> str:
    if isinstance(each.kept, Broken):
        return each.kept.code
    live = state.files.get(each.id)
    return doubt(each.kept, each.audience, live.entry) if live else ""
