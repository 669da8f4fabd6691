"""Columns of amounts: a point among commas is a comma; decimals stay."""

import pytest

from kbtool.document import Box, Cell
from kbtool.layout.amounts import with_commas


def column(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(row, 0, text, Box(0, row, 1, row + 1)) for row, text in enumerate(texts))


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (("価格(円)", "37,070", "18.810", "1.120,500"), ("価格(円)", "37,070", "18,810", "1,120,500")),
        (("長さ", "3.125", "2.250", "1.500"), ("長さ", "3.125", "2.250", "1.500")),
        (("値", "1,250", "0.125", "2.500"), ("値", "1,250", "0.125", "2.500")),
        (("値", "1,250", "12.5", "2.500"), ("値", "1,250", "12.5", "2.500")),
    ],
)
def test_commas(read: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert tuple(cell.text for cell in with_commas(column(*read))) == expected
