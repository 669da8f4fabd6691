"""Search over a judged set of questions: quality with its uncertainty, and latency, cold and warm.

DATASET is a folder as ``dataset`` describes it. ``dataset``, ``measures``, ``report``
and ``latencies`` serve every column of the report.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.search import browser, dataset, fitting, measures, variants
from kbtool import search
from kbtool.search import Searchable

#: Ids of the entries found for a question, best first.
Answer = Callable[[str], Sequence[str]]

#: So many divisions into folds are tried by ``--fit``.
FITS = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this benchmark."""
    parser.add_argument("dataset", type=Path, help="folder with entries.jsonl, queries.jsonl, qrels.jsonl")
    parser.add_argument("--folds", type=int, default=5, help="folds of the cross-validation (default: %(default)s)")
    parser.add_argument("--engine", default="auto", help="auto, whoosh or tantivy (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="seed of folds and bootstrap (default: %(default)s)")
    parser.add_argument("--fit", action="store_true", help="fit the weights of ranking and do nothing else")


def run(options: argparse.Namespace) -> int:
    """Print one line a variant: each measure with the middle 95 % of its bootstrap."""
    data = dataset.load(options.dataset)
    print(f"{options.dataset.name}: {len(data.entries)} entries, {len(data.questions)} judged questions")
    if options.fit:
        return _fit(data, options)
    parts = dataset.folds(data.questions, options.folds, options.seed)
    report(
        "machine",
        _machine(data, list(data.questions), data.entries, options.engine, timed=True),
        data.grades,
        options.seed,
    )
    _browser(data, options.seed)
    filed: dict[str, Sequence[str]] = {}
    for part in parts:
        past = [question for other in parts if other is not part for question in other]
        filed |= _machine(data, part, dataset.with_past_inquiries(data, past), options.engine)
    report(f"machine + past inquiries of the other {options.folds - 1} folds", filed, data.grades, options.seed)
    return 0


def _fit(data: dataset.Dataset, options: argparse.Namespace) -> int:
    """Print what the weights in the code would be multiplied with, and the quality of that on questions left out."""
    with machine(data.entries, options.engine) as index:
        names, questions = fitting.judged(index, data)
    as_it_is = {each.question: fitting.order(each, np.ones(len(names))) for each in questions}
    report("weights as they are", as_it_is, data.grades, options.seed)
    for seed in range(options.seed, options.seed + FITS):
        rankings = fitting.cross_validated(questions, options.folds, seed)
        report(
            f"fitted on {options.folds - 1} folds of {options.folds}, asked the other; seed {seed}",
            rankings,
            data.grades,
            seed,
        )
    print("factors fitted on all folds (1: the weight in the code)")
    for name, factor in zip(names, fitting.factors(questions), strict=True):
        print(f"  {name:12} {factor:.2f}")
    return 0


def _browser(data: dataset.Dataset, seed: int) -> None:
    """The sites' search: the same questions, other spellings by rule, and the cost at 10,000 entries."""
    with browser.index(data.entries) as folder:
        answers = browser.ask(folder, data.questions, measures.DEPTH)
        report("browser", {id_: each.found for id_, each in answers.items()}, data.grades, seed)
        browser.costs(browser.ask(folder, data.questions))
    print("browser, other spellings of a heading: its entry among the first ten")
    with browser.index(variants.entries()) as folder:
        for kind, asked in variants.questions().items():
            answers = browser.ask(folder, {id_: question for id_, (_, question) in asked.items()})
            hits = sum(wanted in answers[id_].found for id_, (wanted, _) in asked.items())
            print(f"  {kind:10} {hits / len(asked):.2f}  ({hits} of {len(asked)})")
    print("browser, cost of whole questions to a generated site of 10,000 entries")
    with browser.index(variants.large_site()) as folder:
        browser.costs(browser.ask(folder, variants.sentences()))


def report(
    name: str, rankings: Mapping[str, Sequence[str]], grades: Mapping[str, measures.Grades], seed: int
) -> measures.Quality:
    """Print the means of one column and how sure they are; returns the means."""
    qualities = list(measures.by_question(rankings, grades).values())
    means, (low, high) = measures.mean(qualities), measures.interval(qualities, seed)
    print(name)
    for measure, value in asdict(means).items():
        print(f"  {measure:12} {value:.3f}  [{getattr(low, measure):.3f}, {getattr(high, measure):.3f}]")
    return means


def answered(answer: Answer, questions: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """Ask every question."""
    return {id_: answer(text) for id_, text in questions.items()}


def latencies(ask: Callable[[str], object], questions: Iterable[str]) -> None:
    """Print how long a question takes: each for the first time in this process, and again."""
    questions = list(questions)
    for state in ("first", "again"):
        taken = sorted(_timed(ask, text) for text in questions)
        middle, high = taken[len(taken) // 2], taken[len(taken) * 95 // 100]
        print(f"  asked {state}: p50 {middle * 1000:.1f} ms, p95 {high * 1000:.1f} ms")


def _timed(ask: Callable[[str], object], text: str) -> float:
    start = time.perf_counter()
    ask(text)
    return time.perf_counter() - start


def _machine(
    data: dataset.Dataset, asked: Sequence[str], entries: Sequence[Searchable], engine: str, *, timed: bool = False
) -> dict[str, Sequence[str]]:
    questions = {question: data.questions[question] for question in asked}
    with machine(entries, engine) as index:
        if timed:
            latencies(lambda text: index.search(text, archive=False), questions.values())
        return answered(lambda text: [id_ for id_, _ in index.order(text, measures.DEPTH)], questions)


@contextmanager
def machine(entries: Sequence[Searchable], engine: str = "auto") -> Iterator[search.SearchIndex]:
    """The search of the command line over these entries."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with search.open_index(Path(folder), search.Fixed(entries), engine=engine) as index:
            print(f"  built in {time.perf_counter() - start:.1f} s")
            yield index
