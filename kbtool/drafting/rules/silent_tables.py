"""版 | 日付 | 内容, 項目 | 仕様, a form to fill in: tables that answer no question."""

import re

from kbtool.drafting import tables, titled
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.model import PageEnd
from kbtool.drafting.wording import plain

_REVISION = r"^版$|版数|改[訂定]|改版|revision"
_SPECIFICATION = re.compile(r"仕様|定格|スペック")
_MEASURES = re.compile(
    r"^(?:型番|型式|品番|電源|消費電力|外形寸法|本体寸法|寸法|質量|重量|定格\S*|運転音|コードの長さ|電源コード)$"
)


def revisions(cursor: Cursor) -> Match | None:
    """Pass over a table of revisions (版・日付・内容・承認)."""
    found = titled.find(cursor)
    if found is None or found.table.column(_REVISION) is None or found.table.column(r"日", r"内容") is None:
        return None
    return Match(found.taken)


def specifications(cursor: Cursor) -> Match | None:
    """Pass over a table of specifications (項目・仕様); it is looked up in the archive."""
    found = titled.find(cursor)
    if found is None:
        return None
    first = [found.table.header[0], *found.table.values(0)]
    measured = sum(bool(_MEASURES.match(plain(cell))) for cell in first)
    headed = any(_SPECIFICATION.search(plain(cell)) for cell in found.table.header)
    return Match(found.taken, outcome=PageEnd.SPECIFICATIONS) if headed or measured > 2 else None


def blank_form(cursor: Cursor) -> Match | None:
    """Pass over a form printed to be filled in (保証書, 申込書); text above it is left to the other rules."""
    found = titled.find(cursor)
    if found is None or any(item.text.endswith("。") for item in found.titled.intro):
        return None
    return Match(found.taken) if tables.is_blank(found.table) else None
