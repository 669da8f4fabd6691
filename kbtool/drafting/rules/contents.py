"""解約 ………… 5: a table of contents with dot leaders, or with lines that are links."""

import re

from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.flow import Role
from kbtool.drafting.model import PageEnd
from kbtool.drafting.wording import plain

_TITLE = re.compile(r"^(?:目次|もくじ|CONTENTS|Contents)$")
_LEADER = re.compile(r"(?:\.{3,}|[…‥⋯]+|[・･]{3,}|_{3,}|-{4,}|ー{4,})[\s.…]*\d[\d-]*$")
#: Fewer leaders than this may be an ellipsis in prose.
_FEWEST_LEADERS = 3


def contents(cursor: Cursor) -> Match | None:
    """Take a page headed 目次 or made of dot leaders or links; it tells the structure and answers nothing."""
    if not cursor.starts_page:
        return None
    page = cursor.page_items()
    lines = [line for item in page for line in (item.text.splitlines() or [""])]
    leaders = sum(bool(_LEADER.search(plain(line))) for line in lines)
    titled = any(_TITLE.match(plain(item.text)) for item in page[:3] if item.role in (Role.HEADING, Role.TEXT))
    linked = any(item.role is Role.CONTENTS for item in page)
    if not titled and not linked and leaders < _FEWEST_LEADERS:
        return None
    return Match(len(page), outcome=PageEnd.TABLE_OF_CONTENTS)
