"""A file from a spreadsheet as rows of cells under known headings, whatever encoding and separator it was saved with.

Apart from what the cells mean: this module knows bytes, separators, headings and row numbers as people count them.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kbtool import limits
from kbtool.errors import UsageError
from kbtool.knowledge.exchange.columns import COLUMNS, EDITION, EDITION_HEADING, QUESTION, Column
from kbtool.knowledge.exchange.losses import CP932

_SEPARATORS = (",", "\t", ";")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_REMARK = re.compile(r"\(.*\)$", re.DOTALL)
#: A sheet may begin with its title and a date; headings further down are no headings.
_FIRST_ROWS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells by column name."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """All rows with anything in them; ``ignored`` are headings nobody knows that have cells below them.

    ``overfull`` are rows with cells beyond the headings.
    """

    encoding: str
    columns: dict[str, Column]
    rows: tuple[Row, ...]
    ignored: tuple[str, ...] = ()
    overfull: tuple[int, ...] = ()
    names: dict[str, str] = field(default_factory=dict)


def read(data: bytes, where: str) -> Table:
    """Read a file; ``UsageError`` where it is no table with a column of questions or ids."""
    text, encoding = _decoded(data, where)
    rows = _best(text, where)
    start, names = _headings(rows, where)
    body = rows[start + 1 :]
    columns = {each.name: each for each in COLUMNS if each.name in names}
    places = {place: name for place, name in enumerate(names) if name}
    found, overfull = [], []
    for number, cells in enumerate(body, start=start + 2):
        if any(cell.strip() for cell in cells):
            found.append(Row(number, {name: cells[place] for place, name in places.items() if place < len(cells)}))
        if any(cell.strip() for cell in cells[len(names) :]):
            overfull.append(number)
    shown = {name: rows[start][place].strip() for place, name in places.items()}
    ignored = [rows[start][n].strip() for n, name in enumerate(names) if not name and _has_cells(body, n)]
    return Table(encoding, columns, tuple(found), tuple(each or "－" for each in ignored), tuple(overfull), shown)


def _decoded(data: bytes, where: str) -> tuple[str, str]:
    marked = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", CP932):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise UsageError("exchange_encoding", where=where)


def _best(text: str, where: str) -> list[list[str]]:
    """The rows under the separator that makes most known headings of the first of them."""
    csv.field_size_limit(limits.MAX_SOURCE_BYTES)
    head = text[: 64 * 1024]
    scored = {each: max(map(_score, _rows(head, each)[:_FIRST_ROWS]), default=0) for each in _SEPARATORS}
    separator = max(_SEPARATORS, key=lambda each: scored[each])
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise UsageError("exchange_quotes", where=where) from error


def _rows(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _score(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if _named(cell))


def _headings(rows: list[list[str]], where: str) -> tuple[int, list[str]]:
    """The row of the headings and the column each stands for ("" for none)."""
    for number, cells in enumerate(rows[:_FIRST_ROWS]):
        names = [_named(cell) for cell in cells]
        if "id" in names or QUESTION.name in names:
            twice = [cell.strip() for cell, name in zip(cells, names, strict=True) if name and names.count(name) > 1]
            if twice:
                raise UsageError("exchange_heading_twice", where=where, column=twice[0])
            return number, names
    raise UsageError("exchange_no_headings", where=where, known="、".join((QUESTION.heading, "回答")))


def _named(heading: str) -> str:
    return _KNOWN.get(_folded(heading), "")


def _folded(heading: str) -> str:
    plain = unicodedata.normalize("NFKC", heading).replace("\ufeff", "").strip().lower()
    return _REMARK.sub("", plain).strip()


def _has_cells(rows: Sequence[Sequence[str]], place: int) -> bool:
    return any(place < len(cells) and cells[place].strip() for cells in rows)


def _spellings() -> Iterator[tuple[str, str]]:
    yield _folded(EDITION_HEADING), EDITION
    for column in COLUMNS:
        for heading in (column.heading, *column.also):
            yield _folded(heading), column.name


_KNOWN = dict(_spellings())
