"""Chances along a line, read out: characters, where they stand, and what else they may be."""

import numpy as np

from kbtool.recognise.engines.lattice import Seen, read_out
from kbtool.recognise.engines.ppocr_models import Floats

CHARACTERS = ("", "問", "間", "・", "い", "う", "え", "お", "か", "き")


def chances(*steps: dict[str, float]) -> Floats:
    """One row a step; what is not told is the blank's."""
    rows = np.zeros((len(steps), len(CHARACTERS)), np.float32)
    for row, step in zip(rows, steps, strict=True):
        for character, chance in step.items():
            row[CHARACTERS.index(character)] = chance
        row[0] = max(0.0, 1 - sum(step.values()))
    return rows


def test_equal_neighbours_are_one_character_and_a_blank_parts_two() -> None:
    read = read_out(chances({}, {"い": 1}, {"い": 1}, {}, {"い": 1}, {"う": 1}), CHARACTERS)
    assert [(one.character, one.at) for one in read] == [("い", 2.0), ("い", 4.5), ("う", 5.5)]


def test_what_is_sure_has_no_others() -> None:
    (read,) = read_out(chances({"い": 0.998, "う": 0.002}), CHARACTERS)
    assert read == Seen("い", 0.5, read.chance)


def test_what_else_it_may_be_comes_likeliest_first() -> None:
    (read,) = read_out(chances({"間": 0.7, "い": 0.05, "問": 0.2}), CHARACTERS)
    assert [character for character, _ in read.others] == ["問", "い"]
    assert np.allclose([chance for _, chance in read.others], [0.2, 0.05])


def test_what_was_nearly_seen_is_kept_empty() -> None:
    read = read_out(chances({"・": 0.4}, {"い": 1}, {"え": 0.05}, {"う": 1}), CHARACTERS)
    assert [one.character for one in read] == ["", "い", "う"]
    assert [character for character, _ in read[0].others] == ["・"]


def test_the_edge_of_a_neighbour_is_nothing_new() -> None:
    read = read_out(chances({"い": 1}, {"い": 0.4}, {}, {"う": 0.3}, {"う": 1}), CHARACTERS)
    assert [one.character for one in read] == ["い", "う"]
