"""Two pages on one sheet, and one page that only looks like it."""

import pytest

from kbtool.recognise.engines import OcrLine
from kbtool.recognise.engines.line import upright_quad
from kbtool.recognise.gutter import gutter_of

SIZE = (2000, 1414)


def line(x0: float, y: float, x1: float, text: str = "文章") -> OcrLine:
    return OcrLine(text, upright_quad(x0, y, x1, y + 30), 99.0, ((x0, x1),) * len(text), (99.0,) * len(text))


def column(x0: float, x1: float, top: float, *, short: int = 3) -> list[OcrLine]:
    """Lines of prose; every ``short``-th ends early."""
    return [line(x0, top + 60 * n, x0 + (x1 - x0) * (0.4 if n % short == 0 else 1)) for n in range(18)]


def entries(x0: float, x1: float, top: float) -> list[OcrLine]:
    return [line(x0, top + 60 * n, x0 + (x1 - x0) * (1 if n == 4 else 0.3)) for n in range(18)]


def test_an_open_book() -> None:
    assert gutter_of(column(120, 900, 100) + column(1100, 1880, 100), [], SIZE) == pytest.approx(1000, abs=60)


def test_pages_whose_lines_do_not_meet() -> None:
    assert gutter_of(entries(120, 900, 100) + entries(1100, 1880, 131), [], SIZE) == pytest.approx(1000, abs=60)


def test_page_numbers_that_follow() -> None:
    lists = entries(120, 900, 100) + entries(1100, 1880, 100)
    numbers = [line(480, 1340, 520, "- 12 -"), line(1480, 1340, 1520, "- 13 -")]
    assert gutter_of(lists + numbers, [], SIZE) == pytest.approx(1000, abs=60)


@pytest.mark.parametrize(
    ("lines", "tables", "size"),
    [
        (entries(120, 900, 100) + entries(1100, 1880, 100), [], SIZE),  # names and values
        (column(120, 900, 200) + column(1100, 1880, 200) + [line(700, 60, 1300)], [], SIZE),  # a title above columns
        (column(120, 900, 100) + column(1100, 1880, 100), [(100, 1200, 1900, 1380)], SIZE),
        (column(120, 900, 100) + column(1100, 1880, 100), [], (2000, 2828)),  # columns of one upright page
        (column(120, 900, 100), [], SIZE),
        ([], [], SIZE),
    ],
    ids=["list", "title", "table", "upright", "one side", "blank"],
)
def test_one_page(lines: list[OcrLine], tables: list[tuple[float, float, float, float]], size: tuple[int, int]) -> None:
    assert gutter_of(lines, tables, size) is None
