from dataclasses import replace
from datetime import date, timedelta

import pytest

from kbtool.entry import Audience, Entry, EntryType, HistoryItem, Section
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase, LedgerLine, LineKind, ledger, retire
from tests.knowledge.conftest import TODAY, tree
from tests.knowledge.samples import entry

PUBLIC = Audience.PUBLIC


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def publish(kb: KnowledgeBase, day: date, *shown: Entry) -> list[LineKind]:
    planned = ledger.plan(kb, PUBLIC, {each.id: each for each in shown}, day)
    ledger.append(kb, planned)
    return [line.kind for line in planned]


def with_history(base: Entry, kind: str, day: date, public: str = "") -> Entry:
    return replace(base, history=(HistoryItem(day, kind, "a.mihon", public, "内緒"), *base.history))


def test_a_rerun_adds_nothing(kb: KnowledgeBase) -> None:
    assert publish(kb, TODAY, entry()) == [LineKind.ADDED]
    before = tree(kb)
    assert publish(kb, after(1), entry()) == []
    assert tree(kb) == before


def test_appending_the_same_plan_twice_adds_it_once(kb: KnowledgeBase) -> None:
    planned = ledger.plan(kb, PUBLIC, {"KB-0001": entry()}, TODAY)
    assert [ledger.append(kb, planned), ledger.append(kb, planned)] == [1, 0]


def test_dates_move_only_with_what_readers_see(kb: KnowledgeBase) -> None:
    publish(kb, TODAY, entry())
    memo = replace(entry(), sections=(*entry().sections, Section("社内メモ", "x")), variants=("休止",), owner="y")
    assert publish(kb, after(1), memo) == []
    assert publish(kb, after(2), entry(answer="変えました。")) == [LineKind.CHANGED]
    assert ledger.dates(ledger.lines(kb.project, PUBLIC)) == {"KB-0001": (TODAY, after(2))}


def test_an_operator_sees_the_memo_change(kb: KnowledgeBase) -> None:
    memo = replace(entry(), sections=(*entry().sections, Section("社内メモ", "x")))
    ledger.append(kb, ledger.plan(kb, Audience.INTERNAL, {"KB-0001": entry()}, TODAY))
    assert [line.kind for line in ledger.plan(kb, Audience.INTERNAL, {"KB-0001": memo}, TODAY)] == [LineKind.CHANGED]


def test_going_back_and_forth_is_told_each_time(kb: KnowledgeBase) -> None:
    one, two = entry(answer="一。"), entry(answer="二。")
    kinds = [publish(kb, after(n), each) for n, each in enumerate((one, two, one, two))]
    assert kinds == [[LineKind.ADDED]] + [[LineKind.CHANGED]] * 3


def test_kinds_follow_the_acts(kb: KnowledgeBase) -> None:
    publish(kb, TODAY, with_history(entry(), "published", TODAY, "載せました"))
    checked = with_history(entry(), "checked", after(3))
    assert publish(kb, after(3), checked) == [LineKind.CHECKED]
    assert publish(kb, after(4), checked) == []
    mended = with_history(entry(answer="7日です。"), "corrected", after(5), "8日は誤りでした")
    assert publish(kb, after(5), mended) == [LineKind.CORRECTED]
    line = ledger.lines(kb.project, PUBLIC)[-1]
    assert (line.public, line.note, line.by) == ("8日は誤りでした", "内緒", "a.mihon")
    improved = replace(entry("KB-0002"), type=EntryType.IMPROVEMENT)
    assert publish(kb, after(6), mended, improved) == [LineKind.IMPROVED]
    assert ledger.dates(ledger.lines(kb.project, PUBLIC))["KB-0001"] == (TODAY, after(5))


def test_what_is_shown_no_longer_is_said_to_end(kb: KnowledgeBase) -> None:
    kb.save(entry(public_id="q0001"))
    publish(kb, TODAY, kb.entry("KB-0001"))
    retire(kb, "KB-0001", "古い", "", "a.mihon", after(1), public="販売を終えました")
    assert publish(kb, after(1)) == [LineKind.RETIRED]
    line = ledger.lines(kb.project, PUBLIC)[-1]
    assert (line.public, line.title, line.public_id) == ("販売を終えました", entry().question, "q0001")
    assert publish(kb, after(2)) == []
    assert publish(kb, after(3), entry()) == [LineKind.ADDED]
    assert ledger.dates(ledger.lines(kb.project, PUBLIC))["KB-0001"] == (TODAY, after(3))


def test_the_log_is_never_back_dated(kb: KnowledgeBase) -> None:
    publish(kb, TODAY, entry())
    before = tree(kb)
    with pytest.raises(UsageError, match="knowledge_back_dated"):
        publish(kb, after(-1), entry(), entry("KB-0002"))
    assert tree(kb) == before


def test_notices_about_no_entry_and_a_new_year(kb: KnowledgeBase) -> None:
    first = LedgerLine(date(2026, 12, 31), PUBLIC, "", LineKind.NOTICE, title="年末のお休み")
    second = LedgerLine(date(2027, 1, 1), PUBLIC, "", LineKind.NOTICE, title="年始のお休み")
    assert [ledger.append(kb, [first, second]), ledger.append(kb, [first])] == [2, 0]
    assert sorted(path.name for path in (kb.project.kb / "updates").iterdir()) == ["2026.jsonl", "2027.jsonl"]
    assert ledger.lines(kb.project) == [first, second]
    assert ledger.dates(ledger.lines(kb.project, PUBLIC)) == {}


def test_audiences_have_logs_of_their_own(kb: KnowledgeBase) -> None:
    publish(kb, TODAY, entry())
    assert [line.kind for line in ledger.plan(kb, Audience.PARTNER, {"KB-0001": entry()}, TODAY)] == [LineKind.ADDED]
    assert ledger.plan(kb, Audience.PARTNER, {}, TODAY) == []


def test_a_damaged_line_is_named(kb: KnowledgeBase) -> None:
    publish(kb, TODAY, entry())
    path = kb.project.kb / "updates" / "2026.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + '{"date":"2026-11-99"}\n', encoding="utf-8")
    with pytest.raises(UsageError) as refusal:
        ledger.lines(kb.project)
    assert (refusal.value.params["where"], refusal.value.params["line"]) == ("kb/updates/2026.jsonl", 2)


def test_another_audience_may_be_later(kb: KnowledgeBase) -> None:
    publish(kb, TODAY, entry())
    planned = ledger.plan(kb, Audience.INTERNAL, {"KB-0001": entry()}, after(-1))
    assert ledger.append(kb, planned) == 1
