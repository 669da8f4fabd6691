import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.entry import Audience, Entry, Section, Status
from kbtool.errors import PublishRefused, UsageError
from kbtool.knowledge import KnowledgeBase, approve, content_hash, export_jsonl, import_jsonl, publish, published
from kbtool.project import Project
from tests.knowledge.conftest import TODAY
from tests.knowledge.samples import ANSWER, entry
from tests.knowledge.strategies import entries


@given(st.lists(entries, max_size=3))
@settings(max_examples=60, deadline=None)
def test_out_and_in_again_is_the_same(tmp_path_factory: pytest.TempPathFactory, found: list[Entry]) -> None:
    root = tmp_path_factory.mktemp("project")
    kb = KnowledgeBase(Project(root))
    named = [replace(each, id=f"X-{n}", category=each.category or "その他") for n, each in enumerate(found)]
    import_jsonl(kb, export_jsonl(named))
    assert list(kb.entries().values()) == named
    before = list(export_jsonl(kb.entries().values()))
    assert not import_jsonl(kb, before).changed
    assert list(export_jsonl(kb.entries().values())) == before


def test_an_export_has_every_field_and_the_answer() -> None:
    (line,) = export_jsonl([entry()])
    record = json.loads(line)
    assert set(record) == set(Entry.__dataclass_fields__) | {"answer", "edition"}
    assert record["answer"] == ANSWER
    assert record["sections"] == [{"heading": "回答", "text": ANSWER}]


def test_question_and_answer_are_enough(kb: KnowledgeBase) -> None:
    kb.save(entry("KB-0004"))
    lines = ['{"question": "休みたい", "answer": "はい。"}', "", '{"id":"KB-0009","question":"x","answer":"y"}']
    report = import_jsonl(kb, lines)
    assert report.added == ("KB-0010", "KB-0009")
    new = kb.entry("KB-0010")
    assert (new.question, new.answer, new.category) == ("休みたい", "はい。", "その他")
    assert (new.audience, new.status) == (Audience.INTERNAL, Status.DRAFT)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"question": "x", "answer": "y", "colour": 1}', "knowledge_key_unknown"),
        ('{"answer": "y"}', "knowledge_key_missing"),
        ('{"question": "x"}', "knowledge_key_missing"),
        ('{"question": 1, "answer": "y"}', "knowledge_value"),
        ('{"question": "x", "answer": 1}', "knowledge_key_missing"),
        ('{"question": "x", "answer": "y", "audience": "all"}', "knowledge_value"),
        ('{"question": "x", "answer": "y", "question": "z"}', "knowledge_key_twice"),
        ('{"question": "x", "answer": "\\ud800"}', "knowledge_json"),
        ('{"question": "x", "answer": NaN}', "knowledge_json"),
        ('{"question": "x", "answer"', "knowledge_json"),
        ("[" * 100_000, "knowledge_json"),
        ("[1]", "knowledge_json"),
        (
            '{"question": "x", "answer": "y", "sections": [{"heading": "回答", "text": "z"}]}',
            "knowledge_answer_differs",
        ),
        ('{"question": "x", "sections": [{"heading": "秘密", "text": "z"}]}', "knowledge_section"),
        ('{"id": "../x", "question": "x", "answer": "y"}', "knowledge_import_id"),
        ('{"id": "A-1", "question": "x", "answer": "y"}', "knowledge_import_id"),
    ],
)
def test_one_bad_line_is_named_and_nothing_is_written(kb: KnowledgeBase, line: str, code: str) -> None:
    with pytest.raises(UsageError) as refusal:
        import_jsonl(kb, ['{"id": "a-1", "question": "x", "answer": "y"}', line], "faq.jsonl")
    assert (refusal.value.code, refusal.value.params["where"], refusal.value.params["line"]) == (code, "faq.jsonl", 2)
    assert not kb.entries()


def test_an_import_never_publishes(kb: KnowledgeBase) -> None:
    shown = entry(audience=Audience.PUBLIC, status=Status.PUBLISHED, approved_hash="00", public_id="q0001")
    import_jsonl(kb, export_jsonl([shown]))
    assert kb.entry("KB-0001") == shown
    assert not published(kb, Audience.PUBLIC)
    assert not published(kb, Audience.INTERNAL)


def test_foreign_categories_are_kept(kb: KnowledgeBase) -> None:
    import_jsonl(kb, ['{"id":"1","question":"x","answer":"y","category":"会員／退会"}'])
    assert kb.entry("1").category == "会員／退会"


def test_two_thousand_entries_are_imported_at_once(tmp_path: Path) -> None:
    kb = KnowledgeBase(Project(tmp_path))
    many = (replace(entry(f"Q-{n}"), sections=(Section("回答", ANSWER * 5),)) for n in range(2000))
    lines = list(export_jsonl(many))
    assert len(import_jsonl(kb, lines).added) == 2000
    assert len(kb.entries()) == 2000


@pytest.fixture
def approved_lines(tmp_path: Path) -> list[str]:
    """An export of another knowledge base, with an entry published there."""
    (tmp_path / "other").mkdir()
    other = KnowledgeBase(Project(tmp_path / "other"))
    other.save(entry(author="a.mihon"))
    approve(other, "KB-0001", "b.reiji", TODAY)
    publish(other, "KB-0001", Audience.PUBLIC, "a.mihon", TODAY)
    return list(export_jsonl(other.entries().values()))


def test_an_approval_from_elsewhere_travels_but_publishes_nothing(kb: KnowledgeBase, approved_lines: list[str]) -> None:
    import_jsonl(kb, approved_lines)
    assert list(export_jsonl(kb.entries().values())) == approved_lines
    assert not any(published(kb, each) for each in Audience)
    with pytest.raises(PublishRefused, match="knowledge_approved_elsewhere"):
        publish(kb, "KB-0001", Audience.PUBLIC, "a.mihon", TODAY)
    assert len(approve(kb, "KB-0001", "b.reiji", TODAY).history) == 3
    publish(kb, "KB-0001", Audience.PUBLIC, "a.mihon", TODAY)
    assert published(kb, Audience.PUBLIC)


def test_a_change_by_import_brings_no_approval(kb: KnowledgeBase) -> None:
    kb.save(entry(author="a.mihon"))
    standing = approve(kb, "KB-0001", "b.reiji", TODAY)
    forged = replace(standing, question="値引きしてほしい", public_id="q0099")
    forged = replace(forged, approved_hash=content_hash(forged))
    import_jsonl(kb, export_jsonl([forged]))
    after = kb.entry("KB-0001")
    assert (after.status, after.approved_by, after.approved_hash) == (Status.IN_REVIEW, "", "")
    assert (after.question, after.public_id) == ("値引きしてほしい", "")


def test_a_change_beside_the_words_keeps_the_approval(kb: KnowledgeBase) -> None:
    kb.save(entry(author="a.mihon"))
    standing = approve(kb, "KB-0001", "b.reiji", TODAY)
    import_jsonl(kb, export_jsonl([replace(standing, owner="定期コース担当")]))
    assert kb.entry("KB-0001") == replace(standing, owner="定期コース担当")


def test_an_id_that_counts_too_high_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="knowledge_import_number"):
        import_jsonl(kb, ['{"id": "KB-9999999999", "question": "x", "answer": "y"}'])


def test_every_entry_is_one_line_for_every_reader(kb: KnowledgeBase) -> None:
    odd = entry(question="一\x85二\u2028三\u2029四")
    text = "".join(export_jsonl([odd]))
    assert len(text.splitlines()) == 1
    import_jsonl(kb, text.splitlines())
    assert kb.entry("KB-0001").question == odd.question
