"""What is found on the inked rows of a mask is what is found on all of it."""

import cv2
import numpy as np
import pytest

from kbtool.recognise.inked import blocks_of, labelled, near_ink, pieces, runs_of, window_of


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


@pytest.mark.parametrize("length", [3, 12, 15, 31, 32, 57, 100])
@pytest.mark.parametrize("width", [40, 203, 208])
def test_runs_are_those_of_an_opening_of_the_whole_mask(length: int, width: int) -> None:
    chance = np.random.default_rng(length)
    drawn = np.zeros((300, width), np.uint8)
    for row in drawn[::2]:
        start = max(0, int(chance.integers(-40, width)))  # many begin or end at the edge of the picture
        row[start : start + chance.integers(1, 130)] = 1
    opened = cv2.morphologyEx(drawn, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    assert np.array_equal(runs_of(drawn, length), opened)


def test_the_window_of_ink_ends_with_the_page() -> None:
    drawn = mask((slice(2, 10), slice(76, 78)), (slice(20, 21), slice(60, 61)))
    assert drawn[window_of(drawn, 5)].shape == (26, 25)
    assert window_of(mask(), 5) is None


@pytest.mark.parametrize("every", [2, 3])
def test_pieces_are_numbered_alike_however_many_they_are(every: int) -> None:
    """Dust on every second pixel of a large picture is more than short numbers can tell apart."""
    drawn = np.zeros((600, 600), np.uint8)
    drawn[::every, ::every] = 1
    count, labels, stats, _ = cv2.connectedComponentsWithStats(drawn)
    found, told, _ = labelled(drawn)
    assert (count > 0xFFFF) == (every == 2)
    assert np.array_equal(found, labels)
    assert np.array_equal(told, stats)


@pytest.mark.parametrize("size", [(4, 9), (12, 30), (13, 31), (20, 57)])
def test_blocks_are_those_of_an_opening_of_the_whole_mask(size: tuple[int, int]) -> None:
    chance = np.random.default_rng(size[0])
    drawn = np.zeros((301, 203), np.uint8)
    for _ in range(40):  # many begin or end at the edge of the picture
        y, x = (max(0, int(chance.integers(-20, side))) for side in drawn.shape)
        drawn[y : y + chance.integers(1, 3 * size[0]), x : x + chance.integers(1, 3 * size[1])] = 1
    opened = cv2.morphologyEx(drawn, cv2.MORPH_OPEN, np.ones(size, np.uint8))
    assert np.array_equal(blocks_of(drawn, *size), opened)
    assert opened.any()
    assert not opened.all()
