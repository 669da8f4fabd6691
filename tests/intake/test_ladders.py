"""Tables ruled between their rows only, as manuals like them: words decide whether level rules make a table."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from kbtool.document import Kind
from tests.intake.offices import read, spans
from tests.intake.papers import pdf

X = (64.0, 164.0, 304.0)
ROWS = [
    ("症状", "原因", "処置"),
    ("風が弱い", "フィルターが", "掃除機でほこりを吸い取ります。"),
    ("", "汚れている", "それでも弱いときは交換します。"),
    ("音が大きい", "強運転", "故障ではありません。"),
    ("においがする", "水が古い", "毎日水を入れ替えてください。"),
]
TOPS = (100.0, 122.0, 162.0, 184.0, 206.0)
WORDS = [
    (x, y, text)
    for row, y in zip(ROWS, (115.0, 138.0, 154.0, 177.0, 199.0), strict=True)
    for x, text in zip(X, row, strict=True)
    if text
]
CELLS = [
    "症状", "原因", "処置",
    "風が弱い", "フィルターが汚れている", "掃除機でほこりを吸い取ります。それでも弱いときは交換します。",
    "音が大きい", "強運転", "故障ではありません。",
    "においがする", "水が古い", "毎日水を入れ替えてください。",
]  # fmt: skip


def level(paper: Canvas) -> None:
    for top in TOPS:
        paper.line(60, 842 - top, 500, 842 - top)


def framed(paper: Canvas) -> None:
    level(paper)
    for x in (60, 500):
        paper.line(x, 842 - TOPS[0], x, 842 - TOPS[-1])


@pytest.mark.parametrize("draw", [level, framed])
def test_level_rules_make_the_rows_and_words_the_columns(tmp_path: Path, draw: object) -> None:
    (block,) = read(tmp_path, "a.pdf", pdf(WORDS, draw=draw)).pages[0].blocks
    assert block.kind is Kind.TABLE
    assert [cell[4] for cell in spans(block)] == CELLS


def test_rules_round_headings_and_paragraphs_are_no_table(tmp_path: Path) -> None:
    sentence = "ご使用の前にこの説明書をよくお読みになり、正しくお使いください。"
    words = [(64.0, top + 14, sentence) for top in TOPS]
    blocks = read(tmp_path, "a.pdf", pdf(words, draw=level)).pages[0].blocks
    assert {block.kind for block in blocks} == {Kind.PARAGRAPH}


def test_a_table_in_one_of_two_columns(tmp_path: Path) -> None:
    prose = "水を入れてからふたを閉めて電源を入れるこ"
    left = [(60.0, 100 + 16.0 * n, prose) for n in range(5)] + [(60.0, 300 + 16.0 * n, prose) for n in range(4)]
    right = [(310.0, 105 + 16.0 * n, prose) for n in range(15)]
    rows = [("表示", "原因"), ("E01", "水がない"), ("E02", "ふたが開いた"), ("E03", "汚れ"), ("E04", "高温")]
    table = [
        (x, 200 + 18.0 * n, text) for n, row in enumerate(rows) for x, text in zip((64.0, 140.0), row, strict=True)
    ]
    blocks = read(tmp_path, "a.pdf", pdf(left + table + right)).pages[0].blocks
    assert [block.kind for block in blocks] == [Kind.PARAGRAPH, Kind.TABLE, Kind.PARAGRAPH, Kind.PARAGRAPH]
    assert [cell.text for cell in blocks[1].cells] == [text for row in rows for text in row]
