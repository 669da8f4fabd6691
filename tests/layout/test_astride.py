"""Tables of words beside each other in two columns of print."""

from kbtool.document import Box
from kbtool.layout.astride import parted
from kbtool.reading import Grid, Line
from tests.layout import drawing

PRINT = (
    "水を入れてからふたを閉めて電源を入れ            汚れたときは柔らかい布で水拭きして\n"
    "ると運転が始まります。止めるときはも            から乾いた布で仕上げてください。薬\n"
    "う一度押してから手を離してくださいね            品や熱い湯で洗うと色が落ちますよ。\n"
)
TABLES = (
    "窓口      電話      受付                        窓口      電話      受付\n"
    "修理係    001       九時                        配送係    004       五時\n"
    "返品係    002       十時                        会員係    005       六時\n"
    "夜間係    003       八時                        相談室    006       七時\n"
)
#: Around the four rows of the tables when nine rows of print stand above them.
ASTRIDE = Grid(Box(58, 253, 440, 314), 4, 6, ())


def lines(drawn: str) -> list[Line]:
    return list(drawing.read(drawn).lines)


def test_two_tables_in_two_columns_are_two() -> None:
    found = parted([ASTRIDE], lines(PRINT * 3 + TABLES), 10)
    assert [(grid.rows, grid.columns) for grid in found] == [(4, 3), (4, 3)]
    assert found[0].box.x1 < found[1].box.x0


def test_print_in_two_columns_is_no_table() -> None:
    assert parted([ASTRIDE], lines(PRINT * 6), 10) == []


def test_a_table_on_a_page_without_columns_stays() -> None:
    across = "水を入れてからふたを閉めて電源を入れると運転が始まります。止めるときはもう一度押す\n"
    assert parted([ASTRIDE], lines(across * 9 + TABLES), 10) == [ASTRIDE]
