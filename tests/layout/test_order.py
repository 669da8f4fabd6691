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
