"""What a reviewer does to a slip."""

from collections.abc import Callable

import pytest

from kbtool.inquiry import Inquiry
from kbtool.knowledge import KnowledgeBase, inquiries
from tests.review.conftest import SLIP, Visitor

ADDRESS = f"/inquiry/{SLIP.number}"
Visit = Callable[..., Visitor]


def record(kb: KnowledgeBase) -> Inquiry:
    return inquiries.records(kb)[SLIP.number]


def test_each_doubtful_field_has_its_crop_and_an_input(visit: Visit) -> None:
    page = visit().get(ADDRESS)
    assert page.count('<svg class="crop"') == 3
    assert 'type="date"' in page
    assert '<option value="2">②満足</option>' in page
    assert "印が2つある" in page


def test_touched_and_ticked_fields_are_recorded_and_the_rest_stays(visit: Visit, kb: KnowledgeBase) -> None:
    status, target = visit().post(ADDRESS, **{"field.csat": "2", "done.content": "on"})
    assert (status, target) == (303, f"{ADDRESS}?done=corrected")
    after = record(kb)
    assert (after.value("csat"), after.value("content")) == (2, None)
    assert after.to_review == ("received_on",)


def test_the_last_field_leads_on_to_the_next(visit: Visit, kb: KnowledgeBase) -> None:
    values = {"field.csat": "1", "field.content": "休みたい", "field.received_on": "2026-04-08"}
    status, target = visit().post(ADDRESS, **values)
    assert (status, target) == (303, "/entry/KB-0001?done=corrected")
    assert record(kb).to_review == ()
    assert record(kb).value("received_on") == "2026-04-08"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"field.csat": "9"}, "「満足度」の値「9」は使えません"),
        ({"field.received_on": "昨日"}, "日付「昨日」を読めません"),
        ({"field.content": "あ" * 4001}, "「内容」が長すぎます"),
    ],
)
def test_what_the_form_cannot_hold_is_refused_and_stays_typed(
    visit: Visit, kb: KnowledgeBase, values: dict[str, str], sentence: str
) -> None:
    status, page = visit().post(ADDRESS, **values, **{"done.content": "on"})
    assert (status, sentence in page) == (409, True)
    assert 'name="done.content" checked' in page
    assert record(kb) == SLIP


def test_a_record_that_changed_meanwhile_is_not_overwritten(visit: Visit, kb: KnowledgeBase) -> None:
    visitor = visit()
    opened = visitor.get(ADDRESS)
    inquiries.correct(kb, SLIP.number, "csat", 1)
    status, page = visitor.post(ADDRESS, seen_in=opened, **{"field.content": "休みたい"})
    assert (status, "何も上書きしていません" in page) == (409, True)
    assert record(kb).value("content") is None


def test_fields_that_are_not_doubtful_cannot_be_set(visit: Visit, kb: KnowledgeBase) -> None:
    visit().post(ADDRESS, **{"field.number": "X", "done.number": "on"})
    assert record(kb) == SLIP


def test_hostile_words_are_shown_as_words(visit: Visit, kb: KnowledgeBase) -> None:
    visitor = visit()
    visitor.post(ADDRESS, **{"field.content": "<script>alert(1)</script>"})
    page = visitor.get(ADDRESS)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
