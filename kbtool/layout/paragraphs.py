"""Lines of a region → groups that belong together: paragraphs, list items, headings of several lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kbtool.document import Box
from kbtool.layout import markers
from kbtool.layout.cells import row_text
from kbtool.layout.joining import is_latin
from kbtool.layout.pieces import Piece, least_exact, sureness

#: In em. A line that leaves more room than this at its end was ended on purpose.
_ROOM_FOR_MORE = 2.6
_INDENT = 0.7
_SAME_SIZE = 0.14
#: A row with a gap wider than this (em) is a row of values.
_TABULAR_GAP = 1.4


@dataclass(frozen=True, slots=True)
class Column:
    """Where the lines of a region start and end, and their usual distance; in flow points."""

    left: float
    right: float
    pitch: float


def row_of(pieces: Sequence[Piece]) -> Piece:
    """Join the pieces of one row to one line."""
    if len(pieces) == 1:
        return pieces[0]
    gaps = [right.flow.x0 - left.flow.x1 for left, right in pairwise(pieces)]
    mean, least = sureness(pieces)
    read = least_exact(pieces)
    first = max(pieces, key=lambda piece: len(piece.text))
    box, flow = pieces[0].box, pieces[0].flow
    for piece in pieces[1:]:
        box, flow = box.union(piece.box), flow.union(piece.flow)
    return replace(
        first,
        text=row_text(pieces),
        box=box,
        flow=flow,
        confidence=mean,
        min_confidence=least,
        bold=all(piece.bold for piece in pieces),
        tabular=max(gaps) > _TABULAR_GAP * first.size_pt,
        linked=any(piece.linked for piece in pieces),
        engine=read.engine if read else first.engine,
        method=read.method if read else None,
    )


def column_of(lines: Sequence[Piece]) -> Column:
    """Measure the lines of a region."""
    steps = [below.flow.centre[1] - above.flow.centre[1] for above, below in pairwise(lines)]
    return Column(
        min(line.flow.x0 for line in lines),
        max(line.flow.x1 for line in lines),
        median(steps) if steps else 0.0,
    )


def group(lines: Sequence[Piece], column: Column) -> list[list[Piece]]:
    """Group the lines of a region, given in order."""
    groups: list[list[Piece]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, column):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(before: list[Piece], line: Piece, column: Column) -> bool:
    last = before[-1]
    if (
        last.linked
        or line.linked
        or last.tabular
        or line.tabular
        or _starts_anew(line.text)
        or markers.has_leader(last.text)
    ):
        return False
    if not _looks_alike(last, line) or _is_far(last, line, column):
        return False
    if markers.starts_list_item(before[0].text):
        return _hangs(before, line, column)
    if markers.is_marked_heading(last.text) and (markers.ends_heading(last.text) or _is_short(last, line, column)):
        return False
    if len(before) == 1 and markers.section_depth(last.text) and _is_short(last, line, column):
        return False
    if markers.ends_sentence(last.text) and not last.text.endswith(tuple("」』）)")):
        return not _has_room(last, line, column, 0.5) and not _is_indented(line, before, column)
    return not _is_short(last, line, column)


def _starts_anew(text: str) -> bool:
    return (
        markers.starts_list_item(text)
        or markers.starts_question_or_answer(text)
        or markers.starts_note(text)
        or markers.section_depth(text) > 0
        or markers.is_marked_heading(text)
        or markers.has_leader(text)
    )


def _looks_alike(last: Piece, line: Piece) -> bool:
    bigger, smaller = max(last.size_pt, line.size_pt), min(last.size_pt, line.size_pt)
    limit = _SAME_SIZE if last.min_confidence == line.min_confidence == 100.0 else 2 * _SAME_SIZE
    return bigger - smaller <= limit * bigger and (last.bold == line.bold or line.vertical)


def _is_far(last: Piece, line: Piece, column: Column) -> bool:
    """White between the lines beyond what the region has anyway."""
    step = line.flow.centre[1] - last.flow.centre[1]
    gap = line.flow.y0 - last.flow.y1
    usual = min(column.pitch, 2.2 * line.size_pt) if column.pitch else 2.2 * line.size_pt
    return (step > 1.35 * usual and gap > 0.45 * line.size_pt) or gap > 1.6 * line.size_pt


def _hangs(before: list[Piece], line: Piece, column: Column) -> bool:
    """Whether a line goes on with the list item that ``before`` starts."""
    first, last = before[0], before[-1]
    if _is_short(last, line, column):
        return False
    if markers.ends_sentence(last.text) and _has_room(last, line, column, 0.5):
        return False
    return line.flow.x0 > first.flow.x0 - _INDENT * line.size_pt


def _is_indented(line: Piece, before: list[Piece], column: Column) -> bool:
    start = before[-1].flow.x0 if len(before) > 1 else column.left
    return line.flow.x0 - start > _INDENT * line.size_pt


def _is_short(last: Piece, line: Piece, column: Column) -> bool:
    return _has_room(last, line, column, _ROOM_FOR_MORE)


def _has_room(last: Piece, line: Piece, column: Column, room_em: float) -> bool:
    """Whether the first word of ``line`` would still have fitted behind ``last``."""
    word = line.text.split(" ", 1)[0]
    if word and is_latin(word[0]):
        room_em = max(room_em, 0.6 * len(word) + 0.4)
    return column.right - last.flow.x1 > room_em * last.size_pt


def box_of(lines: Sequence[Piece]) -> Box:
    """The box around some lines, in points."""
    box = lines[0].box
    for line in lines[1:]:
        box = box.union(line.box)
    return box
