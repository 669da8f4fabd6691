"""A sheet → blocks in reading order: bordered tables, evenly filled ranges as tables, everything else as lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from kbtool.document import Box, Cell, Kind
from kbtool.intake.readers import sheet_boxes
from kbtool.intake.readers.paging import cell, placed_at, table
from kbtool.intake.readers.sheet import Area, Place, Sheet, Words
from kbtool.intake.readers.wording import role_of
from kbtool.intake.written import WrittenBlock
from kbtool.layout import markers

#: Names that Excel gives; they head nothing.
_UNNAMED = re.compile(r"(?:sheet|シート|worksheet)\s*\d*", re.IGNORECASE)
#: A range without borders is a table where this share of its rows has two words or more, and of its places is filled.
_EVEN_ROWS = 0.6
_FILLED = 0.4
_LONG_LINE = 20


@dataclass(frozen=True, slots=True)
class _Found:
    """A block and the range of the sheet it stands in."""

    area: Area
    block: WrittenBlock


def blocks_of(sheet: Sheet, title: str) -> Iterator[WrittenBlock]:
    """All blocks of a sheet; the sheet's own name is its heading."""
    if not sheet.words and not sheet.shapes:
        return
    free = dict(sheet.words)
    found = [table for group in sheet_boxes.tables(sheet) for table in _bordered(group, sheet, free)]
    for band in _bands(free, [one.area for one in found]):
        found += _open_table(band)
    found += [_line([words]) for words in sheet.shapes]
    found.sort(key=lambda one: (one.area.row, one.area.column))
    if not _UNNAMED.fullmatch(title.strip()) and (not found or found[0].block.text.strip() != title.strip()):
        yield WrittenBlock(Kind.HEADING, title.strip(), 1, box=Box(0.0, 0.0, 1.0, 0.0))
    for one in _joined(found):
        named = WrittenBlock(
            one.block.kind, one.block.text, one.block.level, one.block.cells, name=f"{title}!{_range(one.area)}"
        )
        yield placed_at(named, _box(one.area, sheet.used))


def _bordered(boxes: list[Area], sheet: Sheet, free: dict[Place, Words]) -> Iterator[_Found]:
    """The table that boxes make together, its words taken out of ``free``; none for a box without columns."""
    if len({box.column for box in boxes}) < 2:
        return
    owners = {place: n for n, box in enumerate(boxes) for place in _heads(box, free)}
    inside: dict[int, list[Words]] = {}
    for place, index in owners.items():
        inside.setdefault(index, []).append(free[place])
    if not inside:
        return
    for place in owners:
        del free[place]
    texts = [_lines(inside.get(n, ())) for n in range(len(boxes))]
    area = Area(
        min(b.row for b in boxes), min(b.column for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    )
    yield _Found(area, table(sheet_boxes.number(boxes, texts)))


def _heads(box: Area, free: dict[Place, Words]) -> list[Place]:
    """The places with words in a box, whichever way of looking is shorter."""
    if box.size < len(free):
        rows, columns = range(box.row, box.last_row + 1), range(box.column, box.last_column + 1)
        return [place for row in rows for column in columns if (place := Place(row, column)) in free]
    return [
        place
        for place in free
        if box.row <= place.row <= box.last_row and box.column <= place.column <= box.last_column
    ]


def _lines(words: Sequence[Words]) -> str:
    """The words of one box: rows as lines, neighbours with a space between."""
    rows: dict[int, list[str]] = {}
    for word in sorted(words, key=lambda word: word.area):
        rows.setdefault(word.area.row, []).append(word.text)
    return "\n".join(" ".join(row) for row in rows.values())


def _bands(free: dict[Place, Words], tables: Sequence[Area]) -> Iterator[list[list[Words]]]:
    """What stands outside bordered tables, in runs of rows that follow each other; a table between ends a run."""
    rows: dict[int, list[Words]] = {}
    for place in sorted(free):
        rows.setdefault(place.row, []).append(free[place])
    starts = {area.row for area in tables}
    band: list[list[Words]] = []
    reach = 0
    for row, words in sorted(rows.items()):
        if band and (row > reach + 1 or any(band[0][0].area.row < start <= row for start in starts)):
            yield band
            band = []
        band.append(words)
        reach = max(word.area.last_row for word in words)
    if band:
        yield band


def _open_table(band: list[list[Words]]) -> Iterator[_Found]:
    """A range without borders as a table, if it is filled like one; a title row above it stays a line."""
    first = next((n for n, row in enumerate(band) if len(row) > 1), len(band))
    body = band[first:]
    columns = sorted({word.area.column for row in body for word in row})
    wide = sum(len(row) > 1 for row in body)
    even = len(body) >= 2 and wide >= _EVEN_ROWS * len(body)
    filled = sum(map(len, body)) >= _FILLED * len(body) * len(columns)
    if not (even and filled) or _is_list(body):
        yield from (_line(row) for row in band)
        return
    yield from (_line(row) for row in band[:first])
    at = {column: n for n, column in enumerate(columns)}
    cells = [cell for n, row in enumerate(body) for cell in _row(n, row, at)]
    words = [word.area for row in body for word in row]
    area = Area(body[0][0].area.row, columns[0], max(a.last_row for a in words), max(a.last_column for a in words))
    yield _Found(area, table(cells))


def _row(row: int, words: Sequence[Words], at: dict[int, int]) -> Iterator[Cell]:
    """The cells of one row, empty ones too; a merged range covers the columns it reaches."""
    filled = {at[word.area.column]: word for word in words}
    covered = -1
    for column in range(len(at)):
        if column in filled:
            last = filled[column].area.last_column
            covered = max(at[edge] for edge in at if edge <= last)
            yield cell(row, column, filled[column].text, 1, max(1, covered - column + 1))
        elif column > covered:
            yield cell(row, column, "")


def _is_list(rows: Sequence[Sequence[Words]]) -> bool:
    """Whether the first column holds only marks: 1. ・ ①, so that rows are list items and no table."""
    firsts = [row[0].text for row in rows]
    alone = [text for text in firsts if markers.list_marker(f"{text} x").strip() == text.strip()]
    return len(alone) > len(firsts) / 2 and all(len(row) <= 2 for row in rows)


def _line(row: Sequence[Words]) -> _Found:
    text = " ".join(word.text for word in row)
    kind, level = role_of(text, stands_out=all(word.stands_out for word in row))
    first, last = row[0].area, row[-1].area
    area = Area(first.row, first.column, max(word.area.last_row for word in row), last.last_column)
    return _Found(area, WrittenBlock(kind, text, level))


def _joined(found: Sequence[_Found]) -> Iterator[_Found]:
    """Put a sentence together that was broken by hand over rows which start in one column."""
    last: _Found | None = None
    for one in found:
        if last and _runs_on(last, one):
            text = f"{last.block.text}\n{one.block.text}"
            area = Area(
                last.area.row, last.area.column, one.area.last_row, max(last.area.last_column, one.area.last_column)
            )
            last = _Found(area, WrittenBlock(last.block.kind, text, last.block.level))
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _runs_on(before: _Found, after: _Found) -> bool:
    prose = before.block.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM) and after.block.kind is Kind.PARAGRAPH
    near = after.area.row == before.area.last_row + 1 and after.area.column >= before.area.column
    line = before.block.text.rsplit("\n", 1)[-1]
    fresh = markers.starts_question_or_answer(after.block.text) or markers.starts_note(after.block.text)
    return prose and near and len(line) >= _LONG_LINE and not markers.ends_sentence(line) and not fresh


def _box(area: Area, used: Area) -> Box:
    rows, columns = used.last_row - used.row + 1, used.last_column - used.column + 1
    x0, y0 = (area.column - used.column) / columns, (area.row - used.row) / rows
    x1, y1 = (area.last_column - used.column + 1) / columns, (area.last_row - used.row + 1) / rows
    return Box(max(0.0, x0), max(0.0, y0), min(1.0, x1), min(1.0, y1))


def _range(area: Area) -> str:
    first = f"{get_column_letter(area.column)}{area.row}"
    last = f"{get_column_letter(area.last_column)}{area.last_row}"
    return first if first == last else f"{first}:{last}"
