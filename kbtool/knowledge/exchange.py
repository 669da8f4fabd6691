"""Entries as JSON Lines, out and in again without loss.

Each line is one object with every field of an entry; ``answer`` repeats the first section for programs that want
only that, and is enough on the way in. Nothing is written when any line is wrong. An import approves nothing: what
comes new keeps the record of its approval, but only a text frozen here can be published; what changes an
entry that stands here is in review again unless it is the approval that stands here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kbtool.entry import Entry, EntryType, Status
from kbtool.errors import UsageError
from kbtool.knowledge import entry_file, plain
from kbtool.knowledge.content import content_hash
from kbtool.knowledge.frozen import IN_FORCE
from kbtool.knowledge.store import KnowledgeBase, is_absurd, is_id

_ANSWER = "回答"
#: What many programs take for the end of a line though JSON does not; in a string it may stand as an escape.
_LINE_ENDS = {ord(character): f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Ids of the entries that an import added, changed, and found as they were."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


def export_jsonl(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one line of JSON (with its newline) an entry."""
    for entry in entries:
        line = plain.json_line(plain.write(entry, full=True) | {"answer": entry.answer})
        yield line.translate(_LINE_ENDS)


def import_jsonl(
    kb: KnowledgeBase, lines: Iterable[str], where: str = "import", *, dry_run: bool = False
) -> ImportReport:
    """Write the entries of JSON Lines under their own ids; ``UsageError`` names the line that is wrong.

    An entry without an id gets the next one, one without a category goes where what fits nowhere goes.
    With ``dry_run`` everything is checked and nothing written.
    """
    with kb.writing("import"):
        default = kb.project.settings.fallback.name
        read = {n: _entry(line, where, n, default) for n, line in enumerate(lines, start=1) if line.strip()}
        known = kb.entries()
        _refuse_twins(read, known, where)
        read = {n: _unforged(entry, known.get(entry.id)) for n, entry in read.items()}
        unnamed = sum(not entry.id for entry in read.values())
        fresh = iter(kb.next_ids(unnamed, beside=[entry.id for entry in read.values()]))
        entries = [entry if entry.id else replace(entry, id=next(fresh)) for entry in read.values()]
        if not dry_run:
            kb.save_all(entries, {entry.id for entry in entries} - known.keys())
        return _report(entries, known)


def _entry(line: str, where: str, number: int, category: str) -> Entry:
    values = plain.load_json(line, where, number)
    if not isinstance(values, dict):
        raise UsageError("knowledge_json", where=where, line=number)
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


def _unforged(entry: Entry, standing: Entry | None) -> Entry:
    """The entry without an approval that the entry standing here does not have."""
    if standing is None or entry.status not in IN_FORCE or _claim(entry) == _claim(standing):
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


def _refuse_twins(read: dict[int, Entry], known: dict[str, Entry], where: str) -> None:
    seen = {id.casefold(): id for id in known}
    named: set[str] = set()
    for number, entry in read.items():
        id, folded = entry.id, entry.id.casefold()
        if is_absurd(id) and id not in known:
            raise UsageError("knowledge_import_number", where=where, line=number, id=id)
        if id and (not is_id(id) or folded in named or seen.get(folded, id) != id):
            raise UsageError("knowledge_import_id", where=where, line=number, id=id)
        named.add(folded)


def _report(entries: list[Entry], known: dict[str, Entry]) -> ImportReport:
    added = [entry.id for entry in entries if entry.id not in known]
    same = [entry.id for entry in entries if known.get(entry.id) == entry]
    changed = [entry.id for entry in entries if entry.id in known and known[entry.id] != entry]
    return ImportReport(tuple(added), tuple(changed), tuple(same))
