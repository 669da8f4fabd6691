"""Ruled grids, from drawn pages."""

import cv2
import numpy as np
import pytest

from kbtool.reading import Grid
from kbtool.recognise import Raster, RecogniseOptions, recognise
from kbtool.recognise.clean_up import clean
from kbtool.recognise.grids import find_grids
from kbtool.recognise.rules import groups_of, table_groups, wipe_out
from kbtool.recognise.ruling import find_rules
from tests.recognise.paper import DPI, Sheet, scanned

XS, YS = (100, 300, 600, 900), (100, 180, 260, 340, 420)


def merged_table() -> Sheet:
    """4 rows by 3 columns; the first column joins rows 1 and 2, the last row its last two columns."""
    sheet = Sheet(1000, 520)
    sheet.rules(XS, YS)
    sheet.draw.rectangle((103, 176, 297, 184 + 80), fill="white")
    sheet.draw.line((100, 180, 300, 180), fill="black", width=2)
    sheet.draw.line((100, 260, 300, 260), fill="white", width=3)
    sheet.draw.line((100, 255, 100, 265), fill="black", width=2)
    sheet.draw.line((300, 255, 300, 265), fill="black", width=2)
    sheet.draw.rectangle((597, 343, 603, 417), fill="white")
    return sheet


def shape(grid: Grid) -> set[tuple[int, int, int, int]]:
    return {(c.row, c.column, c.row_span, c.column_span) for c in grid.cells if (c.row_span, c.column_span) != (1, 1)}


@pytest.mark.parametrize("degrees", [0.0, 1.0, -2.0])
@pytest.mark.parametrize("shadow", [False, True])
def test_finds_merged_cells(degrees: float, shadow: bool) -> None:
    sheet = merged_table()
    sheet.text(320, 120, "返品・交換の可否", 30)
    page = clean(scanned(sheet.raster(), degrees=degrees, noise=6, shadow=shadow))
    (grid,) = find_grids(table_groups(groups_of(find_rules(page.grey, DPI))))
    assert (len(grid.ys) - 1, len(grid.xs) - 1) == (4, 3)
    merged = {(c.row, c.column, c.row_span, c.column_span) for c in grid.cells}
    assert {(1, 0, 2, 1), (3, 1, 1, 2)} <= merged
    assert len(grid.cells) == 10


def test_thin_rules_and_grey_heads() -> None:
    sheet = Sheet(1000, 520)
    sheet.draw.rectangle((100, 100, 900, 180), fill=(215, 215, 215))
    sheet.rules(XS, YS, width=1)
    page = clean(scanned(sheet.raster(), noise=5))
    (grid,) = find_grids(table_groups(groups_of(find_rules(page.grey, DPI))))
    assert len(grid.cells) == 12


@pytest.mark.parametrize("ink", ["black", (20, 60, 140)])
def test_a_dark_head_in_white_letters_is_a_row(ink: object) -> None:
    sheet = Sheet(1000, 520)
    sheet.rules(XS, YS)
    sheet.draw.rectangle((100, 100, 900, 180), fill=ink)  # type: ignore[arg-type]
    for x, words in zip(XS, ("型番", "品名", "価格"), strict=False):
        sheet.text(x + 20, 122, words, ink="white")
    sheet.text(120, 202, "見本")
    reading = recognise(scanned(sheet.raster(), noise=5), 1, RecogniseOptions(engine="ppocr"))
    assert [(grid.rows, grid.columns, len(grid.cells)) for grid in reading.grids] == [(4, 3, 12)]
    assert {line.text for line in reading.lines} == {"型番", "品名", "価格", "見本"}


def test_lines_of_heavy_type_are_no_bars() -> None:
    sheet = Sheet(1000, 520)
    for n in range(4):
        sheet.text(60, 60 + 50 * n, "警告注意図書館国語電話番号鑑賞競争種類量", 40)
        sheet.text(61, 60 + 50 * n, "警告注意図書館国語電話番号鑑賞競争種類量", 40)
    assert not find_rules(clean(scanned(sheet.raster(), noise=5)).grey, DPI).bars.any()


@pytest.mark.parametrize(("ink", "noise"), [(0, 12.0), (120, 8.0)])
def test_hairlines_of_soft_and_pale_scans(ink: int, noise: float) -> None:
    sheet = Sheet(1000, 620)
    sheet.rules(XS, YS, width=1)
    sheet.text(110, 120, "商品", 24)
    sheet.text(100, 480, "見積りの有効期限は発行日から定期点検の費用は国土西書面", 30)
    soft = cv2.GaussianBlur(sheet.raster().pixels, (0, 0), 1.0)
    worn = Raster((ink + soft * ((235 - ink) / 255)).astype(np.uint8), DPI)
    page = clean(scanned(worn, noise=noise))
    rules = find_rules(page.grey, DPI)
    groups = table_groups(groups_of(rules))
    (grid,) = find_grids(groups)
    assert len(grid.cells) == 12
    assert np.array_equal(wipe_out(page.grey, rules, groups)[460:], page.grey[460:]), "words stay whole"


def test_open_sides_count() -> None:
    sheet = Sheet(1000, 520)
    for y in YS:
        sheet.draw.line((100, y, 900, y), fill="black", width=2)
    sheet.draw.line((400, 100, 400, 420), fill="black", width=2)
    (grid,) = find_grids(table_groups(groups_of(find_rules(clean(sheet.raster()).grey, DPI))))
    assert (len(grid.ys) - 1, len(grid.xs) - 1) == (4, 2)


def test_a_box_and_an_underline_are_no_table() -> None:
    sheet = Sheet(1000, 520)
    sheet.draw.rectangle((100, 100, 900, 300), outline="black", width=3)
    sheet.draw.line((100, 400, 900, 400), fill="black", width=3)
    assert find_grids(table_groups(groups_of(find_rules(clean(sheet.raster()).grey, DPI)))) == ()


def test_words_of_cells_and_the_dash_nobody_sees() -> None:
    sheet = merged_table()
    for x, y, words in (
        (120, 120, "商品"),
        (320, 120, "状態"),
        (620, 120, "送料"),
        (120, 235, "青汁"),
        (320, 200, "未開封"),
    ):
        sheet.text(x, y, words, 32)
    sheet.text(730, 200, "－", 32)
    reading = recognise(sheet.raster(), 1, RecogniseOptions(engine="ppocr"))
    assert shape(reading.grids[0]) == {(1, 0, 2, 1), (3, 1, 1, 2)}
    assert {line.text for line in reading.lines} == {"商品", "状態", "送料", "青汁", "未開封", "－"}


def test_marks_of_yes_and_no_and_a_cell_crossed_out() -> None:
    sheet = Sheet(1000, 520)
    sheet.rules(XS, YS)
    for y, row in zip(
        YS, (("品名", "白", "青"), ("大型", "○", "△"), ("中型", "×", "○"), ("小型", "○", "")), strict=False
    ):
        for x, words in zip(XS, row, strict=False):
            sheet.text(x + 80, y + 22, words, 34)
    sheet.draw.line((600, 340, 900, 420), fill="black", width=2)
    reading = recognise(scanned(sheet.raster(), noise=4), 1, RecogniseOptions(engine="ppocr"))
    found = [
        line.text for line in sorted(reading.lines, key=lambda line: (round(line.box.centre[1] / 10), line.box.x0))
    ]
    assert found == ["品名", "白", "青", "大型", "○", "△", "中型", "×", "○", "小型", "○"]


def test_cells_hardly_higher_than_their_type_below_a_tinted_head() -> None:
    """As price lists have them: 8 points of type between rules 13 points apart, a grey head, soft from the scanner."""
    sheet, xs, ys = Sheet(1000, 420), (100, 300, 600, 900), tuple(100 + 36 * row for row in range(8))
    sheet.draw.rectangle((xs[0], ys[0], xs[-1], ys[1]), fill=(198, 198, 198))
    for row, y in enumerate(ys[:-1]):
        for x, words in zip(xs, ("品質保証部", "コードレス掃除機の部品", "福岡県福岡市仮名町"), strict=False):
            sheet.text(x + 9, y + 6, words[row % 5 :] + words[: row % 5], 22)
    sheet.rules(xs, ys)
    raster = scanned(sheet.raster(), noise=5)
    soft = Raster(cv2.GaussianBlur(raster.pixels, (0, 0), 1.3), raster.dpi)
    (grid,) = find_grids(table_groups(groups_of(find_rules(clean(soft).grey, DPI))))
    assert (len(grid.ys) - 1, len(grid.xs) - 1, len(grid.cells)) == (7, 3, 21)


@pytest.mark.parametrize("scrap", [(300, 130, 400, 130), (600, 220, 700, 220), (450, 180, 450, 228)])
def test_a_stroke_that_parts_no_cells_is_no_line_of_the_grid(scrap: tuple[int, int, int, int]) -> None:
    sheet = Sheet(1000, 520)
    sheet.rules(XS, YS)
    sheet.draw.line(scrap, fill="black", width=2)
    (grid,) = find_grids(table_groups(groups_of(find_rules(clean(scanned(sheet.raster(), noise=5)).grey, DPI))))
    assert (len(grid.ys) - 1, len(grid.xs) - 1, len(grid.cells)) == (4, 3, 12)
    assert {(cell.row_span, cell.column_span) for cell in grid.cells} == {(1, 1)}
