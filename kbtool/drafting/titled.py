"""A table together with the heading or caption that names it.

Separate because most table rules ask the same thing: what is the title, what stands between it and the table.
"""

from dataclasses import dataclass

from kbtool.drafting import columns, tables
from kbtool.drafting.cursor import Cursor, crosses
from kbtool.drafting.item import Item, Role
from kbtool.drafting.model import Draft, Evidence
from kbtool.drafting.tables import Table
from kbtool.entry import EntryType, Escalation, Section

_TITLES = frozenset({Role.HEADING, Role.CAPTION})
#: Introductory lines between a heading and its table; more than this is a chapter of its own.
_LONGEST_INTRO = 4


@dataclass(frozen=True, slots=True)
class TitledTable:
    """A table, the ``intro`` lines between it and its title, and the ``notes`` (※ lines) below it."""

    title: Item | None
    intro: tuple[Item, ...]
    table: Table
    notes: tuple[Item, ...]

    def draft(
        self, kind: EntryType, section: str, table: Table, escalation: tuple[Escalation, ...] = ()
    ) -> tuple[Draft, ...]:
        """One entry for the whole table, asked by its title; none where nothing names it."""
        if self.title is None or not self.title.text:
            return ()
        lines = [item.text for item in self.intro]
        grid = tables.markdown(table.header, [row.cells for row in table.rows])
        text = "\n\n".join([*lines, grid, *(item.text for item in self.notes)])
        seen = (*(item.evidence for item in self.intro), *table.evidence, *(item.evidence for item in self.notes))
        return (
            Draft(
                kind,
                self.title.text,
                (Section(section, text),),
                (self.title.evidence, *seen),
                escalation,
                number=self.title.number,
                from_heading=True,
            ),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A titled table and how many items it takes at the cursor."""

    titled: TitledTable
    taken: int

    @property
    def table(self) -> Table:
        """The table itself."""
        return self.titled.table


def find(cursor: Cursor) -> Found | None:
    """The table that begins here, with its title; None where no table follows at once."""
    named = cursor.item.role in _TITLES
    intro = cursor.while_(lambda item: item.role in (Role.TEXT, Role.BULLET), start=1) if named else ()
    place = cursor.at + (1 + len(intro) if named else 0)
    item = cursor.items[place] if place < len(cursor.items) else None
    if item is None or item.table is None or len(intro) > _LONGEST_INTRO:
        return None
    if item.page > cursor.item.page + 1 or (intro and item.page != intro[-1].page and not crosses(intro[-1], item)):
        return None
    notes = cursor.while_(lambda item: item.text.startswith(("※", "＊", "注）", "(注")), start=place - cursor.at + 1)
    title = cursor.item if named else _title_above(cursor)
    whole = TitledTable(title, intro, item.table, notes)
    return Found(whole, place - cursor.at + 1 + len(notes))


def _title_above(cursor: Cursor) -> Item | None:
    """The nearest heading above on the page, unless another table already took it."""
    for item in reversed(cursor.items[: cursor.at]):
        if item.role is Role.TABLE or item.page != cursor.item.page:
            return None
        if item.role in _TITLES:
            return item
    return None


def row_draft(table: Table, column: int, name: str, kind: EntryType, question: str, section: str) -> Draft:
    """One entry of the rows that have ``name`` in a column; a column of page numbers is left out."""
    left_out = {column, table.column(columns.REFERENCE)}
    shown = [place for place in range(len(table.header)) if place not in left_out]
    rows = [place for place, row in enumerate(table.rows) if row.cells[column] == name]
    grid = tables.markdown(
        [table.header[place] for place in shown],
        [[table.rows[row].cells[place] for place in shown] for row in rows],
    )
    sections = (Section(section, grid),)
    return Draft(kind, question, sections, evidence_of(table, rows), references=_references(table, rows))


def _references(table: Table, rows: list[int]) -> tuple[str, ...]:
    """Each row as a line, a bare number in the column of page numbers as a page."""
    pages = table.column(columns.REFERENCE)
    lines = []
    for row in rows:
        cells = list(table.rows[row].cells)
        if pages is not None and cells[pages].strip().isdigit():
            cells[pages] = f"{cells[pages].strip()}ページ"
        lines.append(" ".join(cells))
    return tuple(lines)


def evidence_of(table: Table, rows: list[int]) -> tuple[Evidence, ...]:
    """Where some rows of a table stand, each cell once."""
    return tuple(dict.fromkeys(piece for row in rows for piece in table.rows[row].evidence))
