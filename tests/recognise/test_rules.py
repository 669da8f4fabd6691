"""Rules wiped out of a page, and type that must not go with them."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from kbtool.recognise import Raster
from kbtool.recognise.clean_up import clean
from kbtool.recognise.raster import Grey
from kbtool.recognise.rules import groups_of, table_groups, wipe_out
from kbtool.recognise.ruling import find_rules
from tests.recognise.paper import DPI, GOTHIC, MINCHO, Sheet, scanned

_SMALL_PRINT = "お客様相談室(0120-000-006)へお問い合わせください。外観は、改良のため2023/03/06以降予告なく変更します。"


def small_print(size: int, font: Path = GOTHIC) -> Sheet:
    sheet = Sheet(1200, 700)
    for n in range(12):
        sheet.text(60 + 7 * n, 40 + 50 * n, _SMALL_PRINT, size, font)
    return sheet


def wiped(sheet: Sheet) -> tuple[Grey, Grey]:
    """The page as a soft scan has it, before and after its rules were wiped out."""
    soft = np.asarray(cv2.GaussianBlur(sheet.raster().pixels, (0, 0), 1.2), np.uint8)
    grey = clean(scanned(Raster(soft, DPI), noise=4)).grey
    rules = find_rules(grey, DPI)
    return grey, wipe_out(grey, rules, table_groups(groups_of(rules)))


@pytest.mark.parametrize("size", [17, 19, 21])
@pytest.mark.parametrize("font", [GOTHIC, MINCHO])
def test_small_print_is_no_rule(size: int, font: Path) -> None:
    before, after = wiped(small_print(size, font))
    assert np.array_equal(before, after)


def test_a_pale_rule_between_lines_of_small_print_is_wiped_out() -> None:
    sheet = small_print(19)
    sheet.draw.line((60, 428, 900, 428), fill=(150, 150, 150), width=2)
    before, after = wiped(sheet)
    assert (after[427:431, 70:890] == 255).all()
    assert np.array_equal(before[:415], after[:415])


def test_dots_that_lead_to_a_page_number_are_wiped_out_among_small_print() -> None:
    sheet = small_print(19)
    sheet.text(60, 640, "修理を依頼されるとき" + "…" * 30, 19)
    before, after = wiped(sheet)
    assert (before[640:665, 300:620] < 230).any() and not (after[640:665, 300:620] < 230).any()
    assert np.array_equal(before[:630], after[:630])
    assert np.array_equal(before[:, :240], after[:, :240])
