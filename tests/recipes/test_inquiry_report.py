"""The expected aggregates of the demo's slips, and what a report must never say."""

from datetime import date
from pathlib import Path

import pytest

from kbtool import messages
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase, inquiries
from kbtool.recipes import inquiry_text
from kbtool.recipes.inquiry_report import InquiryReport, report
from kbtool.recipes.voices import Period
from tests.recipes.voc import TRUTH, knowledge_base, record, with_content

PURPOSE = "解約のご案内が行き届いているか"
ALWAYS = Period()


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return knowledge_base(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def made(kb: KnowledgeBase) -> InquiryReport:
    return report(kb, PURPOSE, ALWAYS)


def test_no_purpose_no_report(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="inquiry_no_purpose"):
        report(kb, " ", ALWAYS)


def test_a_purpose_may_be_kept_under_an_id(kb: KnowledgeBase, made: InquiryReport) -> None:
    path = kb.project.kb / "purposes.yml"
    path.write_text("kaiyaku: 解約の理由を知る\n", encoding="utf-8")
    assert report(kb, "kaiyaku", ALWAYS).purpose == "解約の理由を知る"
    path.unlink()


def test_the_counts(made: InquiryReport) -> None:
    assert (made.n, made.left_out, made.first, made.last) == (20, 0, date(2026, 4, 2), date(2026, 4, 15))
    assert made.counts["channel"] == {"電話": 13, "メール": 3, "チャット": 2, "手紙・FAX": 2}
    assert made.counts["category"] == {
        **{"解約": 5, "使い方": 4, "定期変更": 3, "初期不良": 2, "返品・交換": 2},
        **{"健康被害": 1, "支払い": 1, "ご意見": 1, "その他": 1},
    }
    assert made.counts["result"] == {"解決": 16, "対応中": 3, "未対応": 1}


def test_the_measures(made: InquiryReport) -> None:
    found = {each.code: inquiry_text.value(each) for each in made.figures}
    assert found["retention"] == "2/5 = 40.0 %"
    assert found["retention_all"] == "2/6 = 33.3 %"
    assert (found["csat"], found["csat_good"]) == ("3.83", "11/18 = 61.1 %")
    assert (found["ces"], found["ces_good"]) == ("5.50", "14/18 = 77.8 %")
    assert found["resolved"] == "16/19 = 84.2 %"
    assert found["escalated"] == "4/20 = 20.0 %"
    assert {each.code: each.left_out for each in made.figures}["retention"] == 1


def test_safety_stands_first(made: InquiryReport) -> None:
    assert [each.number for each in made.alerts] == ["T260406-002", "T260409-001"]
    text = inquiry_text.markdown(made)
    assert text.index("T260409-001") < text.index("40.0 %")


def test_what_three_or_more_ask(made: InquiryReport) -> None:
    found = {matter.kind: matter for matter in made.matters}
    assert set(found) == {"使い方", "定期変更"}
    codes, course = found["使い方"], found["定期変更"]
    assert [each.number for each in codes.inquiries] == ["T260403-001", "T260410-002", "T260413-001"]
    assert [id for id, _ in codes.entries] == ["P11"]
    assert "フロート" in codes.lacks
    assert [each.number for each in course.inquiries] == ["T260402-001", "T260409-003", "T260415-002"]
    assert {"M03", "M05"} <= {id for id, _ in course.entries} <= {"M03", "M04", "M05"}
    assert (course.lacks, course.unanswered) == ((), 0)


def test_opinions_are_candidates_for_improvement(made: InquiryReport) -> None:
    assert [(each.number, each.text) for each in made.opinions] == [("T260408-002", "箱の開け口が固くて開けにくい。")]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_reader_learns_purpose_period_and_definitions(made: InquiryReport, language: str) -> None:
    messages.choose(language)
    text = inquiry_text.markdown(made)
    messages.choose(None)
    for needed in (PURPOSE, "2026-04-02 – 2026-04-15", "20", "CES", "2/5 = 40.0 %"):
        assert needed in text
    assert "{" not in text


def test_nobody_is_named(tmp_path: Path) -> None:
    kb = knowledge_base(tmp_path)
    spec = TRUTH["records"]["T260408-002"]
    said = "仮名花子です。090-0000-0001に電話をください。箱が固い。お客様相談室0120-000-000にも言いました。"
    changed = with_content(record("T260416-001", spec), said)
    inquiries.save(kb, [changed], {"T260416-001": {"customer_name": "仮名 花子", "customer_phone": "090-0000-0001"}})
    made = report(kb, PURPOSE, ALWAYS)
    sheet = inquiry_text.sheet(made).decode("utf-8-sig")
    for text in (inquiry_text.markdown(made), sheet, repr(made)):
        assert not any(name in text for name in ("花子", "仮名", "090-0000-0001", "見本", "例示"))
    assert "0120-000-000" in made.opinions[-1].text


def test_a_period_leaves_out_and_says_so(kb: KnowledgeBase) -> None:
    made = report(kb, PURPOSE, Period(date(2026, 4, 2), date(2026, 4, 3)))
    assert (made.n, made.left_out) == (4, 16)
    nothing = report(kb, PURPOSE, Period(date(2027, 1, 1)))
    assert nothing.n == 0
    assert inquiry_text.value(nothing.figures[0]) == "－"
    assert inquiry_text.markdown(nothing)


FORM = """\
schema: 1
name: inquiry_v1
title: お問い合わせ票
fields:
- name: ces
  label: 手間
  type: scale
  mark: ring
  {polarity}
  zone: [0.1, 0.1, 0.9, 0.2]
  options:
  - {{value: 1, label: '1', zone: [0.1, 0.1, 0.2, 0.2]}}
  - {{value: 7, label: '7', zone: [0.8, 0.1, 0.9, 0.2]}}
"""


def test_the_end_of_the_scale_that_is_good_is_said(tmp_path: Path) -> None:
    kb = knowledge_base(tmp_path)
    form = kb.project.kb / "forms" / "inquiry_v1.yml"
    form.parent.mkdir()
    form.write_text(FORM.format(polarity="polarity: high_is_bad"), encoding="utf-8")
    made = report(kb, PURPOSE, ALWAYS)
    assert {each.code: inquiry_text.value(each) for each in made.figures}["ces_good"] == "2/18 = 11.1 %"
    form.write_text(FORM.format(polarity="required: false"), encoding="utf-8")
    with pytest.raises(UsageError, match=r"inquiry_polarity|forms_"):
        report(kb, PURPOSE, ALWAYS)


def test_a_sheet_has_numbers_as_numbers(made: InquiryReport) -> None:
    rows = inquiry_text.sheet(made).decode("utf-8-sig").split("\r\n")
    retention = next(row for row in rows if row.startswith("阻止率,"))
    assert retention.startswith("阻止率,40.0,2,5,5,1,")
