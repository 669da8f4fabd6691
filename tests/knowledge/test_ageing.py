"""Due and stale are derived from the day of review, and only for what is approved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kbtool.knowledge.ageing import Age, age
from kbtool.knowledge.life_cycle import approved
from tests.knowledge.samples import entry

DAY = date(2026, 11, 2)
APPROVED = approved(entry(), "b.reiji", DAY - timedelta(days=365), 365)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-15, Age.CURRENT), (-14, Age.DUE), (0, Age.DUE), (1, Age.STALE), (400, Age.STALE)],
)
def test_an_approved_entry_falls_due_and_then_goes_stale(days: int, expected: Age) -> None:
    assert APPROVED.review_by == DAY
    assert age(APPROVED, DAY + timedelta(days=days), due_days=14) is expected


def test_what_is_not_approved_does_not_age() -> None:
    changed = replace(APPROVED, question="別の質問")
    assert age(changed, DAY + timedelta(days=1)) is Age.CURRENT
    assert age(replace(entry(), review_by=DAY), DAY + timedelta(days=1)) is Age.CURRENT


def test_without_a_day_of_review_nothing_falls_due() -> None:
    assert age(replace(APPROVED, review_by=None), date(2100, 1, 1), due_days=14) is Age.CURRENT
