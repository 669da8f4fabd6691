"""Markdown: headings, lists, tables and paragraphs as CommonMark and its common table extension say."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from kbtool.document import Kind
from kbtool.intake.readers import html
from kbtool.intake.readers.decoding import decode
from kbtool.intake.readers.paging import cell, paginate, table
from kbtool.intake.written import WrittenBlock, WrittenPage
from kbtool.layout import markers
from kbtool.layout.joining import join

_ENGINE = "markdown-it"
_DEEPEST_LIST = 9
#: Lists and quotations in one another (two a list); deeper ones markdown-it leaves out.
_DEEPEST_NESTING = 60


def pages(data: bytes) -> tuple[WrittenPage, ...]:
    """Read a Markdown file; front matter is left out, raw HTML read as words."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST_NESTING}).enable("table").use(front_matter_plugin)
    return paginate(list(_Tokens(parser.parse(decode(data))).blocks()), _ENGINE)


class _Tokens:
    """A walk over the flat list of tokens, with the list items that are open."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._markers: list[str] = []
        self._depth = 0

    def blocks(self) -> Iterator[WrittenBlock]:
        """All blocks, in order."""
        at = 0
        while at < len(self._tokens):
            token = self._tokens[at]
            if token.type == "heading_open":
                yield WrittenBlock(Kind.HEADING, _text(self._tokens[at + 1]), int(token.tag[1:]))
                at += 2
            elif token.type == "table_open":
                end = next(n for n in range(at, len(self._tokens)) if self._tokens[n].type == "table_close")
                yield _table(self._tokens[at:end])
                at = end
            elif token.type == "html_block":
                yield from html.blocks(token.content)
            elif token.type in ("inline", "fence", "code_block"):
                yield from self._paragraph(_text(token))
            else:
                self._list(token)
            at += 1

    def _list(self, token: Token) -> None:
        """Keep count of the lists and items that open and close."""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._depth -= 1
        elif token.type == "list_item_open":
            self._markers.append(f"{token.info}{token.markup} " if token.info else "・")
        elif token.type == "list_item_close":
            self._markers.pop()

    def _paragraph(self, text: str) -> Iterator[WrittenBlock]:
        """The first paragraph of a list item carries its mark; the others stand as they are."""
        if not text:
            return
        marker = self._markers[-1] if self._markers else ""
        if marker:
            self._markers[-1] = ""
            yield WrittenBlock(Kind.LIST_ITEM, marker + text, min(self._depth, _DEEPEST_LIST))
        else:
            yield WrittenBlock(Kind.PARAGRAPH, text)


def _table(tokens: Sequence[Token]) -> WrittenBlock:
    row, column = -1, 0
    cells = []
    for token in tokens:
        if token.type == "tr_open":
            row, column = row + 1, 0
        elif token.type == "inline":
            cells.append(cell(row, column, _text(token)))
            column += 1
    return table(cells)


def _text(token: Token) -> str:
    """The words of an inline token, wrapped lines joined as Japanese wants; code as it stands."""
    if token.children is None:
        return token.content.strip("\n")
    lines: list[list[str]] = [[""]]
    for child in token.children:
        if child.type == "softbreak":
            lines[-1].append("")
        elif child.type == "hardbreak" or (child.type == "html_inline" and child.content.startswith("<br")):
            lines.append([""])
        elif child.type in ("text", "code_inline", "image"):
            lines[-1][-1] += child.content
    return "\n".join(join(part) for line in lines for part in _sayings([part.strip() for part in line])).strip()


def _sayings(wrapped: Sequence[str]) -> Iterator[list[str]]:
    """Wrapped lines in groups that are said in one breath: a line that begins with 問1, A. or the like begins anew."""
    said: list[str] = []
    for line in wrapped:
        if said and markers.starts_question_or_answer(line):
            yield said
            said = []
        said.append(line)
    yield said
