"""症状 | 原因 | 処置 | 参照ページ: one entry for each symptom, with its causes and remedies."""

import re

from kbtool.drafting import columns, tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.tables import Table
from kbtool.drafting.wording import plain
from kbtool.entry import EntryType

_TITLE = re.compile(r"故障かな|困った(?:とき|時)|トラブル|うまく(?:動|い)かない|troubleshooting", re.IGNORECASE)

#: A symptom with two more columns has causes and remedies, whatever they are called.
_CAUSE_AND_REMEDY = 2


def troubleshooting(cursor: Cursor) -> Match | None:
    """Make an entry of every symptom; a merged or continued symptom keeps all its causes."""
    found = titled.find(cursor)
    if found is None:
        return None
    title = found.titled.title.text if found.titled.title else ""
    symptom = found.table.column(columns.SYMPTOM)
    if symptom is None and (_TITLE.search(plain(title)) or _says_why_and_what(found.table)):
        symptom = 0
    others = [place for place in range(len(found.table.header)) if place != symptom]
    if symptom is None or not others or found.table.column(columns.WITHIN) is not None:
        return None
    remedy = any(place in found.table.columns(columns.REMEDY) for place in others)
    if not remedy and (len(others) < _CAUSE_AND_REMEDY or tables.has_verdicts(found.table)):
        return None
    table = tables.filled_down(found.table, symptom)
    drafts = tuple(
        titled.row_draft(table, symptom, name, EntryType.TROUBLE, name, "原因と処置")
        for name in tables.names(table, symptom)
    )
    return Match(found.taken, drafts)


def _says_why_and_what(table: Table) -> bool:
    """Whether a column of causes and one of remedies stand beside a first column of something else."""
    causes, remedies = table.columns(columns.CAUSE), table.columns(columns.REMEDY)
    return 0 not in (*causes, *remedies) and bool(causes) and bool(remedies)
