"""Reading order of boxes, and of vertical writing."""

from hypothesis import given
from hypothesis import strategies as st

from kbtool import layout
from kbtool.document import Box, Method
from kbtool.layout.order import regions
from kbtool.reading import Line, PageReading

side = st.floats(0, 600, allow_nan=False)
boxes = st.builds(lambda x, y, w, h: Box(x, y, x + w / 4, y + h / 20), side, side, side, side)


@given(st.lists(boxes, max_size=40))
def test_every_box_is_read_exactly_once(given_boxes: list[Box]) -> None:
    order = [index for region in regions(given_boxes, 10) for row in region for index in row]
    assert sorted(order) == list(range(len(given_boxes)))


def test_three_columns() -> None:
    columns = [Box(x, 100 + 14 * n, x + 150, 110 + 14 * n) for x in (40, 220, 400) for n in range(12)]
    shuffled = columns[::-1]
    order = [shuffled[index] for region in regions(shuffled, 10) for row in region for index in row]
    assert order == columns


def test_vertical_writing_goes_from_right_to_left() -> None:
    def column(text: str, x: float) -> Line:
        spans = tuple((100.0 + 10 * n, 110.0 + 10 * n) for n in range(len(text)))
        return Line(text, Box(x, 100, x + 10, 100 + 10 * len(text)), spans, 10, vertical=True)

    lines = (
        column("二行めはここで終わる。", 300),
        column("一行めは右から始まり長く続いて左の", 320),
        column("三行めです。", 270),
    )
    page = layout.build_page(PageReading(1, 595, 842, Method.TEXT_LAYER, "e", lines), "doc")
    assert [block.text for block in page.blocks] == [
        "一行めは右から始まり長く続いて左の二行めはここで終わる。",
        "三行めです。",
    ]


def order_of(*given: Box) -> list[Box]:
    return [given[index] for region in regions(given, 10) for row in region for index in row]


def lines(x0: float, x1: float, y: float, count: int, pitch: float = 15) -> list[Box]:
    """Lines of a paragraph, the last one short."""
    ends = [x1] * (count - 1) + [(x0 + x1) / 2]
    return [Box(x0, y + n * pitch, end, y + n * pitch + 10) for n, end in enumerate(ends)]


def test_what_lies_over_both_columns_does_not_end_them() -> None:
    left, right = lines(50, 280, 100, 12), lines(310, 540, 104, 12)
    stamp = Box(270, 180, 330, 200)
    order = order_of(*left, stamp, *right)
    assert [box for box in order if box is not stamp] == left + right


def test_a_table_across_ends_the_columns_above_it() -> None:
    above = lines(50, 280, 100, 5), lines(310, 540, 100, 4)
    below = lines(50, 280, 400, 5), lines(310, 540, 400, 6)
    table = Box(50, 220, 540, 380)
    assert order_of(table, *below[1], *above[1], *below[0], *above[0]) == [
        *above[0],
        *above[1],
        table,
        *below[0],
        *below[1],
    ]


def test_a_table_across_two_of_three_columns() -> None:
    first, third = lines(40, 190, 100, 20), lines(390, 540, 300, 7)
    above, below = lines(215, 365, 100, 3), lines(215, 365, 300, 6)
    above_third = lines(390, 540, 100, 4)
    table = Box(215, 180, 540, 290)
    assert order_of(*third, *below, table, *above_third, *above, *first) == [
        *first,
        *above,
        *above_third,
        table,
        *below,
        *third,
    ]


def test_a_note_beside_the_text_is_read_by_itself() -> None:
    text, note = lines(50, 430, 100, 20), lines(455, 540, 143, 5, pitch=12)
    assert order_of(*note, *text) == text + note


def test_names_and_values_are_read_row_by_row() -> None:
    rows = [
        (Box(60, y, 60 + 9 * n, y + 10), Box(300, y, 300 + 23 * (9 - n), y + 10))
        for n, y in enumerate(range(100, 240, 20), 2)
    ]
    assert order_of(*(box for row in rows for box in row[::-1])) == [box for row in rows for box in row]


def test_a_full_stop_that_hangs_into_the_gutter() -> None:
    left, right = lines(50, 280, 100, 9), lines(296, 540, 100, 9)
    hanging = Box(50, 145, 291, 155)
    left[3] = hanging
    assert order_of(*right, *left) == left + right


def test_a_line_over_a_narrow_gutter_is_cut_where_the_others_are_white() -> None:
    def line(text: str, x: float, y: float) -> Line:
        spans = tuple(
            (x + 10 * n + (12 if n >= 20 else 0), x + 10 * n + (22 if n >= 20 else 10)) for n in range(len(text))
        )
        return Line(text, Box(x, y, spans[-1][1], y + 10), spans, 10)

    left = "水を入れてからふたを閉めて電源を入れるこ"
    right = "運転が終わったら水を捨ててふたを開けてお"
    page = [line(left + right, 50, 100 + 15 * n) for n in range(6)]
    built = layout.build_page(PageReading(1, 595, 842, Method.TEXT_LAYER, "e", tuple(page)), "doc")
    assert [block.text for block in built.blocks] == [left * 6, right * 6]


def test_a_level_heading_over_vertical_writing() -> None:
    def column(text: str, x: float, y: float) -> Line:
        spans = tuple((y + 10.0 * n, y + 10.0 + 10 * n) for n in range(len(text)))
        return Line(text, Box(x, y, x + 10, y + 10 * len(text)), spans, 10, vertical=True)

    heading = Line("毎月のお便り", Box(100, 60, 280, 90), tuple((100.0 + 30 * n, 130.0 + 30 * n) for n in range(6)), 30)
    upper = [column("上の段は右の端から左へと読んでいくのが決まりです", 500 - 18 * n, 120) for n in range(8)]
    lower = [column("下の段は上の段を読み終えたあとで右端から読みます", 500 - 18 * n, 400) for n in range(8)]
    given = PageReading(1, 595, 842, Method.TEXT_LAYER, "e", (*lower[::-1], *upper[::-1], heading))
    texts = [block.text for block in layout.build_page(given, "doc").blocks]
    assert "".join(texts) == "毎月のお便り" + upper[0].text * 8 + lower[0].text * 8


def test_vertical_columns_beside_level_text() -> None:
    def column(text: str, x: float) -> Line:
        spans = tuple((200 + 10.0 * n, 210 + 10.0 * n) for n in range(len(text)))
        return Line(text, Box(x, 200, x + 10, 200 + 10 * len(text)), spans, 10, vertical=True)

    def row(text: str, y: float) -> Line:
        return Line(
            text,
            Box(50, y, 50 + 10 * len(text), y + 10),
            tuple((50 + 10.0 * n, 60 + 10.0 * n) for n in range(len(text))),
            10,
        )

    level = [row("横書きの本文は左の端から右へと読んでいきますので囲みの中より", 100 + 15 * n) for n in range(24)]
    vertical = [column("縦書きの囲みは右から左へ読みます", 500 - 18 * n) for n in range(3)]
    given = PageReading(1, 595, 842, Method.TEXT_LAYER, "e", (*vertical[::-1], *level))
    texts = [block.text for block in layout.build_page(given, "doc").blocks]
    assert texts == [level[0].text * 24, vertical[0].text * 3]


def test_columns_of_short_sections_on_one_grid() -> None:
    """Each section is a heading, a full line and a short last one, so that few lines are full."""
    left, right = ([box for n in range(5) for box in _section(x, 100 + 45 * n)] for x in (50.0, 310.0))
    assert order_of(*left, *right[:-3]) == [*left, *right[:-3]]


def _section(x: float, y: float) -> list[Box]:
    return [Box(x, y, x + 70, y + 10), *lines(x, x + 220, y + 15, 2)]


def test_lines_torn_by_a_stamp_are_no_columns() -> None:
    whole = [Box(50, 100 + 15 * n, 540, 110 + 15 * n) for n in range(8)]
    torn = [(Box(50, box.y0, 250, box.y1), Box(310, box.y0, 540, box.y1)) for box in whole[3:6]]
    rows = [[box] for box in whole[:3]] + [list(pair) for pair in torn] + [[box] for box in whole[6:]]
    assert order_of(*(box for row in rows for box in row)) == [box for row in rows for box in row]


def test_a_footnote_under_records_side_by_side_comes_after_both() -> None:
    left = [Box(50, 100 + 12 * n, 160, 110 + 12 * n) for n in range(4)]
    right = [Box(310, box.y0, 430, box.y1) for box in left]
    note = Box(40, 156, 280, 166)
    given_boxes = [*left, note, *right]
    labels = ["", "〒", "TEL", "受付", "", "", "〒", "TEL", "受付"]
    order = [index for region in regions(given_boxes, 10, labels=labels) for row in region for index in row]
    assert [given_boxes[index] for index in order] == [*left, *right, note]
