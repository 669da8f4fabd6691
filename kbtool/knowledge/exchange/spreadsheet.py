"""Questions and answers as a CSV file that a Japanese desk opens in its spreadsheet by double click.

UTF-8 with a byte order mark or CP932, lines ended as Excel ends them, nothing in it a formula. Columns that are read
back and columns to look at are told apart by their headings.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from kbtool.entry import Audience, Entry
from kbtool.knowledge.exchange import cells, losses
from kbtool.knowledge.exchange.columns import COLUMNS, EDITION_HEADING, SECTION, Column
from kbtool.knowledge.exchange.editions import edition
from kbtool.knowledge.exchange.selection import fields_for, sections_for

#: The encodings Japanese spreadsheets open by themselves.
ENCODINGS = ("utf-8-sig", losses.CP932)


@dataclass(frozen=True, slots=True)
class Lost:
    """Characters of one cell that the encoding lacks → what stands for each in the file."""

    id: str
    column: str
    characters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The bytes of the file, what was lost in them, and the cells (id, column) too long for Excel."""

    content: bytes
    lost: tuple[Lost, ...]
    too_long: tuple[tuple[str, str], ...]


def export_csv(entries: Iterable[Entry], encoding: str = ENCODINGS[0], audience: Audience = Audience.INTERNAL) -> Sheet:
    """Write entries as CSV, with the columns that this audience may see."""
    columns = [each for each in COLUMNS if _is_shown(each, audience)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*(each.heading for each in columns), EDITION_HEADING])
    lost: list[Lost] = []
    too_long: list[tuple[str, str]] = []
    for entry in entries:
        row = [(each, each.write(entry)) for each in columns]
        too_long += [(entry.id, each.heading) for each, cell in row if len(cell) >= cells.MOST_CHARACTERS]
        if encoding == losses.CP932:
            lost += [Lost(entry.id, each.heading, gone) for each, cell in row if (gone := losses.replacements(cell))]
            row = [(each, losses.written(cell)) for each, cell in row]
        shown = (cell if each.is_day else cells.guarded(cell) for each, cell in row)
        writer.writerow([*shown, cells.guarded(edition(entry))])
    return Sheet(text.getvalue().encode(encoding), tuple(lost), tuple(too_long))


def _is_shown(column: Column, audience: Audience) -> bool:
    if column.name.startswith(SECTION):
        return column.name.removeprefix(SECTION) in sections_for(audience)
    return column.name in fields_for(audience)
