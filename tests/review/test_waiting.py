"""What waits, and in which order."""

from collections.abc import Callable
from dataclasses import replace

from kbtool import messages
from kbtool.entry import Status
from kbtool.knowledge import KnowledgeBase, approve
from kbtool.review import queue, waiting
from tests.review.conftest import SLIP, TODAY, Visitor


def names(kb: KnowledgeBase) -> list[str]:
    return [item.id for item in queue(kb).items]


def test_decisions_come_first_then_slips_then_doubts_then_approvals(kb: KnowledgeBase) -> None:
    assert names(kb) == ["KB-0003", SLIP.number, "KB-0001", "KB-0002"]


def test_safety_goes_before_its_equals(kb: KnowledgeBase) -> None:
    kb.save(replace(kb.entry("KB-0002"), needs_review=("low_confidence",), safety=True))
    assert names(kb)[2:] == ["KB-0002", "KB-0001"]


def test_what_is_approved_or_retired_waits_no_longer(kb: KnowledgeBase) -> None:
    approve(kb, "KB-0001", "b.reiji", TODAY, checked=True)
    kb.save(replace(kb.entry("KB-0002"), status=Status.RETIRED))
    assert names(kb) == ["KB-0003", SLIP.number]


def test_an_approved_text_that_changed_waits_again(kb: KnowledgeBase) -> None:
    approve(kb, "KB-0001", "b.reiji", TODAY, checked=True)
    kb.save(replace(kb.entry("KB-0001"), question="お休みしたい"))
    assert [item.status for item in queue(kb).items if item.id == "KB-0001"] == ["in_review"]


def test_reasons_are_counted_the_most_pressing_first(kb: KnowledgeBase) -> None:
    assert queue(kb).reasons() == {"conflict": 1, "fields": 1, "numbers": 1, "approval": 1}
    assert list(queue(kb).reasons()) == ["conflict", "fields", "numbers", "approval"]


def test_neighbours(kb: KnowledgeBase) -> None:
    items = queue(kb).items
    first, last = waiting.place(items, "entry", "KB-0003"), waiting.place(items, "entry", "KB-0002")
    assert (first.number, first.previous, first.next) == (1, None, items[1])
    assert (last.number, last.previous, last.next) == (4, items[2], None)
    gone = waiting.place(items, "entry", "KB-0099")
    assert (gone.number, gone.previous, gone.next) == (0, None, items[0])


def test_a_broken_file_is_named_and_the_rest_goes_on(kb: KnowledgeBase, visit: Callable[..., Visitor]) -> None:
    (kb.folder / "course" / "KB-0002.md").write_text("壊れた", encoding="utf-8")
    page = visit().get("/")
    assert "KB-0002.md" in page
    assert "次回のお届けを休みたい" in page


def test_the_list_can_be_narrowed_and_the_choice_stays(visit: Callable[..., Visitor]) -> None:
    page = visit().get("/?why=numbers")
    assert "次回のお届けを休みたい" in page
    assert "届け先を変えたい" not in page
    assert "/entry/KB-0001?why=numbers" in page


def test_the_room_speaks_english_too(visit: Callable[..., Visitor]) -> None:
    messages.choose("en")
    for address in ("/", "/entry/KB-0001", "/entry/KB-0003", f"/inquiry/{SLIP.number}"):
        page = visit().get(address)
        assert '<html lang="en">' in page
        assert "Review room" in page
