"""The measures of ranking, by figures worked out by hand."""

import math

import pytest
from benchmarks.search.measures import (
    average_precision,
    by_question,
    interval,
    mean,
    ndcg,
    precision,
    reciprocal_rank,
    success,
)

GRADES = {"a": 2, "b": 1, "c": 0}


@pytest.mark.parametrize(
    ("ranking", "expected"), [(["a"], 1.0), (["x", "b"], 0.5), (["x", "c", "a"], 1 / 3), (["c"], 0.0), ([], 0.0)]
)
def test_reciprocal_rank(ranking: list[str], expected: float) -> None:
    assert reciprocal_rank(ranking, GRADES) == pytest.approx(expected)


def test_success() -> None:
    assert success(["x", "b"], GRADES, 1) == 0.0
    assert success(["x", "b"], GRADES, 5) == 1.0


def test_ndcg_of_the_best_order_is_one() -> None:
    assert ndcg(["a", "b", "c"], GRADES) == pytest.approx(1.0)


def test_ndcg_by_hand() -> None:
    best = 2 + 1 / math.log2(3)
    assert ndcg(["b", "x", "a"], GRADES) == pytest.approx((1 + 2 / math.log2(4)) / best)


def test_precision_counts_empty_places_as_misses() -> None:
    assert precision(["a", "x"], GRADES, 5) == pytest.approx(0.2)


def test_average_precision_by_hand() -> None:
    assert average_precision(["x", "a", "b"], GRADES) == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert average_precision(["a"], GRADES) == pytest.approx(0.5)


def test_means_leave_out_questions_without_an_answer() -> None:
    found = by_question({"1": ["a"], "2": ["x", "b"]}, {"1": GRADES, "2": GRADES, "3": {"a": 0}})
    means = mean(list(found.values()))
    assert (len(found), means.mrr, means.p_at_1, means.sr_at_5) == (2, 0.75, 0.5, 1.0)


def test_no_judgements() -> None:
    assert mean(list(by_question({}, {}).values())).mrr == 0.0


def test_an_interval_holds_the_mean_and_is_the_same_for_a_seed() -> None:
    qualities = list(by_question({"1": ["a"], "2": ["x", "b"], "3": []}, dict.fromkeys("123", GRADES)).values())
    low, high = interval(qualities, seed=1)
    assert low.mrr <= mean(qualities).mrr <= high.mrr
    assert (low, high) == interval(qualities, seed=1)
