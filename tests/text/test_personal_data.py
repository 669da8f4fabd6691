"""Personal data: what is found, what is not, and that masking is stable."""

from pathlib import Path

import pytest

from kbtool.text.personal_data import SURE, find, mask

TABLE = Path(__file__).with_name("personal_data_cases.tsv")
CASES = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    text, *expected = case.split("\t")
    sure = [finding for finding in find(text) if finding.confidence >= SURE]
    assert [f"{finding.kind}={text[finding.start : finding.end]}" for finding in sure] == expected


@pytest.mark.parametrize("case", CASES)
def test_masking_twice_changes_nothing(case: str) -> None:
    text = case.split("\t")[0]
    once = mask(text, find(text))
    assert mask(once, find(once)) == once


def test_the_same_value_has_the_same_number() -> None:
    text = "03-0000-0001、０３−００００−０００１、03-0000-0002"
    assert mask(text, find(text)) == "〔電話1〕、〔電話1〕、〔電話2〕"


def test_numbers_go_on_after_masks_that_are_there() -> None:
    text = "〔電話3〕 03-0000-0001"
    assert mask(text, find(text)) == "〔電話3〕 〔電話4〕"


def test_the_companys_own_contacts_are_nobodys() -> None:
    assert find("フリーダイヤル０１２０−０００−０００", allowed=("0120-000-000",)) == ()


def test_a_name_alone_is_only_a_hint() -> None:
    (finding,) = find("山田太郎が話した")
    assert (finding.kind, finding.confidence < SURE) == ("name", True)


def test_a_hall_named_after_somebody_is_nobody() -> None:
    assert find("田中角栄記念館") == ()


def test_a_finding_does_not_hold_the_value() -> None:
    (finding,) = find("03-0000-0001")
    assert "0000" not in repr(finding)
