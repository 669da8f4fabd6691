"""The measures of the demo's twenty slips, counted by hand in tests/truth/slips.yml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kbtool.forms import measures
from kbtool.inquiry import FieldState, FieldValue, Inquiry

TRUTH: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "truth" / "slips.yml").read_text(encoding="utf-8"))
WANTED = TRUTH["measures"]


def record(number: str, marks: dict[str, Any]) -> Inquiry:
    values = {name: spec["value"] if isinstance(spec, dict) else spec for name, spec in marks.items()}
    fields = {
        name: FieldValue("", value, 99.0, FieldState.OK, 1, (0.0, 0.0, 1.0, 1.0)) for name, value in values.items()
    }
    return Inquiry(number, "inquiry_v1", "slips", (1,), fields)


RECORDS = [record(number, spec["marks"]) for number, spec in TRUTH["records"].items()]


@pytest.mark.parametrize("field", ["channel", "category", "result"])
def test_counts(field: str) -> None:
    assert measures.counts(RECORDS, field) == WANTED[field]


def test_retention_says_what_it_leaves_out() -> None:
    share = measures.retention(RECORDS)
    assert (share.part, share.whole, share.percent, share.left_out) == (2, 5, 40.0, 1)
    whole = measures.retention(RECORDS, with_out_of_scope=True)
    wanted = WANTED["retention_with_out_of_scope"]
    assert (whole.part, whole.whole, whole.percent) == (wanted["kept"], wanted["of"], wanted["percent"])


def test_satisfaction_and_effort() -> None:
    csat, ces = measures.csat(RECORDS), measures.ces(RECORDS)
    assert (csat.n, csat.mean, csat.good.part, csat.good.percent, csat.blank) == (18, 3.83, 11, 61.1, 2)
    assert (ces.n, ces.mean, ces.good.part, ces.good.percent) == (18, 5.5, 14, 77.8)


def test_resolution_and_escalation() -> None:
    share = measures.resolved(RECORDS)
    assert (share.part, share.whole, share.percent, share.left_out) == (16, 19, 84.2, 1)
    assert measures.escalated(RECORDS) == WANTED["escalation_needed"]


def test_nothing_measured_is_no_number() -> None:
    assert measures.retention([]).percent is None
    assert measures.csat([]).mean is None
