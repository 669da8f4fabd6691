"""A corrected sheet comes back: every kind of edit on either side, every kind of damage, nothing lost."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.entry import Audience, Entry, EntryType, Escalation, Product, Section, Status
from kbtool.errors import UsageError
from kbtool.knowledge import (
    Brought,
    Editions,
    ImportReport,
    KnowledgeBase,
    export_csv,
    import_csv,
    open_conflicts,
    resolve,
    select,
    take_machine,
)
from kbtool.outcome import Severity
from kbtool.project import Project
from tests.knowledge.conftest import TODAY, tree
from tests.knowledge.samples import entry
from tests.knowledge.strategies import entries

BY = "a.mihon"
ANSWER = "お届け予定日の10日前までに、お手続きください。お電話でもできます。お休みした分の代金はかかりません。"


def sent(kb: KnowledgeBase, encoding: str = "utf-8-sig") -> bytes:
    chosen = select(kb).entries
    Editions(kb).keep(chosen)
    return export_csv(chosen, encoding).content


def edited(content: bytes, values: dict[str, str], encoding: str = "utf-8-sig") -> bytes:
    """The sheet after a person wrote these values into its rows."""
    reader = csv.DictReader(io.StringIO(content.decode(encoding), newline=""))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, reader.fieldnames or [])
    writer.writeheader()
    for row in reader:
        writer.writerow(row | values)
    return out.getvalue().encode(encoding)


def sheet(*rows: str) -> bytes:
    return "\r\n".join(rows).encode("utf-8-sig")


def take(kb: KnowledgeBase, content: bytes, **more: bool) -> ImportReport:
    return import_csv(kb, content, "qa.csv", by=BY, **more)


def codes(report: ImportReport, severity: Severity = Severity.ERROR) -> list[str]:
    return [each.code for each in report.problems if each.severity is severity]


@pytest.fixture
def one(kb: KnowledgeBase) -> KnowledgeBase:
    kb.save(entry(answer=ANSWER, variants=("休止",), owner="定期コース担当"))
    return kb


@given(st.lists(entries, min_size=1, max_size=3), st.sampled_from(["utf-8-sig", "cp932"]))
@settings(max_examples=25, deadline=None)
def test_a_sheet_that_comes_back_as_it_went_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, found: list[Entry], encoding: str
) -> None:
    kb = KnowledgeBase(Project(tmp_path_factory.mktemp("project")))
    kb.save_all(
        replace(each, id=f"X-{n}", category="その他", audience=Audience.INTERNAL) for n, each in enumerate(found)
    )
    content = sent(kb, encoding)
    before = tree(kb)
    report = take(kb, content)
    assert not report.errors
    assert report.counts["unchanged"] == len(found)
    assert tree(kb) == before


def test_a_sheet_fills_an_empty_knowledge_base(tmp_path: Path) -> None:
    whole = replace(
        entry(),
        type=EntryType.TROUBLE,
        variants=("来月は|要らない", "円 \\n"),
        products=(Product("そよぎ", ("KD-H500", "KD|X")),),
        escalation=(Escalation("体調", "品質保証課", "即時"),),
        sections=(Section("回答", ANSWER), Section("社内メモ", "- 引き止めない")),
        channels=("電話",),
        tags=("must_know",),
        related=("KB-0002",),
        owner="担当",
        safety=True,
        valid_to=date(2026, 12, 31),
    )
    (tmp_path / "other").mkdir()
    other = KnowledgeBase(Project(tmp_path / "other"))
    assert take(other, export_csv([whole]).content).added == ("KB-0001",)
    new = other.entry("KB-0001")
    assert (new.author, [item.kind for item in new.history]) == (BY, ["imported"])
    assert replace(new, author="", history=()) == whole


def test_a_correction_comes_back(one: KnowledgeBase) -> None:
    content = edited(sent(one), {"回答": ANSWER.replace("10日前", "7日前")})
    report = take(one, content)
    after = one.entry("KB-0001")
    assert after.answer == ANSWER.replace("10日前", "7日前")
    assert (after.author, after.history[0].kind, after.history[0].note) == (BY, "imported", "10日 → 7日")
    assert (report.items[0].result, report.items[0].fields) == (Brought.CHANGED, ("sections.回答",))
    again = tree(one)
    assert take(one, content).items[0].result is Brought.KEPT
    assert tree(one) == again


def test_a_dry_run_says_it_and_writes_nothing(one: KnowledgeBase) -> None:
    content = edited(sent(one), {"質問": "休みたい"})
    before = tree(one)
    assert take(one, content, dry_run=True).changed == ("KB-0001",)
    assert tree(one) == before


def test_edits_of_both_sides_are_kept(one: KnowledgeBase) -> None:
    content = edited(
        sent(one),
        {"回答": ANSWER.replace("10日前", "7日前"), "言い換え（1行に1つ）": "休止\n来月は不要"},
    )
    here = replace(
        one.entry("KB-0001"),
        question="次回だけ休みたい",
        sections=(Section("回答", ANSWER.replace("代金", "お代")),),
        variants=("休止", "スキップ"),
        status=Status.IN_REVIEW,
    )
    one.save(here)
    report = take(one, content)
    after = one.entry("KB-0001")
    assert report.items[0].result is Brought.MERGED
    assert (after.question, after.variants) == ("次回だけ休みたい", ("休止", "スキップ", "来月は不要"))
    assert after.answer == ANSWER.replace("10日前", "7日前").replace("代金", "お代")
    assert after.status is Status.IN_REVIEW


def test_the_same_words_changed_on_both_sides_wait_for_a_person(one: KnowledgeBase) -> None:
    content = edited(sent(one), {"質問": "来月を休みたい", "担当": "新しい担当"})
    one.save(replace(one.entry("KB-0001"), question="次回だけ休みたい"))
    report = take(one, content)
    after = one.entry("KB-0001")
    assert (report.conflicts, report.items[0].conflicts) == (("KB-0001",), ("question",))
    assert (after.question, after.owner, after.needs_review) == ("次回だけ休みたい", "新しい担当", ("conflict",))
    conflict = open_conflicts(one)["KB-0001"]
    assert (conflict.fields, conflict.machine.question) == (("question",), "来月を休みたい")
    before = tree(one)
    assert take(one, content).items[0].result is Brought.KEPT
    assert tree(one) == before
    resolve(one, take_machine(after, conflict.machine, conflict.fields), "b.reiji", TODAY)
    assert one.entry("KB-0001").question == "来月を休みたい"
    assert not open_conflicts(one)
    settled = tree(one)
    take(one, content)
    assert tree(one) == settled


def test_another_conflict_of_the_same_entry_is_not_lost(one: KnowledgeBase) -> None:
    first = edited(sent(one), {"質問": "来月を休みたい"})
    second = edited(first, {"質問": "一度休みたい"})
    one.save(replace(one.entry("KB-0001"), question="次回だけ休みたい"))
    take(one, first)
    report = take(one, second)
    assert codes(report, Severity.WARNING) == ["exchange_conflict_open"]
    assert open_conflicts(one)["KB-0001"].machine.question == "来月を休みたい"


def test_two_people_with_one_sheet_do_not_undo_each_other(one: KnowledgeBase) -> None:
    content = sent(one)
    take(one, edited(content, {"質問": "休みたい"}))
    take(one, edited(content, {"担当": "新しい担当"}))
    assert (one.entry("KB-0001").question, one.entry("KB-0001").owner) == ("休みたい", "新しい担当")


def test_a_sheet_of_a_past_edition_knows_its_base(one: KnowledgeBase) -> None:
    old = sent(one)
    one.save(replace(one.entry("KB-0001"), question="次回だけ休みたい"))
    sent(one)
    take(one, edited(old, {"担当": "新しい担当"}))
    assert (one.entry("KB-0001").question, one.entry("KB-0001").owner) == ("次回だけ休みたい", "新しい担当")


def test_without_its_edition_a_sheet_is_compared_with_the_only_one_sent(one: KnowledgeBase) -> None:
    content = edited(sent(one), {"版（変更しない）": "", "担当": "新しい担当"})
    one.save(replace(one.entry("KB-0001"), question="次回だけ休みたい"))
    assert take(one, content).items[0].result is Brought.MERGED
    assert (one.entry("KB-0001").question, one.entry("KB-0001").owner) == ("次回だけ休みたい", "新しい担当")


def test_without_any_base_a_difference_is_a_conflict(one: KnowledgeBase) -> None:
    report = take(one, sheet("番号,質問,回答", f"KB-0001,休みたい,{ANSWER}"))
    assert report.items[0].conflicts == ("question",)
    assert one.entry("KB-0001").question == entry().question


def test_what_customers_saw_comes_back_into_the_whole_entry(one: KnowledgeBase) -> None:
    one.save(replace(one.entry("KB-0001"), sections=(Section("回答", ANSWER), Section("社内メモ", "引き止めない"))))
    shown = replace(one.entry("KB-0001"), sections=(Section("回答", ANSWER),), owner="", variants=())
    Editions(one).keep([shown])
    content = edited(export_csv([shown], audience=Audience.PUBLIC).content, {"質問": "休みたい"})
    take(one, content)
    after = one.entry("KB-0001")
    assert (after.question, after.owner, after.variants) == ("休みたい", "定期コース担当", ("休止",))
    assert after.section("社内メモ") == "引き止めない"


def test_new_rows_are_drafts_and_the_same_file_makes_no_twins(one: KnowledgeBase) -> None:
    content = sheet(
        "番号,質問,回答,見せる相手",
        ",領収書がほしい,マイページから。,お客様",
        "A-7,送料は,無料です。,",
        ",領収書がほしい,マイページから。,お客様",
    )
    report = take(one, content)
    assert report.added == ("KB-0002", "A-7")
    new = one.entry("KB-0002")
    assert (new.status, new.audience, new.author, new.category) == (Status.DRAFT, Audience.INTERNAL, BY, "その他")
    one.save(replace(new, question="領収書をもらいたい"))
    before = tree(one)
    again = take(one, content)
    assert (again.added, again.counts["kept"]) == ((), 2)
    assert tree(one) == before


def test_a_list_from_elsewhere_comes_corrected(one: KnowledgeBase) -> None:
    take(one, sheet("番号,質問,回答", "A-7,送料は,無料です。"))
    one.save(replace(one.entry("A-7"), owner="配送担当"))
    report = take(one, sheet("番号,質問,回答", "A-7,送料はいくら,無料です。"))
    assert report.items[0].result is Brought.MERGED
    assert (one.entry("A-7").question, one.entry("A-7").owner) == ("送料はいくら", "配送担当")


def test_rows_and_columns_that_are_missing_change_nothing(one: KnowledgeBase) -> None:
    one.save(entry("KB-0002", "送料は"))
    sent(one)
    take(one, sheet("質問,番号", "休みたい,KB-0001"))
    assert one.entry("KB-0001").answer == ANSWER
    assert one.entry("KB-0002") == entry("KB-0002", "送料は")


def test_an_entry_out_of_service_stays_out(one: KnowledgeBase) -> None:
    content = edited(sent(one), {"質問": "休みたい"})
    one.save(replace(one.entry("KB-0001"), status=Status.RETIRED))
    assert codes(take(one, content), Severity.WARNING) == ["exchange_retired"]
    assert one.entry("KB-0001").question == entry().question


WRONG = sheet(
    "番号,質問,回答,種類,掲載終了,安全に関わる,エスカレーション",
    "A-1,よい行,はい。,,,,",
    "A-2,,答え,,,,",
    "A-3,答えのない行,,,,,",
    "A-4,x,y,謎,,,",
    "A-5,x,y,,2026-02-30,,",
    "A-6,x,y,,来週,,",
    "A-7,x,y,,,たぶん,",
    "A-8,x,y,,,,すぐに",
    "a-1,x,y,,,,",
    "../x,x,y,,,,",
    "KB-9999999999,x,y,,,,",
    "A-9,x,y,,,,,はみ出し",
)


def test_every_wrong_cell_is_named_and_nothing_is_written(one: KnowledgeBase) -> None:
    before = tree(one)
    report = take(one, WRONG)
    found = {(each.params["row"], each.code, each.params.get("column", "")) for each in report.problems}
    assert found == {
        (3, "exchange_no_question", ""),
        (4, "exchange_no_answer", ""),
        (5, "exchange_choice", "種類"),
        (6, "exchange_date", "掲載終了"),
        (7, "exchange_date", "掲載終了"),
        (8, "exchange_choice", "安全に関わる"),
        (9, "exchange_rule", "エスカレーション"),
        (10, "exchange_twice", ""),
        (11, "exchange_id", ""),
        (12, "exchange_id", ""),
        (13, "exchange_overfull", ""),
    }
    assert (report.errors, report.items) == (11, ())
    assert tree(one) == before


def test_a_question_cannot_be_emptied(one: KnowledgeBase) -> None:
    assert codes(take(one, edited(sent(one), {"質問": " "}))) == ["exchange_no_question"]
    assert codes(take(one, edited(sent(one), {"回答": ""}))) == ["exchange_no_answer"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("質問,回答\r\nあ,\x81".encode("latin-1", "replace") + b"\xff\xff", "exchange_encoding"),
        (b'"\x8e\xbf\x96\xe2","\x89\xf1\x93\x9a\r\nx,y', "exchange_quotes"),
        ('質問,回答\r\n"閉じない,y'.encode(), "exchange_quotes"),
        ("質問,質問\r\nx,y".encode(), "exchange_heading_twice"),
        (b"", "exchange_no_headings"),
        ("名前,電話\r\nx,y".encode(), "exchange_no_headings"),
    ],
)
def test_a_file_that_is_no_sheet(kb: KnowledgeBase, content: bytes, code: str) -> None:
    with pytest.raises(UsageError, match=code):
        take(kb, content)


TABLE = "番号,質問,回答\r\n,送料は,無料です。\r\n"


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode("utf-8-sig"),
        TABLE.encode(),
        TABLE.encode("cp932"),
        TABLE.replace(",", "\t").encode("utf-16"),
        TABLE.replace(",", ";").encode(),
        TABLE.replace("\r\n", "\n").encode(),
        TABLE.replace("\r\n", "\r").encode(),
        TABLE.replace("\r\n", ",,,\r\n").encode() + b",,,,\r\n" * 5,
        f"よくあるご質問 2026年4月\r\n\r\n{TABLE}".encode(),
        TABLE.replace("番号,質問,回答", "No.,Ｑ,Ａ").encode(),
        TABLE.replace("無料です。", '"無料です。"').encode(),
        TABLE.replace("無料です。", '="無料です。"').encode(),
    ],
    ids=[
        "bom",
        "utf8",
        "cp932",
        "utf16-tabs",
        "semicolons",
        "lf",
        "cr",
        "empty",
        "title",
        "q-and-a",
        "quoted",
        "formula",
    ],
)
def test_whatever_it_was_saved_with(kb: KnowledgeBase, content: bytes) -> None:
    report = take(kb, content)
    assert (report.added, report.problems) == (("KB-0001",), ())
    assert (kb.entry("KB-0001").question, kb.entry("KB-0001").answer) == ("送料は", "無料です。")


def test_the_work_of_a_spreadsheet_is_no_correction(kb: KnowledgeBase) -> None:
    kb.save(entry("0042", "0120", "4-2\n\nお電話で。", owner="4-2", valid_to=date(2026, 12, 31)))
    content = edited(
        sent(kb),
        {"番号": "42", "質問": "120", "回答": "4-2\r\n\r\nお電話で。  ", "担当": "4月2日", "掲載終了": "2026/12/31"},
    )
    before = tree(kb)
    report = take(kb, content)
    assert codes(report, Severity.WARNING) == ["exchange_id_damaged", "exchange_mended", "exchange_mended"]
    assert not report.changed
    assert tree(kb) == before


def test_a_number_that_may_have_lost_its_zero_is_named(kb: KnowledgeBase) -> None:
    report = take(kb, sheet("質問,回答,言い換え", "電話は,120000000,無料電話"))
    assert codes(report, Severity.WARNING) == ["exchange_zero_lost"]
    assert kb.entry("KB-0001").answer == "120000000"


def test_what_cannot_be_read_back_is_said(one: KnowledgeBase) -> None:
    report = take(one, edited(sent(one), {"状態（見るだけ）": "公開中"}))
    assert codes(report, Severity.WARNING) == ["exchange_read_only"]
    assert one.entry("KB-0001").status is Status.DRAFT


def test_columns_and_categories_nobody_knows_are_named(kb: KnowledgeBase) -> None:
    report = take(kb, sheet("質問,回答,備考,分類", "x,y,あとで,定期コス"))
    assert codes(report, Severity.WARNING) == ["exchange_column_ignored", "exchange_category_new"]
    assert kb.entry("KB-0001").category == "定期コス"


def test_old_encodings_lose_nothing_that_was_not_touched(kb: KnowledgeBase) -> None:
    kb.save(entry(question="10〜20分で届きますか", answer="5€です。お電話で。"))
    content = edited(sent(kb, "cp932"), {"回答": "5〓です。メールで。"}, "cp932")
    take(kb, content)
    assert (kb.entry("KB-0001").question, kb.entry("KB-0001").answer) == ("10〜20分で届きますか", "5€です。メールで。")
