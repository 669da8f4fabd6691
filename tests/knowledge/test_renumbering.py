"""Entries under one id after a git merge, and their next reading."""

from dataclasses import replace

import pytest

from kbtool.entry import Audience, HistoryItem, Status
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase, Result, accept, approve, entry_file, publish
from kbtool.knowledge.renumbering import renumber
from tests.knowledge.conftest import TODAY
from tests.knowledge.samples import document, draft, entry


def twin(kb: KnowledgeBase, folder: str, **more: object) -> None:
    made = replace(entry("KB-0001", f"{folder}の質問"), **more)  # type: ignore[arg-type]
    (kb.folder / folder).mkdir(parents=True, exist_ok=True)
    (kb.folder / folder / "KB-0001.md").write_text(entry_file.render(made), encoding="utf-8")


def test_the_unpublished_one_of_two_gets_another_id(kb: KnowledgeBase) -> None:
    twin(kb, "course", public_id="q0001", audience=Audience.PUBLIC)
    twin(kb, "other")
    assert renumber(kb, "kb-0001", "a.mihon", TODAY).question == "otherの質問"
    assert [(each.id, each.question) for each in kb.entries().values()] == [
        ("KB-0001", "courseの質問"),
        ("KB-0002", "otherの質問"),
    ]
    assert kb.entry("KB-0002").history == (HistoryItem(TODAY, "renumbered", "a.mihon", note="KB-0001"),)


def test_what_readers_know_keeps_its_id(kb: KnowledgeBase) -> None:
    kb.save(entry())
    approve(kb, "KB-0001", "a.mihon", TODAY)
    publish(kb, "KB-0001", Audience.PUBLIC, "b.reiji", TODAY)
    with pytest.raises(UsageError, match="knowledge_renumber_published"):
        renumber(kb, "KB-0001", "a.mihon", TODAY)
    with pytest.raises(UsageError, match="knowledge_no_entry"):
        renumber(kb, "KB-0009", "a.mihon", TODAY)


def test_links_follow_and_the_approval_is_to_be_given_again(kb: KnowledgeBase) -> None:
    kb.save_all((entry("KB-0001"), entry("KB-0002", related=("KB-0001",)), entry("KB-0003", replaced_by="KB-0001")))
    approve(kb, "KB-0001", "a.mihon", TODAY)
    renumber(kb, "KB-0001", "a.mihon", TODAY)
    assert (kb.entry("KB-0002").related, kb.entry("KB-0003").replaced_by) == (("KB-0004",), "KB-0004")
    assert not list(kb.frozen_folder(Audience.INTERNAL).glob("*"))
    approve(kb, "KB-0004", "b.reiji", TODAY)
    assert kb.entry("KB-0004").status is Status.APPROVED


def test_two_branches_gave_one_id_and_both_manuals_find_their_entries_again(kb: KnowledgeBase) -> None:
    one, other = document("一", slug="one"), document("二", slug="other", sha256="cd" * 32)
    mine, theirs = draft("a", "休みたい"), replace(draft("b", "返したい", "送料は500円です。"), category="その他")
    accept(kb, one, (mine,), TODAY)
    kept = (kb.folder / "course" / "KB-0001.md").read_bytes()
    drafts = kb.documents.folder("one", private=False) / "drafts.jsonl"
    said = drafts.read_bytes()
    (kb.folder / "course" / "KB-0001.md").unlink()
    drafts.unlink()
    accept(kb, other, (theirs,), TODAY)
    (kb.folder / "course" / "KB-0001.md").write_bytes(kept)
    drafts.write_bytes(said)
    new = renumber(kb, "KB-0001", "a.mihon", TODAY)
    again = replace(theirs, sections=entry(answer="送料は660円です。").sections)
    assert [item.result for item in accept(kb, other, (again,), TODAY).items] == [Result.MERGED]
    assert [item.result for item in accept(kb, one, (mine,), TODAY).items] == [Result.UNCHANGED]
    assert {each.question: each.answer for each in kb.entries().values()} == {
        "休みたい": mine.answer,
        "返したい": "送料は660円です。",
    }
    assert new.id in ("KB-0002", "KB-0003")
