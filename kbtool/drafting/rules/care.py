"""部位 | 頻度 | 方法 | 交換: one entry 「フィルターのお手入れ」 for each part."""

from kbtool.drafting import columns, questions, tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.entry import EntryType


def care(cursor: Cursor) -> Match | None:
    """Make an entry of every part: how often, how, when to replace it."""
    found = titled.find(cursor)
    part = found.table.column(columns.PART) if found else None
    if found is None or part is None:
        return None
    turns, ways = ({*found.table.columns(names)} - {part} for names in (columns.TURN, columns.WAY))
    if not turns or not ways:
        return None
    table = tables.filled_down(found.table, part)
    drafts = tuple(
        titled.row_draft(table, part, name, EntryType.CARE, questions.care_of(name), "手順")
        for name in tables.names(table, part)
    )
    return Match(found.taken, drafts)
