import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool import durable
from kbtool.entry import Entry, Section, Status
from kbtool.errors import UsageError
from kbtool.knowledge import (
    KnowledgeBase,
    Result,
    accept,
    approve,
    effective_status,
    open_conflicts,
    resolve,
    take_machine,
)
from kbtool.outcome import Problem
from kbtool.project import Project
from tests.knowledge.conftest import TODAY, tree
from tests.knowledge.samples import document, draft

PAGES = document("一", "二", "三")
DRAFTS = (draft("a", "休みたい", "はい。できます。"), draft("b", "やめたい", "八日以内です。", page=2))


def results(kb: KnowledgeBase, drafts: tuple[Entry, ...]) -> list[Result]:
    return [item.result for item in accept(kb, PAGES, drafts, TODAY).items]


def edit(kb: KnowledgeBase, id: str, answer: str) -> None:
    kb.save(replace(kb.entry(id), sections=(Section("回答", answer),)))


def test_new_drafts_get_ids_in_their_order_and_pages_their_end(kb: KnowledgeBase) -> None:
    report = accept(kb, PAGES, DRAFTS, TODAY, outcomes={3: "contents"})
    assert [(item.result, item.entry) for item in report.items] == [(Result.NEW, "KB-0001"), (Result.NEW, "KB-0002")]
    assert report.counts == {"new": 2, "unchanged": 0, "merged": 0, "kept": 0, "conflict": 0, "retired_candidate": 0}
    ends = {each.page: (each.outcome, each.entries) for each in kb.documents.record("manual-1").pages}
    assert ends == {1: ("drafted", ("KB-0001",)), 2: ("drafted", ("KB-0002",)), 3: ("contents", ())}


def test_the_same_again_writes_nothing(kb: KnowledgeBase) -> None:
    accept(kb, PAGES, DRAFTS, TODAY)
    before = tree(kb)
    assert results(kb, DRAFTS) == [Result.UNCHANGED, Result.UNCHANGED]
    assert tree(kb) == before


def test_a_correction_survives_and_the_machine_may_mend_the_rest(kb: KnowledgeBase) -> None:
    accept(kb, PAGES, DRAFTS, TODAY)
    edit(kb, "KB-0001", "はい。人が直しました。")
    assert results(kb, DRAFTS)[0] is Result.KEPT
    again = (draft("a", "休みたいとき", "はい。できます。"), DRAFTS[1])
    assert results(kb, again)[0] is Result.MERGED
    merged = kb.entry("KB-0001")
    assert (merged.question, merged.answer) == ("休みたいとき", "はい。人が直しました。")
    before = tree(kb)
    assert results(kb, again)[0] is Result.KEPT
    assert tree(kb) == before


def test_a_conflict_keeps_the_person_and_stores_the_machine(kb: KnowledgeBase) -> None:
    accept(kb, PAGES, DRAFTS, TODAY)
    edit(kb, "KB-0002", "七日以内です。")
    again = (DRAFTS[0], draft("b", "やめたい", "九日以内です。", page=2))
    assert results(kb, again)[1] is Result.CONFLICT
    before = tree(kb)
    assert results(kb, again)[1] is Result.CONFLICT
    assert tree(kb) == before
    conflict = open_conflicts(kb)["KB-0002"]
    assert kb.entry("KB-0002").answer == "七日以内です。"
    assert (conflict.fields, conflict.machine.answer) == (("sections.回答",), "九日以内です。")
    resolve(kb, take_machine(kb.entry("KB-0002"), conflict.machine, conflict.fields), "a.mihon", TODAY)
    assert kb.entry("KB-0002").answer == "九日以内です。"
    assert not open_conflicts(kb)
    assert results(kb, again)[1] is Result.UNCHANGED
    with pytest.raises(UsageError, match="knowledge_no_conflict"):
        resolve(kb, kb.entry("KB-0002"), "a.mihon", TODAY)


def test_what_the_source_no_longer_says_is_only_proposed(kb: KnowledgeBase) -> None:
    accept(kb, PAGES, DRAFTS, TODAY)
    assert results(kb, DRAFTS[:1]) == [Result.UNCHANGED, Result.RETIRED_CANDIDATE]
    assert kb.entry("KB-0002").needs_review == ("source_gone",)
    before = tree(kb)
    assert results(kb, DRAFTS[:1]) == [Result.UNCHANGED, Result.RETIRED_CANDIDATE]
    assert tree(kb) == before
    results(kb, DRAFTS)
    assert kb.entry("KB-0002").needs_review == ()


def test_a_page_that_could_not_be_read_retires_nothing(kb: KnowledgeBase) -> None:
    accept(kb, PAGES, DRAFTS, TODAY)
    broken = replace(PAGES.pages[1], blocks=(), problems=(Problem("intake_page"),))
    report = accept(kb, replace(PAGES, pages=(PAGES.pages[0], broken, PAGES.pages[2])), DRAFTS[:1], TODAY)
    assert report.items[1].result is Result.UNCHANGED
    assert kb.entry("KB-0002").needs_review == ()


def test_what_a_person_took_out_stays_out(kb: KnowledgeBase) -> None:
    accept(kb, PAGES, DRAFTS, TODAY)
    durable.remove(kb.folder / "course" / "KB-0001.md")
    kb.save(replace(kb.entry("KB-0002"), status=Status.RETIRED))
    retired = kb.entry("KB-0002")
    assert results(kb, (draft("a", "x", "y"), draft("b", "x", "y"))) == [Result.KEPT, Result.KEPT]
    assert list(kb.entries().values()) == [retired]


def test_a_merge_into_an_approved_entry_puts_it_back_in_review(kb: KnowledgeBase) -> None:
    accept(kb, PAGES, DRAFTS, TODAY)
    approve(kb, "KB-0001", "b.reiji", TODAY)
    accept(kb, PAGES, (draft("a", "休みたい", "いいえ。"), DRAFTS[1]), TODAY)
    assert effective_status(kb.entry("KB-0001")) is Status.IN_REVIEW


def test_links_between_drafts_become_ids_and_twin_keys_stay_apart(kb: KnowledgeBase) -> None:
    accept(kb, PAGES, (replace(DRAFTS[0], related=("b", "KB-0099")), DRAFTS[1], draft("b", "別")), TODAY)
    assert kb.entry("KB-0001").related == ("KB-0002", "KB-0099")
    assert kb.entry("KB-0003").origin_key == "b#2"


answers = st.lists(st.sampled_from(["甲です。", "乙です。", "丙です。", "丁\n"]), max_size=4).map("".join)


@given(answers, answers, answers, answers)
@settings(max_examples=30, deadline=None)
def test_no_word_of_a_person_is_lost_by_reading_again(
    tmp_path_factory: pytest.TempPathFactory, first: str, second: str, third: str, person: str
) -> None:
    kb = KnowledgeBase(Project(tmp_path_factory.mktemp("project")))
    mine = "人の文。" + person
    accept(kb, PAGES, (draft("a", "問い", first),), TODAY)
    edit(kb, "KB-0001", mine)
    for answer in (second, third, third):
        accept(kb, PAGES, (draft("a", "問い", answer),), TODAY)
        now = kb.entry("KB-0001")
        assert "人の文。" in now.answer
        if "conflict" in now.needs_review:
            assert open_conflicts(kb)["KB-0001"].machine.answer == answer.strip("\n")


class Cut(Exception):
    """The power goes."""


def cut_at(monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    """Let the nth rename or deletion of the run fail."""
    calls = {"left": nth}

    def wrap(real):  # type: ignore[no-untyped-def]
        def run(*args, **kwargs):  # type: ignore[no-untyped-def]
            calls["left"] -= 1
            if calls["left"] == 0:
                raise Cut
            return real(*args, **kwargs)

        return run

    monkeypatch.setattr(os, "replace", wrap(os.replace))


@pytest.mark.parametrize("nth", range(1, 12))
def test_a_cut_at_any_moment_is_finished_by_the_next_run(
    kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    again = (
        draft("a", "休みたい", "いいえ。できます。"),
        draft("b", "やめたい", "九日。"),
        draft("c", "新しい", "い。"),
    )

    def history(base: KnowledgeBase, cut: int) -> dict[Path, bytes]:
        accept(base, PAGES, DRAFTS, TODAY)
        edit(base, "KB-0001", "はい。人が直しました。")
        edit(base, "KB-0002", "七日。")
        reread = replace(PAGES, fingerprint="t2")
        if cut:
            with monkeypatch.context() as patch:
                cut_at(patch, cut)
                try:
                    accept(base, reread, again, TODAY)
                except Cut:
                    assert cut == 1 or base.documents.known_sources() == {}
        accept(KnowledgeBase(base.project), reread, again, TODAY)
        root = base.project.kb
        return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    other = KnowledgeBase(Project(tmp_path_factory.mktemp("undisturbed")))
    durable.commit(other.project.kb / "settings.yml", (kb.project.kb / "settings.yml").read_bytes())
    assert history(kb, nth) == history(other, 0)


def test_a_sister_manual_in_the_same_pile_keeps_its_entries(kb: KnowledgeBase) -> None:
    """Manuals of sister products say nearly the same; only what stood on these pages can be reworded on them."""
    pile = document("そよぎ", "しずく")
    one, other = (
        replace(pile, slug=slug, pages=pages) for slug, pages in (("a", pile.pages[:1]), ("b", pile.pages[1:]))
    )
    accept(kb, one, (draft("そよぎ", "そよぎの電源が入らない"),), TODAY, parts=2)
    report = accept(kb, other, (draft("しずく", "しずくの電源が入らない", page=2),), TODAY, parts=2)
    assert [(item.result, item.entry) for item in report.items] == [(Result.NEW, "KB-0002")]
    assert [entry.question for entry in kb.entries().values()] == ["そよぎの電源が入らない", "しずくの電源が入らない"]


def test_one_question_asked_twice_keeps_its_two_entries_apart(kb: KnowledgeBase) -> None:
    first = draft("k1", "電源が入らない", "差込口を確かめてください。")
    second = draft("k2", "電源が入らない", "三十秒待ってください。", page=2)
    accept(kb, PAGES, (first, second), TODAY)
    swapped = (replace(second, origin_key="k1"), replace(first, origin_key="k2"))
    assert results(kb, swapped) == [Result.UNCHANGED, Result.UNCHANGED]
    assert results(kb, (replace(second, origin_key="k1"),)) == [Result.UNCHANGED, Result.RETIRED_CANDIDATE]
    assert [entry.needs_review for entry in kb.entries().values()] == [("source_gone",), ()]


def test_a_new_edition_reopens_exactly_what_it_changed_and_says_what(kb: KnowledgeBase) -> None:
    told = ("到着後8日以内です。", "到着後10日以内です。", "三つです。", "四つです。")
    drafts = [draft(str(n), f"{'甲乙丙丁'[n]}を知りたい", answer) for n, answer in enumerate(told)]
    accept(kb, PAGES, drafts, TODAY)
    edit(kb, "KB-0002", "到着後9日以内です。")
    edit(kb, "KB-0003", "三つです。人が足しました。")
    fifth = document("一", "二", "三", sha256="cd" * 32)
    told = ("到着後7日以内です。", "到着後9日以内です。", "三つです。", "四つです。")
    renewed = [
        replace(each, sections=(Section("回答", answer),), source=(replace(each.source[0], sha256="cd" * 32, page=2),))
        for each, answer in zip(drafts, told, strict=True)
    ]
    report = accept(kb, fifth, renewed, TODAY)
    assert [(item.result, item.change) for item in report.items] == [
        (Result.MERGED, "8日 → 7日"),
        (Result.UNCHANGED, "10日 → 9日"),
        (Result.KEPT, ""),
        (Result.UNCHANGED, ""),
    ]
    marked = [id for id, entry in kb.entries().items() if "source_changed" in entry.needs_review]
    assert marked == ["KB-0001", "KB-0002"]
    assert {entry.source[0].page for entry in kb.entries().values()} == {2}


def test_an_entry_under_another_id_is_found_by_its_key(kb: KnowledgeBase) -> None:
    accept(kb, PAGES, DRAFTS, TODAY)
    kb.save(replace(kb.entry("KB-0001"), id="x-9"), new=True)
    durable.remove(kb.folder / "course" / "KB-0001.md")
    report = accept(kb, PAGES, (draft("a", "休みたい", "いいえ。"), DRAFTS[1]), TODAY)
    assert (report.items[0].result, report.items[0].entry) == (Result.MERGED, "x-9")
