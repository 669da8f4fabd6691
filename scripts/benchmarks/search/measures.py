"""How good a ranking is, by the measures and definitions of the localgovFAQ paper (Sakata et al., SIGIR 2019).

A judgement is a grade: 0 not relevant, higher is better. Anything judged above 0 counts as relevant for MRR, MAP, P@k
and SR@k; nDCG uses the grades as gains with a logarithmic discount (Järvelin and Kekäläinen, TOIS 20(4), 2002).
A result that nobody judged counts as not relevant.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean

Grades = Mapping[str, int]
#: Rankings are judged this deep; what comes later nobody reads, and it moves MRR and MAP by less than .002.
DEPTH = 100
#: Bootstrap: enough rounds for two digits of an interval.
ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Quality:
    """Measures of one question, or their means; each 0 to 1."""

    mrr: float
    p_at_1: float
    p_at_5: float
    sr_at_5: float
    map: float
    ndcg_at_10: float


def reciprocal_rank(ranking: Sequence[str], grades: Grades) -> float:
    """One over the rank of the first relevant result, 0 where there is none."""
    return next((1 / rank for rank, id_ in enumerate(ranking, 1) if grades.get(id_, 0) > 0), 0.0)


def success(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """1 if a relevant result is among the first ``depth``."""
    return float(any(grades.get(id_, 0) > 0 for id_ in ranking[:depth]))


def precision(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """Share of relevant results among the first ``depth`` places, empty places counting as misses."""
    return sum(grades.get(id_, 0) > 0 for id_ in ranking[:depth]) / depth


def average_precision(ranking: Sequence[str], grades: Grades) -> float:
    """Mean of the precision at each relevant entry; one that was not found counts 0."""
    relevant = sum(grade > 0 for grade in grades.values())
    ranks = [rank for rank, id_ in enumerate(ranking, 1) if grades.get(id_, 0) > 0]
    return sum(found / rank for found, rank in enumerate(ranks, 1)) / relevant if relevant else 0.0


def ndcg(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Discounted gain of the first ``depth`` results, as a share of the best possible."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(id_, 0) for id_ in ranking[:depth]]) / best if best else 0.0


def of_question(ranking: Sequence[str], grades: Grades) -> Quality:
    """All measures of one question's ranking, best first."""
    ranking = ranking[:DEPTH]
    return Quality(
        mrr=reciprocal_rank(ranking, grades),
        p_at_1=precision(ranking, grades, 1),
        p_at_5=precision(ranking, grades, 5),
        sr_at_5=success(ranking, grades, 5),
        map=average_precision(ranking, grades),
        ndcg_at_10=ndcg(ranking, grades),
    )


def by_question(rankings: Mapping[str, Sequence[str]], judgements: Mapping[str, Grades]) -> dict[str, Quality]:
    """The measures of every question that has a relevant entry; one without a ranking found nothing."""
    judged = [question for question, grades in judgements.items() if any(grade > 0 for grade in grades.values())]
    return {question: of_question(rankings.get(question, ()), judgements[question]) for question in judged}


def mean(qualities: Sequence[Quality]) -> Quality:
    """The mean of each measure; zeros where there is no question."""
    columns = zip(*(asdict(each).values() for each in qualities), strict=True)
    return Quality(*(fmean(column) for column in columns)) if qualities else Quality(0, 0, 0, 0, 0, 0)


def interval(qualities: Sequence[Quality], seed: int) -> tuple[Quality, Quality]:
    """The middle 95 % of the means of questions drawn again with replacement (Efron's bootstrap)."""
    chosen = random.Random(seed)
    means = [mean(chosen.choices(qualities, k=len(qualities))) for _ in range(ROUNDS)]
    columns = [sorted(column) for column in zip(*(asdict(each).values() for each in means), strict=True)]
    low, high = round(0.025 * (ROUNDS - 1)), round(0.975 * (ROUNDS - 1))
    return Quality(*(column[low] for column in columns)), Quality(*(column[high] for column in columns))


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
