"""Dates that cannot be, and those that have passed: validity, review, history (V, R)."""

from collections.abc import Iterator

from kbtool.entry import Audience
from kbtool.knowledge.ageing import is_overdue
from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import EntryFile, Place, State
from kbtool.outcome import Severity


def expired(state: State) -> Iterator[Found]:
    """An entry past its last valid day that is still shown outside (V001)."""
    outside = {each.id for each in state.frozen if each.audience in (Audience.PUBLIC, Audience.PARTNER)}
    for file in state.living:
        last = file.entry.valid_to
        if last and last < state.today and file.entry.id in outside:
            yield Found(file.field("valid_to"), {"date": last})


def upside_down(file: EntryFile, state: State) -> Iterator[Found]:
    """An entry that ends before it begins (V002)."""
    first, last = file.entry.valid_from, file.entry.valid_to
    if first and last and last < first:
        yield Found(file.field("valid_to"), {"first": first, "last": last})


def in_the_future(state: State) -> Iterator[Found]:
    """A step dated after today (V003)."""
    for file in state.files.values():
        entry = file.entry
        dated = [("approved_on", entry.approved_on), ("verified_on", entry.verified_on)]
        dated += [("history", item.date) for item in entry.history]
        for name, day in dict.fromkeys(dated):
            if day and day > state.today:
                yield Found(file.field(name, day.isoformat()), {"date": day})


def history_out_of_order(state: State) -> Iterator[Found]:
    """A history whose newest step does not stand first (V004)."""
    for file in state.files.values():
        days = [item.date for item in file.entry.history]
        wrong = next((later for later, earlier in zip(days[1:], days, strict=False) if later > earlier), None)
        if wrong:
            yield Found(file.field("history", wrong.isoformat()), {"date": wrong})


def overdue(state: State) -> Iterator[Found]:
    """An approved entry past its day of review (R001); where safety is concerned it cannot wait."""
    for file in state.in_force:
        if is_overdue(file.entry, state.today):
            severity = Severity.ERROR if file.entry.safety else None
            yield Found(file.field("review_by"), {"date": file.entry.review_by}, severity)


def many_overdue(state: State) -> Iterator[Found]:
    """A public site of which too large a part is overdue (R002)."""
    public = [file for file in state.in_force if file.entry.audience is Audience.PUBLIC]
    late = sum(is_overdue(file.entry, state.today) for file in public)
    limit = state.settings.freshness.overdue_percent
    if public and late * 100 > limit * len(public):
        yield Found(Place("kb/entries"), {"late": late, "all": len(public), "limit": limit})


def without_review(state: State) -> Iterator[Found]:
    """An approved entry that nobody will look at again (R003)."""
    for file in state.in_force:
        if file.entry.review_by is None:
            yield Found(file.field("status"))
