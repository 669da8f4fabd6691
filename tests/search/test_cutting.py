"""Many documents are cut by several processes; nobody can tell from the result."""

import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from kbtool.search import cutting, parts, whoosh_index
from kbtool.search.synonyms import Synonyms
from tests.search.desk import DOCUMENTS, SYNONYMS


def _built(folder: Path) -> dict[str, bytes]:
    parts.build(DOCUMENTS, Synonyms.of(SYNONYMS), whoosh_index.build, folder)
    columns = ("starts", "terms", "fields", "counts", "lengths", "frequent", "frequencies")
    return {name: (folder / f"{name}.npy").read_bytes() for name in columns}


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small numbers count as many, and there are two cores."""
    monkeypatch.setattr(cutting, "MANY", 1)
    monkeypatch.setattr(cutting, "_TOGETHER", 7)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_several_processes_cut_as_one_does(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    alone = _built(tmp_path / "alone")
    fields = cutting.cut(DOCUMENTS, Synonyms.of(SYNONYMS)).fields
    request.getfixturevalue("several")
    assert _built(tmp_path / "several") == alone
    assert cutting.cut(DOCUMENTS, Synonyms.of(SYNONYMS)).fields == fields


@pytest.mark.usefixtures("several")
def test_a_process_that_dies_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(ProcessPoolExecutor, "map", dies)
    assert len(cutting.cut(DOCUMENTS, Synonyms.of(SYNONYMS)).fields) == len(DOCUMENTS)


def test_nothing_is_cut_into_nothing() -> None:
    found = cutting.cut([], Synonyms.of([]))
    assert not found.fields
    assert len(found.columns) == 0
