"""A table as drafting sees it: a header, rows with merged cells filled down, and where each row stands.

Separate from the rules, which only ask which columns there are.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kbtool.document import Block, Cell
from kbtool.drafting.model import Evidence
from kbtool.drafting.wording import joined, plain

_CONTINUED = re.compile(r"[（(]?(?:つづき|続き)[）)]?$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``cells`` with merged ones repeated, and the cells that stand in it as evidence."""

    cells: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Header and rows, all of the same width."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    evidence: tuple[Evidence, ...]

    def column(self, *names: str) -> int | None:
        """The first column whose header holds one of the names (as a pattern)."""
        pattern = re.compile("|".join(names))
        return next((place for place, title in enumerate(self.header) if pattern.search(plain(title))), None)

    def values(self, column: int) -> list[str]:
        """The cells of one column below the header."""
        return [row.cells[column] for row in self.rows]


def read(block: Block) -> Table | None:
    """The table of a block; None where it has no cells."""
    if not block.cells:
        return None
    rows = max(cell.row + cell.row_span for cell in block.cells)
    width = max(cell.column + cell.column_span for cell in block.cells)
    texts = [[""] * width for _ in range(rows)]
    evidence: list[list[Evidence]] = [[] for _ in range(rows)]
    for cell in block.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            evidence[row].append(_evidence(block, cell))
            for column in range(cell.column, cell.column + cell.column_span):
                texts[row][column] = joined(cell.text.splitlines())
    filled = [row for row in zip(texts, evidence, strict=True) if any(plain(text) for text in row[0])]
    if not filled:
        return None
    body = [Row(tuple(cells), tuple(seen)) for cells, seen in filled[1:]]
    whole = tuple(piece for _, seen in filled for piece in seen)
    return Table(tuple(filled[0][0]), tuple(body), tuple(dict.fromkeys(whole)))


def continues(table: Table, following: Table) -> bool:
    """Whether the second table repeats the header of the first, as over a page break."""
    return [plain(cell) for cell in table.header] == [plain(cell) for cell in following.header]


def join(table: Table, following: Table) -> Table:
    """Both as one table, without the repeated header."""
    return replace(table, rows=table.rows + following.rows, evidence=table.evidence + following.evidence)


def filled_down(table: Table, column: int = 0) -> Table:
    """The table with empty cells of one column taken from above, as a merged cell means."""
    rows: list[Row] = []
    above = ""
    for row in table.rows:
        own = _CONTINUED.sub("", row.cells[column]).strip()
        above = own or above
        cells = (*row.cells[:column], above, *row.cells[column + 1 :])
        rows.append(replace(row, cells=cells))
    return replace(table, rows=tuple(rows))


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; ``|`` in a cell is escaped."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _evidence(block: Block, cell: Cell) -> Evidence:
    seen = block.provenance
    sure = min(cell.confidence, seen.confidence) if seen.method != "ocr" else cell.confidence
    doubts = tuple(doubt for doubt in block.doubts if cell.box.contains(*doubt.box.centre))
    return Evidence(seen.page, cell.box, cell.text, str(seen.method), seen.engine, sure, sure, doubts, block.name)
