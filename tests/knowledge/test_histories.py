"""0 lost edits, 0 silent overwrites, and a second run changes nothing, over generated histories."""

import os

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kbtool import durable
from kbtool.knowledge import KnowledgeBase
from kbtool.project import Project
from tests.knowledge.conftest import SETTINGS
from tests.knowledge.histories import MACHINE, PEOPLE, Act, World, play

numbers = st.integers(0, 11)
acts = st.tuples(st.sampled_from(PEOPLE), numbers, numbers) | st.tuples(st.sampled_from(MACHINE), numbers, numbers)
turns = st.lists(st.lists(acts, min_size=1, max_size=5), min_size=1, max_size=4)


@pytest.fixture(autouse=True)
def no_syncs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is cut here, so nothing has to reach a disk."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


def a_history(tmp_path_factory: pytest.TempPathFactory, many: int, told: list[list[Act]]) -> None:
    project = Project(tmp_path_factory.mktemp("project"))
    durable.commit(project.kb / "settings.yml", SETTINGS)
    play(World(KnowledgeBase(project)), many, told)


@given(st.integers(1, 4), turns)
@example(1, [[("same_question", 0, 0)], [("reask", 1, 0)]])
@example(2, [[("join", 0, 1), ("reword", 0, 0), ("reword", 1, 0)]])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_some_histories(tmp_path_factory: pytest.TempPathFactory, many: int, told: list[list[Act]]) -> None:
    a_history(tmp_path_factory, many, told)


@pytest.mark.slow
@given(st.integers(1, 5), turns)
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_five_hundred_histories(tmp_path_factory: pytest.TempPathFactory, many: int, told: list[list[Act]]) -> None:
    a_history(tmp_path_factory, many, told)
