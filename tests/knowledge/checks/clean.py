"""A small knowledge base in which nothing is wrong, made by the steps a desk would take."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from kbtool.document import Document, SourceFile
from kbtool.entry import Audience, Entry, EntryType, Escalation, LookAt, Origin, Product, Section
from kbtool.inquiry import FieldState, FieldValue, Inquiry
from kbtool.knowledge import KnowledgeBase, accept, approve, inquiries, ledger, publish, published, retire
from kbtool.project import Project
from tests.knowledge import samples

A, B, C = "a.mihon", "b.reiji", "c.kakuu"
TODAY = date(2026, 11, 2)
MANUAL, SLIPS = "ab" * 32, "cd" * 32
SETTINGS = """\
company: {name: 架空堂ライフ, phone: 0120-000-000}
categories:
- {name: 定期コース, slug: course, review_days: 180, owner: 定期コース担当}
- {name: 解約, slug: cancel, review_days: 180, owner: SV}
- {name: 応対の基本, slug: basics, owner: SV}
- {name: その他, slug: other, owner: ナレッジ担当}
products:
- {name: そよぎ, models: [KD-H500]}
"""
PEOPLE = """\
a.mihon: {name: 見本, role: ナレッジ担当}
b.reiji: {name: 例示, role: SV}
c.kakuu: {name: 仮名, role: SV}
"""
CONTACTS = """\
品質保証課: {extension: 内線 0001, hours: 平日}
定期コース担当: {extension: 内線 0002, hours: 平日}
SV: {extension: 内線 0003, hours: 平日}
"""


def make(root: Path) -> None:
    """Read a manual and its slips in October, approve and publish on the first of November."""
    for name, text in (("settings.yml", SETTINGS), ("people.yml", PEOPLE), ("contacts.yml", CONTACTS)):
        (root / "kb").mkdir(exist_ok=True)
        (root / "kb" / name).write_text(text, encoding="utf-8")
    for name in ("業務マニュアル.pdf", "お問い合わせ票.pdf"):
        (root / "source_manuals").mkdir(exist_ok=True)
        (root / "source_manuals" / name).write_bytes(b"%PDF")
    kb = KnowledgeBase(Project(root, TODAY))
    began, done = date(2026, 10, 5), date(2026, 11, 1)
    manual = samples.document("表紙", "定期コース", "応対", "書庫", sha256=MANUAL)
    accept(kb, manual, [*_drafts()], began, outcomes={1: "cover", 4: "instructions"})
    slips = Document("slips-1", "お問い合わせ票", (SourceFile("お問い合わせ票.pdf", SLIPS),), (), "t1")
    accept(kb, slips, [], began, private=True)
    inquiries.save(kb, [_record()])
    for entry in _written():
        kb.save(entry, new=True)
    for id in ("KB-0001", "KB-0004", "KB-0006", "KB-0009"):
        approve(kb, id, B, done, checked=True)
    for id, audience in (("KB-0001", Audience.PUBLIC), ("KB-0006", Audience.PUBLIC), ("KB-0009", Audience.PARTNER)):
        publish(kb, id, audience, C, done)
    retire(kb, "KB-0007", "KB-0001 に合わせた", "KB-0001", B, done)
    kb.save(replace(kb.entry("KB-0002"), related=("KB-0001",), tags=("must_know",)))
    ledger.append(kb, ledger.plan(kb, Audience.PUBLIC, published(kb, Audience.PUBLIC), done))


def _drafts() -> Iterator[Entry]:
    looked_at = (LookAt("low_confidence", ("問",)), LookAt("numbers", ("10日",)))
    yield _at(samples.draft("k1", "次回のお届けを休みたい", public_candidate=True), 2)
    second = samples.draft(
        "k2",
        "お届けの間隔を変えたい",
        "30日・45日から選べます。お届けの10日前までにお電話ください。",
        public_candidate=True,
        needs_review=("low_confidence", "numbers"),
        products=(Product("そよぎ", ("KD-H500",)),),
    )
    yield replace(_at(second, 2), source=(replace(_at(second, 2).source[0], look_at=looked_at),))
    yield _at(samples.draft("k3", "お届け先を変えたい", "マイページで変更できます。"), 3)
    table = "| 区分 | 先 |\n| --- | --- |\n| 体調の変化 | 品質保証課 |"
    rule = Escalation("体調の変化の訴え", "品質保証課", "即時", "内線")
    escalation = samples.draft("k4", "エスカレーション表", escalation=(rule,))
    sections = (Section("判断基準", table),)
    yield replace(_at(escalation, 3), type=EntryType.ESCALATION, category="応対の基本", sections=sections)
    script = "| 理由 | ご案内 |\n| --- | --- |\n| 経済的負担 | 次回をお休みにすることもできますが、いかがでしょうか。 |"
    talk = samples.draft("k5", "解約理由別のご案内トーク")
    sections = (Section("トークスクリプト", script),)
    yield replace(_at(talk, 3), type=EntryType.SCRIPT, category="応対の基本", sections=sections)


def _at(entry: Entry, page: int) -> Entry:
    return replace(entry, source=tuple(replace(source, page=page) for source in entry.source))


def _written() -> Iterator[Entry]:
    report = "ご指摘: 箱が開けにくい。\n\n状況: 対応中（2026年10月20日）"
    values = {"author": A, "origin": Origin.HUMAN}
    yield replace(samples.entry("KB-0006", "箱の開け口が固い", report, **values), type=EntryType.IMPROVEMENT)
    yield samples.entry("KB-0007", "お休みのしかたを知りたい", **values)
    cancel = "お電話またはマイページで承ります。次回お届け予定日の10日前までにお申し出ください。"
    more = values | {"public_candidate": True, "variants": ("定期便をやめたい",)}
    yield replace(samples.entry("KB-0008", "定期コースを解約したい", cancel, **more), category="解約")
    yield samples.entry(
        "KB-0009", "お届けの箱の大きさを知りたい", "幅30cmです。", **values, valid_to=date(2026, 12, 31)
    )


def _record() -> Inquiry:
    field = FieldValue("商品について", "商品について", 98.0, FieldState.OK, 1, (0.1, 0.1, 0.5, 0.2))
    received = FieldValue("2026年10月3日", "2026-10-03", 98.0, FieldState.OK, 1, (0.1, 0.3, 0.5, 0.4))
    return Inquiry("T261003-001", "inquiry_v1", "slips-1", (1,), {"received_on": received, "content": field})
