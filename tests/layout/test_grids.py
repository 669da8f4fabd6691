"""Words in ruled tables and boxes, captions, stamps and fields."""

from kbtool import layout
from kbtool.document import Box, Kind, Method, Page
from kbtool.reading import FieldReading, Grid, GridCell, Line, PageReading, Stamp


def line(text: str, x: float, y: float, size: float = 10, confidences: tuple[float, ...] = ()) -> Line:
    spans = tuple((x + n * size, x + (n + 1) * size) for n in range(len(text)))
    return Line(text, Box(x, y, x + len(text) * size, y + size), spans, size, confidences=confidences)


def table() -> Grid:
    """Two columns; the first cell of rows 2 and 3 is merged."""
    cells = (
        GridCell(0, 0, Box(50, 100, 150, 120)),
        GridCell(0, 1, Box(150, 100, 300, 120)),
        GridCell(1, 0, Box(50, 120, 150, 160), row_span=2),
        GridCell(1, 1, Box(150, 120, 300, 140)),
        GridCell(2, 1, Box(150, 140, 300, 160)),
    )
    return Grid(Box(50, 100, 300, 160), 3, 2, cells)


def page(*lines: Line, **more: object) -> Page:
    reading = PageReading(1, 595, 842, Method.OCR, "e", lines, **more)  # type: ignore[arg-type]
    return layout.build_page(reading, "doc")


def test_a_line_across_cells_is_cut_at_the_rule() -> None:
    built = page(
        line("症状　　　　　　　　　処置", 55, 105),
        line("水漏れ", 55, 135),
        line("拭く", 155, 125),
        line("締める", 155, 145),
        grids=(table(),),
    )
    (block,) = built.blocks
    assert block.kind is Kind.TABLE
    assert [(cell.row, cell.column, cell.text, cell.row_span) for cell in block.cells] == [
        (0, 0, "症状", 1),
        (0, 1, "処置", 1),
        (1, 0, "水漏れ", 2),
        (1, 1, "拭く", 1),
        (2, 1, "締める", 1),
    ]
    assert layout.markdown([built]) == "| 症状 | 処置 |\n| --- | --- |\n| 水漏れ | 拭く |\n|  | 締める |\n"


def test_the_line_above_a_table_is_its_caption() -> None:
    built = page(
        line("修理の前にお確かめください。", 50, 40),
        line("3-4 対処の表", 50, 85),
        line("水漏れ", 55, 135),
        grids=(table(),),
    )
    assert [block.kind for block in built.blocks] == [Kind.PARAGRAPH, Kind.CAPTION, Kind.TABLE]


def test_confidence_is_mean_and_least_over_characters() -> None:
    (block,) = page(line("四文字文", 50, 300, confidences=(100, 90, 80, 50))).blocks
    assert (block.provenance.confidence, block.provenance.min_confidence) == (80, 50)
    assert block.provenance.box == Box(0.08403, 0.35629, 0.15126, 0.36817)


def test_a_box_keeps_its_words_together() -> None:
    frame = Grid(Box(50, 100, 300, 160), 1, 1, (GridCell(0, 0, Box(50, 100, 300, 160)),))
    built = page(
        line("警告", 60, 105),
        line("・分解しないでください。", 60, 125),
        line("箱の横の文です。", 320, 125),
        grids=(frame,),
    )
    assert [block.text for block in built.blocks][:2] == ["警告", "・分解しないでください。"]


def test_stamps_and_fields_become_blocks_and_are_not_said_twice() -> None:
    built = page(
        line("社外秘", 500, 30),
        line("見本太郎", 100, 200),
        stamps=(Stamp(Box(495, 25, 535, 45), "社外秘", 90),),
        fields=(
            FieldReading("slip/name", Box(90, 195, 200, 215), "見本太郎", 80),
            FieldReading("slip/kind/phone", Box(90, 300, 110, 320), marked=True, confidence=99),
            FieldReading("slip/kind/mail", Box(90, 330, 110, 350), marked=False, confidence=97),
        ),
    )
    assert [(block.kind, block.text, block.name) for block in built.blocks] == [
        (Kind.STAMP, "社外秘", ""),
        (Kind.FORM_FIELD, "見本太郎", "slip/name"),
        (Kind.CHECK_MARK, "phone", "slip/kind/phone"),
        (Kind.CHECK_MARK, "", "slip/kind/mail"),
    ]
