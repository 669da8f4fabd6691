"""区分 | 条件 | エスカレーション先 | 期限: who takes over what, and how fast."""

from kbtool.drafting import columns, tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.tables import Row, Table
from kbtool.entry import EntryType, Escalation


def escalation(cursor: Cursor) -> Match | None:
    """Make one entry of the table, and a rule of each of its rows."""
    found = titled.find(cursor)
    to = found.table.column(columns.TO) if found else None
    if found is None or to is None:
        return None
    table = tables.filled_down(found.table)
    if table.column(columns.WHEN, columns.KIND) is None:
        return None
    rules = tuple(_rule(table, row, to) for row in table.rows if row.cells[to])
    return Match(found.taken, found.titled.draft(EntryType.ESCALATION, "判断基準", table, rules))


def _rule(table: Table, row: Row, to: int) -> Escalation:
    case = [_cell(table, row, columns.KIND), _cell(table, row, columns.WHEN)]
    when = "：".join(dict.fromkeys(filter(None, case)))
    return Escalation(when, row.cells[to], _cell(table, row, columns.WITHIN), _cell(table, row, columns.HOW))


def _cell(table: Table, row: Row, *names: str) -> str:
    place = table.column(*names)
    return row.cells[place] if place is not None else ""
