"""The weights of ranking, fitted to judged questions: one factor for each summand, by cross-validation.

A ranking is likely as far as a softmax of its scores says so of the judged entries (ListNet: Cao et al., ICML 2007).
Factors are drawn to 1, the weight that is in the code: a summand of which the questions say nothing keeps it, and
once the code has what a fit gives, fitting again gives 1 throughout.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.search import dataset, measures
from kbtool.search import SearchIndex, finding, terms
from kbtool.search.columns import Numbers
from kbtool.search.engine import Filter
from kbtool.search.searchable import Group

#: How strongly factors are drawn to 1, against one question's say.
RIDGE = 5.0
_STEPS = 25
_SHARPNESS = np.arange(0.1, 1.0, 0.05)


@dataclass(frozen=True, slots=True)
class Judged:
    """The candidates of one question: their ids, their summands (rows by names), and their share of all grades."""

    question: str
    ids: tuple[str, ...]
    parts: Numbers
    share: Numbers


def judged(index: SearchIndex, data: dataset.Dataset) -> tuple[tuple[str, ...], list[Judged]]:
    """The names of the summands, and the figures of every question that has candidates."""
    names: tuple[str, ...] = ()
    found = []
    for question, text in data.questions.items():
        ranked = finding.figures(index.collection, terms.of_query(text), Filter(Group.ENTRY), measures.DEPTH)
        if ranked is not None:
            names = tuple(ranked.parts)
            ids = tuple(index.collection.document(int(row)).id for row in ranked.rows)
            grades = np.array([max(0, data.grades[question].get(id_, 0)) for id_ in ids], float)
            parts = np.stack(list(ranked.parts.values()), axis=1)
            found.append(Judged(question, ids, parts, grades / max(1.0, grades.sum())))
    return names, found


def factors(questions: Sequence[Judged]) -> Numbers:
    """What to multiply each summand with."""
    told = [each for each in questions if each.share.any()]
    factors = np.ones(told[0].parts.shape[1])
    sharpness = float(max(_SHARPNESS, key=lambda each: _fit(told, factors, float(each))[0]))
    for _ in range(_STEPS):
        _, slope, bend = _fit(told, factors, sharpness)
        step = np.linalg.solve(bend, slope)
        factors = factors + step
        if np.abs(step).max() < 1e-4:
            break
    return factors


def cross_validated(questions: Sequence[Judged], folds: int, seed: int) -> dict[str, Sequence[str]]:
    """The ranking of each question by the factors that the other folds give."""
    rankings: dict[str, Sequence[str]] = {}
    for part in map(frozenset, dataset.folds([each.question for each in questions], folds, seed)):
        fitted = factors([each for each in questions if each.question not in part])
        rankings |= {each.question: order(each, fitted) for each in questions if each.question in part}
    return rankings


def order(question: Judged, factors: Numbers) -> list[str]:
    """Ids, best first."""
    scores: Mapping[str, float] = dict(zip(question.ids, np.round(question.parts @ factors, 4), strict=True))
    return sorted(scores, key=lambda id_: (-scores[id_], id_))


def _fit(questions: Sequence[Judged], factors: Numbers, sharpness: float) -> tuple[float, Numbers, Numbers]:
    """How likely the judgements are, and the first and second derivatives by the factors."""
    size = len(factors)
    likely = -RIDGE * float(((factors - 1) ** 2).sum())
    slope, bend = -2 * RIDGE * (factors - 1), 2 * RIDGE * np.eye(size)
    for each in questions:
        parts = each.parts * sharpness
        scores = parts @ factors
        chance = np.exp(scores - scores.max())
        chance /= chance.sum()
        expected = chance @ parts
        likely += float(each.share @ np.log(np.maximum(chance, 1e-300)))
        slope = slope + each.share @ parts - expected
        bend = bend + (parts * chance[:, None]).T @ parts - np.outer(expected, expected)
    return likely, slope, bend
