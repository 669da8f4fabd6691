"""Personal data is shown where a person reviews, and settled there with one button."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from kbtool.entry import Section
from kbtool.knowledge import KnowledgeBase, personal_findings
from kbtool.review import queue
from tests.review.conftest import Visitor

Visit = Callable[..., Visitor]
TEXT = "見本花子様（090-0000-0012）へ折り返します。"


@pytest.fixture(autouse=True)
def planted(kb: KnowledgeBase) -> None:
    kb.save(replace(kb.entry("KB-0002"), sections=(Section("回答", TEXT),)))


def buttons(page: str, decision: str) -> list[str]:
    return re.findall(rf'name="action" value="({decision}:[0-9a-f]{{8}})"', page)


def test_it_comes_first_in_the_list_and_is_shown_masked(visit: Visit, kb: KnowledgeBase) -> None:
    assert [item.why[0] for item in queue(kb).items if item.id == "KB-0002"] == ["personal"]
    page = visit().get("/entry/KB-0002")
    assert "〔氏名1〕様（〔電話1〕）へ折り返します。" in page
    assert (len(buttons(page, "none")), len(buttons(page, "mask")), len(buttons(page, "remove"))) == (2, 2, 2)


def test_each_is_masked_by_its_own_button(visit: Visit, kb: KnowledgeBase) -> None:
    visitor = visit()
    for _ in range(2):
        action = buttons(visitor.get("/entry/KB-0002"), "mask")[0]
        assert visitor.post("/entry/KB-0002", action=action) == (303, "/entry/KB-0002?done=settled")
    masked = kb.entry("KB-0002")
    assert masked.section("回答") == "〔氏名1〕様（〔電話1〕）へ折り返します。"
    assert masked.author == "b.reiji"
    assert personal_findings(kb) == ()


def test_what_names_nobody_is_not_asked_again(visit: Visit, kb: KnowledgeBase) -> None:
    visitor = visit()
    for action in buttons(visitor.get("/entry/KB-0002"), "none"):
        visitor.post("/entry/KB-0002", action=action)
    assert kb.entry("KB-0002").section("回答") == TEXT
    assert buttons(visitor.get("/entry/KB-0002"), "none") == []


def test_unsaved_words_are_not_lost_to_a_mask(visit: Visit, kb: KnowledgeBase) -> None:
    visitor = visit()
    action = buttons(visitor.get("/entry/KB-0002"), "mask")[0]
    status, page = visitor.post("/entry/KB-0002", action=action, **{"section.回答": "書きかけの文です。"})
    assert status == 409
    assert "書きかけの文です。" in page
    assert kb.entry("KB-0002").section("回答") == TEXT
