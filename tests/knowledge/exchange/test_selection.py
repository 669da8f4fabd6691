from dataclasses import replace
from datetime import date

import pytest

from kbtool.entry import Audience, Entry, Escalation, Section, Status
from kbtool.knowledge import KnowledgeBase, approve, export_csv, export_jsonl, export_markdown, publish, select
from tests.knowledge.conftest import TODAY
from tests.knowledge.samples import entry

SECRET = "社内だけの秘密"


def full(id: str, question: str) -> Entry:
    """An entry with the secret in every place that customers must not see."""
    return entry(
        id,
        question,
        sections=(
            Section("回答", "お電話で承ります。"),
            Section("社内メモ", SECRET),
            Section("確認ポイント", f"{SECRET}を確かめる"),
        ),
        author="a.mihon",
        owner=SECRET,
        escalation=(Escalation("急ぎ", SECRET, "即時"),),
        tags=(SECRET,),
    )


@pytest.fixture
def three(kb: KnowledgeBase) -> KnowledgeBase:
    """One entry for everybody, edited since; one for the house; one that stays on this machine."""
    for number, question in enumerate(("休みたい", "引き止め", "役員の番号"), start=1):
        kb.save(full(f"KB-000{number}", question))
    approve(kb, "KB-0001", "b.reiji", TODAY)
    publish(kb, "KB-0001", Audience.PUBLIC, "a.mihon", TODAY, note=SECRET)
    edited = replace(kb.entry("KB-0001"), question=f"休みたい（{SECRET}）")
    kb.save(edited)
    kb.save(replace(kb.entry("KB-0003"), audience=Audience.RESTRICTED))
    return kb


def test_customers_get_what_was_approved_for_them(three: KnowledgeBase) -> None:
    chosen = select(three, Audience.PUBLIC)
    assert ([each.question for each in chosen.entries], chosen.left_out) == (["休みたい"], 2)
    sent = [
        export_csv(chosen.entries, audience=Audience.PUBLIC).content.decode("utf-8-sig"),
        "".join(export_jsonl(chosen.entries)),
        "".join(export_markdown(chosen.entries).values()),
    ]
    assert not any(SECRET in text or "mihon" in text or "reiji" in text for text in sent)
    assert all("お電話で承ります。" in text for text in sent)
    assert "社内メモ" not in sent[0] and "エスカレーション" not in sent[0]


def test_partners_get_no_notes_of_the_house(three: KnowledgeBase) -> None:
    publish_for_partner = replace(full("KB-0004", "手順"), history=(), tags=())
    three.save(publish_for_partner)
    approve(three, "KB-0004", "b.reiji", TODAY)
    publish(three, "KB-0004", Audience.PARTNER, "b.reiji", TODAY)
    (_, partner) = select(three, Audience.PARTNER).entries
    assert [part.heading for part in partner.sections] == ["回答", "確認ポイント"]
    assert (partner.owner, partner.history, partner.approved_by) == ("", (), "")


def test_the_house_gets_all_but_what_stays_on_this_machine(three: KnowledgeBase) -> None:
    assert [each.id for each in select(three).entries] == ["KB-0001", "KB-0002"]
    assert len(select(three, Audience.RESTRICTED).entries) == 3


def test_filters(three: KnowledgeBase) -> None:
    three.save(entry("KB-0009", "送料", category="その他"))
    assert [each.id for each in select(three, category="その他").entries] == ["KB-0009"]
    assert [each.id for each in select(three, status=Status.IN_REVIEW).entries] == ["KB-0001"]
    assert [each.id for each in select(three, status=Status.DRAFT).entries] == ["KB-0002", "KB-0009"]


def test_a_campaign_keeps_its_days(kb: KnowledgeBase) -> None:
    kb.save(entry(valid_to=date(2026, 12, 31)))
    assert b"2026-12-31" in export_csv(select(kb).entries).content
