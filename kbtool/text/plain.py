"""The words of a Markdown text without its signs: what is searched, quoted in a hit and told to search engines.

Nobody wants to read ``| --- |`` in a result. The parser is the one that renders the sites, so that both agree on what
is a table or a list; raw HTML is text to it, and pictures are none.
"""

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Deeper nesting than this is no manual; the parser's work grows with it.
_MAX_NESTING = 20
#: Between the cells of a row, where one line holds them all.
_CELL = "  "


def lines(text: str, *, tables: bool = True) -> list[str]:
    """The words, a line for each paragraph, item, break and row of a table; without the tables if they are not wanted.

    Numbers of steps stay (``2. …``), bullets become ・.
    """
    found: list[str] = []
    row: list[str] | None = None
    mark = ""
    for token in _shared().parse(text):
        match token.type:
            case "tr_open":
                row = []
            case "tr_close" if row is not None:
                found += [_CELL.join(row).rstrip()] if tables else []
                row = None
            case "list_item_open":
                mark = f"{token.info}{token.markup} " if token.info else "・"
            case "inline" if row is not None:
                row.append(" ".join(_words(token)))
            case "inline" | "fence" | "code_block":
                said = _words(token) if token.type == "inline" else token.content.splitlines()
                found += [mark + said[0], *said[1:]] if said else []
                mark = ""
    return [line for line in found if line.strip()]


def parser() -> MarkdownIt:
    """Make a parser of CommonMark with tables, without raw HTML and pictures."""
    made = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": _MAX_NESTING})
    return made.enable("table").disable(["image", "html_block", "html_inline"])


@cache
def _shared() -> MarkdownIt:
    return parser()


def _words(inline: Token) -> list[str]:
    return "".join(_said(inline)).split("\n")


def _said(inline: Token) -> Iterator[str]:
    for child in inline.children or ():
        yield "\n" if child.type in ("softbreak", "hardbreak") else child.content
