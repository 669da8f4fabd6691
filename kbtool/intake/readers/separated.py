"""CSV and TSV: one table, its first row the header, as Excel and form services write it."""

import csv
import io
from collections import Counter

from kbtool.intake.readers.decoding import decode
from kbtool.intake.readers.opened import Unreadable
from kbtool.intake.readers.paging import cell, one_page, table
from kbtool.intake.readers.plain import pages as text_pages
from kbtool.intake.written import WrittenPage
from kbtool.limits import MAX_TABLE_CELLS, MAX_WRITTEN_CHARACTERS

_ENGINE = "csv"
_DELIMITERS = ",\t;"
_SAMPLE_ROWS = 30


def pages(data: bytes) -> tuple[WrittenPage, ...]:
    """Read a table; a file without columns is read as text."""
    csv.field_size_limit(MAX_WRITTEN_CHARACTERS)
    text = decode(data)
    delimiter = _delimiter(text)
    if not delimiter:
        return text_pages(data)
    try:
        rows = [
            [field.strip() for field in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise Unreadable("intake_damaged") from error
    filled = [row for row in rows if any(row)]
    if not filled:
        return (one_page([], _ENGINE),)
    width = max(map(len, filled))
    if width * len(filled) > MAX_TABLE_CELLS:
        raise Unreadable("intake_table_too_large")
    cells = [cell(r, c, (row[c] if c < len(row) else "")) for r, row in enumerate(filled) for c in range(width)]
    return (one_page([table(cells)], _ENGINE),)


def _delimiter(text: str) -> str:
    """The mark that most evenly cuts the first rows into columns; "" where none does."""
    scores = {mark: _evenness(text, mark) for mark in _DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    return best if scores[best] > 0 else ""


def _evenness(text: str, mark: str) -> int:
    """Rows of the sample that have the most frequent number of columns, if that is more than one."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    widths: Counter[int] = Counter()
    try:
        for row, _ in zip(reader, range(_SAMPLE_ROWS), strict=False):
            widths[len(row)] += 1
    except csv.Error:
        return 0
    return max((count * min(width, 3) for width, count in widths.items() if width > 1), default=0)
