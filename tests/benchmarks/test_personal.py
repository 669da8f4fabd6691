"""Planted values stand where they are said to stand, and a seed draws the same ones again."""

from collections import Counter

from benchmarks.personal import TARGETS
from benchmarks.personal.planted import planted


def test_every_kind_that_has_a_target_is_planted() -> None:
    assert set(Counter(case.kind for case in planted(200, 7))) == set(TARGETS)


def test_one_seed_draws_the_same_values_another_draws_others() -> None:
    assert planted(300, 7) == planted(300, 7) != planted(300, 8)


def test_a_value_is_inside_its_sentence() -> None:
    for case in planted(400, 7):
        value = case.text[case.start : case.end]
        assert value == value.strip() != ""
