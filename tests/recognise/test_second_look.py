"""Rules that shape alone does not tell: broken, touched by type, hidden by tints and dark heads."""

import cv2
import numpy as np

from kbtool.recognise import Raster
from kbtool.recognise.clean_up import clean
from kbtool.recognise.grids import PixelGrid, find_grids
from kbtool.recognise.raster import Grey
from kbtool.recognise.rules import groups_of, table_groups
from kbtool.recognise.ruling import find_rules
from kbtool.recognise.stretches import stretch
from tests.recognise.paper import DPI, Sheet, scanned

XS, YS = (100, 300, 600, 900), (100, 140, 180, 220, 260)


def grids(raster: Raster) -> tuple[PixelGrid, ...]:
    return find_grids(table_groups(groups_of(find_rules(clean(raster).grey, DPI))))


def spans(grid: PixelGrid) -> set[tuple[int, int, int, int]]:
    return {(c.row, c.column, c.row_span, c.column_span) for c in grid.cells}


def plain(rows: int, columns: int) -> set[tuple[int, int, int, int]]:
    return {(row, column, 1, 1) for row in range(rows) for column in range(columns)}


def test_a_rule_broken_by_a_fax_is_one_rule() -> None:
    """Every rule of the table is whole but one, of which a third is left; its neighbours bear words."""
    sheet = Sheet(1000, 400)
    sheet.rules(XS, YS)
    rng = np.random.default_rng(4)
    for x in range(102, 899, 3):
        if x not in XS and rng.random() < 0.67:
            sheet.draw.rectangle((x, 179, x + 2, 182), fill="white")
    for x in XS:
        sheet.draw.line((x, 170, x, 190), fill="black", width=2)
    for x, y in ((110, 146), (320, 186), (620, 146)):
        sheet.text(x, y, "取扱説明書国", 26)
    (grid,) = grids(scanned(sheet.raster(), noise=3))
    assert spans(grid) == plain(4, 3)


def test_type_that_touches_a_rule_does_not_hide_it() -> None:
    """The words of the last column stand as near to its rule as hurried typists set them."""
    sheet = Sheet(1000, 400)
    sheet.rules(XS, YS)
    for y in YS[:-1]:
        sheet.text(604, y + 8, "国際電話口座", 26)
    soft = Raster(cv2.GaussianBlur(sheet.raster().pixels, (0, 0), 1.3), DPI)
    (grid,) = grids(scanned(soft, noise=5))
    assert spans(grid) == plain(4, 3)


def test_dense_words_in_a_tinted_head_part_no_cells() -> None:
    sheet = Sheet(1000, 400)
    sheet.draw.rectangle((XS[0], YS[0], XS[-1], YS[1]), fill=(200, 200, 200))
    for x, words in zip(XS, ("型番", "適用機種", "価格"), strict=False):
        sheet.text(x + 8, YS[0] + 7, words, 27)
        sheet.text(x + 9, YS[0] + 7, words, 27)
    sheet.rules(XS, YS, width=1)
    soft = Raster(cv2.GaussianBlur(sheet.raster().pixels, (0, 0), 1.2), DPI)
    (grid,) = grids(scanned(soft, noise=5))
    assert spans(grid) == plain(4, 3)


def test_a_dark_head_of_merged_cells() -> None:
    """Two rows high at the sides, two columns wide in the middle, ruled in black on dark grey."""
    sheet, dark = Sheet(1100, 400), (60, 60, 60)
    xs, ys = (100, 300, 500, 700, 900), (100, 145, 190, 235, 280)
    for x0, x1 in ((xs[0], xs[1]), (xs[3], xs[4])):
        sheet.draw.rectangle((x0, ys[0], x1, ys[2]), fill=dark)
    sheet.draw.rectangle((xs[1], ys[0], xs[3], ys[1]), fill=dark)
    sheet.rules(xs, ys[2:])
    sheet.draw.line((xs[0], ys[0], xs[-1], ys[0]), fill="black", width=2)
    sheet.draw.line((xs[1], ys[1], xs[3], ys[1]), fill="black", width=2)
    for x in (*xs[:2], *xs[3:]):
        sheet.draw.line((x, ys[0], x, ys[-1]), fill="black", width=2)
    sheet.draw.line((xs[2], ys[1], xs[2], ys[-1]), fill="black", width=2)
    sheet.text(110, 128, "区分", 30, ink="white")
    sheet.text(310, 110, "引き継ぎ先", 24, ink="white")
    (grid,) = grids(scanned(sheet.raster(), noise=4))
    head = {(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 2, 1), (1, 1, 1, 1), (1, 2, 1, 1)}
    assert spans(grid) == head | {(row, column, 1, 1) for row in (2, 3) for column in range(4)}


def test_large_dark_areas_stay_dark_and_their_letters_white() -> None:
    sheet = Sheet(1000, 600)
    sheet.draw.rectangle((100, 100, 700, 300), fill=(70, 70, 70))
    sheet.text(300, 180, "警告", 40, ink="white")
    grey = clean(scanned(sheet.raster(), noise=3)).grey
    assert np.median(grey[120:280, 450:650]) < 110
    assert grey[180:220, 300:380].max() > 200


def test_sureness_tells_a_pale_rule_from_type() -> None:
    rng = np.random.default_rng(2)
    paper: Grey = np.clip(245 + rng.normal(0, 6, (60, 400)), 0, 255).astype(np.uint8)
    pale = paper.copy()
    pale[30] -= 18
    sheet = Sheet(420, 60)
    sheet.text(5, 15, "取扱説明書の保証期間と修理受付", 27)
    typed = np.asarray(sheet.image.convert("L"), np.uint8)[:, :400]
    assert stretch(pale, DPI).sureness.argmax() == 30
    assert stretch(pale, DPI).sureness.max() > 2 * max(
        stretch(paper, DPI).sureness.max(), stretch(typed, DPI).sureness.max()
    )


def test_columns_of_a_record_go_on_below_a_row_over_the_full_width() -> None:
    """Rows are lower than the shortest rule that shape tells, and two in five of them are one cell."""
    ys = (100, 138, 176, 214, 252, 290)
    sheet = Sheet(1000, 400)
    sheet.rules((100, 300, 900), ys)
    for top, bottom, words in zip(ys, ys[1:], (True, False, True, False, True), strict=False):
        if words:
            for x in (560, 700):
                sheet.draw.line((x, top, x, bottom), fill="black", width=2)
            sheet.text(570, top + 6, "受付番号", 24)
        sheet.text(310, top + 6, "本書の内容" if words else "本書の内容は予告なく改訂される場合があります", 24)
    soft = Raster(cv2.GaussianBlur(sheet.raster().pixels, (0, 0), 1.2), DPI)
    (grid,) = grids(scanned(soft, noise=5))
    wide = {(row, column, 1, span) for row in (1, 3) for column, span in ((0, 1), (1, 3))}
    assert spans(grid) == {(row, column, 1, 1) for row in (0, 2, 4) for column in range(4)} | wide
