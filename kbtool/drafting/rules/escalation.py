"""区分 | 条件 | エスカレーション先 | 期限: who takes over what, and how fast."""

import re

from kbtool.drafting import columns, tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.tables import Row, Table
from kbtool.drafting.wording import plain
from kbtool.entry import EntryType, Escalation

_HANDS_OVER = re.compile(columns.HANDS_OVER, re.IGNORECASE)


def escalation(cursor: Cursor) -> Match | None:
    """Make one entry of the table, and a rule of each of its rows."""
    found = titled.find(cursor)
    to = _who(found.table) if found else None
    if found is None or not to:
        return None
    table = tables.filled_down(found.table)
    if table.column(columns.WHEN, columns.KIND, columns.WITHIN) is None and not _HANDS_OVER.search(table.header[to]):
        return None
    rules = tuple(_rule(table, row, to) for row in table.rows if row.cells[to])
    return Match(found.taken, found.titled.draft(EntryType.ESCALATION, "判断基準", table, rules))


def _who(table: Table) -> int | None:
    """The column of those who take over: by its name, or beside a deadline by what its cells hold; never the first."""
    named = [place for place in table.columns(columns.TO) if place]
    if named or table.column(columns.WITHIN) is None:
        return next(iter(named), None)
    filled = [place for place in range(1, len(table.header)) if _holds_somebody(table.values(place))]
    return next(iter(filled), None)


def _holds_somebody(cells: list[str]) -> bool:
    somebody = sum(bool(re.search(columns.SOMEBODY, plain(cell), re.IGNORECASE)) for cell in cells)
    return somebody * 2 >= len(cells) > 0


def _rule(table: Table, row: Row, to: int) -> Escalation:
    case = [_cell(table, row, columns.KIND), _cell(table, row, columns.WHEN)]
    when = "：".join(dict.fromkeys(filter(None, case))) or row.cells[0]
    return Escalation(when, row.cells[to], _cell(table, row, columns.WITHIN), _cell(table, row, columns.HOW))


def _cell(table: Table, row: Row, *names: str) -> str:
    place = table.column(*names)
    return row.cells[place] if place is not None else ""
