"""Entries as JSON Lines, out and in again without loss.

Each line is one object with every field of an entry; ``answer`` repeats the first section for programs that want
only that, and is enough on the way in. Nothing is written when any line is wrong. An import never publishes: the
sites read only texts that were frozen here by a person.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kbtool.entry import Entry, EntryType
from kbtool.errors import UsageError
from kbtool.knowledge import entry_file, plain
from kbtool.knowledge.store import KnowledgeBase, is_id

_ANSWER = "回答"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Ids of the entries that an import added, changed, and found as they were."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


def export_jsonl(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one line of JSON (with its newline) an entry."""
    for entry in entries:
        yield plain.json_line(plain.write(entry, full=True) | {"answer": entry.answer})


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
        unnamed = sum(not entry.id for entry in read.values())
        fresh = iter(kb.next_ids(unnamed, beside=[entry.id for entry in read.values()]))
        entries = [entry if entry.id else replace(entry, id=next(fresh)) for entry in read.values()]
        if not dry_run:
            kb.save_all(entries)
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


def _refuse_twins(read: dict[int, Entry], known: dict[str, Entry], where: str) -> None:
    seen = {id.casefold(): id for id in known}
    named: set[str] = set()
    for number, entry in read.items():
        id, folded = entry.id, entry.id.casefold()
        if id and (not is_id(id) or folded in named or seen.get(folded, id) != id):
            raise UsageError("knowledge_import_id", where=where, line=number, id=id)
        named.add(folded)


def _report(entries: list[Entry], known: dict[str, Entry]) -> ImportReport:
    added = [entry.id for entry in entries if entry.id not in known]
    same = [entry.id for entry in entries if known.get(entry.id) == entry]
    changed = [entry.id for entry in entries if entry.id in known and known[entry.id] != entry]
    return ImportReport(tuple(added), tuple(changed), tuple(same))
