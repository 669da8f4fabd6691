"""理由 | ご案内, コード | 理由, 商品 | 可否, 用語 | 意味: a table that is one entry, asked by its caption."""

import re

from kbtool.drafting import columns, tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.item import Role
from kbtool.drafting.titled import Found
from kbtool.drafting.wording import plain
from kbtool.entry import EntryType

_DECIDES = re.compile(r"可否|判定|判断|要否|適否|適用範囲")
_ACTS = re.compile(columns.ACTION, re.IGNORECASE)
_SHORT_CODE = re.compile(r"^(?:[0-9A-Za-z-]{1,6}|[ア-ンい-は甲乙丙丁Ⅰ-Ⅻ①-⑳])$")
#: A code that shows itself: a letter with digits, or capital letters, not a count.
_LETTERED_CODE = re.compile(r"^(?:[A-Z]{1,3}-?[0-9]{1,4}|[A-Z]{1,3}|[ア-ン甲乙丙丁Ⅰ-Ⅻ①-⑳])$")
_CODED = re.compile(r"コード|区分|記号|番号|種別|分類|code", re.IGNORECASE)
_LEAST_ROWS = 2


def script_table(cursor: Cursor) -> Match | None:
    """Make a talk script of a table that says what to tell the customer in which case."""
    found = _table(cursor)
    if found is None or found.table.column(columns.SPOKEN) is None:
        return None
    draft = found.titled.draft(EntryType.SCRIPT, "トークスクリプト", tables.filled_down(found.table))
    return Match(found.taken, draft)


def procedure_table(cursor: Cursor) -> Match | None:
    """Make a procedure of a table whose first column counts 1, 2, 3."""
    found = _table(cursor)
    if found is None or found.table.column(columns.ORDER) != 0:
        return None
    counted = [re.sub(r"\D", "", plain(value)) for value in found.table.values(0)]
    acts = any(_ACTS.search(plain(title)) for title in found.table.header[1:])
    if not acts or counted != [str(place) for place in range(1, len(counted) + 1)]:
        return None
    return Match(found.taken, found.titled.draft(EntryType.PROCEDURE, "手順", found.table))


def definitions(cursor: Cursor) -> Match | None:
    """Make an answer of a table that says what words mean."""
    found = _table(cursor)
    if found is None or found.table.column(columns.TERM) is None or found.table.column(columns.MEANING) is None:
        return None
    return Match(found.taken, found.titled.draft(EntryType.QA, "回答", tables.filled_down(found.table)))


def code_table(cursor: Cursor) -> Match | None:
    """Make a code table of rows that begin with a short code, under a header or title that speaks of codes."""
    found = _table(cursor)
    if found is None or not (_has_codes(found) or _shows_codes(found)):
        return None
    return Match(found.taken, found.titled.draft(EntryType.CODE_TABLE, "判断基準", found.table))


def decision_table(cursor: Cursor) -> Match | None:
    """Make a decision table where the title speaks of a verdict or a column holds 可 and 不可."""
    found = _table(cursor)
    if found is None:
        return None
    title = found.titled.title.text if found.titled.title else ""
    if not _DECIDES.search(title) and not tables.has_verdicts(found.table):
        return None
    draft = found.titled.draft(EntryType.DECISION_TABLE, "判断基準", tables.filled_down(found.table))
    return Match(found.taken, draft)


def other_table(cursor: Cursor) -> Match | None:
    """Make an answer of any other table that a heading of its own or a caption names."""
    found = titled.find(cursor)
    if found is None:
        return None
    title = found.titled.title
    named = title is not None and not title.chapter and (bool(title.number) or title.role is Role.CAPTION)
    named = named or (title is cursor.item and not tables.is_blank(found.table))
    if not named or len(found.table.rows) < _LEAST_ROWS or len(found.table.header) < 2:
        return None if found.titled.intro else Match(found.taken)
    return Match(found.taken, found.titled.draft(EntryType.QA, "回答", tables.filled_down(found.table)))


def _table(cursor: Cursor) -> Found | None:
    """The table that begins here, where it has more than one row."""
    found = titled.find(cursor)
    return found if found and len(found.table.rows) >= _LEAST_ROWS else None


def _has_codes(found: Found) -> bool:
    column = found.table.column(columns.CODE)
    codes = [plain(value) for value in found.table.values(column)] if column is not None else []
    return bool(codes) and sum(bool(_SHORT_CODE.match(code)) for code in codes) * 2 >= len(codes)


def _shows_codes(found: Found) -> bool:
    """Whether the first column holds codes that show themselves, each once, under words that speak of codes."""
    title = found.titled.title.text if found.titled.title else ""
    codes = [plain(value) for value in found.table.values(0)]
    shown = all(_LETTERED_CODE.match(code) for code in codes) and len(set(codes)) == len(codes)
    return shown and bool(_CODED.search(plain(title + found.table.header[0])))
