"""The comparison must find what is right and, above all, not pass what is wrong."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.compare import Count, Miss, same, same_rows, score_entries, score_records

TRUTH = Path(__file__).parent / "truth"
MANUALS = ("operations_manual", "product_manual")


def load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((TRUTH / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


# --- the rule -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ｅ０３ が表示された", "E03が表示された"),
        ("ﾌｨﾙﾀｰ", "フィルター"),
        ("（２０２１．４改）", "(2021.4改)"),
        ("KD−H500", "KD-H500"),
        ("KDーH500", "KD-H500"),
        ("KD—H500", "KD－H500"),
        ("－", "ー"),
        ("お届け\u3000予定日の\n10日前", "お届け予定日の10日前"),
        ("ダ\u30fcク", "タ\u3099ーク"),
    ],
)
def test_same(a: str, b: str) -> None:
    assert same(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("8日以内", "7日以内"),
        ("フィルター", "フィルタ"),
        ("フィルター", "フィルタ－"),
        ("フィルター", "フィルタ一"),
        ("エスカレーション", "工スカレーション"),
        ("弁護士", "錯護士"),
        ("○○でございます", "〇〇でございます"),
        ("承ります。", "承ります"),
        ("－", ""),
        ("可", "不可"),
    ],
)
def test_not_same(a: str, b: str) -> None:
    assert not same(a, b)


def test_rows_are_compared_cell_by_cell() -> None:
    rows = [["コード", "理由"], ["1", "効果なし"]]
    assert same_rows(rows, [["コー ド", "理由"], [1, "効果なし"]])
    assert not same_rows(rows, [["コード", "理由"], ["1効果", "なし"]])
    assert not same_rows(rows, [["1", "効果なし"], ["コード", "理由"]])
    assert not same_rows(rows, rows[:1])


# --- entries --------------------------------------------------------------------------------------------------------


def as_body(wanted: dict[str, Any]) -> str:
    if "rows" in wanted:
        header, *rows = ["| " + " | ".join(row) + " |" for row in wanted["rows"]]
        return "\n".join(["## 原因と処置", "", header, "|---" * len(wanted["rows"][0]) + "|", *rows])
    if "steps" in wanted:
        return "## 手順\n\n" + "\n".join(f"{n}. {step}" for n, step in enumerate(wanted["steps"], 1))
    return "## 回答\n\n" + "\n\n".join(wanted.get("lines", [wanted.get("text")]))


def as_entry(wanted: dict[str, Any]) -> dict[str, Any]:
    pages = wanted.get("pages", [wanted["page"]])
    return {"question": wanted["question"], "type": wanted["type"], "body": as_body(wanted), "pages": pages}


def entries_of(truth: dict[str, Any]) -> list[dict[str, Any]]:
    return [as_entry(wanted) for wanted in truth["entries"]]


@pytest.mark.parametrize("name", MANUALS)
def test_the_truth_itself_is_perfect(name: str) -> None:
    truth = load(name)
    report = score_entries(truth, entries_of(truth))
    assert report.misses == () and report.perfect
    assert report.left_over == {}
    assert report.counts["question"] == Count(len(truth["entries"]), len(truth["entries"]))


def test_nothing_read_scores_nothing() -> None:
    report = score_entries(load("operations_manual"), [])
    assert {kind: count.exact for kind, count in report.counts.items()} == dict.fromkeys(report.counts, 0)
    assert report.counts["question"].total == 18


#: entry, what is replaced in its body by what, the one field that must be missed
FAULTS = [
    ("M12", "8日以内", "7日以内", "text 1"),
    ("M12", "（2021.4改）", "", "text 3"),
    ("M07", "2営業日", "3営業日", "steps 6"),
    ("M16", "1. 症状\n", "", "steps 1"),
    ("M16", "症状", "病状", "steps 1"),
    ("M01", "終わり：", "終り：", "lines 2"),
    ("M10", "| 在庫余剰 |", "| 在庫余乗 |", "row 2 理由"),
    ("M14", "| 青汁 | 開封済み | － |", "| 青汁 | 開封済み |  |", "row 3 到着後"),
    ("M14", "| 使用済み | － | 不可 |", "| 使用済み | － | 可 |", "row 5 返品"),
    ("M15", "1時間以内", "l時間以内", "row 4 期限"),
]


@pytest.mark.parametrize(("id_", "old", "new", "field"), FAULTS)
def test_one_fault_is_one_miss(id_: str, old: str, new: str, field: str) -> None:
    truth = load("operations_manual")
    entries = entries_of(truth)
    entry = entries[[wanted["id"] for wanted in truth["entries"]].index(id_)]
    assert old in entry["body"]
    entry["body"] = entry["body"].replace(old, new, 1)
    report = score_entries(truth, entries)
    assert [(miss.id, miss.field) for miss in report.misses] == [(id_, field)]


def one(wanted: dict[str, Any], **changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    full = {"id": "X", "type": "qa", "page": 1, "question": "返品したい", **wanted}
    return {"entries": [full]}, {**as_entry(full), **changes}


def test_a_miss_names_what_stood_there() -> None:
    truth, entry = one({"steps": ["受診の有無"]}, body="1. 受診の有熊")
    assert score_entries(truth, [entry]).misses == (Miss("X", "steps 1", "受診の有無", "受診の有熊"),)


def test_a_wrong_question_misses_and_is_extra() -> None:
    truth, entry = one({"text": "承ります。"}, question="返晶したい")
    report = score_entries(truth, [entry])
    assert Miss("X", "question", "返品したい", "返晶したい") in report.misses
    assert report.extra == ("返晶したい",) and report.counts["answer"] == Count(0, 1)


def test_the_same_question_twice_is_extra() -> None:
    truth, entry = one({"text": "承ります。"})
    assert score_entries(truth, [entry, dict(entry)]).extra == ("返品したい",)


def test_type_and_pages_are_counted() -> None:
    truth, entry = one({"text": "承ります。", "page": 12, "pages": [12, 13]}, type="policy", pages=[12])
    assert [miss.field for miss in score_entries(truth, [entry]).misses] == ["type", "pages"]


def test_steps_in_another_order_are_missed() -> None:
    truth, entry = one({"steps": ["お名前", "ご連絡先"]}, body="1. ご連絡先\n2. お名前")
    assert score_entries(truth, [entry]).counts["answer"] == Count(1, 2)


def test_a_short_step_inside_another_does_not_count() -> None:
    truth, entry = one({"steps": ["症状"]}, body="1. 現在の症状")
    assert score_entries(truth, [entry]).counts["answer"] == Count(0, 1)


def test_printed_step_numbers_do_not_count() -> None:
    truth, entry = one({"steps": ["症状", "受診"]}, body="- ① 症状\n- (2) 受診")
    assert score_entries(truth, [entry]).perfect


def test_rows_in_another_order_are_missed() -> None:
    truth, entry = one({"rows": [["a", "b"], ["1", "可"], ["2", "不可"]]}, body="|a|b|\n|-|-|\n|2|不可|\n|1|可|")
    assert score_entries(truth, [entry]).counts["answer"] == Count(0, 4)


def test_a_lost_row_costs_its_own_cells_only() -> None:
    rows = [["a", "b"], ["1", "可"], ["2", "不可"], ["3", "可"]]
    truth, entry = one({"rows": rows}, body="|a|b|\n|-|-|\n|1|可|\n|3|可|")
    assert [miss.field for miss in score_entries(truth, [entry]).misses] == ["row 2 a", "row 2 b"]


def test_columns_beyond_the_truth_do_not_disturb() -> None:
    body = "|症状|原因|処置|参照ページ|\n|-|-|-|-|\n|水|傾き|直す|p.6|"
    truth, entry = one({"rows": [["原因", "処置"], ["傾き", "直す"]]}, body=body)
    report = score_entries(truth, [entry])
    assert report.perfect and "p.6" in report.left_over["X"]


@pytest.mark.parametrize(
    ("body", "exact"),
    [
        ("- 給水の異常 → 給水する", 2),
        ("給水の異常かもしれません。給水するとよい。", 0),
        ("センサー窓を乾いた布でふく", 0),
    ],
)
def test_cells_without_a_table_stand_between_separators(body: str, exact: int) -> None:
    truth, entry = one({"rows": [["意味", "処置"], ["給水の異常", "給水する"]]}, body=body)
    assert score_entries(truth, [entry]).counts["answer"].exact == exact


def test_a_sentence_over_two_lines_is_found_without_its_marks() -> None:
    truth, entry = one(
        {"text": "1箱から6箱まで。**ご注意**ください。"}, body="1箱から\n6箱まで。**ご注意**\nください。"
    )
    truth["entries"][0]["text"] = "1箱から6箱まで。ご注意ください。"
    assert score_entries(truth, [entry]).perfect


def test_what_is_beyond_the_truth_is_left_over() -> None:
    truth, entry = one({"text": "承ります。"}, body="## 回答\n\n承ります。\n\n3-2 見本データ")
    report = score_entries(truth, [entry])
    assert report.misses == () and report.left_over == {"X": "3-2見本データ"}


@pytest.mark.parametrize("body", ["承ります。 見本 データ", "|a|\n|-|\n|見本データ|"])
def test_forbidden_text_is_a_miss(body: str) -> None:
    truth, entry = one({"text": ""}, body=body)
    report = score_entries({**truth, "must_not_contain": ["見本データ"]}, [entry])
    assert report.misses == (Miss("返品したい", "must_not_contain", "", "見本データ"),)


# --- records --------------------------------------------------------------------------------------------------------


def as_record(number: str, wanted: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, dict[str, Any]] = {}
    for name, spec in {**wanted["typed"], **wanted["marks"]}.items():
        parts = spec if isinstance(spec, dict) else {"raw": spec or "", "value": spec}
        state = next((flag for flag in ("needs_review", "needs_manual") if name in wanted.get(flag, ())), "ok")
        fields[name] = {**parts, "state": state}
    return {"number": number, "pages": wanted.get("pages", [wanted["page"]]), "fields": fields}


def records() -> dict[str, dict[str, Any]]:
    return {number: as_record(number, wanted) for number, wanted in load("slips")["records"].items()}


def test_the_true_records_are_perfect() -> None:
    report = score_records(load("slips"), list(records().values()))
    assert report.misses == () and report.perfect
    assert report.counts["record"] == Count(20, 20) and report.counts["mark"] == Count(180, 180)


def test_no_records_score_nothing() -> None:
    report = score_records(load("slips"), [])
    assert sum(count.exact for count in report.counts.values()) == 0


def test_a_lost_record_and_an_unknown_one() -> None:
    read = records()
    lost = read.pop("T260402-001")
    report = score_records(load("slips"), [*read.values(), {**lost, "number": "T260402-009"}, read["T260402-002"]])
    assert report.extra == ("T260402-009", "T260402-002")
    assert {miss.id for miss in report.misses} == {"T260402-001"}


Change = Callable[[dict[str, Any]], object]

RECORD_FAULTS: list[tuple[str, Change, str]] = [
    ("T260402-001", lambda r: r["fields"]["received_on"].update(value="2026-04-12"), "received_on"),
    ("T260407-001", lambda r: r["fields"]["received_on"].update(raw="4月1日"), "received_on"),
    ("T260406-002", lambda r: r["fields"]["cancel_reason"].update(value="健康被害"), "cancel_reason"),
    ("T260406-002", lambda r: r["fields"].pop("cancel_reason_detail"), "cancel_reason_detail"),
    ("T260408-001", lambda r: r["fields"]["csat"].update(value=4), "csat"),
    ("T260408-001", lambda r: r["fields"]["csat"].update(state="ok"), "csat"),
    ("T260408-002", lambda r: r["fields"]["ces"].update(value=1), "ces"),
    ("T260410-002", lambda r: r.update(pages=[14]), "pages"),
    ("T260414-001", lambda r: r["fields"]["content"].update(value="読めたつもり"), "content"),
    ("T260414-001", lambda r: r["fields"]["content"].update(state="needs_review"), "content"),
    ("T260415-001", lambda r: r["fields"]["escalation"].update(value="要"), "escalation"),
]


@pytest.mark.parametrize(("number", "change", "field"), RECORD_FAULTS)
def test_one_wrong_field_is_one_miss(number: str, change: Change, field: str) -> None:
    read = copy.deepcopy(records())
    change(read[number])
    report = score_records(load("slips"), list(read.values()))
    assert [(miss.id, miss.field) for miss in report.misses] == [(number, field)]


def test_an_empty_field_may_be_left_out() -> None:
    read = records()
    del read["T260402-001"]["fields"]["cancel_reason"]
    assert score_records(load("slips"), list(read.values())).perfect


# --- the truth adds up ----------------------------------------------------------------------------------------------


def test_the_measures_follow_from_the_records() -> None:
    slips = load("slips")
    marks = [wanted["marks"] for wanted in slips["records"].values()]
    for name in ("channel", "category", "result"):
        chosen = [mark[name] for mark in marks]
        assert {value: chosen.count(value) for value in chosen} == slips["measures"][name]
    for name, good_from, key in (("csat", 4, "satisfied"), ("ces", 5, "easy")):
        scores = [mark[name]["value"] if isinstance(mark[name], dict) else mark[name] for mark in marks if mark[name]]
        good = sum(score >= good_from for score in scores)
        n = len(scores)
        expected = {"n": n, "mean": round(sum(scores) / n, 2), key: good, f"{key}_percent": round(100 * good / n, 1)}
        assert slips["measures"][name] == expected
    results = [mark["retention"] for mark in marks if mark["retention"] not in (None, "対象外")]
    kept = len([result for result in results if "継続" in result])
    assert slips["measures"]["retention"] == {"kept": kept, "of": len(results), "percent": 100 * kept / len(results)}
    assert [mark["escalation"] for mark in marks].count("要") == slips["measures"]["escalation_needed"]
    assert [mark["resolved"] for mark in marks].count("はい") == slips["measures"]["resolved"]["yes_count"]


def test_every_query_is_answered_by_a_known_entry() -> None:
    known = {wanted["id"] for name in MANUALS for wanted in load(name)["entries"]}
    queries = load("queries")["queries"]
    assert len({query["query"] for query in queries}) == 30
    assert all(query["answers"] and set(query["answers"]) <= known for query in queries)
