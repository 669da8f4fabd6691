"""Personal data is found wherever it stands, shown without its value, and asked about once."""

from dataclasses import replace

import pytest

from kbtool.document import SourceFile
from kbtool.entry import HistoryItem, Section
from kbtool.inquiry import FieldState, FieldValue, Inquiry
from kbtool.knowledge import (
    KnowledgeBase,
    PersonalFinding,
    decisions,
    findings,
    inquiries,
    personal_findings,
    personal_findings_of,
)
from kbtool.knowledge.decisions import Decision, DecisionKind
from tests.knowledge.conftest import TODAY
from tests.knowledge.samples import BOX, document, entry

VALUE = "090-0000-0012"
PLACES = {
    "question": entry(question=f"{VALUE}に折り返してほしい"),
    "variants": entry(variants=("休みたい", f"{VALUE}へ")),
    "tags": entry(tags=(VALUE,)),
    "社内メモ": entry(sections=(Section("回答", "はい。"), Section("社内メモ", f"一行目\n\n折り返しは{VALUE}まで"))),
    "note": entry(history=(HistoryItem(TODAY, "edited", "a.mihon", "", f"{VALUE}から依頼"),)),
}


def decide(kb: KnowledgeBase, found: PersonalFinding, decision: str = findings.NOT_PERSONAL) -> None:
    decisions.record(kb, [Decision(TODAY, "b.reiji", DecisionKind.PERSONAL, found.key, decision)])


@pytest.mark.parametrize("field", PLACES)
def test_it_is_found_in_every_field_and_its_line_is_named(field: str, kb: KnowledgeBase) -> None:
    kb.save(PLACES[field])
    (found,) = personal_findings(kb)
    assert (found.owner, found.field, found.kind) == ("KB-0001", field, "phone")
    assert found.where == "kb/entries/course/KB-0001.md"
    assert VALUE in (kb.project.root / found.where).read_text(encoding="utf-8").splitlines()[found.line - 1]
    assert "〔電話1〕" in found.shown


def test_nothing_that_is_told_or_kept_holds_the_value(kb: KnowledgeBase) -> None:
    kb.save(entry(answer=f"{VALUE} と 090-0000-0034、{VALUE}"))
    found = personal_findings(kb)
    decide(kb, found[0])
    kept = (kb.project.kb / "decisions.jsonl").read_text(encoding="utf-8")
    assert len(found) == 3
    assert "0000" not in repr(found) + kept


def test_records_pages_log_and_names_of_files_are_looked_through(kb: KnowledgeBase) -> None:
    field = FieldValue(f"{VALUE}へ電話", f"{VALUE}へ電話", 90.0, FieldState.OK, 1, BOX)
    inquiries.save(kb, (Inquiry("T260408-001", "slip", "slips-1", (1,), {"content": field}),))
    read = replace(document(f"{VALUE}にかける"), sources=(SourceFile(f"{VALUE}.pdf", "ab" * 32),))
    kb.documents.save(read)
    (kb.project.kb / "searches").mkdir()
    (kb.project.kb / "searches" / "2026.jsonl").write_text(f'{{"words":["{VALUE}"]}}\n', encoding="utf-8")
    (kb.project.kb / "forms").mkdir()
    (kb.project.kb / "forms" / f"{VALUE}.yml").write_text("", encoding="utf-8")
    found = {(each.where, each.line, each.field) for each in personal_findings(kb)}
    assert found == {
        ("kb/inquiries/undated.jsonl", 1, "content"),
        ("kb/documents/manual-1/pages.jsonl", 1, "paragraph"),
        ("kb/documents/manual-1/document.yml", 5, "sources"),
        ("kb/searches/2026.jsonl", 1, "words"),
        ("kb/forms/〔電話1〕.yml", 0, "file"),
    }


def test_a_note_of_the_house_may_name_a_record_and_a_text_may_not(kb: KnowledgeBase) -> None:
    inquiries.save(kb, (Inquiry("T260408-001", "slip", "slips-1", (1,), {}),))
    kb.save(entry(answer="T260408-001の件", history=(HistoryItem(TODAY, "edited", "a.mihon", "", "T260408-001から"),)))
    assert [found.field for found in personal_findings(kb)] == ["回答"]


def test_the_pages_of_slips_are_no_finding(kb: KnowledgeBase) -> None:
    kb.documents.save(document(VALUE), private=True)
    assert personal_findings(kb) == ()


def test_a_decision_holds_until_the_text_changes(kb: KnowledgeBase) -> None:
    kb.save(entry(answer=f"{VALUE}まで"))
    decide(kb, personal_findings(kb)[0])
    assert personal_findings(kb) == ()
    kb.save(entry(answer=f"{VALUE}まで", question="ほかの質問"))
    assert personal_findings(kb) == ()
    kb.save(entry(answer=f"自宅の{VALUE}まで"))
    assert len(personal_findings(kb)) == 1


def test_a_decision_is_for_one_entry_and_one_field(kb: KnowledgeBase) -> None:
    kb.save(entry(answer=f"{VALUE}まで"))
    decide(kb, personal_findings(kb)[0])
    kb.save(entry("KB-0002", answer=f"{VALUE}まで"))
    assert [found.owner for found in personal_findings(kb)] == ["KB-0002"]


def test_the_companys_own_numbers_are_nobodys(kb: KnowledgeBase) -> None:
    (kb.project.kb / "settings.yml").write_text("allowed_contacts: ['090-0000-0012']\n", encoding="utf-8")
    kb.save(entry(answer="０９０（００００）００１２、09000000012"))
    assert personal_findings(kb) == ()


def test_an_entry_that_is_not_the_one_on_disk_is_looked_at_as_given(kb: KnowledgeBase) -> None:
    kb.save(entry())
    assert len(personal_findings_of(kb, entry(answer=VALUE))) == 1
