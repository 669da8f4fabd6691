"""解約 ………… 5: a table of contents, by its title, its dot leaders or links, or lines that stand again further on."""

import re
from collections.abc import Sequence

from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.item import Item, Role
from kbtool.drafting.model import PageEnd
from kbtool.drafting.wording import plain

_TITLE = re.compile(r"^(?:目\s*次|もくじ|内容一覧|質問一覧|(?:table of )?contents)$", re.IGNORECASE)
_LEADER = re.compile(r"(?:\.{3,}|[…‥⋯]+|[・･]{3,}|_{3,}|-{4,}|ー{4,})[\s.…]*\d[\d-]*$")
#: Fewer leaders than this may be an ellipsis in prose.
_FEWEST_LEADERS = 3


def contents(cursor: Cursor) -> Match | None:
    """Take a page that tells the structure; amid a page, its lines with leaders or links or that stand again below."""
    if cursor.starts_page and _is_whole_page(page := cursor.page_items()):
        return Match(len(page), outcome=PageEnd.TABLE_OF_CONTENTS)
    titled = _is_title(cursor.item)
    listed = _listed(cursor.rest[titled:]) if titled or cursor.item.role is Role.CONTENTS else 0
    return Match(titled + listed, outcome=PageEnd.TABLE_OF_CONTENTS) if listed else None


def _listed(items: Sequence[Item]) -> int:
    """How many items list what follows: the leaders and links, or all up to the last that stands again below.

    A line that wraps otherwise in the list is not found again; the lines around it are.
    """
    texts = [plain(item.text) for item in items]
    leading = next((place for place, item in enumerate(items) if not _leads(item)), len(items))
    begins = min(
        (texts.index(text, place + 1) for place, text in enumerate(texts[:2]) if text in texts[place + 1 :]), default=0
    )
    below = set(texts[begins:])
    again = [place for place, text in enumerate(texts[:begins]) if text in below]
    return max(leading, again[-1] + 1 if again else 0)


def _is_whole_page(page: Sequence[Item]) -> bool:
    """Whether a page tells the structure only: it may be headed 目次 and still go on to answer."""
    titled = any(_is_title(item) for item in page[:3])
    told = any(item.text.endswith("。") for item in page if item.table is None)
    leading = sum(map(_leads, page))
    return (titled and not told) or (leading >= _FEWEST_LEADERS and leading * 2 >= len(page))


def _is_title(item: Item) -> bool:
    return item.role in (Role.HEADING, Role.TEXT) and bool(_TITLE.match(" ".join(item.text.split())))


def _leads(item: Item) -> bool:
    lines = item.text.splitlines()
    return item.role is Role.CONTENTS or any(_LEADER.search(plain(line)) for line in lines)
