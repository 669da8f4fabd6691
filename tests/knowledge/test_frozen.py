"""Frozen texts are believed only as far as hash and history bear them out."""

import shutil
from dataclasses import replace

import pytest

from kbtool import durable
from kbtool.entry import Audience, Section, Status
from kbtool.errors import PublishRefused
from kbtool.knowledge import KnowledgeBase, approve, entry_file, publish, published
from tests.knowledge.conftest import TODAY
from tests.knowledge.samples import entry

A, B = "a.mihon", "b.reiji"


@pytest.fixture
def public(kb: KnowledgeBase) -> KnowledgeBase:
    kb.save(entry(author=A))
    approve(kb, "KB-0001", B, TODAY)
    publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
    assert published(kb, Audience.PUBLIC)
    return kb


@pytest.mark.parametrize("change", [{"question": "別の問い"}, {"status": Status.DRAFT}, {"approved_hash": ""}])
def test_an_edited_copy_is_refused_by_name(public: KnowledgeBase, change: dict[str, object]) -> None:
    path = public.frozen_folder(Audience.PUBLIC) / "KB-0001.md"
    durable.commit(path, entry_file.render(replace(public.read_file(path), **change)))  # type: ignore[arg-type]
    with pytest.raises(PublishRefused, match="knowledge_frozen_changed") as refusal:
        published(public, Audience.PUBLIC)
    assert refusal.value.params["where"] == "kb/published/public/KB-0001.md"


@pytest.mark.parametrize("by", ["", "c.kakuu"])
def test_an_approval_that_the_history_does_not_know_is_refused(public: KnowledgeBase, by: str) -> None:
    path = public.frozen_folder(Audience.PUBLIC) / "KB-0001.md"
    durable.commit(path, entry_file.render(replace(public.read_file(path), approved_by=by)))
    with pytest.raises(PublishRefused, match="knowledge_frozen_unbacked"):
        published(public, Audience.PUBLIC)


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNER])
def test_a_copy_nobody_published_is_refused(kb: KnowledgeBase, audience: Audience) -> None:
    kb.save(entry(author=A))
    kb.save(replace(approve(kb, "KB-0001", B, TODAY), audience=audience))
    shutil.copytree(kb.frozen_folder(Audience.INTERNAL), kb.frozen_folder(audience))
    with pytest.raises(PublishRefused, match="knowledge_frozen_unbacked"):
        published(kb, audience)


def test_publishing_ones_own_approval_by_hand_is_refused(public: KnowledgeBase) -> None:
    live = public.entry("KB-0001")
    public.save(replace(live, history=tuple(replace(item, by=B) for item in live.history)))
    with pytest.raises(PublishRefused, match="knowledge_frozen_unbacked"):
        published(public, Audience.PUBLIC)


DISGUISES = (
    "社内メモ：値引きは主任まで",
    "> **社内メモ** 値引きは主任まで",
    "- * 1. 【社内メモ】",
    "＜社内メモ＞",
    "<b>社内</b>メモ",
    "社\u200b内メモ",
    "社內メモ",
    "社内ﾒﾓ",
    "&#31038;内メモ",
    "前の行\n\nトークスクリプト\n-------",
    "| ﾄｰｸｽｸﾘﾌﾟﾄ | はい |",
    "＃＃＃＃ 判断基準",
)


@pytest.mark.parametrize("text", DISGUISES)
def test_a_note_of_the_house_below_a_public_heading_is_refused(kb: KnowledgeBase, text: str) -> None:
    kb.save(entry(sections=(Section("ご注意", f"はい。\n{text}"),)))
    approve(kb, "KB-0001", B, TODAY)
    with pytest.raises(PublishRefused, match="knowledge_inside_heading"):
        publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)


def test_a_comment_is_refused(kb: KnowledgeBase) -> None:
    kb.save(entry(answer="はい。<!-- 粗利 -->"))
    approve(kb, "KB-0001", B, TODAY)
    with pytest.raises(PublishRefused, match="knowledge_comment"):
        publish(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
