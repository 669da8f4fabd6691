"""Rules that cross make the cells and tables that pdfplumber would make of them, and no others."""

import random

import pytest
from pdfplumber import table as pdfplumber

from kbtool.document import Box
from kbtool.intake.readers.crossings import Rule, cells_between, tables_of

TOLERANCE = 2.5


def drawn(rules: str) -> tuple[list[Rule], list[Rule]]:
    """Level and upright rules from a sketch of 10 points a character: ``-`` and ``|`` run on, ``+`` is on both."""
    rows = rules.strip("\n").split("\n")
    level = [Rule(10 * y, 10 * run[0], 10 * run[-1]) for y, row in enumerate(rows) for run in _runs(row, "-+")]
    columns = ["".join(column) for column in zip(*rows, strict=True)]
    upright = [
        Rule(10 * x, 10 * run[0], 10 * run[-1]) for x, column in enumerate(columns) for run in _runs(column, "|+")
    ]
    return level, upright


def _runs(text: str, kind: str) -> list[list[int]]:
    runs: list[list[int]] = [[]]
    for place, char in enumerate(text):
        if char in kind:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def theirs(level: list[Rule], upright: list[Rule]) -> tuple[list[Box], list[list[Box]]]:
    """The cells and tables that pdfplumber finds."""
    edges = [
        {"x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0, "orientation": "h"}
        for y, x0, x1 in level
    ] + [
        {"x0": x, "x1": x, "top": y0, "bottom": y1, "width": 0, "height": y1 - y0, "orientation": "v"}
        for x, y0, y1 in upright
    ]
    merged = pdfplumber.merge_edges(edges, TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE)
    crossings = pdfplumber.edges_to_intersections(merged, TOLERANCE, TOLERANCE)
    cells = pdfplumber.intersections_to_cells(crossings)
    return [Box(*cell) for cell in cells], [[Box(*cell) for cell in t] for t in pdfplumber.cells_to_tables(cells)]


def test_a_merged_cell_is_one_cell() -> None:
    level, upright = drawn(
        """
+--+--+
|  |  |
+--+  |
|  |  |
+--+--+
"""
    )
    assert cells_between(level, upright, TOLERANCE) == [Box(0, 0, 30, 20), Box(0, 20, 30, 40), Box(30, 0, 60, 40)]


def test_a_rule_that_breaks_off_closes_no_cell() -> None:
    level, upright = drawn(
        """
+--+--+
|  |  |
|  |  |
|  |  .
+--+--+
"""
    )
    assert cells_between(level, upright, TOLERANCE) == [Box(0, 0, 30, 40)]


def test_cells_that_touch_are_a_table_and_one_alone_is_none() -> None:
    level, upright = drawn(
        """
+--+--+   +--+
|  |  |   |  |
+--+--+   +--+
"""
    )
    cells = cells_between(level, upright, TOLERANCE)
    assert len(cells) == 3
    assert tables_of(cells) == [[Box(0, 0, 30, 20), Box(30, 0, 60, 20)]]


@pytest.mark.parametrize("seed", range(40))
def test_any_rules_make_the_cells_that_pdfplumber_makes_of_them(seed: int) -> None:
    chance = random.Random(seed)

    def rules() -> list[Rule]:
        places = [chance.randrange(0, 200, 8) for _ in range(chance.randrange(2, 9))]
        starts = [chance.randrange(0, 150, 5) for _ in range(40)]
        return [
            Rule(chance.choice(places) + chance.choice((0.0, 0.5, 1.0)), start, start + chance.randrange(6, 120))
            for start in starts[: chance.randrange(4, 40)]
        ]

    level, upright = rules(), rules()
    cells, tables = theirs(level, upright)
    found = cells_between(level, upright, TOLERANCE)
    assert rounded(found) == rounded(cells)
    assert [rounded(table) for table in tables_of(found)] == [rounded(table) for table in tables]


def rounded(boxes: list[Box]) -> set[tuple[float, ...]]:
    """Cells without the last bits, which come of adding in another order."""
    return {tuple(round(side, 6) for side in box) for box in boxes}
