"""What a reviewer does to an entry, as their browser sends it."""

import html
from collections.abc import Callable
from dataclasses import replace

import pytest

from kbtool import durable
from kbtool.entry import Section, Status
from kbtool.knowledge import KnowledgeBase, approve, effective_status, open_conflicts
from tests.review.conftest import TODAY, Visitor

Visit = Callable[..., Visitor]


def test_the_page_shows_paper_and_words(visit: Visit) -> None:
    page = visit().get("/entry/KB-0001")
    assert 'href="/page/manual-1/1"' in page
    assert "次回のお届けを休みたい</textarea>" in page
    assert '<rect x="59.5" y="168.4" width="476.0" height="84.2"/>' in page


def test_numbers_and_doubtful_cells_are_marked(visit: Visit) -> None:
    page = visit().get("/entry/KB-0001")
    assert 'お届け予定日の<mark class="number">10</mark>日前までに' in page
    assert '<mark class="doubt">650</mark>円' in page
    assert "確信度 55%" in page
    assert '<rect class="doubt" x="303.4" y="176.8"' in page


def test_a_number_the_entry_does_not_say_needs_no_look(visit: Visit) -> None:
    assert '<mark class="number">' not in visit().get("/entry/KB-0002")


def test_a_saved_correction_is_on_disk_with_its_author(visit: Visit, kb: KnowledgeBase) -> None:
    answer = "7日前までにお電話ください。\r\n送料は650円です。"
    status, target = visit("a.mihon").post("/entry/KB-0001", **{"section.回答": answer, "variants": "休止\r\n\r\n休止"})
    assert (status, target) == (303, "/entry/KB-0001?done=saved")
    saved = kb.entry("KB-0001")
    assert saved.section("回答") == "7日前までにお電話ください。\n送料は650円です。"
    assert saved.variants == ("休止",)
    assert (saved.author, saved.history[0].kind, saved.history[0].by) == ("a.mihon", "edited", "a.mihon")
    assert saved.needs_review == ("numbers",)


def test_a_save_without_a_change_writes_nothing(visit: Visit, kb: KnowledgeBase) -> None:
    before = kb.entry("KB-0001")
    assert visit().post("/entry/KB-0001", action="save") == (303, "/entry/KB-0001?done=unchanged")
    assert kb.entry("KB-0001") == before


def test_a_new_section_a_removed_one_and_another_category(visit: Visit, kb: KnowledgeBase) -> None:
    values = {"section.回答": " ", "section.社内メモ": "番号を必ず復唱する。", "category": "その他"}
    assert visit().post("/entry/KB-0001", **values)[0] == 303
    saved = kb.entry("KB-0001")
    assert saved.sections == (Section("社内メモ", "番号を必ず復唱する。"),)
    assert (kb.folder / "other" / "KB-0001.md").is_file()


def test_ticked_marks_come_off_and_the_draft_is_in_review(visit: Visit, kb: KnowledgeBase) -> None:
    visit("a.mihon").post("/entry/KB-0001", checked="numbers")
    saved = kb.entry("KB-0001")
    assert (saved.needs_review, saved.status, saved.author) == ((), Status.IN_REVIEW, "")


def test_approving_needs_every_mark_ticked_and_goes_on(visit: Visit, kb: KnowledgeBase) -> None:
    status, page = visit().post("/entry/KB-0001", action="approve")
    assert status == 409
    assert "まだ確かめていない点があります" in page
    status, target = visit().post("/entry/KB-0001", action="approve", checked="numbers")
    assert (status, target) == (303, "/entry/KB-0002?done=approved")
    approved = kb.entry("KB-0001")
    assert (approved.status, approved.approved_by) == (Status.APPROVED, "b.reiji")
    assert (kb.project.kb / "published" / "internal" / "KB-0001.md").is_file()


def test_unsaved_words_are_not_approved_and_not_lost(visit: Visit, kb: KnowledgeBase) -> None:
    values = {"action": "approve", "checked": "numbers", "section.回答": "まだ保存していない文。"}
    status, page = visit().post("/entry/KB-0001", **values)
    assert status == 409
    assert "まだ保存していない文。</textarea>" in page
    assert 'value="numbers" checked' in page
    assert effective_status(kb.entry("KB-0001")) is Status.DRAFT


def test_nobody_approves_their_own_words(visit: Visit) -> None:
    author = visit("a.mihon")
    author.post("/entry/KB-0002", question="お届け先を変えたい")
    assert 'value="approve"' not in author.get("/entry/KB-0002")
    status, page = author.post("/entry/KB-0002", action="approve")
    assert status == 409
    assert "承認はほかの人が行ってください" in page


def test_two_browsers_never_overwrite_each_other_silently(visit: Visit, kb: KnowledgeBase) -> None:
    first, second = visit("a.mihon"), visit("b.reiji")
    opened = second.get("/entry/KB-0001")
    first.post("/entry/KB-0001", **{"section.回答": "先に保存した文。"})
    status, page = second.post("/entry/KB-0001", seen_in=opened, **{"section.回答": "後から送った文。"})
    assert status == 409
    assert kb.entry("KB-0001").section("回答") == "先に保存した文。"
    assert "後から送った文。</textarea>" in page
    assert "<mark>先に保存した文。</mark>" in page
    assert second.post("/entry/KB-0001", seen_in=page)[0] == 303
    assert kb.entry("KB-0001").section("回答") == "後から送った文。"


def test_an_approval_of_what_somebody_changed_meanwhile_is_refused(visit: Visit, kb: KnowledgeBase) -> None:
    reviewer = visit("b.reiji")
    opened = reviewer.get("/entry/KB-0002")
    kb.save(replace(kb.entry("KB-0002"), tags=("must_know",)))
    assert reviewer.post("/entry/KB-0002", seen_in=opened, action="approve")[0] == 409
    assert kb.entry("KB-0002").status is Status.DRAFT


@pytest.mark.parametrize(
    ("action", "answer", "author"),
    [
        ("mine", "後払いからお選びください。", "a.mihon"),
        ("machine", "口座振替からお選びください。", "a.mihon"),
        ("edited", "後払いと口座振替からお選びください。", "b.reiji"),
    ],
)
def test_a_conflict_is_settled(visit: Visit, kb: KnowledgeBase, action: str, answer: str, author: str) -> None:
    visitor = visit()
    page = visitor.get("/entry/KB-0003")
    assert "<mark>後払いからお選びください。</mark>" in page
    assert "<mark>口座振替からお選びください。</mark>" in page
    values = {"section.回答": answer} if action == "edited" else {}
    status, target = visitor.post("/entry/KB-0003", action=action, **values)
    assert (status, target) == (303, "/entry/KB-0003?done=resolved")
    settled = kb.entry("KB-0003")
    assert (settled.section("回答"), settled.author, settled.needs_review) == (answer, author, ())
    assert open_conflicts(kb) == {}


@pytest.mark.parametrize("action", ["mine", "machine"])
def test_choosing_a_side_does_not_throw_typed_words_away(visit: Visit, kb: KnowledgeBase, action: str) -> None:
    status, page = visit().post("/entry/KB-0003", action=action, **{"section.回答": "打ちかけの文。"})
    assert status == 409
    assert "打ちかけの文。</textarea>" in page
    assert list(open_conflicts(kb)) == ["KB-0003"]


def test_an_open_conflict_is_not_approved(visit: Visit) -> None:
    status, page = visit().post("/entry/KB-0003", action="approve")
    assert status == 409
    assert "食い違いが残っています" in page


def test_a_busy_project_is_said_and_no_word_is_lost(visit: Visit, kb: KnowledgeBase) -> None:
    visitor = visit()
    opened = visitor.get("/entry/KB-0001")
    with durable.lock(kb.project.kb, "ingest", note=kb.project.lock_file):
        status, page = visitor.post("/entry/KB-0001", seen_in=opened, **{"section.回答": "待っている文。"})
    assert status == 503
    assert "ほかの実行が動いています" in page
    assert "待っている文。</textarea>" in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"question": " \n "}, "質問が空です"),
        ({"section.回答": ""}, "本文が空です"),
        ({"category": "でたらめ"}, "「でたらめ」という分類は"),
        ({"section.回答": "はい。\n# 回答\n抜け道"}, None),
    ],
)
def test_what_cannot_be_kept_is_refused(
    visit: Visit, kb: KnowledgeBase, values: dict[str, str], sentence: str | None
) -> None:
    status, page = visit().post("/entry/KB-0001", **values)
    if sentence is None:  # a heading inside a text stays text of its section
        assert kb.entry("KB-0001").section("回答") == "はい。\n# 回答\n抜け道"
    else:
        assert (status, sentence in page) == (409, True)


def test_headings_that_do_not_exist_are_not_taken(visit: Visit, kb: KnowledgeBase) -> None:
    visit().post("/entry/KB-0001", **{"section.秘密": "x", "question": "休みたい"})
    assert [part.heading for part in kb.entry("KB-0001").sections] == ["回答"]


def test_control_characters_are_dropped(visit: Visit, kb: KnowledgeBase) -> None:
    visit().post("/entry/KB-0001", question="休\x00み\x1bたい", variants="a\x0bb")
    assert (kb.entry("KB-0001").question, kb.entry("KB-0001").variants) == ("休みたい", ("ab",))


def test_hostile_words_are_shown_as_words(visit: Visit, kb: KnowledgeBase) -> None:
    payload = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    visitor = visit()
    visitor.post("/entry/KB-0001", question=payload, variants=payload, **{"section.回答": payload})
    for address in ("/", "/entry/KB-0001"):
        page = visitor.get(address)
        assert "<script>" not in page
        assert "<img" not in page
        assert html.escape(payload, quote=False).replace('"', "&#34;").replace("'", "&#39;") in page


def test_a_retired_entry_stays_as_it_is(visit: Visit, kb: KnowledgeBase) -> None:
    approve(kb, "KB-0002", "b.reiji", TODAY)
    kb.save(replace(kb.entry("KB-0002"), status=Status.RETIRED))
    visitor = visit()
    assert 'value="save"' not in visitor.get("/entry/KB-0002")
    assert visitor.post("/entry/KB-0002", question="変える")[0] == 409
