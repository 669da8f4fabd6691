"""Asking while ``kbtool serve`` runs: the answer of the command line, of the knowledge base as it is now."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase
from kbtool.project import Project
from kbtool.recipes.ask import Question, WarmSearch, ask
from kbtool.recipes.find import open_index
from tests.knowledge.samples import entry


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    kb = KnowledgeBase(Project(tmp_path, date(2026, 4, 15)))
    kb.project.kb.mkdir()
    kb.save(entry("KB-0001", "次回のお届けを休みたい"))
    kb.save(entry("KB-0002", "給水タンクから水が漏れる", "タンクのふたを締め直してください。"))
    return kb


@pytest.fixture
def warm(kb: KnowledgeBase) -> Iterator[WarmSearch]:
    with closing(WarmSearch(kb)) as opened:
        yield opened


def _ids(told: dict[str, object]) -> list[str]:
    return [hit["id"] for hit in json.loads(json.dumps(told))["hits"]]


def test_it_answers_as_the_command_line(kb: KnowledgeBase, warm: WarmSearch) -> None:
    with open_index(kb) as index:
        assert warm.answer({"q": "水漏れ", "limit": "3"}) == ask(index, Question("水漏れ", 3)).plain()


def test_it_follows_the_knowledge_base(kb: KnowledgeBase, warm: WarmSearch) -> None:
    assert _ids(warm.answer({"q": "解約"})) == []
    kb.save(replace(kb.entry("KB-0001"), question="定期コースを解約したい"))
    assert _ids(warm.answer({"q": "解約"})) == ["KB-0001"]
    assert _ids(warm.answer({"q": "卒業"})) == []
    (kb.project.kb / "synonyms.yml").write_text("- [解約, 卒業]\n", encoding="utf-8")
    assert _ids(warm.answer({"q": "卒業"})) == ["KB-0001"]


def test_filters_are_understood(warm: WarmSearch) -> None:
    assert _ids(warm.answer({"q": "水漏れ", "status": "draft", "archive": "0"})) == ["KB-0002"]
    assert _ids(warm.answer({"q": "水漏れ", "audience": "public"})) == []


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"q": " "},
        {"q": "水", "limit": "0"},
        {"q": "水", "limit": "²"},
        {"q": "水", "audience": "everybody"},
        {"q": "水", "category": "ない分類"},
    ],
)
def test_what_cannot_be_asked_is_refused(warm: WarmSearch, told: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        warm.answer(told)
