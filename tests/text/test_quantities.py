"""What texts count, and where two of them cannot both be true."""

from pathlib import Path

import pytest

from kbtool.text.quantities import disagreement, quantities

_LINES = Path(__file__).with_name("quantity_cases.tsv").read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t") for line in _LINES if not line.startswith("#")]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_values_by_what_they_count(text: str, expected: str) -> None:
    assert {f"{unit}:{value}" for unit, values in quantities(text).items() for value in values} == {*expected.split()}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("到着後8日以内", "到着後７日以内", (("8日",), ("7日",))),
        ("10日前まで", "2週間前まで", (("10日",), ("14日",))),
        ("手数料は330円", "手数料は３３０円", ((), ())),
        ("8日以内", "八日以内。30日を過ぎた分は受けません", ((), ())),
        ("8日以内", "500円", ((), ())),
        ("9時から", "午前10時から", (("9:00",), ("10:00",))),
        ("2026年4月1日から", "令和8年5月1日から", (("2026-04-01",), ("2026-05-01",))),
    ],
)
def test_what_cannot_both_be_true(one: str, other: str, expected: tuple[object, object]) -> None:
    assert disagreement(one, other) == expected
    assert disagreement(other, one) == expected[::-1]
