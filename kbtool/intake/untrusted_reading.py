"""What a recogniser says of a page, bounded before anything uses it.

It has seen hostile pixels and may speak for them. ``typed`` checks each value by itself; here is what layout and
messages rely on beyond that: as many places as characters, tables of bounded size, sentences that can be said.
"""

import json
import string
from dataclasses import replace

from kbtool import messages
from kbtool.intake.bounds import demand_area
from kbtool.intake.frames import MAX_HEADER_BYTES, BadFrame
from kbtool.intake.typed import built, params
from kbtool.limits import MAX_GRID_AREA
from kbtool.reading import Grid, Line, PageReading


def reading_from(untrusted: object, number: int) -> PageReading:
    """The reading that a recogniser told, or told once, as page ``number``; ``BadFrame`` where it is none."""
    if not isinstance(untrusted, bytes) or len(untrusted) > MAX_HEADER_BYTES:
        raise BadFrame
    try:
        reading = replace(built(PageReading, json.loads(untrusted)), number=number)
    except (ValueError, RecursionError) as error:
        raise BadFrame from error
    if not (all(map(_is_placed, reading.lines)) and all(map(_is_whole, reading.grids))):
        raise BadFrame
    for problem in reading.problems:
        told(problem.code, problem.params)
    return reading


def told(untrusted_code: object, untrusted_params: object) -> tuple[str, dict[str, object]]:
    """A code of this room with what its sentence needs, or ``BadFrame``."""
    found = params(untrusted_params)
    if not isinstance(untrusted_code, str) or not untrusted_code.startswith("recognise_"):
        raise BadFrame
    template = messages.catalogue("ja").get(untrusted_code)
    if template is None or "code" in found:
        raise BadFrame
    if not {name for _, name, _, _ in string.Formatter().parse(template) if name} <= found.keys():
        raise BadFrame
    return untrusted_code, found


def _is_placed(line: Line) -> bool:
    return len(line.spans) == len(line.text) and len(line.confidences) in (0, len(line.text))


def _is_whole(grid: Grid) -> bool:
    demand_area(grid.cells, MAX_GRID_AREA)
    return all(
        0 <= cell.row < cell.row + cell.row_span <= grid.rows
        and 0 <= cell.column < cell.column + cell.column_span <= grid.columns
        for cell in grid.cells
    )
