"""Figures and the lines that name them."""

import pytest

from kbtool import layout
from kbtool.document import Box, Kind, Method
from kbtool.reading import Line, PageReading, Ruby

FIGURE = Box(100, 200, 400, 400)


def line(text: str, y: float) -> Line:
    return Line(text, Box(100, y, 100 + 10 * len(text), y + 10), (), 10.0)


def page(*lines: Line, ruby: tuple[Ruby, ...] = ()) -> list[tuple[Kind, str]]:
    reading = PageReading(2, 595, 842, Method.TEXT_LAYER, "pdfium", lines, figures=(FIGURE,), ruby=ruby)
    return [(block.kind, block.text) for block in layout.build_page(reading, "d").blocks]


@pytest.mark.parametrize(
    ("caption", "y"),
    [("図1 各部の名前", 408), ("写真３　取り付けた例", 408), ("Fig. 2 Parts", 405), ("図１－２ 配線", 182)],
)
def test_the_line_that_names_a_figure_becomes_its_caption(caption: str, y: float) -> None:
    found = page(line("はじめの段落です。", 100), line(caption, y), line("つづきの段落です。", 600))
    assert (Kind.FIGURE, caption) in found
    assert [text for _, text in found].count(caption) == 1


@pytest.mark.parametrize(
    ("text", "y"), [("図書館は休みです。", 408), ("つぎの図1を見てください。", 408), ("図1 遠い", 520)]
)
def test_other_lines_are_no_captions(text: str, y: float) -> None:
    found = page(line("はじめの段落です。", 100), line(text, y))
    assert (Kind.FIGURE, "") in found
    assert text in [words for kind, words in found if kind is not Kind.FIGURE]


def test_ruby_is_a_block_of_its_own_and_shown_nowhere_else() -> None:
    found = page(line("無線綴じにします。", 100), ruby=(Ruby("無線綴", "むせんとじ", Box(100, 94, 130, 99)),))
    assert found[-1] == (Kind.RUBY, "無線綴《むせんとじ》")
