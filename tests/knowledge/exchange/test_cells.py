"""The guard against formulas (RELIABILITY P17) and against what a spreadsheet makes of numbers."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kbtool.knowledge.exchange import cells

LINES = (Path(__file__).parent / "cells.txt").read_text(encoding="utf-8").splitlines()
CASES = [line.rsplit(" | ", 1) for line in LINES if line and not line.startswith("#")]
CASES = [[text.replace("\\t", "\t").replace("\\r", "\r"), shown] for text, shown in CASES]
SIGNS = "=+-@\t\r\n＝＋－＠"
BODIES = ["1+1", "SUM(A1:A9)", "cmd|' /C calc'!A0", 'HYPERLINK("x","y")', "A1", "", " 2", "お客様", "'", "10%", "-2"]
STARTS = [*SIGNS, *(f" {sign}" for sign in SIGNS if sign.strip())]
PAYLOADS = [start + body for start in STARTS for body in BODIES]


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would calculate: by openpyxl's reading, and by OWASP's list of first characters."""
    written = Workbook().active.cell(row=1, column=1, value=cell)  # type: ignore[union-attr]
    return bool(written.data_type == "f") or cell.lstrip()[:1] in tuple("=+-@＝＋－＠") or cell[:1] in tuple("\t\r\n")


def test_two_hundred_cells_are_never_formulas() -> None:
    assert len(PAYLOADS) >= 200
    assert all(map(is_formula, PAYLOADS))
    guarded = [cells.guarded(each) for each in PAYLOADS]
    assert not any(is_formula(each) for each in guarded)
    assert [cells.unguarded(each) for each in guarded] == PAYLOADS


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_what_would_be_changed_is_guarded(text: str, shown: str) -> None:
    is_changed = shown != "-" or text.startswith("'")
    assert cells.guarded(text) == ("'" + text if is_changed else text)
    assert cells.unguarded(cells.guarded(text)) == text


@given(st.text(max_size=20) | st.sampled_from(PAYLOADS).map(lambda text: "'" + text))
def test_guarding_loses_nothing(text: str) -> None:
    assert cells.unguarded(cells.guarded(text)) == text


def test_what_other_programs_guard_is_read() -> None:
    assert cells.unguarded('="0120"') == "0120"
    assert cells.unguarded("'ほしい'") == "'ほしい'"


@pytest.mark.parametrize(
    ("cell", "sent"),
    [
        *(("120", "0120"), ("120", "０１２０"), ("7", "007"), ("4月2日", "4-2"), ("2026/4/2", "4-2")),
        *(("1.5", "1.50"), ("1.23456789012346E+15", "1234567890123460"), ("1980", "1,980")),
    ],
)
def test_damage_is_recognised_by_what_was_sent(cell: str, sent: str) -> None:
    assert cells.is_damaged(cell, sent)


@pytest.mark.parametrize(
    ("cell", "sent"), [("0121", "0120"), ("6", "5"), ("4-3", "4-2"), ("お電話で", "0120"), ("05", "5")]
)
def test_a_correction_is_no_damage(cell: str, sent: str) -> None:
    assert not cells.is_damaged(cell, sent)


@pytest.mark.parametrize("cell", ["120000000", "800000000", "9000000000", "1.2E+09"])
def test_a_number_that_may_have_lost_its_zero(cell: str) -> None:
    assert cells.looks_damaged(cell)


@pytest.mark.parametrize("cell", ["0120000000", "5", "2026", "お電話"])
def test_a_number_that_did_not(cell: str) -> None:
    assert not cells.looks_damaged(cell)
