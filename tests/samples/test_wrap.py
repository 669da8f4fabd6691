"""Line breaking: one em a character here, so that the widths can be counted by eye."""

import pytest
from samples.wrap import wrap


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("あいうえお", 3, ["あいう", "えお"]),
        ("あいう。えお", 3, ["あいう。", "えお"]),
        ("あいう」えお", 3, ["あい", "う」え", "お"]),
        ("あい「うえ", 3, ["あい", "「うえ"]),
        ("あい10日前", 3, ["あい", "10日", "前"]),
        ("あいうー", 3, ["あい", "うー"]),
        ("", 3, [""]),
    ],
)
def test_lines_break_as_a_reader_expects(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width, len) == lines
