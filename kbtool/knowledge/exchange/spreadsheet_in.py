"""A corrected sheet comes back: only cells that say something else than what was sent are changes.

So what a spreadsheet or an old encoding did to a cell on its way is no correction, and columns that were deleted
change nothing. With one wrong cell nothing is written, and every wrong cell is named.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from kbtool.entry import Entry, EntryType, HistoryItem
from kbtool.errors import UsageError
from kbtool.knowledge import entry_file
from kbtool.knowledge.content import text_hash
from kbtool.knowledge.exchange import cells, columns, losses, table
from kbtool.knowledge.exchange.columns import EDITION, ID, QUESTION, SECTION, Column
from kbtool.knowledge.exchange.editions import Taken
from kbtool.knowledge.exchange.report import ImportReport
from kbtool.knowledge.exchange.taking import Step, Taking
from kbtool.knowledge.store import KnowledgeBase, is_absurd, is_id
from kbtool.outcome import Problem, Severity

#: An empty cell here is one that nobody filled in.
_NEVER_EMPTY = ("category", "type")


def import_csv(kb: KnowledgeBase, data: bytes, where: str, *, by: str, dry_run: bool = False) -> ImportReport:
    """Take in the rows of a sheet; where any cell is wrong the report names each and nothing is written.

    Rows without an id, or with one that is not here, become drafts; entries without a row stay as they are.
    """
    with kb.writing("import"):
        found = table.read(data, where)
        work = _Sheet(kb, found, where, by)
        steps = work.steps()
        if any(problem.severity is Severity.ERROR for problem in work.problems):
            return ImportReport((), tuple(work.problems))
        return work.taking.finish(steps, work.problems, dry_run=dry_run)


@dataclass
class _Said:
    """What one row says: the entry it is about, what was sent of it, and the fields that say something else."""

    row: table.Row
    id: str
    key: str
    edition: str = ""
    current: Entry | None = None
    base: Entry | None = None
    values: dict[str, Any] = field(default_factory=dict)


class _Sheet:
    """One sheet on its way in."""

    def __init__(self, kb: KnowledgeBase, found: table.Table, where: str, by: str) -> None:
        self.kb, self.table, self.where, self.by = kb, found, where, by
        self.taking = Taking(kb, by)
        self.problems: list[Problem] = []

    def steps(self) -> list[Step]:
        """The step of every row; what is wrong with the sheet is in ``problems``."""
        for heading in self.table.ignored:
            self._warn("exchange_column_ignored", column=heading)
        for number in self.table.overfull:
            self._wrong(UsageError("exchange_overfull", where=self.where, row=number))
        said = [self._said(row) for row in self.table.rows]
        self._refuse_twins(said)
        new = dict.fromkeys(each.key for each in said if each.current is None and not each.id)
        fresh = dict(zip(new, self.kb.next_ids(len(new), beside=[each.id for each in said]), strict=True))
        return [self._step(each, fresh) for each in _once(said)]

    def _said(self, row: table.Row) -> _Said:
        id, current = self._entry_of(row)
        named = cells.unguarded(row.cells.get(EDITION, "")).strip()
        said = _Said(row, id, _key(row), named, current)
        if current is not None:
            said.base = self.taking.editions.base(current.id, named, current)
            said.values = self._changes(row, current, said.base or current)
        else:
            said.values = self._changes(row, None, _blank(self.kb))
            self._demand_whole(said)
        return said

    def _step(self, said: _Said, fresh: dict[str, str]) -> Step:
        if said.current is None:
            return self._new(said, fresh)
        known = self.taking.before(said.current, said.key)
        if known is not None:
            return known
        sent = said.base or said.current
        before = _as_sent(said.current, sent)
        incoming = self._writable(said, columns.onto(before, said.values))
        self._demand_left(said, incoming)
        base = None if said.base is None else before
        return self.taking.merge(base, incoming, said.current, said.key, named=bool(said.edition))

    def _new(self, said: _Said, fresh: dict[str, str]) -> Step:
        entry = self._writable(said, columns.onto(replace(_blank(self.kb), id=said.id), said.values))
        known = self.taking.before(entry, said.key)
        if known is not None:
            return known
        note = HistoryItem(self.kb.project.today, "imported", self.by)
        entry = replace(entry, id=entry.id or fresh[said.key], author=self.by, history=(note,))
        return self.taking.add(entry, Taken(said.key, entry.id, replace(entry, history=())))

    def _entry_of(self, row: table.Row) -> tuple[str, Entry | None]:
        id = cells.plain(cells.unguarded(row.cells.get(ID.name, "")))
        current = self.taking.here(id) if id else None
        if id and current is None:
            near = [each for each in self.taking.known if each.lstrip("0") == id or cells.is_damaged(id, each)]
            if len(near) == 1:
                self._warn("exchange_id_damaged", row=row.number, id=near[0], value=id)
                return near[0], self.taking.known[near[0]]
            if not is_id(id) or is_absurd(id):
                self._wrong(UsageError("exchange_id", where=self.where, row=row.number, id=id))
        return current.id if current else id, current

    def _changes(self, row: table.Row, current: Entry | None, sent: Entry) -> dict[str, Any]:
        """The fields of a row that say something else than was sent."""
        changes: dict[str, Any] = {}
        for name, column in self.table.columns.items():
            if name == ID.name or name not in row.cells:
                continue
            cell = cells.unguarded(row.cells[name])
            told = column.write(sent)
            if self.table.encoding == losses.CP932:
                cell = losses.restored(cell, told)
            if cells.plain(cell) == cells.plain(told) or self._is_harmless(row, column, cell, told, current):
                continue
            try:
                assert column.read is not None
                value = column.read(cells.plain(cell))
                if value != column.read(cells.plain(told)):
                    changes[name] = value
            except columns.Unreadable as error:
                place = {"where": self.where, "row": row.number, "column": self._heading(column)}
                self.problems.append(Problem(error.code, self.where, params=error.params | place))
        return changes

    def _is_harmless(self, row: table.Row, column: Column, cell: str, told: str, current: Entry | None) -> bool:
        """Whether a cell that reads otherwise is no correction; it is named where that should be known."""
        place = {"row": row.number, "column": self._heading(column)}
        if column.read is None:
            if current is not None and not cells.is_damaged(cell, told):
                self._warn("exchange_read_only", **place)
            return True
        if column.name in _NEVER_EMPTY and not cell.strip():
            return True
        if told and not column.is_day and cells.is_damaged(cell, told):
            self._warn("exchange_mended", **place, value=cells.plain(cell), meant=told)
            return True
        if len(cell) >= cells.MOST_CHARACTERS:
            self._wrong(UsageError("exchange_cut_off", where=self.where, **place))
        elif cells.looks_damaged(cell):
            self._warn("exchange_zero_lost", **place, value=cells.plain(cell))
        elif column.name == "category" and cell and self.kb.project.settings.category(cells.plain(cell)) is None:
            self._warn("exchange_category_new", **place, value=cells.plain(cell))
        return False

    def _demand_whole(self, said: _Said) -> None:
        """A new entry needs a question and an answer of some kind."""
        if not said.values.get(QUESTION.name):
            self._wrong(UsageError("exchange_no_question", where=self.where, row=said.row.number))
        if not any(name.startswith(SECTION) and text for name, text in said.values.items()):
            self._wrong(UsageError("exchange_no_answer", where=self.where, row=said.row.number))

    def _demand_left(self, said: _Said, incoming: Entry) -> None:
        """An entry keeps its question and an answer; who wants it gone retires it."""
        if not said.values.get(QUESTION.name, "?"):
            self._wrong(UsageError("exchange_no_question", where=self.where, row=said.row.number))
        if not incoming.sections and any(name.startswith(SECTION) for name in said.values):
            self._wrong(UsageError("exchange_no_answer", where=self.where, row=said.row.number))

    def _writable(self, said: _Said, entry: Entry) -> Entry:
        """The entry in the form files have, if they can hold it."""
        entry = entry_file.normal(entry)
        try:
            entry_file.parse(entry_file.render(entry), self.where)
        except UsageError:
            self._wrong(UsageError("exchange_unwritable", where=self.where, row=said.row.number))
        return entry

    def _refuse_twins(self, said: list[_Said]) -> None:
        first: dict[str, int] = {}
        for each in said:
            folded, number = each.id.casefold(), each.row.number
            if folded and first.setdefault(folded, number) != number:
                error = UsageError("exchange_twice", where=self.where, row=number, id=each.id, first=first[folded])
                self._wrong(error)

    def _heading(self, column: Column) -> str:
        return self.table.names[column.name]

    def _warn(self, code: str, **params: object) -> None:
        self.problems.append(Problem(code, self.where, Severity.WARNING, params))

    def _wrong(self, error: UsageError) -> None:
        self.problems.append(Problem(error.code, self.where, params=error.params))


def _once(said: Iterable[_Said]) -> Iterator[_Said]:
    """The rows, each text without an id only once."""
    seen: set[str] = set()
    for each in said:
        if each.id or each.key not in seen:
            seen.add(each.key)
            yield each


def _as_sent(current: Entry, sent: Entry) -> Entry:
    """The entry as it is here in what no sheet shows, and as it was sent in what one does."""
    names = [each.name for each in columns.COLUMNS if each.read and each is not ID]
    fields = {name: getattr(sent, name) for name in names if not name.startswith(SECTION)}
    return replace(current, sections=sent.sections, **fields)


def _blank(kb: KnowledgeBase) -> Entry:
    return Entry("", EntryType.QA, "", (), kb.project.settings.fallback.name)


def _key(row: table.Row) -> str:
    """All that a row says, as one hash."""
    said = {name: cells.plain(cell) for name, cell in sorted(row.cells.items()) if cell.strip()}
    return text_hash(json.dumps(said, ensure_ascii=False))
