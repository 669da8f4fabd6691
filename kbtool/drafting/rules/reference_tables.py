"""理由 | ご案内, コード | 理由, 商品 | 可否: a table that is one entry, asked by its caption."""

import re

from kbtool.drafting import tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.wording import plain
from kbtool.entry import EntryType

_SPOKEN = (r"ご案内$", r"トーク", r"話し?方", r"言い方", r"応対例", r"セリフ", r"せりふ", r"切り返し", r"お伝えする")
_CODE = (r"コード", r"^番号$", r"^記号$", r"^No\.?$")
_DECIDES = re.compile(r"可否|判定|判断|要否")
_VERDICT = re.compile(r"^(?:可|不可|要|不要|○|◯|〇|×|✕|△|可能|できる|できない|対象|対象外|あり|なし|有|無|[-－―ー])$")
_ORDER = (r"手順", r"順番", r"順序", r"ステップ", r"STEP", r"^No\.?$", r"^番号$")
_ACTION = (r"作業", r"操作", r"内容", r"手順", r"対応", r"行うこと", r"すること")
_SHORT_CODE = re.compile(r"^[0-9A-Za-z-]{1,6}$")
_LEAST_ROWS = 2


def script_table(cursor: Cursor) -> Match | None:
    """Make a talk script of a table that says what to tell the customer in which case."""
    found = titled.find(cursor)
    if found is None or found.table.column(*_SPOKEN) is None or len(found.table.rows) < _LEAST_ROWS:
        return None
    draft = found.titled.draft(EntryType.SCRIPT, "トークスクリプト", tables.filled_down(found.table))
    return Match(found.taken, draft)


def procedure_table(cursor: Cursor) -> Match | None:
    """Make a procedure of a table whose first column counts 1, 2, 3."""
    found = titled.find(cursor)
    if found is None or found.table.column(*_ORDER) != 0 or len(found.table.rows) < _LEAST_ROWS:
        return None
    counted = [re.sub(r"\D", "", plain(value)) for value in found.table.values(0)]
    acts = any(re.search("|".join(_ACTION), plain(title)) for title in found.table.header[1:])
    if not acts or counted != [str(place) for place in range(1, len(counted) + 1)]:
        return None
    return Match(found.taken, found.titled.draft(EntryType.PROCEDURE, "手順", found.table))


def code_table(cursor: Cursor) -> Match | None:
    """Make a code table of rows that begin with a short code."""
    found = titled.find(cursor)
    column = found.table.column(*_CODE) if found else None
    if found is None or column is None or len(found.table.rows) < _LEAST_ROWS:
        return None
    codes = [plain(value) for value in found.table.values(column)]
    if sum(bool(_SHORT_CODE.match(code)) for code in codes) * 2 < len(codes):
        return None
    return Match(found.taken, found.titled.draft(EntryType.CODE_TABLE, "判断基準", found.table))


def decision_table(cursor: Cursor) -> Match | None:
    """Make a decision table where the title speaks of a verdict or a column holds 可 and 不可."""
    found = titled.find(cursor)
    if found is None or len(found.table.rows) < _LEAST_ROWS:
        return None
    title = found.titled.title.text if found.titled.title else ""
    if not _DECIDES.search(title) and not any(
        map(_verdicts, zip(*(row.cells for row in found.table.rows), strict=True))
    ):
        return None
    draft = found.titled.draft(EntryType.DECISION_TABLE, "判断基準", tables.filled_down(found.table))
    return Match(found.taken, draft)


def other_table(cursor: Cursor) -> Match | None:
    """Make an answer of any other table that a numbered heading or a caption names."""
    found = titled.find(cursor)
    if found is None:
        return None
    title = found.titled.title
    named = title is not None and not title.chapter and (bool(title.number) or title.role == "caption")
    if not named or len(found.table.rows) < _LEAST_ROWS or len(found.table.header) < 2:
        return None if found.titled.intro else Match(found.taken)
    return Match(found.taken, found.titled.draft(EntryType.QA, "回答", tables.filled_down(found.table)))


def _verdicts(cells: tuple[str, ...]) -> bool:
    """Whether a column holds nothing but verdicts, and at least two different ones."""
    folded = {plain(cell) for cell in cells}
    return len(folded) > 1 and all(_VERDICT.match(cell) for cell in folded)
