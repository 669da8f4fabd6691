"""What time does to an approved entry: due before its day of review, stale after it. Derived, never stored."""

from datetime import date, timedelta
from enum import StrEnum

from kbtool.entry import Entry
from kbtool.knowledge.frozen import IN_FORCE, effective_status


class Age(StrEnum):
    """How near the day of review is."""

    CURRENT = "current"
    DUE = "due"
    STALE = "stale"


def age(entry: Entry, today: date, due_days: int = 0) -> Age:
    """The age of an entry: due from ``due_days`` before ``review_by`` on, stale after that day.

    Only what is approved ages: a draft waits for its approval, not for a review.
    """
    if entry.review_by is None or effective_status(entry) not in IN_FORCE:
        return Age.CURRENT
    if is_overdue(entry, today):
        return Age.STALE
    return Age.DUE if today >= entry.review_by - timedelta(days=due_days) else Age.CURRENT


def is_overdue(entry: Entry, today: date) -> bool:
    """Whether the day of review has passed; counts only for what is approved."""
    return entry.review_by is not None and today > entry.review_by
