"""Fitting finds which summands say something, and leaves alone those of which nothing is known."""

import numpy as np
from benchmarks.search import fitting


def _questions(count: int) -> list[fitting.Judged]:
    """Ten candidates each: the first summand points at the answer, the second is chance, the third is empty."""
    chosen = np.random.default_rng(1)
    found = []
    for number in range(count):
        parts = np.stack([chosen.random(10), chosen.random(10) * 4, np.zeros(10)], axis=1)
        share = np.eye(10)[number % 10]
        parts[:, 0] += share
        found.append(fitting.Judged(f"{number}", tuple(f"{at}" for at in range(10)), parts, share))
    return found


def test_what_says_something_gains_on_what_does_not() -> None:
    useful, chance, empty = fitting.factors(_questions(120))
    assert useful > 1.5 > chance
    assert empty == 1


def test_the_same_judgements_give_the_same_factors() -> None:
    assert (fitting.factors(_questions(40)) == fitting.factors(_questions(40))).all()


def test_every_question_is_ranked_by_what_the_others_say() -> None:
    questions = _questions(60)
    rankings = fitting.cross_validated(questions, 5, 1)
    assert set(rankings) == {each.question for each in questions}
    as_it_is = sum(fitting.order(each, np.ones(3))[0] == f"{int(each.question) % 10}" for each in questions)
    fitted = sum(rankings[each.question][0] == f"{int(each.question) % 10}" for each in questions)
    assert fitted > as_it_is
