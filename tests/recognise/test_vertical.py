"""Vertical writing: columns that are no rules, and columns laid down as rows."""

import cv2
import numpy as np

from kbtool.recognise.raster import Grey
from kbtool.recognise.rules import find_rules, wipe_out
from tests.recognise.paper import GOTHIC, Sheet

WORDS = "代替品は同等の性能を持つ"
DPI, TYPE = 150, 17


def coarse(*, ruled: bool) -> Grey:
    """A page of close-set columns, soft and grainy; a rule stands in the white on the left."""
    sheet = Sheet(700, 900)
    for n in range(8):
        for i, character in enumerate((4 * WORDS)[n : n + 30]):
            sheet.text(620 - 35 * n, 100 + TYPE * i, character, TYPE, GOTHIC)
    if ruled:
        sheet.draw.line((150, 100, 150, 600), fill="black", width=2)
    soft = cv2.GaussianBlur(np.asarray(sheet.image.convert("L")), (0, 0), 1.4)
    grain = np.random.default_rng(1).normal(0, 5, soft.shape)
    return np.asarray(np.clip(soft + grain, 0, 255), np.uint8)


def test_no_column_of_type_is_wiped_out_as_a_rule() -> None:
    page = coarse(ruled=False)
    assert (wipe_out(page, find_rules(page, DPI), ()) == page).all()


def test_a_rule_beside_columns_is_wiped_out() -> None:
    page = coarse(ruled=True)
    wiped = wipe_out(page, find_rules(page, DPI), ())
    assert (wiped[110:590, 149:152] == 255).all()
    assert (wiped[:, 170:] == page[:, 170:]).all()
