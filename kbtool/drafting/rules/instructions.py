"""準備 / 使いかた / 各部のなまえ: chapters that describe the product in order of use."""

import re

from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.item import Item, Role
from kbtool.drafting.model import PageEnd
from kbtool.drafting.wording import plain

_CHAPTER = re.compile(
    r"^(?:各部の(?:なまえ|名前|名称)(?:と(?:はたらき|働き|機能))?|付属品(?:の確認)?|同梱品|(?:ご使用前の|使う前の)?準備"
    r"|(?:基本の|便利な)?(?:ご?使いかた|ご?使い方|使用方法|操作方法)|(?:お使いになる|ご使用の?)前に|設置のしかた|組み立て(?:かた|方))$"
)


def instructions(cursor: Cursor) -> Match | None:
    """Leave chapters on parts, preparation and use to the archive: they are read in order, not asked."""
    head = cursor.item
    if head.role is not Role.HEADING or not _CHAPTER.match(plain(head.text)):
        return None
    inside = cursor.while_(lambda item: _belongs(item, head), start=1)
    return Match(1 + len(inside), outcome=PageEnd.INSTRUCTIONS)


def _belongs(item: Item, head: Item) -> bool:
    if item.role is Role.QUESTION:
        return False
    return item.role is not Role.HEADING or item.level > head.level or bool(_CHAPTER.match(plain(item.text)))
