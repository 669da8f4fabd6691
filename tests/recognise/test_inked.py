"""What is found on the inked rows of a mask is what is found on all of it."""

import cv2
import numpy as np
import pytest

from kbtool.recognise.inked import near_ink, pieces


def mask(*inked: tuple[slice, slice], height: int = 61) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    drawn = np.zeros((height, 80), np.uint8)
    for place in inked:
        drawn[place] = 1
    return drawn


def test_rows_near_ink_come_in_pairs_and_stay_on_the_page() -> None:
    assert near_ink(mask((slice(0, 1), slice(5, 9))), 0).tolist() == [0, 1, 2, 3]
    assert near_ink(mask((slice(30, 31), slice(5, 9))), 2).tolist() == list(range(26, 36))
    assert near_ink(mask((slice(60, 61), slice(5, 9))), 0).tolist() == [58, 59, 60]


def test_a_white_page_has_no_rows_and_no_pieces() -> None:
    assert not len(near_ink(mask(), 10))
    assert not list(pieces(mask()))


def test_a_piece_knows_its_place_and_which_of_its_rectangle_is_its_own() -> None:
    corner = mask((slice(40, 50), slice(10, 12)), (slice(48, 50), slice(10, 30)), (slice(41, 43), slice(20, 24)))
    upright, inner = pieces(corner)
    assert (upright.x, upright.y, upright.width, upright.height, upright.area) == (10, 40, 20, 10, 56)
    assert upright.own.sum() == 56
    assert not upright.own[1:3, 10:14].any()
    assert inner.centre == (21.5, 41.5)


@pytest.mark.parametrize("seed", range(20))
def test_pieces_are_those_of_the_whole_mask_in_its_order(seed: int) -> None:
    chance = np.random.default_rng(seed)
    drawn = mask(height=200 + seed % 2)
    for _ in range(12):
        y, x = chance.integers(0, 195), chance.integers(0, 60)
        drawn[y : y + chance.integers(1, 6), x : x + chance.integers(1, 20)] = 1
    _, labels, stats, centres = cv2.connectedComponentsWithStats(drawn)
    found = list(pieces(drawn))
    assert [[p.x, p.y, p.width, p.height, p.area] for p in found] == stats[1:].tolist()
    assert [list(p.centre) for p in found] == centres[1:].tolist()
    assert all(np.array_equal(p.own, labels[p.place] == n) for n, p in enumerate(found, 1))
