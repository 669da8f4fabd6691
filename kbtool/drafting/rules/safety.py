"""警告 / 注意: boxes, and whole chapters of safety instructions, that belong to the product and ask nothing."""

import re

from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.item import Item, Role
from kbtool.drafting.model import PageEnd
from kbtool.drafting.wording import plain
from kbtool.knowledge.safety_notes import SafetyNote

_CHAPTER = re.compile(
    r"^(?:安全上のご?注意|安全のため(?:に|のご?注意)|安全に(?:お使い|ご使用)(?:いただく)?ために|使用上のご?注意|ご使用上の注意|必ずお守りください"
    r"|(?:important)?safety(?:information|instructions|precautions|notes))",
    re.IGNORECASE,
)


def safety_chapter(cursor: Cursor) -> Match | None:
    """Take a chapter 安全上のご注意 up to the next heading that is as high."""
    head = cursor.item
    if head.role is not Role.HEADING or not _CHAPTER.match(plain(head.text)):
        return None
    inside = cursor.while_(lambda item: _belongs(item, head), start=1)
    return Match(1 + len(inside), outcome=PageEnd.SAFETY_NOTES, notes=_notes(cursor, inside))


def safety_box(cursor: Cursor) -> Match | None:
    """Take a box 警告 or 注意 with the points below it."""
    box = cursor.item
    if box.role is not Role.SAFETY:
        return None
    inside = cursor.while_(lambda item: item.role is Role.BULLET and item.page == box.page, start=1)
    if not inside and not box.text:
        inside = cursor.while_(lambda item: item.role is Role.TEXT and item.page == box.page, start=1)[:1]
    return Match(1 + len(inside), outcome=PageEnd.SAFETY_NOTES, notes=_notes(cursor, (box, *inside)))


def _belongs(item: Item, head: Item) -> bool:
    if item.role is Role.QUESTION:
        return False
    return item.role is not Role.HEADING or item.level > head.level or bool(_CHAPTER.match(plain(item.text)))


def _notes(cursor: Cursor, inside: tuple[Item, ...]) -> tuple[SafetyNote, ...]:
    """One note for each point, under the label that stands above it."""
    label, notes = "", []
    for item in inside:
        label = item.label if item.role is Role.SAFETY else label
        if label and item.text and item.table is None:
            notes.append(SafetyNote(cursor.facts.about, label, item.text, item.page))
    return tuple(notes)
