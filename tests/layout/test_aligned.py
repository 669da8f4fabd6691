"""Tables without rules on scanned pages."""

from kbtool.document import Box, Kind, Method
from kbtool.layout import build_page
from kbtool.reading import Line, PageReading

ROWS = (
    ("項目", "値", "備考"),
    ("消費電力", "613W", "水を入れる"),
    ("定格電圧", "100V", "点検に出す"),
    ("運転音", "30dB", ""),
)


def line(x: float, y: float, text: str) -> Line:
    spans = tuple((x + 10 * i, x + 10 * (i + 1)) for i in range(len(text)))
    return Line(text, Box(x, y, x + 10 * len(text), y + 11), spans, 10.0)


def page(lines: tuple[Line, ...]) -> PageReading:
    return PageReading(1, 595, 842, Method.OCR, "ppocr", lines)


def test_words_in_columns_are_a_table() -> None:
    places = (
        (x, 200.0 + 22 * r, row) for r, texts in enumerate(ROWS) for x, row in zip((60, 220, 330), texts, strict=True)
    )
    blocks = build_page(page(tuple(line(x, y, text) for x, y, text in places if text)), "manual").blocks
    (table,) = [block for block in blocks if block.kind is Kind.TABLE]
    assert {(cell.row, cell.column, cell.text) for cell in table.cells} == {
        (r, c, text) for r, texts in enumerate(ROWS) for c, text in enumerate(texts)
    }


def test_two_columns_of_prose_are_none() -> None:
    prose = "電源を入れる前に水を目盛りまで入れてからふたを"
    lines = tuple(line(x, 100.0 + 18 * n, prose) for x in (50, 310) for n in range(12))
    assert {block.kind for block in build_page(page(lines), "manual").blocks} == {Kind.PARAGRAPH}
