"""Text files: paragraphs parted by blank lines, headings and lists by their marks, a form feed ends a page."""

import re
from collections.abc import Iterator

from kbtool.document import Kind
from kbtool.intake.readers.decoding import decode
from kbtool.intake.readers.paging import one_page, paginate
from kbtool.intake.readers.wording import role_of
from kbtool.intake.written import WrittenBlock, WrittenPage

_ENGINE = "text"
#: Lines that only draw: ---- ==== ****
_RULE = re.compile(r"\s*([-=*_~#+─━＝－＊※☆★■◆・])(?:\s?\1){3,}\s*")
_LIST_INDENT = 2


def pages(data: bytes) -> tuple[WrittenPage, ...]:
    """Read a text file."""
    sheets = [sheet for sheet in decode(data).split("\f") if sheet.strip()]
    if len(sheets) == 1:
        return paginate(list(_blocks(sheets[0])), _ENGINE)
    return tuple(one_page(list(_blocks(sheet)), _ENGINE) for sheet in sheets)


def _blocks(text: str) -> Iterator[WrittenBlock]:
    paragraph: list[str] = []
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        ruled = not line.strip() or _RULE.fullmatch(line) is not None
        underlined = not ruled and not paragraph and _RULE.fullmatch(following) is not None
        kind, level = role_of(line.strip(), stands_out=underlined)
        if ruled or kind is not Kind.PARAGRAPH:
            yield from _paragraph(paragraph)
            paragraph = []
        if ruled:
            continue
        if kind is Kind.PARAGRAPH:
            paragraph.append(line.strip())
        elif kind is Kind.LIST_ITEM:
            paragraph = [line.rstrip()]
        else:
            yield WrittenBlock(kind, line.strip(), level)
    yield from _paragraph(paragraph)


def _paragraph(lines: list[str]) -> Iterator[WrittenBlock]:
    """Lines that belong together; they stay lines, because some are lists that no mark tells."""
    if not lines:
        return
    kind, level = role_of(lines[0].strip())
    if kind is Kind.LIST_ITEM:
        indent = len(lines[0]) - len(lines[0].lstrip())
        level = 1 + indent // _LIST_INDENT
    yield WrittenBlock(kind, "\n".join(line.strip() for line in lines), min(level, 9))
