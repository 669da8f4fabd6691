"""The rule by which two texts count as the same, and a Markdown body taken apart so that the rule can be applied.

Separate from kbtool on purpose: a fault in the folding of the tool must not hide itself in the comparison.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

Rows = Sequence[Sequence[object]]

HYPHENS = re.compile("[\u2010-\u2015\u2212]")
#: A long vowel mark that no kana or kanji precedes is a hyphen that was typed or read wrongly.
NO_LONG_VOWEL = re.compile("(?<![ぁ-ゖァ-ヺー々一-鿿])ー+")
LIST_MARK = re.compile(r"^\s*(?:[①-⑳]|[(（]\d+[)）]|\d+[.．)）](?!\d))\s*")
MARKDOWN = MarkdownIt("commonmark").enable("table")


def fold(text: str) -> str:
    """Bring a string into the form in which the comparison rule asks for equality."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    return NO_LONG_VOWEL.sub(lambda run: "-" * len(run[0]), HYPHENS.sub("-", text))


def same(a: str, b: str) -> bool:
    """Tell whether two strings are equal after the comparison rule."""
    return fold(a) == fold(b)


def same_rows(a: Rows, b: Rows) -> bool:
    """Tell whether two tables have the same cells in the same places."""
    return [[fold(str(cell)) for cell in row] for row in a] == [[fold(str(cell)) for cell in row] for row in b]


@dataclass(frozen=True, slots=True)
class Body:
    """A Markdown body without its marks, folded: ``items`` are lines, ``tables`` have their header row first."""

    items: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]

    @property
    def prose(self) -> str:
        """All lines as one string, so that a sentence broken over lines is found."""
        return "".join(self.items)


def read_body(markdown: str) -> Body:
    """Take a Markdown body apart; section headings (levels 1 and 2) are not part of it."""
    items: list[str] = []
    tables: list[list[list[str]]] = []
    opened = ""
    for token in MARKDOWN.parse(markdown):
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type == "inline" and opened in ("th", "td"):
            tables[-1][-1].append(fold(_text(token)))
        elif token.type == "inline" and opened not in ("h1", "h2"):
            items += [fold(LIST_MARK.sub("", line)) for line in _text(token).split("\n")]
        elif token.type == "fence":
            items += [fold(line) for line in token.content.splitlines()]
        opened = token.tag
    return Body(tuple(filter(None, items)), tuple(tuple(map(tuple, table)) for table in tables))


def _text(token: Token) -> str:
    parts = token.children or []
    return "".join("\n" if part.type.endswith("break") else _words(part) for part in parts)


def _words(part: Token) -> str:
    return "" if part.type == "html_inline" else part.content
