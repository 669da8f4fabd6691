"""Slips with one fault each: what is known is kept, what is not waits for a person."""

from pathlib import Path

from kbtool.document import Page
from kbtool.forms import Records, load_templates, records
from kbtool.inquiry import FieldState
from kbtool.settings import ProductName
from tests.forms import slips

(TEMPLATE,) = load_templates(Path(__file__).parents[2] / "kb")
PRODUCTS = (ProductName("みどりノート青汁 30包", (), ("青汁",)),)
TYPED = {
    "received_on": ("令和8年4月2日", 97.0),
    "number": ("T260402-001", 98.0),
    "receiver": ("見本", 96.0),
    "customer_name": ("仮名 花子", 95.0),
    "customer_phone": ("０９０-0000-0001", 95.0),
    "product": ("みどりノート青汁30包", 95.0),
    "content": ("来月は旅行で不在のため、\n次回だけ休みたい。", 94.0),
}
MARKS = {
    "channel": ["電話"],
    "category": ["定期変更"],
    "result": ["解決"],
    "escalation": ["不要"],
    "csat": ["5"],
    "ces": ["7"],
    "resolved": ["はい"],
}


def slip(number: int = 1, typed: dict[str, tuple[str, float]] | None = None, **marks: list[str]) -> Page:
    return slips.page(number, TYPED | (typed or {}), MARKS | marks)


def read(*pages: Page) -> Records:
    return records(slips.document(*pages), TEMPLATE, PRODUCTS)


def test_a_clean_slip_needs_no_person() -> None:
    (record,) = read(slip()).inquiries
    values = {name: found.value for name, found in record.fields.items() if found.value is not None}
    assert values == {
        "received_on": "2026-04-02",
        "number": "T260402-001",
        "receiver": "見本",
        "channel": "電話",
        "product": "みどりノート青汁 30包",
        "category": "定期変更",
        "content": "来月は旅行で不在のため、次回だけ休みたい。",
        "result": "解決",
        "escalation": "不要",
        "csat": 5,
        "ces": 7,
        "resolved": "はい",
    }
    assert record.to_review == ()
    assert record.fields["received_on"].raw == "令和8年4月2日"


def test_personal_values_are_kept_apart() -> None:
    result = read(slip())
    assert result.private == {"T260402-001": {"customer_name": "仮名 花子", "customer_phone": "090-0000-0001"}}
    assert "仮名" not in repr(result.inquiries)


def test_two_rings_are_undecidable() -> None:
    (record,) = read(slip(csat=["4", "5"])).inquiries
    assert (record.value("csat"), record.to_review) == (None, ("csat",))
    assert record.fields["csat"].raw == "①非常に満足・②満足" or record.fields["csat"].raw == "②満足・①非常に満足"


def test_a_blank_scale_is_no_doubt_but_a_blank_channel_is() -> None:
    (record,) = read(slip(ces=[], channel=[])).inquiries
    assert (record.value("ces"), record.value("channel"), record.to_review) == (None, None, ("channel",))


def test_a_reason_to_cancel_goes_with_a_cancellation_only() -> None:
    (asked,) = read(slip(category=["解約"])).inquiries
    (odd,) = read(slip(cancel_reason=["効果なし"])).inquiries
    (fine,) = read(slip(category=["解約"], cancel_reason=["効果なし"], retention=["継続"])).inquiries
    assert asked.to_review == ("cancel_reason", "retention")
    assert odd.to_review == ("cancel_reason",)
    assert fine.to_review == ()


def test_handwriting_is_typed_by_a_person() -> None:
    result = read(slip(typed={"content": ("みゆ人の", 31.0), "response": ("", 0.0)}))
    content = result.inquiries[0].fields["content"]
    assert (content.raw, content.value, content.state) == ("", None, FieldState.NEEDS_MANUAL)
    assert content.reason == "handwriting"
    assert result.inquiries[0].fields["response"].state is FieldState.NEEDS_MANUAL
    assert [problem.code for problem in result.problems] == ["forms_needs_manual"]


def test_doubtful_words_are_looked_at() -> None:
    (record,) = read(slip(typed={"content": ("次回だけ休みたい。", 72.0)})).inquiries
    assert record.fields["content"].state is FieldState.NEEDS_REVIEW


def test_a_number_that_contradicts_the_date_is_looked_at() -> None:
    (record,) = read(slip(typed={"received_on": ("令和8年4月3日", 97.0)})).inquiries
    assert record.to_review == ("received_on",)


def test_a_second_scan_is_the_same_record() -> None:
    pale = {"content": ("次回だけ体みたい。", 62.0), "customer_phone": ("090-0000-000l", 60.0)}
    result = read(slip(1), slip(4, typed=pale, channel=[]))
    (record,) = result.inquiries
    assert (record.pages, record.to_review, record.value("channel")) == ((1, 4), (), "電話")
    assert [problem.code for problem in result.problems] == ["forms_scanned_twice"]


def test_scans_that_differ_are_looked_at() -> None:
    (record,) = read(slip(1), slip(2, channel=["メール"])).inquiries
    assert record.to_review == ("channel",)


def test_a_slip_without_a_number_is_not_lost() -> None:
    result = read(slip(1), slip(2, typed={"number": ("", 0.0)}))
    assert [record.number for record in result.inquiries] == ["T260402-001", "slips#2"]
    assert result.problems[0].code == "forms_number_unread"


def test_other_pages_are_left_alone() -> None:
    letter = Page(2, 595, 842, slip().method)
    assert len(read(slip(1), letter).inquiries) == 1


def test_a_mark_taken_back_is_looked_at() -> None:
    """A second mark with a line through it leaves one, and a doubt; choices that are plainly empty leave none."""
    taken_back = slips.page(1, TYPED, MARKS, {"channel/メール": 60.0, "category/解約": 98.0})
    (record,) = read(taken_back).inquiries
    assert (record.fields["channel"].value, record.fields["channel"].reason) == ("電話", "doubtful_mark")
    assert record.to_review == ("channel",)
