"""Doubtful words of a scan are kept on their block: the very word, its place and how sure it was."""

import pytest

from kbtool import layout
from kbtool.document import Box, Method
from kbtool.reading import Grid, GridCell, Line, PageReading


def line(text: str, sure: dict[str, float], top: float = 100.0, left: float = 100.0) -> Line:
    """A line of 10-point letters; ``sure`` says which letters are less sure than 99 %."""
    confidences = tuple(sure.get(char, 99.0) for char in text)
    spans = tuple((left + 10 * at, left + 10 * at + 10) for at in range(len(text)))
    box = Box(left, top, left + 10 * len(text), top + 10)
    return Line(text, box, spans, 10.0, min(confidences), confidences)


def doubts(*lines: Line, method: Method = Method.OCR, grids: tuple[Grid, ...] = ()) -> list[tuple[str, float]]:
    page = layout.build_page(PageReading(1, 600.0, 800.0, method, "試験", lines, grids), "a")
    return [(doubt.text, doubt.confidence) for block in page.blocks for doubt in block.doubts]


@pytest.mark.parametrize(
    ("text", "sure", "expected"),
    [
        ("未開封で、到着後8日以内にご連絡", {"着": 61.2}, [("到着後", 61.2)]),
        ("集じんフィルターは KD-F50 です", {"F": 70.0}, [("KD-F50", 70.0)]),
        ("加湿フィルターの汚れ", {"ル": 40.0}, [("フィルター", 40.0)]),
        ("お届けします。", {"け": 50.0}, [("け", 50.0)]),
        ("お届けします。", {"け": 50.0, "し": 60.0}, [("けし", 50.0)]),
        ("（1）お名前をうかがう", {"（": 30.0, "）": 30.0}, []),
        ("濃度は50％です", {"％": 30.0}, [("50％", 30.0)]),
        ("濃度は50％です", {"で": 95.0}, []),
    ],
)
def test_the_word_is_named(text: str, sure: dict[str, float], expected: list[tuple[str, float]]) -> None:
    assert [(word, each) for word, each in doubts(line(text, sure))] == expected


def test_the_place_is_that_of_the_word() -> None:
    reading = PageReading(1, 600.0, 800.0, Method.OCR, "試験", (line("到着後に連絡", {"着": 50.0}),))
    (block,) = layout.build_page(reading, "a").blocks
    assert block.doubts[0].box == Box(0.1667, 0.125, 0.2167, 0.1375)


def test_a_word_in_a_cell_stands_on_the_table() -> None:
    cells = tuple(
        GridCell(r, c, Box(90 + 200 * c, 90 + 30 * r, 290 + 200 * c, 120 + 30 * r)) for r in (0, 1) for c in (0, 1)
    )
    grid = Grid(Box(90, 90, 490, 150), 2, 2, cells)
    words = (line("コード", {}), line("理由", {}, left=300.0), line("E01", {"0": 55.0}, top=130.0))
    assert doubts(*words, grids=(grid,)) == [("E01", 55.0)]


def test_an_engine_that_tells_of_lines_doubts_lines_and_a_text_layer_nothing() -> None:
    whole = Line("到着後8日以内", Box(100, 100, 180, 110), (), 10.0, 70.0)
    assert doubts(whole) == [("到着後8日以内", 70.0)]
    assert doubts(line("到着", {"着": 10.0}), method=Method.TEXT_LAYER) == []
