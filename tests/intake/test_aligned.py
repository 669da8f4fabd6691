"""Tables without rules: found where words stand in columns, never in prose set in two columns."""

from pathlib import Path

import pytest

from kbtool.document import Kind
from tests.intake.offices import read, spans
from tests.intake.papers import pdf

PROSE = "加湿のしくみは気化式です。水を含ませたフィ"


def table_rows(
    x: tuple[float, ...], rows: list[tuple[str, ...]], *, top: float = 120, pitch: float = 20
) -> list[tuple[float, float, str]]:
    return [(x[c], top + n * pitch, text) for n, row in enumerate(rows) for c, text in enumerate(row) if text]


PRICES = [
    ("品番", "品名", "価格"),
    ("KD-10", "フィルター", "1,980円"),
    ("KD-11", "給水タンク", "2,480円"),
    ("KD-12", "吸込口カバー", "980円"),
]


def test_a_price_list_between_paragraphs_is_a_table(tmp_path: Path) -> None:
    words = [(60.0, 80.0, "消耗品の価格は次のとおりです。お電話でも承ります。"), *table_rows((60, 180, 320), PRICES)]
    page = pdf([*words, (60.0, 220.0, "価格は税込みです。予告なく変わることがありますのでご了承ください。")])
    blocks = read(tmp_path, "a.pdf", page).pages[0].blocks
    assert [block.kind for block in blocks] == [Kind.PARAGRAPH, Kind.TABLE, Kind.PARAGRAPH]
    assert [cell.text for cell in blocks[1].cells] == [text for row in PRICES for text in row]


def test_wrapped_cells_and_empty_ones(tmp_path: Path) -> None:
    rows = [
        ("症状", "原因", "処置"),
        ("加湿しない", "水がない", "タンクに水を入れます。そのあと電源"),
        ("", "", "を入れ直します。"),
        ("", "湿度が高い", "故障ではありません。"),
        ("風が弱い", "目詰まり", "掃除します。"),
    ]
    blocks = read(tmp_path, "a.pdf", pdf(table_rows((60, 180, 300), rows, pitch=16))).pages[0].blocks
    assert [cell[4] for cell in spans(blocks[0])] == [
        "症状", "原因", "処置",
        "加湿しない", "水がない", "タンクに水を入れます。そのあと電源を入れ直します。",
        "", "湿度が高い", "故障ではありません。",
        "風が弱い", "目詰まり", "掃除します。",
    ]  # fmt: skip


def test_labels_and_values_in_two_columns_are_a_table(tmp_path: Path) -> None:
    rows = [("型番", "KD-H500"), ("電源", "交流100V"), ("質量", "約4.8kg"), ("運転音", "18〜46dB")]
    (block,) = read(tmp_path, "a.pdf", pdf(table_rows((60, 200), rows))).pages[0].blocks
    assert len(block.cells) == 8


@pytest.mark.parametrize(
    "rows",
    [
        [(PROSE, PROSE)] * 8,
        [("①", "電源プラグを抜く"), ("②", "タンクの水を捨てる"), ("③", "柔らかい布でふく")],
        [("1.", "抜く", "p.3"), ("2.", "捨てる", "p.4"), ("3.", "ふく", "p.5")],
        [("左の短い文", "右の短い文"), ("左の文", "右の文")],
    ],
)
def test_prose_in_columns_and_lists_are_no_tables(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    blocks = read(tmp_path, "a.pdf", pdf(table_rows((60, 320, 460), rows))).pages[0].blocks
    assert Kind.TABLE not in [block.kind for block in blocks]
