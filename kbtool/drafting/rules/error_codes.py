"""表示 | 意味 | 処置 with E01, E02 …: one entry for each code the product shows."""

import re

from kbtool.drafting import columns, questions, tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.tables import Table
from kbtool.drafting.wording import plain
from kbtool.entry import EntryType

_CODE = re.compile(r"^[A-Z]{1,4}[-‐‑–−]?\d{1,4}[A-Z]?$", re.IGNORECASE)
#: A number alone is a code only below a header that says so.
_NUMBER = re.compile(r"^\d{2,4}$")
_SAYS_ERROR = re.compile(r"エラー|異常|警告|アラーム|error|alarm|fault", re.IGNORECASE)


def error_codes(cursor: Cursor) -> Match | None:
    """Make an entry 「E03 が表示された」 of every row whose first cell is a code of letters and digits."""
    found = titled.find(cursor)
    column = _shown(found.table) if found else None
    if found is None or column is None:
        return None
    title = found.titled.title.text if found.titled.title else ""
    says_error = bool(_SAYS_ERROR.search(plain(title + found.table.header[column])))
    told = found.table.column(columns.REMEDY) is not None
    if not told and not (says_error and found.table.column(columns.MEANING) is not None):
        return None
    table = tables.filled_down(found.table, column)
    values = {plain(name): name for name in tables.names(table, column)}
    bare = bool(_SAYS_ERROR.search(plain(table.header[column])))
    codes = [code for code in values if _CODE.match(code) or (bare and _NUMBER.match(code))]
    if not codes or len(codes) * 2 < len(values):
        return None
    words = "".join(table.header)
    drafts = tuple(
        titled.row_draft(table, column, name, EntryType.ERROR_CODE, questions.shown(name, words), "原因と処置")
        for name in values.values()
    )
    return Match(found.taken, drafts)


def _shown(table: Table) -> int | None:
    """The column of what is shown: by its name, or the first where it holds nothing but codes of letters and digits."""
    named = table.column(columns.SHOWN)
    coded = all(_CODE.match(plain(value)) for value in table.values(0)) and bool(table.rows)
    return named if named is not None else 0 if coded and len(table.header) > 1 else None
