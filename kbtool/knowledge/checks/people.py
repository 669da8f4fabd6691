"""Who answers for the knowledge, and on how few people it rests: 属人度 (O)."""

from collections import Counter
from collections.abc import Iterator

from kbtool.entry import Audience, Entry
from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import EntryFile, Place, State
from kbtool.knowledge.merge_report import MACHINE
from kbtool.settings import WHERE, Settings

_PEOPLE = "kb/people.yml"


def owner_of(entry: Entry, settings: Settings) -> str:
    """Who answers for an entry: its own owner, else its category's."""
    category = settings.category(entry.category)
    return entry.owner or (category.owner if category else "")


def ownerless(state: State) -> Iterator[Found]:
    """Categories with approved entries that nobody answers for (O001)."""
    left: dict[str, list[EntryFile]] = {}
    for file in state.in_force:
        if not owner_of(file.entry, state.settings):
            left.setdefault(file.entry.category, []).append(file)
    for category, files in left.items():
        ids = [file.entry.id for file in files]
        shown = "、".join(ids[:5]) + ("…" if len(ids) > 5 else "")
        yield Found(_category(category, state, files[0]), {"category": category, "count": len(ids), "ids": shown})


def unknown_owner(state: State) -> Iterator[Found]:
    """An owner whom nobody knows any more (O002): neither a role or id of ``people.yml`` nor a contact."""
    roles = {str(person.get(key)) for person in state.people.values() for key in ("role", "name")}
    known = {*state.people, *roles, *state.contacts}
    for file in state.living:
        if file.entry.owner and file.entry.owner not in known:
            yield Found(file.field("owner"), {"owner": file.entry.owner})
    for category in state.settings.categories:
        if category.owner and category.owner not in known:
            yield Found(state.place(WHERE, f"owner: {category.owner}"), {"owner": category.owner})


def unknown_person(state: State) -> Iterator[Found]:
    """A step by somebody whom ``people.yml`` does not know (O003)."""
    known = {*state.people, MACHINE, ""}
    for file in state.files.values():
        acts = [("author", file.entry.author), ("approved_by", file.entry.approved_by)]
        acts += [("history", item.by) for item in file.entry.history]
        for by in dict.fromkeys(by for _, by in acts if by not in known):
            field = next(name for name, each in acts if each == by)
            yield Found(file.field(field, by), {"by": by})


def own_work(state: State) -> Iterator[Found]:
    """An entry approved by the one who wrote it (O004)."""
    for file in state.in_force:
        entry = file.entry
        if entry.approved_by and entry.author == entry.approved_by:
            yield Found(file.field("approved_by"), {"by": entry.approved_by})


def one_owner(state: State) -> Iterator[Found]:
    """One owner for most of the knowledge (O005)."""
    owners = [owner for file in state.in_force if (owner := owner_of(file.entry, state.settings))]
    yield from _one(owners, state)


def one_reviewer(state: State) -> Iterator[Found]:
    """One person who approved most of the knowledge (O006)."""
    yield from _one([file.entry.approved_by for file in state.in_force if file.entry.approved_by], state)


def too_few(state: State) -> Iterator[Found]:
    """Fewer than two people of whom the public may need one each (O007)."""
    is_public = any(file.entry.audience is Audience.PUBLIC or file.entry.public_candidate for file in state.living)
    if is_public and len(state.people) < 2:
        yield Found(Place(_PEOPLE), {"count": len(state.people)})


def _one(names: list[str], state: State) -> Iterator[Found]:
    checks = state.settings.checks
    if len(names) < checks.one_person_entries:
        return
    name, count = Counter(names).most_common(1)[0]
    if count * 100 >= checks.one_person_percent * len(names):
        percent = round(100 * count / len(names))
        yield Found(state.place(_PEOPLE, name), {"name": name, "count": count, "all": len(names), "percent": percent})


def _category(name: str, state: State, first: EntryFile) -> Place:
    if state.settings.category(name):
        return state.place(WHERE, f"name: {name}")
    return first.field("category")
