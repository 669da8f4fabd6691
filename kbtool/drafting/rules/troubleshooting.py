"""症状 | 原因 | 処置 | 参照ページ: one entry for each symptom, with its causes and remedies."""

from kbtool.drafting import tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.model import Draft
from kbtool.drafting.tables import Table
from kbtool.entry import EntryType, Section

_SYMPTOM = (r"症状", r"現象", r"こんなとき", r"困ったとき", r"お困り", r"トラブル", r"不具合", r"故障内容", r"^ランプ")
_REMEDY = (r"処置", r"対処", r"対策", r"対応", r"直し方", r"直しかた", r"お調べ", r"確認")
_REFERENCE = (r"参照", r"ページ")


def troubleshooting(cursor: Cursor) -> Match | None:
    """Make an entry of every symptom; a merged or continued symptom keeps all its causes."""
    found = titled.find(cursor)
    if found is None:
        return None
    symptom = found.table.column(*_SYMPTOM)
    if symptom is None or found.table.column(*_REMEDY) is None or len(found.table.header) < 2:
        return None
    table = tables.filled_down(found.table, symptom)
    return Match(found.taken, tuple(_draft(table, symptom, name) for name in _names(table, symptom)))


def _names(table: Table, symptom: int) -> list[str]:
    return [name for name in dict.fromkeys(table.values(symptom)) if name]


def _draft(table: Table, symptom: int, name: str) -> Draft:
    left_out = {symptom, table.column(*_REFERENCE)}
    columns = [place for place in range(len(table.header)) if place not in left_out]
    rows = [place for place, row in enumerate(table.rows) if row.cells[symptom] == name]
    grid = tables.markdown(
        [table.header[place] for place in columns],
        [[table.rows[row].cells[place] for place in columns] for row in rows],
    )
    return Draft(EntryType.TROUBLE, name, (Section("原因と処置", grid),), titled.evidence_of(table, rows))
