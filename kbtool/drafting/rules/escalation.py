"""区分 | 条件 | エスカレーション先 | 期限: who takes over what, and how fast."""

from kbtool.drafting import tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.tables import Row, Table
from kbtool.entry import EntryType, Escalation

_KIND = (r"区分", r"種別", r"分類")
_WHEN = (r"条件", r"状況", r"事象", r"内容", r"ケース", r"場合")
_TO = (r"エスカレーション先", r"引き?継ぎ?先", r"連絡先", r"報告先", r"転送先", r"対応先", r"上申先")
_WITHIN = (r"期限", r"時間", r"いつまで")
_HOW = (r"手段", r"方法", r"連絡方法")


def escalation(cursor: Cursor) -> Match | None:
    """Make one entry of the table, and a rule of each of its rows."""
    found = titled.find(cursor)
    to = found.table.column(*_TO) if found else None
    if found is None or to is None:
        return None
    table = tables.filled_down(found.table)
    if table.column(*_WHEN, *_KIND) is None:
        return None
    rules = tuple(_rule(table, row, to) for row in table.rows if row.cells[to])
    return Match(found.taken, found.titled.draft(EntryType.ESCALATION, "判断基準", table, rules))


def _rule(table: Table, row: Row, to: int) -> Escalation:
    case = [_cell(table, row, *_KIND), _cell(table, row, *_WHEN)]
    when = "：".join(dict.fromkeys(filter(None, case)))
    return Escalation(when, row.cells[to], _cell(table, row, *_WITHIN), _cell(table, row, *_HOW))


def _cell(table: Table, row: Row, *names: str) -> str:
    place = table.column(*names)
    return row.cells[place] if place is not None else ""
