"""HTML: headings, lists, tables, questions in definition lists; what draws or runs is passed over."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from kbtool.document import Cell, Kind
from kbtool.intake.readers.decoding import decode
from kbtool.intake.readers.opened import Unreadable
from kbtool.intake.readers.paging import DEEPEST_SECTION, cell, paginate, table
from kbtool.intake.written import WrittenBlock, WrittenPage
from kbtool.layout import markers
from kbtool.layout.joining import join
from kbtool.limits import MAX_TABLE_CELLS

_ENGINE = "lxml"
_SKIPPED = frozenset({"script", "style", "template", "noscript", "nav", "svg", "math", "iframe", "object", "head"})
#: The reading beside a word; the word is what is kept.
_RUBY = frozenset({"rt", "rp"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# fmt: off
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "br", "img", "input", "button", "select",
})
# fmt: on
#: A term or the summary of a fold-out is the heading of what follows it, below all real headings.
_TERMS = frozenset({"dt", "summary"})
_TERM_LEVEL = DEEPEST_SECTION + 1
_BREAK = "\v"
_WIDEST_SPAN = 100
#: libxml2 lets elements nest 256 deep or 2,048; deeper than this is no page people wrote.
_DEEPEST = 200


def pages(data: bytes) -> tuple[WrittenPage, ...]:
    """Read a page of HTML."""
    return paginate(list(blocks(decode(data))), _ENGINE)


def blocks(text: str) -> Iterator[WrittenBlock]:
    """The blocks of a page or a part of one, in their order."""
    if not text.strip():
        return
    try:
        # an encoding named inside the text was right for its bytes, not for what is given here
        root = document_fromstring(text.encode(), parser=HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("intake_damaged") from error
    yield from _Walk().of(root)


class _Walk:
    """One walk down a tree; words are gathered until the next element that starts a line of its own."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._marker = ""
        self._lists: list[int] = []
        self._depth = 0
        self._kind = Kind.PARAGRAPH

    def of(self, element: HtmlElement) -> Iterator[WrittenBlock]:
        """The blocks of one element."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable("intake_damaged")
        yield from self._children(element)
        yield from self._flush()
        self._depth -= 1

    def _children(self, element: HtmlElement) -> Iterator[WrittenBlock]:
        self._words.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                yield from self._child(child, child.tag)
            self._words.append(child.tail or "")

    def _child(self, child: HtmlElement, tag: str) -> Iterator[WrittenBlock]:
        if tag in _SKIPPED or tag in _RUBY:
            return
        if tag in _INLINE:
            yield from self._inline(child, tag)
            return
        yield from self._flush()
        if tag in _HEADINGS:
            yield from _heading(child, _HEADINGS[tag])
        elif tag in _TERMS:
            yield from _heading(child, _TERM_LEVEL)
        elif tag == "table":
            yield from self._table(child)
        elif tag in ("ul", "ol"):
            yield from self._list(child)
        elif tag == "li":
            yield from self._item(child)
        elif tag == "footer":
            yield from self._footer(child)
        else:
            yield from self.of(child)

    def _inline(self, child: HtmlElement, tag: str) -> Iterator[WrittenBlock]:
        if tag == "br":
            self._words.append(_BREAK)
        elif tag == "img":
            self._words.append(child.get("alt") or "")
        elif self._depth >= _DEEPEST:
            raise Unreadable("intake_damaged")
        else:
            self._depth += 1
            yield from self._children(child)
            self._depth -= 1

    def _list(self, element: HtmlElement) -> Iterator[WrittenBlock]:
        self._lists.append(_number(element.get("start")) if element.tag == "ol" else -1)
        yield from self.of(element)
        self._lists.pop()

    def _item(self, element: HtmlElement) -> Iterator[WrittenBlock]:
        number = self._lists[-1] if self._lists else -1
        self._marker = f"{number}. " if number >= 0 else "・"
        if number >= 0:
            self._lists[-1] += 1
        yield from self.of(element)
        self._marker = ""

    def _footer(self, element: HtmlElement) -> Iterator[WrittenBlock]:
        before, self._kind = self._kind, Kind.PAGE_FOOTER
        yield from self.of(element)
        self._kind = before

    def _table(self, element: HtmlElement) -> Iterator[WrittenBlock]:
        cells = list(_cells(element))
        if max((one.column for one in cells), default=0) == 0:
            yield from self.of(element)  # one column: a box around words
            return
        yield from (WrittenBlock(Kind.CAPTION, _text(caption)) for caption in element.findall("caption"))
        yield table(cells)

    def _flush(self) -> Iterator[WrittenBlock]:
        text = _clean("".join(self._words))
        self._words = []
        if not text:
            return
        if self._marker and self._kind is Kind.PARAGRAPH:
            yield WrittenBlock(Kind.LIST_ITEM, self._marker + text, max(1, len(self._lists)))
        else:
            yield WrittenBlock(self._kind, text)
        self._marker = ""


def _heading(element: HtmlElement, level: int) -> Iterator[WrittenBlock]:
    text = _text(element).replace("\n", " ")
    if text:
        asks = level == _TERM_LEVEL and markers.starts_question_or_answer(text)
        yield WrittenBlock(Kind.PARAGRAPH, text) if asks else WrittenBlock(Kind.HEADING, text, level)


def _cells(element: HtmlElement) -> Iterator[Cell]:
    """The cells with their spans, each in the first place that those above leave free."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(element.xpath("./tr|./thead/tr|./tbody/tr|./tfoot/tr")):
        column = 0
        for part in line.xpath("./td|./th"):
            while (row, column) in taken:
                column += 1
            rows, columns = _span(part.get("rowspan")), _span(part.get("colspan"))
            taken.update((row + down, column + along) for down in range(rows) for along in range(columns))
            if len(taken) > MAX_TABLE_CELLS:
                raise Unreadable("intake_table_too_large")
            yield cell(row, column, _text(part), rows, columns)


def _text(element: HtmlElement) -> str:
    """All words of an element, its lines kept apart."""
    return "\n".join(block.text for block in _Walk().of(element) if block.text)


def _span(value: str | None) -> int:
    return min(_WIDEST_SPAN, max(1, _number(value)))


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else 1


def _clean(text: str) -> str:
    """White space as a browser shows it, but no space where Japanese was wrapped."""
    lines = (
        "\n".join(re.sub(r"[ \t\r\f]+", " ", part).strip() for part in line.split("\n")) for line in text.split(_BREAK)
    )
    return "\n".join(found for line in lines if (found := join(part for part in line.split("\n") if part)))
