"""Vertical writing: columns that are no rules, and columns laid down as rows."""

import cv2
import numpy as np

from kbtool.recognise.raster import Grey
from kbtool.recognise.rules import find_rules, wipe_out
from tests.recognise.paper import MINCHO, Sheet

#: Characters with a stroke down the middle, which run into each other on a coarse scan.
WORDS = "代替品は同等の中半車軍伸申性能羊単軸用事常書筆章手続"
DPI = 150


def coarse(*, ruled: bool) -> Grey:
    """A page of close-set columns, softened; a rule stands in the white on the left."""
    sheet = Sheet(700, 900)
    for n in range(8):
        for i, character in enumerate(WORDS[n:] + WORDS[:n]):
            sheet.text(620 - 35 * n, 100 + 20 * i, character, 20, MINCHO)
    if ruled:
        sheet.draw.line((150, 100, 150, 700), fill="black", width=2)
    soft = cv2.GaussianBlur(np.asarray(sheet.image.convert("L")), (0, 0), 1.5)
    grain = np.random.default_rng(1).normal(0, 7, soft.shape)
    return np.asarray(np.clip(soft + grain, 0, 255), np.uint8)


def test_no_column_of_type_is_wiped_out_as_a_rule() -> None:
    page = coarse(ruled=False)
    assert (wipe_out(page, find_rules(page, DPI), ()) == page).all()


def test_a_rule_beside_columns_is_wiped_out() -> None:
    page = coarse(ruled=True)
    wiped = wipe_out(page, find_rules(page, DPI), ())
    assert (wiped[110:690, 149:152] == 255).all()
    assert (wiped[:, 170:] == page[:, 170:]).all()
