"""What a group of lines is: heading, list item or paragraph, and how deep.

Size, boldness, number and shortness each speak; a sentence with its full stop is never a heading.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kbtool.document import Kind, Method
from kbtool.layout import markers
from kbtool.layout.joining import join
from kbtool.layout.pieces import Piece

_LONGEST_HEADING = 45
_LONGEST_TITLE = 60
#: A question that serves as a heading is a whole sentence, or two.
_LONGEST_QUESTION = 160
#: How much larger than the page's body type a heading is; recognised sizes are less exact.
_LARGER = {Method.TEXT_LAYER: 1.08, Method.OCR: 1.28}
#: A label such as 警告 or お願い in a box is set a little larger; only much larger type makes it a heading.
_LARGEST = 1.4
_TITLE_SIZE = 1.7
_LEVEL_SIZES = ((1.55, 1), (1.25, 2))


@dataclass(frozen=True, slots=True)
class Body:
    """The ordinary type of a page."""

    size_pt: float
    bold: bool
    method: Method


def body_of(lines: Iterable[Piece], method: Method) -> Body:
    """Find the size in which most characters of a page are set."""
    counts: dict[float, int] = {}
    characters = bold = 0
    for line in lines:
        size = round(line.size_pt * 2) / 2
        counts[size] = counts.get(size, 0) + len(line.text)
        characters += len(line.text)
        bold += len(line.text) if line.bold else 0
    middle, seen = 0.0, 0
    for size in sorted(counts):
        seen += counts[size]
        middle = size
        if seen * 2 >= characters:
            break
    return Body(middle, bold * 2 > characters, method)


def role_of(lines: Sequence[Piece], body: Body, *, first_page: bool) -> tuple[Kind, int]:
    """Tell the kind and level of a group of lines."""
    text = join(line.text for line in lines)
    if lines[0].linked:
        return Kind.CONTENTS, 0
    if markers.starts_question_or_answer(text) or markers.has_leader(text):
        return Kind.PARAGRAPH, 0
    ratio = max(line.size_pt for line in lines) / body.size_pt if body.size_pt else 1.0
    larger = ratio >= (_LARGEST if markers.starts_note(text) else _LARGER[lines[0].method or body.method])
    depth = markers.section_depth(text)
    stands_out = larger or (all(line.bold for line in lines) and not body.bold)
    may_be = _may_be_heading(text, lines) or (stands_out and _may_be_question(text, lines))
    if may_be and (larger or depth or _is_marked(text, lines, body)):
        if first_page and ratio >= _TITLE_SIZE and not depth:
            return Kind.TITLE, 1
        return Kind.HEADING, depth or _level(ratio)
    if markers.starts_list_item(text):
        return Kind.LIST_ITEM, 1
    return Kind.PARAGRAPH, 0


def _may_be_heading(text: str, lines: Sequence[Piece]) -> bool:
    if len(lines) > 2 or len(text) > _LONGEST_HEADING or any(line.tabular for line in lines):
        return False
    if text.endswith(("。", "、", "，", ",", "．", ":", "：", ";")):
        return False
    return any(char.isalpha() for char in text)


def _may_be_question(text: str, lines: Sequence[Piece]) -> bool:
    """Whether a long heading of several lines is one because it asks."""
    return markers.asks(text) and len(text) <= _LONGEST_QUESTION and not any(line.tabular for line in lines)


def _is_marked(text: str, lines: Sequence[Piece], body: Body) -> bool:
    if markers.starts_list_item(text) and not all(line.bold for line in lines):
        return False
    bold = all(line.bold for line in lines) and not body.bold
    return markers.is_marked_heading(text) or (bold and not markers.starts_note(text))


def _level(ratio: float) -> int:
    return next((level for size, level in _LEVEL_SIZES if ratio >= size), 3)
