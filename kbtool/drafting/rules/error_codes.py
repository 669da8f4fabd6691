"""表示 | 意味 | 処置 with E01, E02 …: one entry for each code the product shows."""

import re

from kbtool.drafting import columns, questions, tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.wording import plain
from kbtool.entry import EntryType

_CODE = re.compile(r"^[A-Z]{1,4}[-‐‑–−]?\d{1,4}[A-Z]?$", re.IGNORECASE)
#: A number alone is a code only below a header that says so.
_NUMBER = re.compile(r"^\d{2,4}$")
_SAYS_ERROR = re.compile(r"エラー|異常|警告|アラーム|error|alarm|fault", re.IGNORECASE)


def error_codes(cursor: Cursor) -> Match | None:
    """Make an entry 「E03 が表示された」 of every row whose first cell is a code of letters and digits."""
    found = titled.find(cursor)
    column = found.table.column(columns.SHOWN) if found else None
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
        titled.row_draft(table, column, name, EntryType.ERROR_CODE, questions.shown(code, words), "原因と処置")
        for code, name in values.items()
    )
    return Match(found.taken, drafts)
