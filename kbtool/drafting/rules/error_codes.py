"""表示 | 意味 | 処置 with E01, E02 …: one entry for each code the product shows."""

import re

from kbtool.drafting import tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.model import Draft
from kbtool.drafting.tables import Table
from kbtool.drafting.wording import plain
from kbtool.entry import EntryType, Section

_SHOWN = (r"表示", r"エラー", r"コード", r"記号", r"番号", r"ランプ")
_REMEDY = (r"処置", r"対処", r"対策", r"対応", r"直し方", r"直しかた")
_REFERENCE = (r"参照", r"ページ")
_CODE = re.compile(r"^[A-Z]{1,4}-?\d{1,4}[A-Z]?$", re.IGNORECASE)
#: A number alone is a code only below a header that says so.
_NUMBER = re.compile(r"^\d{2,4}$")
_SAYS_ERROR = re.compile(r"エラー|異常|警告|アラーム")


def error_codes(cursor: Cursor) -> Match | None:
    """Make an entry 「E03 が表示された」 of every row whose first cell is a code of letters and digits."""
    found = titled.find(cursor)
    shown = found.table.column(*_SHOWN) if found else None
    if found is None or shown is None or found.table.column(*_REMEDY) is None:
        return None
    table = tables.filled_down(found.table, shown)
    bare = bool(_SAYS_ERROR.search(plain(table.header[shown])))
    values = dict.fromkeys(map(plain, table.values(shown)))
    codes = [code for code in values if _CODE.match(code) or (bare and _NUMBER.match(code))]
    if not codes or len(codes) * 2 < len(values):
        return None
    return Match(found.taken, tuple(_draft(table, shown, code) for code in codes))


def _draft(table: Table, shown: int, code: str) -> Draft:
    left_out = {shown, table.column(*_REFERENCE)}
    columns = [place for place in range(len(table.header)) if place not in left_out]
    rows = [place for place, row in enumerate(table.rows) if plain(row.cells[shown]) == code]
    grid = tables.markdown(
        [table.header[place] for place in columns],
        [[table.rows[row].cells[place] for place in columns] for row in rows],
    )
    section = Section("原因と処置", grid)
    return Draft(EntryType.ERROR_CODE, f"{code.upper()} が表示された", (section,), titled.evidence_of(table, rows))
