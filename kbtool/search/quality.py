"""How good a ranking is, by the usual measures of information retrieval.

A judgement is a grade: 0 not relevant, higher is better. Anything judged above 0 counts as relevant for MRR, P@1 and
SR@k; nDCG uses the grades as gains with a logarithmic discount (Järvelin and Kekäläinen, TOIS 20(4), 2002).
A result that nobody judged counts as not relevant.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

Grades = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over all judged queries, each 0 to 1."""

    queries: int
    mrr: float
    precision_at_1: float
    success_at_5: float
    ndcg_at_10: float


def reciprocal_rank(ranking: Sequence[str], grades: Grades) -> float:
    """One over the rank of the first relevant result, 0 where there is none."""
    return next((1 / rank for rank, id_ in enumerate(ranking, 1) if grades.get(id_, 0) > 0), 0.0)


def success(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """1 if a relevant result is among the first ``depth``."""
    return float(any(grades.get(id_, 0) > 0 for id_ in ranking[:depth]))


def ndcg(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Discounted gain of the first ``depth`` results, as a share of the best possible."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(id_, 0) for id_ in ranking[:depth]]) / best if best else 0.0


def measure(rankings: Mapping[str, Sequence[str]], judgements: Mapping[str, Grades], depth: int = 10) -> Quality:
    """Judge the first ``depth`` ids of a ranking a query; queries without a relevant judgement are left out."""
    judged = [query for query, grades in judgements.items() if any(grade > 0 for grade in grades.values())]
    pairs = [(list(rankings.get(query, ()))[:depth], judgements[query]) for query in judged]
    if not pairs:
        return Quality(0, 0.0, 0.0, 0.0, 0.0)
    return Quality(
        queries=len(pairs),
        mrr=fmean(reciprocal_rank(*pair) for pair in pairs),
        precision_at_1=fmean(success(*pair, 1) for pair in pairs),
        success_at_5=fmean(success(*pair, 5) for pair in pairs),
        ndcg_at_10=fmean(ndcg(*pair) for pair in pairs),
    )


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
