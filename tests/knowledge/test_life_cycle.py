from dataclasses import replace
from datetime import date, timedelta

import pytest

from kbtool import durable
from kbtool.entry import Audience, Entry, EntryType, Section, Status
from kbtool.errors import ExitCode, PublishRefused, UsageError
from kbtool.knowledge import KnowledgeBase, approve, effective_status, publish, published, retire, verify
from kbtool.project import Project
from tests.knowledge.conftest import TODAY, tree
from tests.knowledge.samples import entry

A, B = "a.mihon", "b.reiji"
LATER = TODAY + timedelta(days=30)


def approved(kb: KnowledgeBase, **more: object) -> Entry:
    kb.save(entry(author=A, needs_review=("numbers",), **more))
    return approve(kb, "KB-0001", B, TODAY, checked=True)


def edit(kb: KnowledgeBase, answer: str) -> None:
    kb.save(replace(kb.entry("KB-0001"), sections=(Section("回答", answer),)))


def shown(kb: KnowledgeBase, audience: Audience) -> list[str]:
    return [each.answer for each in published(kb, audience).values()]


def test_approval_remembers_who_when_and_what(kb: KnowledgeBase) -> None:
    done = approved(kb)
    assert (done.status, done.approved_by, done.approved_on) == (Status.APPROVED, B, TODAY)
    assert (done.verified_on, done.review_by) == (TODAY, TODAY + timedelta(days=180))
    assert done.needs_review == ()
    assert [(item.kind, item.by) for item in done.history] == [("approved", B)]
    assert kb.entry("KB-0001") == done == published(kb, Audience.INTERNAL)["KB-0001"]


@pytest.mark.parametrize("more", [{"safety": True}, {"legal_check": "done"}])
def test_safety_and_law_are_looked_at_sooner(kb: KnowledgeBase, more: dict[str, object]) -> None:
    assert approved(kb, **more).review_by == TODAY + timedelta(days=90)


def test_nobody_approves_their_own_work(kb: KnowledgeBase) -> None:
    kb.save(entry(author=A))
    with pytest.raises(UsageError, match="knowledge_own_work"):
        approve(kb, "KB-0001", A, TODAY)


def test_a_conflict_must_be_solved_first(kb: KnowledgeBase) -> None:
    kb.save(entry(needs_review=("conflict",)))
    with pytest.raises(UsageError, match="knowledge_conflict_open"):
        approve(kb, "KB-0001", B, TODAY)


def test_each_step_done_twice_changes_nothing(kb: KnowledgeBase) -> None:
    approved(kb)
    before = tree(kb)
    approve(kb, "KB-0001", B, LATER)
    assert tree(kb) == before
    publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
    before = tree(kb)
    publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
    approve(kb, "KB-0001", B, LATER)
    assert tree(kb) == before


def test_what_is_marked_wants_a_look_first(kb: KnowledgeBase) -> None:
    kb.save(entry(needs_review=("numbers", "low_confidence")))
    with pytest.raises(UsageError, match="knowledge_unchecked"):
        approve(kb, "KB-0001", B, TODAY)
    assert kb.entry("KB-0001").needs_review == ("numbers", "low_confidence")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("※社内限り：主任の判断で値引きできます。", "knowledge_internal_word"),
        ("品質保証課（内線 0001）へどうぞ。", "knowledge_internal_word"),
        ("当社内線番号をお伝えください。", "knowledge_internal_word"),
        ("市内線の駅からは内線へどうぞ。", "knowledge_internal_word"),
        ("担当：見本太郎が承ります。", "knowledge_personal"),
        ("090-0000-0001 へお電話ください。", "knowledge_personal"),
    ],
)
def test_words_of_the_house_and_of_persons_are_refused_before_a_site_is_built(
    text: str, code: str, kb: KnowledgeBase
) -> None:
    kb.save(entry(sections=(Section("回答", text),)))
    approve(kb, "KB-0001", B, TODAY)
    with pytest.raises(PublishRefused, match=code):
        publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
    assert publish(kb, "KB-0001", Audience.INTERNAL, A, TODAY).audience is Audience.INTERNAL


@pytest.mark.parametrize(
    "text", ["市内線のバスでお越しください。", "国内線の搭乗口です。", "ご案内線に沿ってお進みください。"]
)
def test_a_longer_word_that_holds_a_word_of_the_house_may_be_published(text: str, kb: KnowledgeBase) -> None:
    kb.save(entry(sections=(Section("回答", text),)))
    approve(kb, "KB-0001", B, TODAY)
    assert publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY).audience is Audience.PUBLIC


@pytest.mark.parametrize(
    "change", [{"question": "別"}, {"sections": (Section("社内メモ", "x"),)}, {"variants": ("x",)}]
)
def test_an_edit_after_approval_is_in_review_again(kb: KnowledgeBase, change: dict[str, object]) -> None:
    done = approved(kb)
    assert effective_status(done) is Status.APPROVED
    assert effective_status(replace(done, **change)) is Status.IN_REVIEW  # type: ignore[arg-type]
    assert effective_status(replace(done, owner="x", history=())) is Status.APPROVED


def test_publishing_gives_an_address_for_ever(kb: KnowledgeBase) -> None:
    approved(kb)
    first = publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY, public="新しく載せました")
    assert (first.public_id, first.audience, first.status) == ("q0001", Audience.PUBLIC, Status.PUBLISHED)
    assert first.history[0].public == "新しく載せました"
    kb.save(entry("KB-0002"))
    approve(kb, "KB-0002", B, TODAY)
    assert publish(kb, "KB-0002", Audience.PUBLIC, A, TODAY).public_id == "q0002"
    assert publish(kb, "KB-0001", Audience.PARTNER, A, LATER).public_id == "q0001"


def test_the_public_sees_the_frozen_text_until_the_next_publish(kb: KnowledgeBase) -> None:
    approved(kb)
    publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
    old = kb.entry("KB-0001").answer
    edit(kb, "新しい文。")
    assert [shown(kb, each) for each in (Audience.PUBLIC, Audience.INTERNAL)] == [[old], [old]]
    approve(kb, "KB-0001", B, LATER)
    assert [shown(kb, each) for each in (Audience.PUBLIC, Audience.INTERNAL)] == [[old], ["新しい文。"]]
    publish(kb, "KB-0001", Audience.PUBLIC, A, LATER)
    for audience in (Audience.PUBLIC, Audience.PARTNER, Audience.INTERNAL):
        assert shown(kb, audience) == ["新しい文。"]


def test_who_may_see_what(kb: KnowledgeBase) -> None:
    approved(kb)
    assert [len(published(kb, each)) for each in Audience] == [0, 0, 1, 0]
    publish(kb, "KB-0001", Audience.PARTNER, A, TODAY)
    assert [len(published(kb, each)) for each in Audience] == [0, 1, 1, 0]
    publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
    assert [len(published(kb, each)) for each in Audience] == [1, 1, 1, 0]


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.RESTRICTED])
def test_narrowing_by_hand_counts_at_once(kb: KnowledgeBase, audience: Audience) -> None:
    approved(kb)
    publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
    kb.save(replace(kb.entry("KB-0001"), audience=audience))
    assert not published(kb, Audience.PUBLIC)
    assert bool(published(kb, Audience.INTERNAL)) is (audience is Audience.INTERNAL)


def test_widening_by_hand_counts_for_nothing(kb: KnowledgeBase) -> None:
    done = approved(kb)
    kb.save(replace(done, audience=Audience.PUBLIC, status=Status.PUBLISHED))
    assert not published(kb, Audience.PUBLIC)


REFUSED = [
    ({}, Audience.PUBLIC, B, "knowledge_four_eyes"),
    ({"legal_check": "required"}, Audience.PUBLIC, A, "knowledge_legal_check"),
    ({"sections": (Section("社内メモ", "x"),)}, Audience.PUBLIC, A, "knowledge_nothing_public"),
    ({"sections": (Section("回答", " \n"),)}, Audience.PUBLIC, A, "knowledge_nothing_public"),
    ({"audience": Audience.RESTRICTED}, Audience.INTERNAL, A, "knowledge_restricted"),
    ({}, Audience.RESTRICTED, A, "knowledge_restricted"),
    ({"type": EntryType.POLICY}, Audience.PARTNER, A, "knowledge_type_inside"),
    *(
        ({"type": EntryType(kind)}, Audience.PUBLIC, A, "knowledge_type_inside")
        for kind in ("policy", "script", "escalation", "code_table", "decision_table")
    ),
]


@pytest.mark.parametrize(("change", "audience", "by", "code"), REFUSED)
def test_what_may_not_be_published_is_refused(
    kb: KnowledgeBase, change: dict[str, object], audience: Audience, by: str, code: str
) -> None:
    kb.save(replace(entry(author=A), **change))  # type: ignore[arg-type]
    approve(kb, "KB-0001", B, TODAY)
    before = tree(kb)
    with pytest.raises(PublishRefused, match=code) as refusal:
        publish(kb, "KB-0001", audience, by, TODAY)
    assert refusal.value.exit_code is ExitCode.REFUSED
    assert tree(kb) == before


def test_unapproved_and_changed_texts_are_refused(kb: KnowledgeBase) -> None:
    kb.save(entry())
    with pytest.raises(PublishRefused, match="knowledge_publish_unapproved"):
        publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
    approve(kb, "KB-0001", B, TODAY)
    edit(kb, "変えた文。")
    with pytest.raises(PublishRefused, match="knowledge_changed_since"):
        publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
    kb.save(replace(kb.entry("KB-0001"), needs_review=("conflict",)))
    with pytest.raises(PublishRefused, match="knowledge_conflict_open"):
        publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)


def test_verifying_moves_the_review_and_no_text(kb: KnowledgeBase) -> None:
    approved(kb)
    publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
    old = kb.entry("KB-0001").answer
    edit(kb, "まだ公開していない文。")
    with pytest.raises(UsageError, match="knowledge_not_approved"):
        verify(kb, "KB-0001", A, LATER)
    approve(kb, "KB-0001", B, TODAY)
    done = verify(kb, "KB-0001", A, LATER)
    assert (done.verified_on, done.review_by) == (LATER, LATER + timedelta(days=180))
    assert shown(kb, Audience.PUBLIC) == [old]
    assert published(kb, Audience.INTERNAL)["KB-0001"].verified_on == LATER


def test_retiring_takes_it_off_and_keeps_the_tombstone(kb: KnowledgeBase) -> None:
    approved(kb)
    publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
    kb.save(entry("KB-0002"))
    with pytest.raises(UsageError, match="knowledge_replaces_itself"):
        retire(kb, "KB-0001", "古い", "KB-0001", A, LATER)
    with pytest.raises(UsageError, match="knowledge_no_entry"):
        retire(kb, "KB-0001", "古い", "KB-9", A, LATER)
    done = retire(kb, "KB-0001", "古い", "KB-0002", A, LATER, public="まとめました")
    assert (done.status, done.replaced_by, done.public_id) == (Status.RETIRED, "KB-0002", "q0001")
    assert done.history[0].note == "古い"
    assert not any(published(kb, each) for each in Audience)
    for step in (lambda: approve(kb, "KB-0001", B, LATER), lambda: retire(kb, "KB-0001", "", "", A, LATER)):
        with pytest.raises(UsageError, match="knowledge_retired"):
            step()


def test_a_frozen_text_without_its_entry_is_not_shown(kb: KnowledgeBase) -> None:
    approved(kb)
    publish(kb, "KB-0001", Audience.PUBLIC, A, date(2026, 11, 3))
    durable.remove(kb.folder / "course" / "KB-0001.md")
    assert not published(kb, Audience.PUBLIC)


def test_a_category_can_ask_for_a_legal_check(kb: KnowledgeBase) -> None:
    path = kb.project.kb / "settings.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("slug: other}", "slug: other, legal_check: true}"))
    strict = KnowledgeBase(Project(kb.project.root))
    strict.save(replace(entry(), category="その他"))
    approve(strict, "KB-0001", "a.mihon", TODAY)
    with pytest.raises(PublishRefused, match="knowledge_legal_check"):
        publish(strict, "KB-0001", Audience.PUBLIC, "b.reiji", TODAY)
    strict.save(replace(strict.entry("KB-0001"), legal_check="done"))
    assert publish(strict, "KB-0001", Audience.PUBLIC, "b.reiji", TODAY).public_id == "q0001"
