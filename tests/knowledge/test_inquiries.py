import stat
from dataclasses import replace
from hashlib import sha256

import pytest

from kbtool.errors import UsageError
from kbtool.inquiry import FieldState, FieldValue, Inquiry
from kbtool.knowledge import KnowledgeBase, inquiries
from tests.knowledge.conftest import tree

BOX = (0.1, 0.1, 0.2, 0.2)


def slip(number: str, *pages: int, day: str | None = "2026-04-02", content: str = "休みたい。", **more: str) -> Inquiry:
    fields = {
        "received_on": FieldValue(day or "", day, 90.0, FieldState.OK, pages[0], BOX),
        "content": FieldValue(content, content, 71.5, FieldState.NEEDS_REVIEW, pages[0], BOX, "low_confidence"),
        "csat": FieldValue("", None, 0.0, FieldState.NEEDS_REVIEW, pages[0], BOX, "two_marks"),
        "ces": FieldValue("7", 7, 99.0, FieldState.OK, pages[0], BOX),
    }
    return Inquiry(number, "inquiry_v1", more.get("document", "slips-1"), pages, fields)


FIRST, SECOND = slip("T260402-001", 1), slip("T260402-002", 2)


def test_records_lie_by_month_and_read_back_the_same(kb: KnowledgeBase) -> None:
    may, undated = slip("T260501-001", 3, day="2026-05-01"), slip("T260502-001", 4, day=None)
    report = inquiries.save(kb, [undated, may, SECOND, FIRST])
    assert set(report.added) == {FIRST.number, SECOND.number, may.number, undated.number}
    assert list(inquiries.records(kb).values()) == [FIRST, SECOND, may, undated]
    names = sorted(path.name for path in (kb.project.kb / "inquiries").iterdir())
    assert names == ["2026-04.jsonl", "2026-05.jsonl", "undated.jsonl"]


def test_the_same_again_writes_nothing(kb: KnowledgeBase) -> None:
    private = {FIRST.number: {"customer_name": "仮名 花子"}}
    inquiries.save(kb, [FIRST, SECOND], private)
    before = tree(kb)
    assert inquiries.save(kb, [SECOND, FIRST], private).unchanged == (SECOND.number, FIRST.number)
    assert tree(kb) == before


def test_a_second_scan_adds_its_page_and_no_record(kb: KnowledgeBase) -> None:
    inquiries.save(kb, [FIRST])
    report = inquiries.save(kb, [slip(FIRST.number, 21, content="体みたい。")])
    assert (report.repeated, report.changed) == ((FIRST.number,), (FIRST.number,))
    (record,) = inquiries.records(kb).values()
    assert (record.pages, record.value("content")) == ((1, 21), "休みたい。")


def test_both_scans_again_in_either_order_write_nothing(kb: KnowledgeBase) -> None:
    second = slip(FIRST.number, 21, content="体みたい。")
    inquiries.save(kb, [second, FIRST])
    before = tree(kb)
    assert inquiries.records(kb)[FIRST.number].value("content") == "休みたい。"
    for scans in ([FIRST, second], [second, FIRST], [second]):
        assert inquiries.save(kb, scans).repeated == (FIRST.number,)
        assert tree(kb) == before


def test_a_scan_in_another_document_is_only_reported(kb: KnowledgeBase) -> None:
    inquiries.save(kb, [FIRST])
    report = inquiries.save(kb, [slip(FIRST.number, 1, document="slips-2")])
    assert (report.repeated, report.unchanged) == ((FIRST.number,), (FIRST.number,))


def test_what_a_person_corrected_survives_another_reading(kb: KnowledgeBase) -> None:
    inquiries.save(kb, [FIRST])
    inquiries.correct(kb, FIRST.number, "csat", 4)
    inquiries.save(kb, [slip(FIRST.number, 1, content="一回休みたい。")])
    record = inquiries.records(kb)[FIRST.number]
    assert (record.value("csat"), record.value("content")) == (4, "一回休みたい。")
    assert record.to_review == ("content",)
    with pytest.raises(UsageError, match="knowledge_no_inquiry"):
        inquiries.correct(kb, FIRST.number, "colour", "x")
    with pytest.raises(UsageError, match="knowledge_no_inquiry"):
        inquiries.correct(kb, "T000000-000", "csat", 1)


def test_a_corrected_date_moves_the_record_to_its_month(kb: KnowledgeBase) -> None:
    inquiries.save(kb, [slip("T260402-001", 1, day=None)])
    inquiries.correct(kb, "T260402-001", "received_on", "2026-04-02")
    assert [path.name for path in (kb.project.kb / "inquiries").iterdir()] == ["2026-04.jsonl"]


def test_a_slip_without_a_number_is_kept(kb: KnowledgeBase) -> None:
    inquiries.save(kb, [slip("", 7), slip("", 9)])
    assert list(inquiries.records(kb)) == ["slips-1#7", "slips-1#9"]


def test_personal_values_lie_apart_for_their_owner_only(kb: KnowledgeBase) -> None:
    inquiries.save(kb, [FIRST, SECOND], {FIRST.number: {"customer_name": "仮名 花子"}, SECOND.number: {}})
    assert inquiries.private_values(kb) == {FIRST.number: {"customer_name": "仮名 花子"}}
    assert stat.S_IMODE(kb.project.private.stat().st_mode) == 0o700
    open_texts = [path.read_text(encoding="utf-8") for path in (kb.project.kb / "inquiries").iterdir()]
    assert all("花子" not in text for text in open_texts)
    assert inquiries.forget(kb, FIRST.number)
    assert not inquiries.forget(kb, FIRST.number)
    assert inquiries.private_values(kb) == {}
    assert list(inquiries.records(kb)) == [FIRST.number, SECOND.number]


def test_gaps_and_repeated_numbers_are_named() -> None:
    numbers = ["T260408-001", "T260408-002", "T260409-001", "T260409-003", "T260410-002", "slips-1#7", "無番"]
    found = [slip(number, 1) for number in numbers]
    found[1] = replace(found[1], pages=(2, 21))
    result = inquiries.reconcile(found)
    assert result.missing == ("T260409-002", "T260410-001")
    assert result.repeated == ("T260408-002",)
    assert inquiries.reconcile([]) == inquiries.Reconciliation((), ())


def test_files_are_the_same_whatever_the_order(kb: KnowledgeBase) -> None:
    def digest() -> str:
        return sha256((kb.project.kb / "inquiries" / "2026-04.jsonl").read_bytes()).hexdigest()

    inquiries.save(kb, [SECOND])
    inquiries.save(kb, [FIRST])
    one = digest()
    inquiries.save(kb, [FIRST, SECOND])
    assert digest() == one
