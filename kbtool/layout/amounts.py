"""Amounts in one column of a table: what has a comma in some cells has no decimal point in the others.

Separate from the look-alikes of a line, because one amount cannot tell: 18.810 is right as it stands, but not below
37,070 and 95,590.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from kbtool.document import Cell

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_FEWEST = 3


def with_commas(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells, a column of numbers in groups of three figures having the comma everywhere that it has in some."""
    columns: dict[int, list[str]] = {}
    for cell in cells:
        if cell.row and any(char.isdigit() for char in cell.text):  # a head may hold a figure read in error
            columns.setdefault(cell.column, []).append(cell.text)
    amounts = {column for column, texts in columns.items() if _are_amounts(texts)}
    return tuple(replace(cell, text=_grouped(cell.text)) if cell.column in amounts else cell for cell in cells)


def _are_amounts(texts: Sequence[str]) -> bool:
    return len(texts) >= _FEWEST and all(map(_GROUPED.fullmatch, texts)) and any("," in text for text in texts)


def _grouped(text: str) -> str:
    return text.replace(".", ",") if _GROUPED.fullmatch(text) else text
