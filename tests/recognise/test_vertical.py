"""Vertical writing: columns that are no rules, and columns laid down as rows."""

import cv2
import numpy as np
import pytest

from kbtool.recognise.cell_cuts import cells_of
from kbtool.recognise.engines.ends import with_ends
from kbtool.recognise.engines.line import upright_quad
from kbtool.recognise.raster import Grey
from kbtool.recognise.rules import wipe_out
from kbtool.recognise.ruling import find_rules
from kbtool.recognise.vertical import lay_down
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


@pytest.mark.parametrize("pitch", [20.0, 20.8, 23.0])
def test_an_even_pitch_is_found_whatever_stands_within_a_character(pitch: float) -> None:
    """Characters of three strokes with white between them, as 三 and 言 have."""
    profile = np.zeros(round(30 * pitch))
    for n in range(30):
        for stroke in (4, 10, 16):
            at = round(n * pitch + (pitch - 20) / 2) + stroke
            profile[at - 1 : at + 1] = 10.0
    cells, found = cells_of(profile, 19)
    assert len(cells) == 30
    assert found == pytest.approx(pitch, abs=0.1)
    assert max(abs(top - n * pitch) for n, (top, _) in enumerate(cells[1:], 1)) < 4


def test_a_comma_of_half_width_shifts_what_follows() -> None:
    profile = np.zeros(410)
    tops = [20 * n for n in range(10)] + [200 + 10 + 20 * n for n in range(10)]
    for top in tops:
        profile[top + 2 : top + 18] = 10.0
    profile[202:206] = 6.0
    cells, _ = cells_of(profile, 18)
    apart = [top for top in tops if top not in (180, 210)]  # one of these two may have the comma with it
    assert all(any(abs(top - a) <= 3 and abs(top + 20 - b) <= 3 for a, b in cells) for top in apart)


def column(*cells: tuple[int, int, int, int]) -> Grey:
    """A column of cells 40 pixels high and broad: hollow squares, and after every third of them a mark in this box."""
    image = np.full((160 * len(cells), 40), 255, np.uint8)
    for n, (x0, y0, x1, y1) in enumerate(cells):
        for full in range(3):
            top = 40 * (4 * n + full)
            image[top + 2 : top + 38, 2:38] = 0
            image[top + 5 : top + 35, 5:35] = 255
        top = 40 * (4 * n + 3)
        image[top + y0 : top + y1, x0:x1] = 0
    return image


@pytest.mark.parametrize(
    ("mark", "lies"),
    [
        pytest.param((26, 3, 37, 14), (0.0, 0.5, 0.5, 1.0), id="stop: top right goes bottom left"),
        pytest.param((18, 2, 22, 38), (0.0, 0.3, 1.0, 0.7), id="long vowel: a bar down the middle lies down"),
        pytest.param((4, 26, 36, 34), (0.5, 0.0, 1.0, 1.0), id="bracket: what lies low stands on the right"),
        pytest.param((4, 16, 36, 20), (0.0, 0.3, 1.0, 0.7), id="one: a bar across stays"),
    ],
)
def test_marks_are_set_as_rows_set_them(
    mark: tuple[int, int, int, int], lies: tuple[float, float, float, float]
) -> None:
    laid = lay_down(column(mark, mark, mark))
    assert laid is not None
    side = laid.size
    rim = (laid.image.shape[0] - side) // 2
    cell = laid.image[rim : rim + side, 3 * side : 4 * side] < 128
    rows, columns = np.flatnonzero(cell.any(axis=1)), np.flatnonzero(cell.any(axis=0))
    x0, y0, x1, y1 = (round(share * side) for share in lies)
    assert x0 <= columns[0] and columns[-1] < x1 and y0 <= rows[0] and rows[-1] < y1


def test_places_along_the_row_are_places_down_the_column() -> None:
    laid = lay_down(column(*3 * [(26, 3, 37, 14)]))
    assert laid is not None
    middles = laid.in_column((np.arange(11) + 0.5) * laid.size)
    assert np.abs(middles - (np.arange(11) + 0.5) * 40).max() < 5


def test_a_column_reaches_down_to_its_last_stop_but_not_into_the_next_box() -> None:
    image = np.full((600, 200), 255, np.uint8)
    image[20:400, 82:118] = 0
    image[408:416, 106:116] = 60
    box = upright_quad(75, 10, 125, 405)
    (longer,) = with_ends(image, [box])
    assert 416 < longer[2][1] < 440
    kept, _ = with_ends(image, [box, upright_quad(75, 406, 125, 500)])
    assert kept[2][1] <= 406
