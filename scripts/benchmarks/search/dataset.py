"""A judged set of questions: ``entries.jsonl``, ``queries.jsonl`` and ``qrels.jsonl`` in one folder.

entries {id, title, body} · queries {id, text} · qrels {query, entry, grade}; grade 2 answers, 1 is related.
"""

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kbtool.search import Searchable


@dataclass(frozen=True, slots=True)
class Dataset:
    """Entries, the text of each question, and the grades of its entries; all ids are strings."""

    entries: tuple[Searchable, ...]
    questions: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


def load(folder: Path) -> Dataset:
    """Read the three files; a question that nobody judged is left out."""
    grades: dict[str, dict[str, int]] = {}
    for line in _lines(folder / "qrels.jsonl"):
        grades.setdefault(str(line["query"]), {})[str(line["entry"])] = int(line["grade"])
    entries = (Searchable(str(line["id"]), line["title"], line["body"]) for line in _lines(folder / "entries.jsonl"))
    texts = ((str(line["id"]), line["text"]) for line in _lines(folder / "queries.jsonl"))
    return Dataset(tuple(entries), {id_: text for id_, text in texts if id_ in grades}, grades)


def folds(questions: Iterable[str], count: int, seed: int) -> list[list[str]]:
    """Deal the questions into ``count`` folds, shuffled by the seed."""
    shuffled = sorted(questions)
    random.Random(seed).shuffle(shuffled)
    return [shuffled[at::count] for at in range(count)]


def with_past_inquiries(data: Dataset, past: Sequence[str]) -> tuple[Searchable, ...]:
    """The entries with these questions filed as past inquiries of the entry that answers each best."""
    asked: dict[str, list[str]] = {}
    for question in past:
        grades = data.grades[question]
        best = max(grades.values())
        if best > 0:
            for entry in (id_ for id_, grade in grades.items() if grade == best):
                asked.setdefault(entry, []).append(data.questions[question])
    return tuple(replace(each, asked=tuple(asked.get(each.id, ()))) for each in data.entries)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
