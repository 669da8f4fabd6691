"""お客様相談室 業務マニュアル / 改訂履歴: the first page of a document of several pages."""

import re
from collections.abc import Sequence

from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.item import Item, Role
from kbtool.drafting.model import PageEnd
from kbtool.drafting.wording import plain

_COVER_WORDS = re.compile(r"マニュアル|手引き?|説明書|要領|規程|ガイド|改訂履歴|保証書付|株式会社|有限会社|初版|発行")
_HISTORY = re.compile(r"改[訂定版]|版|日付|変更内容|revision|version|changes", re.IGNORECASE)
#: A cover has a title and an address; a page of text has several hundred characters.
_LONGEST_COVER = 400
#: A word of a heading that is found in the title by chance is shorter.
_SHORTEST_TITLE = 4


def cover(cursor: Cursor) -> Match | None:
    """Take the first page where it holds title, edition and table of revisions but nothing that answers."""
    facts = cursor.facts
    if facts.pages < 2 or cursor.item.page != facts.first_page or not cursor.starts_page:
        return None
    page = cursor.page_items()
    if any(_answers(item) for item in page):
        return None
    prose = sum(len(item.text) for item in page if item.table is None)
    words = any(_COVER_WORDS.search(plain(item.text)) for item in page)
    named = words or _names_the_document(page, facts.titles)
    return Match(len(page), outcome=PageEnd.COVER) if named and prose <= _LONGEST_COVER else None


def _names_the_document(page: Sequence[Item], titles: Sequence[str]) -> bool:
    """Whether a heading of the page is, or is part of, the title or the running header of the document."""
    headings = [plain(item.text).casefold() for item in page if item.role is Role.HEADING]
    long = [text for text in headings if len(text) >= _SHORTEST_TITLE]
    return any(text in plain(title).casefold() for text in long for title in titles)


def _answers(item: Item) -> bool:
    if item.table is not None:
        return sum(bool(_HISTORY.search(plain(title))) for title in item.table.header) == 0
    return item.role in (Role.QUESTION, Role.ANSWER, Role.STEP) or (item.role is Role.HEADING and bool(item.number))
