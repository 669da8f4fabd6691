"""部位 | 頻度 | 方法 | 交換: one entry 「フィルターのお手入れ」 for each part."""

from kbtool.drafting import tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.model import Draft
from kbtool.drafting.tables import Table
from kbtool.entry import EntryType, Section

_PART = (r"部位", r"部品", r"箇所", r"場所", r"お手入れするところ")
_TURN = (r"頻度", r"時期", r"目安", r"周期", r"回数")
_WAY = (r"方法", r"しかた", r"仕方", r"手入れ", r"内容")


def care(cursor: Cursor) -> Match | None:
    """Make an entry of every part: how often, how, when to replace it."""
    found = titled.find(cursor)
    part = found.table.column(*_PART) if found else None
    if found is None or part is None:
        return None
    if found.table.column(*_TURN) is None or found.table.column(*_WAY) is None:
        return None
    table = tables.filled_down(found.table, part)
    names = [name for name in dict.fromkeys(table.values(part)) if name]
    return Match(found.taken, tuple(_draft(table, part, name) for name in names))


def _draft(table: Table, part: int, name: str) -> Draft:
    columns = [place for place in range(len(table.header)) if place != part]
    rows = [place for place, row in enumerate(table.rows) if row.cells[part] == name]
    grid = tables.markdown(
        [table.header[place] for place in columns],
        [[table.rows[row].cells[place] for place in columns] for row in rows],
    )
    return Draft(EntryType.CARE, f"{name}のお手入れ", (Section("手順", grid),), titled.evidence_of(table, rows))
