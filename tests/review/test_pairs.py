"""Pairs that ask the same: waiting, shown with both texts, settled."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kbtool.entry import Section, Status
from kbtool.knowledge import KnowledgeBase, accept
from kbtool.knowledge.besides import Beside
from kbtool.knowledge.decisions import DecisionKind
from kbtool.review import queue
from tests.review.conftest import TODAY, Visitor, document, draft

PAGE = "/pair/KB-0001~KB-0004"


@pytest.fixture
def torn(kb: KnowledgeBase) -> KnowledgeBase:
    """KB-0004 asks what KB-0001 asks, and names another fee."""
    answer = (Section("回答", "10日前までにお電話ください。送料は700円です。"),)
    kb.save(
        replace(
            kb.entry("KB-0001"), id="KB-0004", origin_key="", question="次回のお届けを休みたいとき", sections=answer
        )
    )
    return kb


def waiting(kb: KnowledgeBase) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.id, item.why) for item in queue(kb).items if item.kind == "pair"]


def test_a_contradiction_waits_with_both_texts(torn: KnowledgeBase, visit: Callable[..., Visitor]) -> None:
    assert waiting(torn) == [("KB-0001~KB-0004", ("contradiction",))]
    visitor = visit()
    assert PAGE in visitor.get("/?why=contradiction")
    page = visitor.get(PAGE)
    for words in ("650円", "700円", "次回のお届けを休みたいとき", "KB-0001 にまとめる", "どちらの答えも正しい"):
        assert words in page


def test_a_person_merges_or_keeps_both(torn: KnowledgeBase, visit: Callable[..., Visitor]) -> None:
    assert visit().post(PAGE, action="both_right")[0] == 303
    assert waiting(torn) == []
    torn.save(replace(torn.entry("KB-0004"), sections=(Section("回答", "送料は800円です。"),)))
    assert visit().post(PAGE, action="merge_other")[0] == 303
    assert torn.entry("KB-0001").status is Status.RETIRED
    assert torn.entry("KB-0004").variants == ("次回のお届けを休みたい",)


def test_what_changed_since_it_was_seen_is_not_settled(torn: KnowledgeBase, visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    seen = visitor.get(PAGE)
    torn.save(replace(torn.entry("KB-0004"), sections=(Section("回答", "送料は800円です。"),)))
    status, page = visitor.post(PAGE, seen, action="merge_first")
    assert (status, torn.entry("KB-0004").status) == (409, Status.DRAFT)
    assert "800円" in page


def test_a_repeated_passage_is_added_as_a_variant(kb: KnowledgeBase, visit: Callable[..., Visitor]) -> None:
    again = draft("k9", "お休みしたい", "10日前までにお電話ください。送料は650円です。")
    manual = document("manual-1", "業務マニュアル.pdf", "ab" * 32, "お届け予定日の10日前までにお電話ください。")
    drafts = [item.draft for item in kb.documents.drafts("manual-1")]
    accept(kb, manual, drafts, TODAY, beside=[Beside(DecisionKind.DUPLICATE, "k1", again)])
    assert waiting(kb) == [("KB-0001~@k9", ("duplicate",))]
    page = visit().get("/pair/KB-0001~@k9")
    assert "お休みしたい" in page
    assert visit().post("/pair/KB-0001~@k9", action="merge_first")[0] == 303
    assert kb.entry("KB-0001").variants == ("お休みしたい",)
    assert waiting(kb) == []


@pytest.mark.parametrize("address", ["/pair/KB-0001~KB-0002", "/pair/KB-0001", "/pair/KB-0001~KB-0099"])
def test_what_is_no_pair_is_not_there(visit: Callable[..., Visitor], address: str) -> None:
    assert visit().client.get(address).status_code == 404
