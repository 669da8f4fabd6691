"""What a person decides about personal data: done once, wherever the value stands, and nothing of it is kept."""

import pytest

from kbtool.entry import Audience, HistoryItem, Section, Status
from kbtool.errors import PublishRefused, UsageError
from kbtool.inquiry import FieldState, FieldValue, Inquiry
from kbtool.knowledge import KnowledgeBase, approve, effective_status, inquiries, personal_findings, publish, redaction
from tests.knowledge.conftest import TODAY
from tests.knowledge.samples import BOX, document, entry

A, B = "a.mihon", "b.reiji"
TEXT = "見本花子様（０９０−００００−００１２）へ折り返します。\n急ぎは 090-0000-0034 へ。"
NOTE = HistoryItem(TODAY, "edited", A, "", "090(0000)0012から")


@pytest.fixture(autouse=True)
def saved(kb: KnowledgeBase) -> None:
    kb.save(entry(question="見本花子様への折り返し", sections=(Section("社内メモ", TEXT),), history=(NOTE,)))


def kept(kb: KnowledgeBase) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in kb.project.kb.rglob("*") if path.is_file())


def test_masks_stay_readable_and_are_the_same_in_every_field(kb: KnowledgeBase) -> None:
    redaction.decide(kb, "KB-0001", redaction.MASK, B, TODAY)
    masked = kb.entry("KB-0001")
    assert masked.question == "〔氏名1〕様への折り返し"
    assert masked.section("社内メモ") == "〔氏名1〕様（〔電話1〕）へ折り返します。\n急ぎは 〔電話2〕 へ。"
    assert [item.note for item in masked.history] == ["", "〔電話1〕から"]
    assert personal_findings(kb) == ()


def test_what_was_masked_is_written_nowhere(kb: KnowledgeBase) -> None:
    redaction.decide(kb, "KB-0001", redaction.MASK, B, TODAY)
    assert not {"花子", "0012", "００１２", "0034"} & {
        piece for piece in ("花子", "0012", "００１２", "0034") if piece in kept(kb)
    }
    assert '"decision":"mask"' in kept(kb)


def test_what_is_removed_leaves_no_empty_brackets(kb: KnowledgeBase) -> None:
    phone = next(each for each in personal_findings(kb) if each.field == "社内メモ" and each.kind == "phone")
    redaction.decide(kb, "KB-0001", redaction.REMOVE, B, TODAY, (phone.handle,))
    removed = kb.entry("KB-0001")
    assert removed.section("社内メモ") == "見本花子様へ折り返します。\n急ぎは 090-0000-0034 へ。"
    assert removed.history[1].note == "から"


def test_a_changed_text_goes_back_into_review(kb: KnowledgeBase) -> None:
    approve(kb, "KB-0001", B, TODAY)
    redaction.decide(kb, "KB-0001", redaction.MASK, B, TODAY)
    after = kb.entry("KB-0001")
    assert (effective_status(after), after.author, after.history[0].kind) == (Status.IN_REVIEW, B, "edited")


def test_saying_that_it_names_nobody_changes_no_text(kb: KnowledgeBase) -> None:
    before = kb.entry("KB-0001")
    assert len(redaction.decide(kb, "KB-0001", redaction.NOT_PERSONAL, B, TODAY)) == 5
    assert kb.entry("KB-0001") == before
    assert personal_findings(kb) == ()
    with pytest.raises(UsageError, match="knowledge_no_finding"):
        redaction.decide(kb, "KB-0001", redaction.NOT_PERSONAL, B, TODAY)


def test_a_handle_that_means_nothing_is_refused_before_anything_changes(kb: KnowledgeBase) -> None:
    handle = personal_findings(kb)[0].handle
    with pytest.raises(UsageError, match="knowledge_no_finding"):
        redaction.decide(kb, "KB-0001", redaction.MASK, B, TODAY, (handle, "00000000"))
    assert len(personal_findings(kb)) == 5


@pytest.mark.parametrize("audience", [Audience.PARTNER, Audience.PUBLIC])
def test_nothing_leaves_the_machine_before_it_is_settled(kb: KnowledgeBase, audience: Audience) -> None:
    kb.save(entry("KB-0002", history=(NOTE,)))
    approve(kb, "KB-0002", B, TODAY)
    with pytest.raises(PublishRefused, match="knowledge_personal") as refused:
        publish(kb, "KB-0002", audience, A, TODAY)
    params = refused.value.params
    assert (params["id"], params["field"], params["where"]) == ("KB-0002", "note", "kb/entries/course/KB-0002.md")
    assert "0012" not in str(refused.value)
    redaction.decide(kb, "KB-0002", redaction.NOT_PERSONAL, B, TODAY)
    assert publish(kb, "KB-0002", audience, A, TODAY).status is Status.PUBLISHED


def test_in_the_house_it_is_shown_and_not_refused(kb: KnowledgeBase) -> None:
    approve(kb, "KB-0001", B, TODAY)
    assert publish(kb, "KB-0001", Audience.INTERNAL, A, TODAY).status is Status.PUBLISHED


def test_the_sentence_of_the_log_is_looked_at_too(kb: KnowledgeBase) -> None:
    kb.save(entry("KB-0002"))
    approve(kb, "KB-0002", B, TODAY)
    with pytest.raises(PublishRefused, match="knowledge_personal"):
        publish(kb, "KB-0002", Audience.PUBLIC, A, TODAY, public="見本花子様のご指摘で直しました")


def test_the_words_of_a_slip_are_masked_as_read_and_as_corrected(kb: KnowledgeBase) -> None:
    words = FieldValue("０９０-0000-0012へ", "090-0000-0012へ", 90.0, FieldState.OK, 1, BOX)
    read = Inquiry("T260408-001", "slip", "slips-1", (1,), {"content": words})
    inquiries.save(kb, (read,))
    redaction.decide(kb, "T260408-001", redaction.MASK, B, TODAY)
    inquiries.save(kb, (read,))
    field = inquiries.records(kb)["T260408-001"].fields["content"]
    assert (field.raw, field.value) == ("〔電話1〕へ", "〔電話1〕へ")
    assert "T260408-001" not in {each.owner for each in personal_findings(kb)}


def test_a_source_is_not_changed_but_may_be_said_to_name_nobody(kb: KnowledgeBase) -> None:
    kb.documents.save(document("受付は 03-0000-0001"))
    with pytest.raises(UsageError, match="knowledge_not_ours"):
        redaction.decide(kb, "manual-1", redaction.MASK, B, TODAY)
    redaction.decide(kb, "manual-1", redaction.NOT_PERSONAL, B, TODAY)
    assert "manual-1" not in {each.owner for each in personal_findings(kb)}
