from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from kbtool import durable
from kbtool.entry import Section
from kbtool.errors import Busy, UsageError
from kbtool.knowledge import KnowledgeBase
from kbtool.knowledge.ledger import LedgerLine, LineKind, append
from kbtool.project import Project
from tests.knowledge.conftest import TODAY, tree
from tests.knowledge.samples import entry


def test_an_entry_lies_under_its_category_and_is_found_by_id(kb: KnowledgeBase) -> None:
    assert kb.save(entry())
    assert (kb.folder / "course" / "KB-0001.md").is_file()
    assert kb.entry("KB-0001") == entry() == kb.entry("kb-0001")


def test_saving_the_same_again_writes_nothing(kb: KnowledgeBase) -> None:
    kb.save(entry())
    before = tree(kb)
    assert not kb.save(entry())
    assert tree(kb) == before


def test_a_new_category_moves_the_file(kb: KnowledgeBase) -> None:
    kb.save(entry())
    kb.save(entry(category="その他"))
    assert [path.parent.name for path in kb.folder.rglob("*.md")] == ["other"]


def test_a_category_nobody_configured_gets_a_safe_folder(kb: KnowledgeBase) -> None:
    kb.save(entry(category="../../etc"))
    (path,) = kb.folder.rglob("*.md")
    assert path.parent.parent == kb.folder
    assert path.parent.name.startswith("c-")


@pytest.mark.parametrize("id", ["", "../x", "あ", "x" * 65, ".hidden", "a/b", "a b"])
def test_an_id_that_is_no_file_name_is_refused(kb: KnowledgeBase, id: str) -> None:
    with pytest.raises(UsageError, match="knowledge_id"):
        kb.save(entry(id))


def test_ids_are_one_whatever_their_case(kb: KnowledgeBase) -> None:
    kb.save(entry("KB-0001"))
    with pytest.raises(UsageError, match="knowledge_twin"):
        kb.save(entry("kb-0001"))
    (kb.folder / "other").mkdir()
    (kb.folder / "other" / "kb-0001.md").write_bytes((kb.folder / "course" / "KB-0001.md").read_bytes())
    with pytest.raises(UsageError, match="knowledge_twin"):
        kb.entries()
    assert {problem.code for problem in kb.scan().problems} == {"knowledge_twin", "knowledge_file_name"}


def test_a_missing_entry_is_refused_with_near_ids(kb: KnowledgeBase) -> None:
    kb.save(entry("KB-0012"))
    with pytest.raises(UsageError) as refusal:
        kb.entry("KB-0021")
    assert (refusal.value.code, refusal.value.params["near"]) == ("knowledge_no_entry", "KB-0012")


def test_entries_come_in_the_order_of_their_numbers(kb: KnowledgeBase) -> None:
    kb.save_all(entry(id) for id in ("KB-10000", "KB-9999", "a"))
    assert list(kb.entries()) == ["KB-9999", "KB-10000", "a"]


def test_a_file_changed_by_hand_is_read_again(kb: KnowledgeBase) -> None:
    kb.save(entry())
    kb.entries()
    path = kb.folder / "course" / "KB-0001.md"
    path.write_text(path.read_text(encoding="utf-8").replace("10日前", "11日前"), encoding="utf-8")
    assert "11日前" in kb.entries()["KB-0001"].answer


def test_what_could_not_be_read_again_is_not_written(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError):
        kb.save_all([entry("KB-0001"), entry("KB-0002", sections=(Section("秘密", "x"),))])
    assert not list(kb.project.kb.rglob("*.md"))


def test_a_bad_file_costs_only_itself_in_a_scan(kb: KnowledgeBase) -> None:
    kb.save_all([entry("KB-0001"), entry("KB-0002")])
    (kb.folder / "course" / "KB-0002.md").write_bytes(b"\xff")
    found = kb.scan()
    assert list(found.entries) == ["KB-0001"]
    assert [(each.code, each.where) for each in found.problems] == [
        ("knowledge_not_utf8", "kb/entries/course/KB-0002.md")
    ]


def test_ids_go_up_and_are_never_given_again(kb: KnowledgeBase) -> None:
    assert kb.next_ids(2) == ["KB-0001", "KB-0002"]
    kb.save(entry("KB-0007"))
    assert kb.next_id() == "KB-0008"
    append(kb, [LedgerLine(TODAY, entry().audience, "KB-0041", LineKind.ADDED, public_id="q0009")])
    durable.remove(kb.folder / "course" / "KB-0007.md")
    assert kb.next_id() == "KB-0042"
    assert kb.next_public_id() == "q0010"
    kb.save(replace(entry("KB-0001"), public_id="q0011"))
    assert kb.next_public_id() == "q0012"


def _add_one(root: Path) -> None:
    kb = KnowledgeBase(Project(root))
    done = False
    while not done:
        try:
            with kb.writing("test"):
                kb.save(entry(kb.next_id()))
                done = True
        except Busy:
            continue


def test_writers_at_the_same_time_lose_nothing(kb: KnowledgeBase) -> None:
    processes = [get_context("fork").Process(target=_add_one, args=(kb.project.root,)) for _ in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)
    assert list(kb.entries()) == [f"KB-000{n}" for n in range(1, 9)]


def test_a_second_writer_is_told_who_is_at_work(kb: KnowledgeBase) -> None:
    with kb.writing("ingest"), kb.writing("nested"), pytest.raises(Busy) as busy:
        KnowledgeBase(kb.project).save(entry())
    assert busy.value.params["command"] == "ingest"


@pytest.mark.parametrize("id", ["KB-999999999", "KB-999999999999", "KB-9999999999999"])
def test_however_high_an_id_was_the_next_one_is_free(kb: KnowledgeBase, id: str) -> None:
    kb.save(entry(id))
    for _ in range(3):
        new = kb.next_id()
        assert kb.save(entry(new), new=True)
    assert len(kb.entries()) == 4


def test_a_new_entry_never_overwrites(kb: KnowledgeBase) -> None:
    kb.save(entry())
    before = tree(kb)
    for id in ("KB-0001", "kb-0001"):
        with pytest.raises(UsageError, match="knowledge_taken"):
            kb.save(entry(id, answer="別の文。"), new=True)
    assert tree(kb) == before


def test_an_absurd_public_address_does_not_repeat(kb: KnowledgeBase) -> None:
    kb.save(entry(public_id="q999999999999"))
    kb.save(entry("KB-0002", public_id="q0007"))
    assert kb.next_public_id() == "q0008"
