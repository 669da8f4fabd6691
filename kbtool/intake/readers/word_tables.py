"""The cells of a Word table with their spans: a cell merged downwards is written once a row, and read once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from docx.oxml.ns import qn

from kbtool.document import Cell
from kbtool.intake.readers.opened import Unreadable
from kbtool.intake.readers.paging import cell
from kbtool.limits import MAX_TABLE_CELLS

_WIDEST_SPAN = 200


def cells_of(table: Any, text_of: Callable[[Any], str]) -> list[Cell]:
    """All cells of a table, row by row; ``text_of`` gives the words of one."""
    found: list[Cell] = []
    above: dict[int, int] = {}
    for row, line in enumerate(_inner(table, "w:tr")):
        column = _number(line, "w:trPr", "w:gridBefore")
        here: dict[int, int] = {}
        for part in _inner(line, "w:tc"):
            span = min(_WIDEST_SPAN, max(1, _number(part, "w:tcPr", "w:gridSpan", 1)))
            if _goes_on(part) and column in above:
                here[column] = above[column]
                upper = found[above[column]]
                found[above[column]] = replace(upper, row_span=row - upper.row + 1)
            else:
                here[column] = len(found)
                found.append(cell(row, column, text_of(part), 1, span))
            column += span
        if len(found) > MAX_TABLE_CELLS:
            raise Unreadable("intake_table_too_large")
        above = here
    return found


def parts_of(table: Any) -> Iterator[Any]:
    """The cells of a table as elements, row by row."""
    for line in _inner(table, "w:tr"):
        yield from _inner(line, "w:tc")


def _inner(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, also those inside content controls and tracked changes."""
    for child in element:
        if child.tag == qn(name):
            if child.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:  # a row deleted with tracked changes
                yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
            yield from _inner(child, name)


def _goes_on(part: Any) -> bool:
    merge = part.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _number(element: Any, properties: str, name: str, otherwise: int = 0) -> int:
    found = element.find(f"{qn(properties)}/{qn(name)}")
    value = "" if found is None else found.get(qn("w:val"), "")
    return min(_WIDEST_SPAN, int(value)) if value.isdigit() else otherwise
