"""The measures of ranking, by figures worked out by hand."""

import math

import pytest

from kbtool.search.quality import measure, ndcg, reciprocal_rank, success

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


def test_means_leave_out_queries_without_an_answer() -> None:
    quality = measure({"1": ["a"], "2": ["x", "b"]}, {"1": GRADES, "2": GRADES, "3": {"a": 0}})
    assert (quality.queries, quality.mrr, quality.precision_at_1, quality.success_at_5) == (2, 0.75, 0.5, 1.0)


def test_no_judgements() -> None:
    assert measure({}, {}).queries == 0
