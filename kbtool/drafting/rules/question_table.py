"""質問 | 回答: a list of questions kept as a table, one entry for each row."""

import re

from kbtool.drafting import columns, tables, titled
from kbtool.drafting.composing import escaped
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.model import Draft
from kbtool.drafting.tables import Table
from kbtool.drafting.wording import plain
from kbtool.entry import EntryType, Section

_MARK = re.compile(r"^[QAＱＡ]\s*\d*\s*[.．:：]\s*")


def question_table(cursor: Cursor) -> Match | None:
    """Make an entry of every row that has a question and an answer."""
    found = titled.find(cursor)
    if found is None:
        return None
    question, answer = found.table.column(columns.QUESTION), found.table.column(columns.ANSWER)
    if question is None or answer is None:
        return None
    table = tables.filled_down(found.table)
    rows = [place for place, row in enumerate(table.rows) if plain(row.cells[question]) and plain(row.cells[answer])]
    return Match(found.taken, tuple(_draft(table, row, question, answer) for row in rows))


def _draft(table: Table, row: int, question: int, answer: int) -> Draft:
    cells = table.rows[row].cells
    section = Section("回答", escaped(_MARK.sub("", cells[answer])))
    return Draft(EntryType.QA, _MARK.sub("", cells[question]), (section,), titled.evidence_of(table, [row]))
