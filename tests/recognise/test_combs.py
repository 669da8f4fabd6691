"""Boxes for single characters: the rules between them go, the characters stay; tables keep theirs."""

import numpy as np

from kbtool.recognise.combs import without_combs
from kbtool.recognise.raster import Grey
from kbtool.recognise.ruling import find_rules
from tests.recognise.paper import DPI, Sheet


def page(edges: list[int]) -> Grey:
    sheet = Sheet(1000, 300)
    sheet.rules(edges, [100, 152], 2)
    for at, digit in enumerate("T260406"):
        sheet.text(edges[0] + 54 * at + 18, 108, digit, 32)
    return sheet.raster().pixels[..., 0].copy()


def inked(image: Grey, x: int) -> float:
    """Share of a column within the boxes that is dark."""
    return float((image[104:148, x - 1 : x + 2].min(axis=1) < 128).mean())


def test_rules_between_boxes_go_and_characters_stay() -> None:
    edges = [100 + 54 * i for i in range(11)]
    drawn = page(edges)
    left = without_combs(drawn, find_rules(drawn, DPI))
    assert [inked(left, x) for x in edges[1:-1]] == [0.0] * 9
    middles = [x + 27 for x in edges[:7]]
    assert all(np.array_equal(left[104:148, x - 15 : x + 15], drawn[104:148, x - 15 : x + 15]) for x in middles)


def test_columns_of_a_table_are_none() -> None:
    edges = [100, 180, 420, 470, 700, 730, 900]
    drawn = page(edges)
    assert np.array_equal(without_combs(drawn, find_rules(drawn, DPI)), drawn)
