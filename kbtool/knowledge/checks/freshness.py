"""Whether readers are told: the log speaks, open reports move, approved changes are published (U)."""

import re
from collections.abc import Iterator
from datetime import date

from kbtool.entry import Audience, Entry, EntryType
from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import Place, State
from kbtool.knowledge.freshness import silence
from kbtool.outcome import Severity

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日|(\d{4})-(\d{2})-(\d{2})")
_OPEN = re.compile("調査中|対応中|検討中")
_DONE = re.compile("完了|対応済|改善済")


def silent_log(state: State) -> Iterator[Found]:
    """A public log that has not spoken for long (U001); nothing where nothing is public yet."""
    public = [(line, place) for line, place in state.log if line.audience is Audience.PUBLIC]
    found = silence([line for line, _ in public], state.today, state.settings.freshness)
    if found.state in ("quiet", "silent"):
        severity = Severity.ERROR if found.state == "silent" else None
        yield Found(public[-1][1], {"days": found.days, "limit": found.limit}, severity)


def open_report(state: State) -> Iterator[Found]:
    """A report on an improvement that is neither finished nor carried on (U002)."""
    limit = state.settings.freshness.open_days
    for file in state.in_force:
        if file.entry.type is EntryType.IMPROVEMENT and _is_open(file.entry):
            days = (state.today - _last_day(file.entry, state.today)).days
            if days > limit:
                yield Found(file.words("状況"), {"days": days, "limit": limit})


def unpublished(state: State) -> Iterator[Found]:
    """An approved change that readers of the public site have not got yet (U003)."""
    for line in state.unsaid:
        file = state.files.get(line.entry)
        yield Found(file.field("status") if file else Place("kb/updates"), {"id": line.entry, "title": line.title})


def log_out_of_order(state: State) -> Iterator[Found]:
    """A line of the log dated before the line above it, or after today (U004)."""
    last: dict[Audience, date] = {}
    for line, place in state.log:
        if line.date < last.get(line.audience, line.date) or line.date > state.today:
            yield Found(place, {"date": line.date})
        last[line.audience] = line.date


def _is_open(entry: Entry) -> bool:
    text = "\n".join(part.text for part in entry.sections)
    return bool(_OPEN.search(text)) and not _DONE.search(text)


def _last_day(entry: Entry, today: date) -> date:
    """The last day on which anything was said of it."""
    days = [item.date for item in entry.history]
    for found in _DAY.finditer("\n".join(part.text for part in entry.sections)):
        year, month, day = (int(each) for each in found.groups() if each)
        if 1 <= month <= 12 and 1 <= day <= 28:
            days.append(date(year, month, day))
    return max((day for day in days if day <= today), default=today)
