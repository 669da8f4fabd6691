"""Medians and percentiles by counting are those of numpy."""

import numpy as np
import pytest

from kbtool.recognise.levels import counted, darker, level, median, percentile


@pytest.mark.parametrize("size", [1, 2, 3, 10, 1001, 4096])
@pytest.mark.parametrize("levels", [2, 7, 256])
def test_levels_are_those_of_sorting(size: int, levels: int) -> None:
    grey = np.random.default_rng(size).integers(0, levels, size).astype(np.uint8)
    assert median(grey) == np.median(grey)
    for percent in (0, 1, 5, 33.3, 50, 75, 90, 99, 100):
        assert percentile(grey, percent) == np.percentile(grey, percent)


def test_what_is_counted_once_answers_for_any_part_of_its_levels() -> None:
    grey = np.random.default_rng(3).integers(0, 256, (60, 41)).astype(np.uint8)
    pale = counted(grey[::2, ::3])
    pale[:100] = 0
    assert level(pale, 50) == np.median(grey[::2, ::3][grey[::2, ::3] >= 100])


def test_darker_than_a_fraction_of_a_level() -> None:
    grey = np.array([[9, 10, 11]], np.uint8)
    assert darker(grey, 10.0).tolist() == [[1, 0, 0]]
    assert darker(grey, 10.2).tolist() == [[1, 1, 0]]
    assert not darker(grey, -3.5).any()
    assert darker(grey, 256.0).all()
