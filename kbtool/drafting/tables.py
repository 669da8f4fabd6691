"""A table as drafting sees it: a header, rows with merged cells filled down, and where each row stands.

Separate from the rules, which only ask which columns there are.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kbtool.document import Block, Cell
from kbtool.drafting import columns, wording
from kbtool.drafting.model import Evidence
from kbtool.drafting.wording import plain

_CONTINUED = re.compile(r"[（(]?(?:つづき|続き)[）)]?$")

#: Two columns may begin at the same place by chance.
_LEAST_COLUMNS = 2
#: How far the columns of one table may lie apart on two pages, in fractions of the page.
_ALIGNED = 0.012
_LONGEST_NAME = 12
_HEADER_WORDS = re.compile(columns.ANY, re.IGNORECASE)
_VERDICT = re.compile(
    r"^(?:可能?|不可能?|要|不要|必要|[○◯〇◎●×✕✖△▲✓✔]|できる|できない|対象外?|適用外?|適用する|適用しない|あり|なし|有|無|yes|no|[-－―ー—]*)"
    r"(?:[（(].{1,12}[)）])?$|^.{1,8}(?:可能?|不可能?|でき(?:る|ない|ます|ません))$",
    re.IGNORECASE,
)
_BLANK = re.compile(r"^[\s年月日時分様印〒_＿（）()・-]*$")
#: 年 月 日 with room for the digits. A row 年月日 of a header is the name of a column.
_NO_DATE = re.compile(r"(?<![\d年])年月日(?=年月日)|年月日[（(]|[（(]年月日|年月日[~～〜]|^年月日$")
#: A form printed to be filled in is mostly empty; a decision table rarely has a third of its cells empty.
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``cells`` with merged ones repeated, and the cells that stand in it as evidence."""

    cells: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Header and rows, all of the same width; ``lefts`` is where each column begins, in fractions of the page."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    evidence: tuple[Evidence, ...]
    head_evidence: tuple[Evidence, ...] = ()
    lefts: tuple[float, ...] = ()

    def column(self, *names: str) -> int | None:
        """The first column whose header holds one of the names (as a pattern)."""
        return next(iter(self.columns(*names)), None)

    def columns(self, *names: str) -> list[int]:
        """All columns whose header holds one of the names."""
        pattern = re.compile("|".join(names), re.IGNORECASE)
        return [place for place, title in enumerate(self.header) if pattern.search(plain(title))]

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
                texts[row][column] = wording.joined(cell.text.splitlines())
    filled = [row for row in zip(texts, evidence, strict=True) if any(plain(text) for text in row[0])]
    if not filled:
        return None
    body = [Row(tuple(cells), tuple(seen)) for cells, seen in filled[1:]]
    whole = tuple(piece for _, seen in filled for piece in seen)
    lefts = {cell.column: cell.box.x0 for cell in block.cells}
    head = tuple(filled[0][1])
    return Table(
        tuple(filled[0][0]), tuple(body), tuple(dict.fromkeys(whole)), head, tuple(lefts[at] for at in sorted(lefts))
    )


def joined(table: Table, following: Table) -> Table | None:
    """Both as one table, as over a page break: the header is repeated, or the columns go on without one."""
    evidence = table.evidence + following.evidence
    if [plain(cell) for cell in table.header] == [plain(cell) for cell in following.header]:
        return replace(table, rows=table.rows + following.rows, evidence=evidence)
    if len(table.header) < _LEAST_COLUMNS or not _same_columns(table, following) or _looks_like_header(following):
        return None
    first = Row(following.header, following.head_evidence)
    return replace(table, rows=(*table.rows, first, *following.rows), evidence=evidence)


def _same_columns(table: Table, following: Table) -> bool:
    pairs = list(zip(table.lefts, following.lefts, strict=False))
    return len(table.lefts) == len(following.lefts) and all(abs(one - other) <= _ALIGNED for one, other in pairs)


def _looks_like_header(table: Table) -> bool:
    """Whether the first row names columns: short, without a sentence, in words known of headers."""
    named = sum(bool(_HEADER_WORDS.search(plain(cell))) for cell in table.header)
    return named * 2 >= len(table.header) and all(len(plain(cell)) <= _LONGEST_NAME for cell in table.header)


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


def names(table: Table, column: int) -> list[str]:
    """The different values of a column, in their order, without empty ones."""
    return [name for name in dict.fromkeys(table.values(column)) if plain(name)]


def has_verdicts(table: Table) -> bool:
    """Whether a column holds nothing but verdicts (可, 不可, ○, ×), and at least two different ones."""
    cells = ({plain(cell) for cell in table.values(place)} for place in range(len(table.header)))
    return any(len(folded - {""}) > 1 and all(_VERDICT.match(cell) for cell in folded) for folded in cells)


def is_blank(table: Table) -> bool:
    """Whether it was printed to be filled in: most cells beside the first column are empty, or dates have no digits."""
    cells = [cell for row in table.rows for cell in row.cells[1:]]
    empty = sum(bool(_BLANK.match(cell)) for cell in cells)
    everywhere = (*table.header, *(cell for row in table.rows for cell in row.cells))
    dated = any(_NO_DATE.search(plain(cell)) for cell in everywhere)
    return bool(cells) and (dated or empty >= len(cells) * _MOSTLY)


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
