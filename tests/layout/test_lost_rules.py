"""Ruled tables of a bad scan that lack rules: words tell the rows and columns, and only where they do."""

from itertools import pairwise

from kbtool import layout
from kbtool.document import Box, Kind, Method
from kbtool.reading import Grid, GridCell, Line, PageReading

EM, ROW, LEFT, TOP, WIDTH = 8.0, 14.0, 60.0, 100.0, 120.0

Places = dict[tuple[int, int], str]


def line(text: str, x: float, middle: float) -> Line:
    spans = tuple((x + EM * n, x + EM * (n + 1)) for n in range(len(text)))
    return Line(text, Box(x, middle - EM / 2, spans[-1][1], middle + EM / 2), spans, EM, 90.0, (90.0,) * len(text))


def table(ys: list[float], xs: list[float], lines: list[Line], method: Method = Method.OCR) -> Places:
    cells = tuple(
        GridCell(row, column, Box(x0, y0, x1, y1))
        for row, (y0, y1) in enumerate(pairwise(ys))
        for column, (x0, x1) in enumerate(pairwise(xs))
    )
    grid = Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), len(ys) - 1, len(xs) - 1, cells)
    (block,) = layout.build_page(PageReading(2, 595, 842, method, "test", tuple(lines), (grid,)), "doc").blocks
    assert block.kind is Kind.TABLE
    return {(cell.row, cell.column): cell.text for cell in block.cells}


def levels(rows: int) -> list[float]:
    return [TOP + ROW * n for n in range(rows + 1)]


def words(rows: list[tuple[str, ...]], xs: list[float]) -> list[Line]:
    return [
        line(text, x + 2, TOP + ROW * (n + 0.5))
        for n, row in enumerate(rows)
        for x, text in zip(xs, row, strict=False)
        if text
    ]


XS = [LEFT, LEFT + WIDTH, LEFT + 2 * WIDTH, LEFT + 3 * WIDTH]
ROWS = [
    ("窓口", "係", "時間"),
    ("返品", "主任", "五時間"),
    ("修理", "", "七時間"),
    ("請求", "部長", "九時間"),
    ("配送", "担当", "三時間"),
]
WHOLE = {(row, column): text for row, cells in enumerate(ROWS) for column, text in enumerate(cells)}


def test_a_row_twice_as_high_as_the_others_is_two() -> None:
    ys = levels(5)
    assert table([*ys[:3], *ys[4:]], XS, words(ROWS, XS)) == WHOLE


def test_a_sentence_over_two_lines_stays_in_its_row() -> None:
    """Its row is nearly as high as two, but its lines stand as near together as those of one cell do."""
    ys = [*levels(4), TOP + 6 * ROW]
    wrapped = [line(text, XS[1] + 2, TOP + 5 * ROW + off) for text, off in (("電源を切って", -5.4), ("から外す", 5.4))]
    ends = [line(text, x + 2, TOP + 5 * ROW) for text, x in (("六", XS[0]), ("八時間", XS[2]))]
    found = table(ys, XS, [*words(ROWS[:4], XS), *wrapped, *ends])
    assert found[4, 1] == "電源を切ってから外す"


def test_words_that_start_in_line_are_a_column() -> None:
    assert table(levels(5), [XS[0], XS[1], XS[3]], words([(*row[:1], row[1] or "長", row[2]) for row in ROWS], XS)) == {
        **WHOLE,
        (2, 1): "長",
    }


def test_a_text_layer_has_all_its_rules() -> None:
    ys = levels(5)
    found = table([*ys[:3], *ys[4:]], XS, words(ROWS, XS), Method.TEXT_LAYER)
    assert found[2, 0] == "修理請求"
