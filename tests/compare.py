"""Scores what kbtool read against the expected truth of the demo corpora (``tests/truth``).

Every expected string is counted on its own, so that a report says which one is wrong and what stood there instead.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.compare_rule import Body, Rows, fold, read_body, same, same_rows

__all__ = ["Check", "Count", "Miss", "Report", "same", "same_rows", "score_entries", "score_records"]

SENTENCE = re.compile(r"[^。]+。?")
SEPARATOR = re.compile(r"[:→|/]")

#: Folded characters from which on a string is too long to occur inside another one by chance.
LONG_ENOUGH = 6


# --- the report -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """One expected thing of one entry or record, and whether it was met."""

    id: str
    kind: str
    field: str
    expected: str
    got: str
    ok: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """An expected thing that was not met, with what stood in its place ("" where nothing did)."""

    id: str
    field: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the expected things of one kind were met."""

    exact: int
    total: int

    @property
    def share(self) -> float:
        """Fraction that was met, 1.0 where nothing was expected."""
        return self.exact / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Report:
    """Result of a comparison.

    ``counts`` by kind, ``extra`` names what no truth asks for, ``left_over`` holds by id what an entry says beyond the
    truth (folded; not counted, for a person to judge).
    """

    counts: Mapping[str, Count]
    misses: tuple[Miss, ...]
    extra: tuple[str, ...] = ()
    left_over: Mapping[str, str] = field(default_factory=dict)

    @property
    def perfect(self) -> bool:
        """Whether everything expected was met and nothing else came out."""
        return not self.misses and not self.extra

    def share(self, kind: str) -> float:
        """Fraction of one kind that was met."""
        return self.counts[kind].share


def _report(checks: Sequence[Check], extra: Iterable[str], left_over: Mapping[str, str] | None = None) -> Report:
    kinds = dict.fromkeys(check.kind for check in checks)
    of = {kind: [check.ok for check in checks if check.kind == kind] for kind in kinds}
    misses = tuple(Miss(check.id, check.field, check.expected, check.got) for check in checks if not check.ok)
    return Report({kind: Count(sum(ok), len(ok)) for kind, ok in of.items()}, misses, tuple(extra), left_over or {})


# --- entries --------------------------------------------------------------------------------------------------------


def score_entries(truth: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> Report:
    """Compare entries with one manual of ``tests/truth``.

    An entry is a mapping of ``question``, ``type``, ``body`` (Markdown) and ``pages`` (numbers from 1). Counted are the
    kinds ``question``, ``type``, ``page``, ``answer`` (each sentence, step, line and cell) and ``forbidden``.
    """
    left = list(entries)
    checks: list[Check] = []
    left_over: dict[str, str] = {}
    for wanted in truth["entries"]:
        entry = next((entry for entry in left if same(entry["question"], wanted["question"])), None)
        checks.append(_question_check(wanted, entry, entries))
        body = read_body(entry["body"] if entry else "")
        if entry:
            left.remove(entry)
            left_over[wanted["id"]] = _left_over(wanted, body)
        checks += _place_checks(wanted, entry)
        checks += _answer_checks(wanted, body)
    checks += _forbidden_checks(truth.get("must_not_contain", ()), entries)
    return _report(
        checks, (entry["question"] for entry in left), {id_: text for id_, text in left_over.items() if text}
    )


def _question_check(
    wanted: Mapping[str, Any], entry: Mapping[str, Any] | None, entries: Sequence[Mapping[str, Any]]
) -> Check:
    question = wanted["question"]
    nearest = difflib.get_close_matches(question, [other["question"] for other in entries], n=1)
    got = entry["question"] if entry else "".join(nearest)
    return Check(wanted["id"], "question", "question", question, got, entry is not None)


def _place_checks(wanted: Mapping[str, Any], entry: Mapping[str, Any] | None) -> Iterator[Check]:
    got_type = str(entry["type"]) if entry else ""
    yield Check(wanted["id"], "type", "type", wanted["type"], got_type, wanted["type"] == got_type)
    pages = wanted.get("pages", [wanted["page"]])
    got_pages = sorted(set(entry["pages"])) if entry else []
    yield Check(wanted["id"], "page", "pages", str(pages), str(got_pages), pages == got_pages)


def _answer_checks(wanted: Mapping[str, Any], body: Body) -> Iterator[Check]:
    for number, sentence in enumerate(SENTENCE.findall(wanted.get("text", "")), 1):
        ok = fold(sentence) in body.prose
        yield _answer(wanted, f"text {number}", sentence, sentence if ok else _nearest(sentence, body.items), ok)
    for kind in ("steps", "lines"):
        yield from _item_checks(wanted, kind, body)
    if "rows" in wanted:
        yield from _cell_checks(wanted, body)


def _answer(wanted: Mapping[str, Any], name: str, expected: str, got: str, ok: bool) -> Check:
    return Check(wanted["id"], "answer", name, expected, got, ok)


def _item_checks(wanted: Mapping[str, Any], kind: str, body: Body) -> Iterator[Check]:
    """Check that each item is there, and after the one before it."""
    start = 0
    for number, item in enumerate(wanted.get(kind, ()), 1):
        place = next((at for at, got in enumerate(body.items) if at >= start and _is_item(item, got)), None)
        start = start if place is None else place
        got = _nearest(item, body.items) if place is None else item
        yield _answer(wanted, f"{kind} {number}", item, got, place is not None)


def _is_item(expected: str, got: str) -> bool:
    wanted = fold(expected)
    return wanted == got or (len(wanted) >= LONG_ENOUGH and wanted in got)


def _nearest(expected: str, items: Sequence[str]) -> str:
    return "".join(difflib.get_close_matches(fold(expected), items, n=1, cutoff=0.3))


def _cell_checks(wanted: Mapping[str, Any], body: Body) -> Iterator[Check]:
    header, *rows = wanted["rows"]
    pairs = _pair(rows, [row for table in body.tables for row in _aligned(header, table)])
    for number, (row, got_row) in enumerate(pairs, 1):
        for column, expected, got in zip(header, row, got_row, strict=True):
            ok = same(expected, got) if body.tables else _is_part(expected, body)
            yield _answer(wanted, f"row {number} {column}", expected, got, ok)


def _is_part(expected: str, body: Body) -> bool:
    """Look for a cell where the body has no table: between separators, or anywhere if long enough."""
    wanted = fold(expected)
    parts = {part for item in body.items for part in SEPARATOR.split(item)}
    return wanted in parts or (len(wanted) >= LONG_ENOUGH and wanted in body.prose)


def _aligned(header: Sequence[str], table: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Give the rows of a table in the columns of ``header``: by name, else by place where the width agrees."""
    names = {name: place for place, name in enumerate(table[0])}
    places = [names.get(fold(name), -1) for name in header]
    if -1 in places and len(table[0]) == len(header):
        places = list(range(len(header)))
    for row in table[1:]:
        yield tuple(row[place] if 0 <= place < len(row) else "" for place in places)


def _pair(rows: Rows, got: Sequence[tuple[str, ...]]) -> Iterator[tuple[Sequence[Any], Sequence[str]]]:
    """Pair expected rows with read ones: in order where their number agrees, else by likeness."""
    if len(rows) == len(got):
        yield from zip(rows, got, strict=True)
        return
    left = list(got)
    for row in rows:
        best = max(left, key=lambda read: _likeness(row, read), default=None)
        if best is None or not _likeness(row, best):
            yield row, [""] * len(row)
        else:
            left.remove(best)
            yield row, best


def _likeness(row: Sequence[object], read: Sequence[str]) -> int:
    return sum(same(str(cell), got) for cell, got in zip(row, read, strict=True))


def _left_over(wanted: Mapping[str, Any], body: Body) -> str:
    """Give what remains of a body when everything expected is taken out once for all."""
    expected = [*SENTENCE.findall(wanted.get("text", "")), *wanted.get("steps", ()), *wanted.get("lines", ())]
    prose = body.prose
    for text in sorted(map(fold, expected), key=len, reverse=True):
        prose = prose.replace(text, "")
    known = {fold(cell) for row in wanted.get("rows", ()) for cell in row}
    return prose + "".join(cell for table in body.tables for row in table for cell in row if cell not in known)


def _forbidden_checks(forbidden: Iterable[str], entries: Iterable[Mapping[str, Any]]) -> Iterator[Check]:
    for entry in entries:
        body = read_body(entry["body"])
        whole = "\n".join([fold(entry["question"]), body.prose, *(c for t in body.tables for row in t for c in row)])
        for text in forbidden:
            found = fold(text) in whole
            yield Check(entry["question"], "forbidden", "must_not_contain", "", text if found else "", not found)


# --- records --------------------------------------------------------------------------------------------------------


def score_records(truth: Mapping[str, Any], records: Sequence[Mapping[str, Any]]) -> Report:
    """Compare records with ``tests/truth/slips.yml``.

    A record is a mapping of ``number``, ``pages`` and ``fields`` (name → mapping of ``raw``, ``value``, ``state``), as
    ``dataclasses.asdict`` makes it of an inquiry. Counted are the kinds ``record``, ``page``, ``typed``, ``raw``
    (written form of a typed field that is normalised), ``mark`` and ``state`` (what a person has to look at).
    """
    left = list(records)
    checks: list[Check] = []
    for number, wanted in truth["records"].items():
        record = next((record for record in left if same(record["number"], number)), None)
        checks.append(Check(number, "record", "number", number, number if record else "", record is not None))
        if record:
            left.remove(record)
        checks += _record_checks(number, wanted, record)
    return _report(checks, (record["number"] for record in left))


def _record_checks(number: str, wanted: Mapping[str, Any], record: Mapping[str, Any] | None) -> Iterator[Check]:
    pages, got_pages = wanted.get("pages", [wanted["page"]]), sorted(record["pages"]) if record else []
    yield Check(number, "page", "pages", str(pages), str(got_pages), pages == got_pages)
    fields = record["fields"] if record else None
    for name, spec in wanted["typed"].items():
        yield _value_check(number, "typed", name, spec, fields)
        if isinstance(spec, dict):
            raw = _part(fields, name, "raw")
            yield Check(number, "raw", name, spec["raw"], raw, same(spec["raw"], raw))
    for name, spec in wanted["marks"].items():
        yield _value_check(number, "mark", name, spec, fields)
    for asked, enough in (("needs_review", {"needs_review", "needs_manual"}), ("needs_manual", {"needs_manual"})):
        for name in wanted.get(asked, ()):
            state = _part(fields, name, "state")
            yield Check(number, "state", name, asked, state, state in enough)


def _value_check(number: str, kind: str, name: str, spec: object, fields: Mapping[str, Any] | None) -> Check:
    """Compare one normalised value; none, empty and left out are the same, but not where the whole record is lost."""
    value = spec["value"] if isinstance(spec, dict) else spec
    expected = "" if value is None else str(value)
    got = _part(fields, name, "value")
    return Check(number, kind, name, expected, got, fields is not None and same(expected, got))


def _part(fields: Mapping[str, Any] | None, name: str, part: str) -> str:
    found = (fields or {}).get(name, {}).get(part)
    return "" if found is None else str(found)
