"""Inquiry records on disk: ``kb/inquiries/YYYY-MM.jsonl``, and apart from them what names a person.

The records hold no personal value; those lie in ``kb/private/slips.jsonl``, git-ignored and readable by their owner
only. A value that a person corrected is kept when the slip is read again.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from kbtool import durable
from kbtool.errors import UsageError
from kbtool.inquiry import FieldState, FieldValue, Inquiry
from kbtool.knowledge import plain
from kbtool.knowledge.store import KnowledgeBase

#: The ``reason`` of a value that a person set.
CORRECTED = "corrected"
_DATE_FIELD = "received_on"
_MONTH = re.compile(r"\d{4}-\d{2}(?=-\d{2})", re.ASCII)
_RUNNING = re.compile(r"(.*?)(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class PrivateValues:
    """The personal values of one slip: field name → value as read."""

    number: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class InquiryReport:
    """Numbers of the records that a save added, changed and found as they were; ``repeated`` were seen before."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    repeated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Reception numbers that are missing between others, and those that were scanned more than once."""

    missing: tuple[str, ...]
    repeated: tuple[str, ...]


def records(kb: KnowledgeBase) -> dict[str, Inquiry]:
    """All records by number, in the order of their numbers."""
    found: dict[str, Inquiry] = {}
    for path in sorted((kb.project.kb / "inquiries").glob("*.jsonl")):
        found |= {each.number: each for each in plain.load_file(Inquiry, path, f"kb/inquiries/{path.name}")}
    return dict(sorted(found.items()))


def private_values(kb: KnowledgeBase) -> dict[str, dict[str, str]]:
    """The personal values of all slips: number → field → value."""
    path = kb.project.private / "slips.jsonl"
    return {each.number: each.values for each in plain.load_file(PrivateValues, path, "kb/private/slips.jsonl")}


def save(
    kb: KnowledgeBase, read: Iterable[Inquiry], private: Mapping[str, Mapping[str, str]] | None = None
) -> InquiryReport:
    """Merge records into those on disk and write what changed; another scan of a number adds its page.

    A slip whose number could not be read is kept under its document and page.
    """
    with kb.writing("ingest"):
        before = records(kb)
        after = dict(before)
        repeated: list[str] = []
        numbers: list[str] = []
        for record in map(_numbered, read):
            known = after.get(record.number)
            if known is not None and _is_other_scan(known, record):
                repeated.append(record.number)
            after[record.number] = _merge(known, record)
            numbers.append(record.number)
        _save_private(kb, private or {})
        _write(kb, after)
        return _report(dict.fromkeys(numbers), repeated, before, after)


def correct(kb: KnowledgeBase, number: str, field: str, value: str | int | None) -> Inquiry:
    """Set one value as a person says it is; ``UsageError`` where record or field do not exist."""
    with kb.writing("review"):
        known = records(kb)
        record = known.get(number)
        if record is None or field not in record.fields:
            raise UsageError("knowledge_no_inquiry", number=number, field=field)
        changed = replace(record.fields[field], value=value, state=FieldState.OK, reason=CORRECTED, confidence=100.0)
        known[number] = replace(record, fields=record.fields | {field: changed})
        _write(kb, known)
        return known[number]


def reword(kb: KnowledgeBase, number: str, fields: Collection[str], change: Callable[[str], str]) -> Inquiry:
    """Put the words of some fields through ``change``, as read and as corrected; a new reading does not undo it."""
    with kb.writing("review"):
        known = records(kb)
        record = known[number]
        changed = {
            name: replace(
                each,
                raw=change(each.raw),
                value=change(each.value) if isinstance(each.value, str) else each.value,
                reason=CORRECTED,
            )
            for name, each in record.fields.items()
            if name in fields
        }
        known[number] = replace(record, fields=record.fields | changed)
        _write(kb, known)
        return known[number]


def forget(kb: KnowledgeBase, number: str) -> bool:
    """Delete the personal values of one slip; False when there were none."""
    with kb.writing("inquiry forget"):
        left = private_values(kb)
        existed = left.pop(number, None) is not None
        if existed:
            _write_private(kb, left)
        return existed


def reconcile(found: Iterable[Inquiry]) -> Reconciliation:
    """Compare the numbers of the records with the row they should make (T260409-001, -002 …)."""
    found = list(found)
    parts = sorted((match[1], match[2]) for match in (_RUNNING.fullmatch(each.number) for each in found) if match)
    missing: list[str] = []
    for prefix, group in groupby(parts, key=lambda part: part[0]):
        texts = [text for _, text in group]
        present, width = {int(text) for text in texts}, len(texts[0])
        # A day's slips start at 1; a book of numbers without a day may start anywhere.
        first = 1 if prefix.endswith("-") else min(present)
        missing += [f"{prefix}{n:0{width}d}" for n in range(first, max(present)) if n not in present]
    return Reconciliation(tuple(missing), tuple(sorted(each.number for each in found if len(each.pages) > 1)))


def _numbered(record: Inquiry) -> Inquiry:
    return record if record.number else replace(record, number=f"{record.document}#{record.pages[0]}")


def _merge(known: Inquiry | None, record: Inquiry) -> Inquiry:
    """One record of all scans of a slip in its document; the first page is the one that is believed."""
    if known is None:
        return replace(record, pages=tuple(sorted(set(record.pages))))
    if known.document != record.document:
        return known
    pages = tuple(sorted({*known.pages, *record.pages}))
    believed, other = (record, known) if min(record.pages) == pages[0] else (known, record)
    kept = {name: each for name, each in known.fields.items() if each.reason == CORRECTED}
    return replace(known, pages=pages, fields=believed.fields | _missing(believed, other) | kept)


def _missing(believed: Inquiry, other: Inquiry) -> dict[str, FieldValue]:
    return {name: each for name, each in other.fields.items() if name not in believed.fields}


def _is_other_scan(known: Inquiry, record: Inquiry) -> bool:
    return known.document != record.document or min(known.pages) != min(record.pages)


def _report(
    numbers: Iterable[str], repeated: list[str], before: dict[str, Inquiry], after: dict[str, Inquiry]
) -> InquiryReport:
    numbers = tuple(numbers)
    return InquiryReport(
        added=tuple(number for number in numbers if number not in before),
        changed=tuple(number for number in numbers if number in before and before[number] != after[number]),
        unchanged=tuple(number for number in numbers if number in before and before[number] == after[number]),
        repeated=tuple(dict.fromkeys(repeated)),
    )


def _write(kb: KnowledgeBase, found: Mapping[str, Inquiry]) -> None:
    folder = kb.project.kb / "inquiries"
    months: dict[str, list[Inquiry]] = {}
    for number in sorted(found):
        months.setdefault(_month(found[number].fields.get(_DATE_FIELD)), []).append(found[number])
    durable.commit_many({folder / f"{month}.jsonl": plain.json_lines(group) for month, group in months.items()})
    for path in folder.glob("*.jsonl"):
        if path.stem not in months:
            durable.remove(path)


def _month(received: FieldValue | None) -> str:
    match = _MONTH.match(str(received.value)) if received else None
    return match[0] if match else "undated"


def _save_private(kb: KnowledgeBase, read: Mapping[str, Mapping[str, str]]) -> None:
    known = private_values(kb)
    merged = known | {number: dict(values) for number, values in read.items() if values}
    if merged != known:
        _write_private(kb, merged)


def _write_private(kb: KnowledgeBase, values: Mapping[str, dict[str, str]]) -> None:
    folder = durable.private_folder(kb.project.private)
    lines = (PrivateValues(number, values[number]) for number in sorted(values))
    durable.commit(folder / "slips.jsonl", plain.json_lines(lines))
