"""The dated update log: ``kb/updates/YYYY.jsonl``, only ever added to.

It is the one truth of what readers were shown when. A publish first plans its lines, builds with them, and only
then appends; a rerun after a crash plans nothing that the ledger already says. Dates on the sites derive from it,
so that a rebuild without a change never moves one.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from kbtool import durable
from kbtool.entry import Audience, Entry, EntryType, HistoryItem, Section
from kbtool.errors import UsageError
from kbtool.knowledge import content, plain
from kbtool.knowledge.inside import refuse_inside
from kbtool.knowledge.ledger_lines import LedgerLine, LineKind, lines, path_of
from kbtool.knowledge.store import KnowledgeBase

__all__ = ["LedgerLine", "LineKind", "announce", "append", "dates", "lines", "plan"]

#: Kinds that need no change of the text.
_WITHOUT_CHANGE = (LineKind.CHECKED, LineKind.NOTICE)
#: Steps of an entry's history that put a text before readers; the newest one tells what the log says.
_SHOWING = ("published", "corrected")


def plan(kb: KnowledgeBase, audience: Audience, shown: Mapping[str, Entry], today: date) -> list[LedgerLine]:
    """The lines that showing ``shown`` to ``audience`` would add to the ledger, in the order of the entries."""
    latest = _latest(lines(kb.project, audience))
    planned: list[LedgerLine] = []
    for entry in shown.values():
        kind = _kind(entry, audience, latest.get(entry.id))
        if kind is not None:
            planned.append(_line(entry, audience, kind, today))
    live = kb.entries() if latest else {}
    for id, last in latest.items():
        if id and id not in shown and last.kind is not LineKind.RETIRED:
            planned.append(_retirement(last, live.get(id), today))
    return planned


def append(kb: KnowledgeBase, added: Iterable[LedgerLine]) -> int:
    """Add lines durably and return how many were new; a line the ledger already ends with is not added twice.

    ``UsageError`` for a line dated before the last one for its audience: the log is never back-dated.
    """
    with kb.writing("log"):
        known = lines(kb.project)
        new: list[LedgerLine] = []
        for line in added:
            if _is_said(line, (*known, *new)):
                continue
            last = max((each.date for each in (*known, *new) if each.audience is line.audience), default=line.date)
            if line.date < last:
                raise UsageError("knowledge_back_dated", date=line.date, last=last)
            new.append(line)
        for year in sorted({line.date.year for line in new}):
            path = path_of(kb.project, year)
            kept = path.read_bytes().decode() if path.is_file() else ""
            kept += "\n" * (not kept.endswith("\n") and bool(kept))  # as an editor may have left it
            durable.commit(path, kept + plain.json_lines(line for line in new if line.date.year == year))
        return len(new)


def announce(kb: KnowledgeBase, line: LedgerLine) -> bool:
    """Add a notice, or that everything was checked, about no entry; False when the log says so already.

    ``PublishRefused`` for words that outsiders must not read, ``UsageError`` for another kind or an earlier day.
    """
    if line.kind not in _WITHOUT_CHANGE or line.entry:
        raise UsageError("log_kind", kind=line.kind, known=", ".join(_WITHOUT_CHANGE))
    if line.audience is Audience.PUBLIC:
        said = Entry("log", EntryType.NOTICE, line.title, (Section("回答", line.public),), "")
        refuse_inside(said, kb.project.settings)
    return bool(append(kb, [line]))


def dates(of_audience: Iterable[LedgerLine]) -> dict[str, tuple[date, date]]:
    """For every entry of one audience's lines: the day it first appeared, and the day its text last changed.

    The lines of a publish that is just being built count too: give them after those on disk.
    """
    found: dict[str, tuple[date, date]] = {}
    for line in of_audience:
        if line.entry and line.kind not in (*_WITHOUT_CHANGE, LineKind.RETIRED):
            first, _ = found.get(line.entry, (line.date, line.date))
            found[line.entry] = (first, line.date)
    return found


def _latest(known: Iterable[LedgerLine]) -> dict[str, LedgerLine]:
    return {line.entry: line for line in known if line.kind is not LineKind.NOTICE or line.content_hash}


def _kind(entry: Entry, audience: Audience, last: LedgerLine | None) -> LineKind | None:
    if last is None or last.kind is LineKind.RETIRED:
        return {EntryType.IMPROVEMENT: LineKind.IMPROVED, EntryType.NOTICE: LineKind.NOTICE}.get(
            entry.type, LineKind.ADDED
        )
    if last.content_hash != content.seen_hash(entry, audience):
        if entry.type is EntryType.IMPROVEMENT:
            return LineKind.IMPROVED
        act = _newest(entry, *_SHOWING)
        return LineKind.CORRECTED if act and act.kind == LineKind.CORRECTED else LineKind.CHANGED
    checked = _newest(entry, LineKind.CHECKED)
    if checked is not None and checked.date > last.date:
        return LineKind.CHECKED
    return None


def _line(entry: Entry, audience: Audience, kind: LineKind, today: date) -> LedgerLine:
    item = _newest(entry, *((LineKind.CHECKED,) if kind is LineKind.CHECKED else _SHOWING))
    return LedgerLine(
        date=today,
        audience=audience,
        entry=entry.id,
        kind=kind,
        content_hash=content.seen_hash(entry, audience),
        title=entry.question,
        public=item.public if item else "",
        note=item.note if item else "",
        by=item.by if item else "",
        public_id=entry.public_id,
    )


def _retirement(last: LedgerLine, entry: Entry | None, today: date) -> LedgerLine:
    item = _newest(entry, LineKind.RETIRED) if entry else None
    return LedgerLine(
        date=today,
        audience=last.audience,
        entry=last.entry,
        kind=LineKind.RETIRED,
        content_hash=last.content_hash,
        title=last.title,
        public=item.public if item else "",
        note=item.note if item else "",
        by=item.by if item else "",
        public_id=last.public_id,
    )


def _newest(entry: Entry, *kinds: str) -> HistoryItem | None:
    return next((item for item in entry.history if item.kind in kinds), None)


def _is_said(line: LedgerLine, known: tuple[LedgerLine, ...]) -> bool:
    if not line.entry:
        return line in known
    last = _latest(each for each in known if each.audience is line.audience).get(line.entry)
    if last is None:
        return False
    same = (last.kind, last.content_hash) == (line.kind, line.content_hash)
    return same and (line.kind not in _WITHOUT_CHANGE or last.date == line.date)
