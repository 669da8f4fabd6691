"""Entries as JSON Lines, and the way in for whole entries however they were written.

Each line is one object with every field of an entry; ``answer`` repeats the first section for programs that want
only that, and is enough on the way in; ``edition`` says what the line was when it went out. A line that names its
edition is merged with what changed here meanwhile; one that names none is the entry from now on. An import approves
nothing: what comes new keeps the record of its approval, but only a text frozen here can be published; what changes
an entry that stands here is in review again unless it is the approval that stands here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kbtool.entry import Entry, EntryType, Status
from kbtool.errors import UsageError
from kbtool.knowledge import entry_file, plain
from kbtool.knowledge.content import content_hash, text_hash
from kbtool.knowledge.exchange.editions import Taken, edition
from kbtool.knowledge.exchange.report import ImportReport
from kbtool.knowledge.exchange.taking import Step, Taking
from kbtool.knowledge.frozen import IN_FORCE
from kbtool.knowledge.store import KnowledgeBase, is_absurd, is_id

_ANSWER = "回答"
#: What many programs take for the end of a line though JSON does not; in a string it may stand as an escape.
_LINE_ENDS = {ord(character): f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}
#: Who acts where nobody is named: a program.
_PROGRAM = "kbtool"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One whole entry of a file: where it stood (file, line), and the edition it names ("" for none)."""

    where: str
    line: int
    entry: Entry
    edition: str = ""

    @property
    def key(self) -> str:
        """What it says, as one hash."""
        return text_hash(f"{self.edition} {plain.json_line(self.entry)}")


def export_jsonl(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one line of JSON (with its newline) an entry."""
    for entry in entries:
        more = {"answer": entry.answer, "edition": edition(entry)}
        yield plain.json_line(plain.write(entry, full=True) | more).translate(_LINE_ENDS)


def import_jsonl(
    kb: KnowledgeBase, lines: Iterable[str], where: str = "import", *, by: str = _PROGRAM, dry_run: bool = False
) -> ImportReport:
    """Take in the entries of JSON Lines under their own ids; ``UsageError`` names the line that is wrong.

    An entry without an id gets the next one, one without a category goes where what fits nowhere goes.
    With ``dry_run`` everything is checked and nothing written.
    """
    with kb.writing("import"):
        default = kb.project.settings.fallback.name
        found = [_incoming(line, where, n, default) for n, line in enumerate(lines, start=1) if line.strip()]
        return take_entries(kb, found, by, dry_run=dry_run)


def take_entries(kb: KnowledgeBase, found: list[Incoming], by: str, *, dry_run: bool) -> ImportReport:
    """Take in whole entries, however they were written; ``UsageError`` for ids that cannot be."""
    taking = Taking(kb, by)
    _refuse_twins(found, taking)
    known = {each.key: step for each in found if (step := _known(each, taking))}
    unnamed = dict.fromkeys(each.key for each in found if not each.entry.id and each.key not in known)
    fresh = dict(zip(unnamed, kb.next_ids(len(unnamed), beside=[each.entry.id for each in found]), strict=True))
    steps = [known.get(each.key) or _taken(each, fresh, taking) for each in found]
    return taking.finish(steps, dry_run=dry_run)


def _known(incoming: Incoming, taking: Taking) -> Step | None:
    """The step of what needs no second look; a program may say the same of an entry again and mean it."""
    if incoming.entry.id and not incoming.edition:
        return None
    return taking.before(incoming.entry, incoming.key)


def _taken(incoming: Incoming, fresh: dict[str, str], taking: Taking) -> Step:
    entry = incoming.entry if incoming.entry.id else replace(incoming.entry, id=fresh[incoming.key])
    current = taking.here(entry.id)
    if current is None:
        return taking.add(entry, None if incoming.entry.id else Taken(incoming.key, entry.id))
    unforged = _unforged(entry, current)
    base = taking.editions.base(entry.id, incoming.edition, current) if incoming.edition else None
    if base is None or base is current:  # a text from elsewhere, or nothing was changed here since it went out
        return taking.replace(current, unforged)
    if edition(entry) == incoming.edition:
        return taking.keep(current, same=False)
    return taking.merge(base, unforged, current, incoming.key, named=True)


def _incoming(line: str, where: str, number: int, category: str) -> Incoming:
    values = plain.load_json(line, where, number)
    if not isinstance(values, dict):
        raise UsageError("knowledge_json", where=where, line=number)
    named = values.pop("edition", None)
    return Incoming(where, number, _entry(values, where, number, category), named if isinstance(named, str) else "")


def _entry(values: dict[str, Any], where: str, number: int, category: str) -> Entry:
    answer = values.pop("answer", None)
    defaults: dict[str, Any] = {"id": "", "type": EntryType.QA.value, "category": category}
    if isinstance(answer, str) and "sections" not in values:
        defaults["sections"] = [{"heading": _ANSWER, "text": answer}]
    try:
        entry = plain.read(Entry, defaults | {key: value for key, value in values.items() if value is not None})
    except plain.Misfit as misfit:
        raise misfit.refusal(where, number) from misfit
    entry = entry_file.normal(replace(entry, category=entry.category or category))
    if answer is not None and (not isinstance(answer, str) or entry_file.tidy(answer) != entry.answer):
        raise UsageError("knowledge_answer_differs", where=where, line=number, id=entry.id or "-")
    try:
        entry_file.parse(entry_file.render(entry), where)
    except UsageError as error:  # the line of the import, not that of a file nobody has seen
        raise UsageError(error.code, **error.params | {"where": where, "line": number}) from error
    return entry


def _unforged(entry: Entry, standing: Entry) -> Entry:
    """The entry without an approval that the entry standing here does not have."""
    if entry.status not in IN_FORCE or _claim(entry) == _claim(standing):
        return entry
    return replace(
        entry,
        status=Status.IN_REVIEW,
        approved_by="",
        approved_on=None,
        approved_hash="",
        public_id=standing.public_id,
    )


def _claim(entry: Entry) -> tuple[object, ...]:
    approval = (entry.status, entry.approved_by, entry.approved_on, entry.approved_hash, entry.public_id)
    return *approval, content_hash(entry)


def _refuse_twins(found: list[Incoming], taking: Taking) -> None:
    named: set[str] = set()
    for incoming in found:
        where = {"where": incoming.where, "line": incoming.line, "id": incoming.entry.id}
        id, folded, here = incoming.entry.id, incoming.entry.id.casefold(), taking.here(incoming.entry.id)
        if is_absurd(id) and here is None:
            raise UsageError("knowledge_import_number", **where)
        if id and (not is_id(id) or folded in named or (here is not None and here.id != id)):
            raise UsageError("knowledge_import_id", **where)
        named.add(folded)
