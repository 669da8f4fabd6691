"""The receiver's side of the boundary: what a frame says is checked before anything uses it.

The opener parsed a hostile file and may speak for it. Names say ``untrusted_`` until the value has been bounded;
whatever breaks a bound raises ``BadFrame``, which costs the source, never the parent.
"""

import math
import unicodedata
from dataclasses import dataclass
from typing import Any

from kbtool.document import Box, Method
from kbtool.intake.frames import BadFrame
from kbtool.limits import MAX_PAGE_CHARACTERS, MAX_PAGE_PIXELS, MAX_PAGE_RULES, MAX_PAGES
from kbtool.reading import Grid, GridCell, Line, PageReading

#: The longest side of a page: PDF allows 14,400 points, a 200-inch plan more.
_MAX_SIDE_PT = 20_000.0
_MAX_FIGURES = 20_000
_MAX_DPI = 2_400.0
_MAX_PICTURE_BYTES = 50 * 1024 * 1024
#: The only codes the opener may hand on; anything else is not its to say.
_CODES = frozenset(
    {
        "intake_damaged",
        "intake_encrypted",
        "intake_memory",
        "intake_too_many_pages",
        "intake_unsupported",
        "intake_no_such_page",
        "intake_page_characters",
        "intake_page_damaged",
        "intake_page_memory",
        "intake_page_size",
        "intake_page_too_large",
    }
)


@dataclass(frozen=True, slots=True)
class RasterPage:
    """A page to recognise: ``pixels`` are height × width × channels bytes, rows from the top."""

    number: int
    width_pt: float
    height_pt: float
    pixels: bytes
    height: int
    width: int
    channels: int
    dpi: float


@dataclass(frozen=True, slots=True)
class FailedPage:
    """A page that could not be read, and the message code that says why."""

    number: int
    code: str


def page_count(untrusted_header: dict[str, Any]) -> int:
    """Bound the number of pages a source claims."""
    return _integer(untrusted_header.get("pages"), 0, MAX_PAGES)


def code(untrusted_header: dict[str, Any]) -> str:
    """Accept a message code only if it is one the opener may use."""
    untrusted_code = untrusted_header.get("code")
    if not isinstance(untrusted_code, str) or untrusted_code not in _CODES:
        raise BadFrame
    return untrusted_code


def picture(untrusted_payload: bytes) -> bytes:
    """Accept a picture only if it is a WebP of bounded size."""
    is_webp = untrusted_payload[:4] == b"RIFF" and untrusted_payload[8:12] == b"WEBP"
    if not is_webp or len(untrusted_payload) > _MAX_PICTURE_BYTES:
        raise BadFrame
    return untrusted_payload


def page(untrusted_header: dict[str, Any], untrusted_payload: bytes) -> PageReading | RasterPage | FailedPage:
    """Turn a page frame into bounded data, or raise ``BadFrame``."""
    number = _integer(untrusted_header.get("page"), 0, MAX_PAGES - 1) + 1
    match untrusted_header.get("frame"):
        case "failed":
            return FailedPage(number, code(untrusted_header))
        case "pixels":
            return _raster(number, untrusted_header, untrusted_payload)
        case "words":
            return _reading(number, untrusted_header)
    raise BadFrame


def _raster(number: int, untrusted_header: dict[str, Any], untrusted_payload: bytes) -> RasterPage:
    width = _integer(untrusted_header.get("width"), 1, MAX_PAGE_PIXELS)
    height = _integer(untrusted_header.get("height"), 1, MAX_PAGE_PIXELS)
    channels = _integer(untrusted_header.get("channels"), 1, 3)
    if width * height > MAX_PAGE_PIXELS or channels == 2 or len(untrusted_payload) != width * height * channels:
        raise BadFrame
    width_pt, height_pt = _sides(untrusted_header)
    dpi = _number(untrusted_header.get("dpi"), 1.0, _MAX_DPI)
    return RasterPage(number, width_pt, height_pt, untrusted_payload, height, width, channels, dpi)


def _reading(number: int, untrusted_header: dict[str, Any]) -> PageReading:
    width_pt, height_pt = _sides(untrusted_header)
    rotation = _integer(untrusted_header.get("rotation"), 0, 270)
    if rotation % 90:
        raise BadFrame
    paper = Box(0.0, 0.0, width_pt, height_pt)
    lines = tuple(_line(item, paper) for item in _list(untrusted_header.get("lines"), MAX_PAGE_CHARACTERS))
    if sum(len(line.text) for line in lines) > 2 * MAX_PAGE_CHARACTERS:
        raise BadFrame
    grids = tuple(_grid(item, paper) for item in _list(untrusted_header.get("grids"), MAX_PAGE_RULES))
    figures = tuple(_box(item, paper) for item in _list(untrusted_header.get("figures"), _MAX_FIGURES))
    engine = lines[0].engine if lines else ""
    return PageReading(number, width_pt, height_pt, Method.TEXT_LAYER, engine, lines, grids, figures, rotation=rotation)


def _line(untrusted: object, paper: Box) -> Line:
    text, box, spans, size, vertical, bold, engine = _list(untrusted, 7, 7)
    if not isinstance(text, str) or not isinstance(engine, str) or len(engine) > 40:
        raise BadFrame
    if not isinstance(vertical, bool) or not isinstance(bold, bool) or not text:
        raise BadFrame
    edges = [_clamped(value, 0.0, _MAX_SIDE_PT) for value in _list(spans, 2 * len(text), 2 * len(text))]
    pairs = tuple(zip(edges[::2], edges[1::2], strict=True))
    size_pt = _number(size, 0.0, _MAX_SIDE_PT)
    return Line(_clean(text), _box(box, paper), pairs, size_pt, vertical=vertical, bold=bold, engine=engine)


def _grid(untrusted: object, paper: Box) -> Grid:
    box, untrusted_rows, untrusted_columns, untrusted_cells = _list(untrusted, 4, 4)
    rows = _integer(untrusted_rows, 1, MAX_PAGE_RULES)
    columns = _integer(untrusted_columns, 1, MAX_PAGE_RULES)
    cells = tuple(_cell(item, rows, columns, paper) for item in _list(untrusted_cells, MAX_PAGE_RULES))
    return Grid(_box(box, paper), rows, columns, cells)


def _cell(untrusted: object, rows: int, columns: int, paper: Box) -> GridCell:
    untrusted_row, untrusted_column, untrusted_row_span, untrusted_column_span, box = _list(untrusted, 5, 5)
    row = _integer(untrusted_row, 0, rows - 1)
    column = _integer(untrusted_column, 0, columns - 1)
    row_span = _integer(untrusted_row_span, 1, rows - row)
    column_span = _integer(untrusted_column_span, 1, columns - column)
    return GridCell(row, column, _box(box, paper), row_span, column_span)


def _sides(untrusted_header: dict[str, Any]) -> tuple[float, float]:
    width = _number(untrusted_header.get("width_pt"), 1.0, _MAX_SIDE_PT)
    return width, _number(untrusted_header.get("height_pt"), 1.0, _MAX_SIDE_PT)


def _box(untrusted: object, paper: Box) -> Box:
    """A box brought inside the paper; boxes of glyphs often reach a little beyond."""
    x0, y0, x1, y1 = _list(untrusted, 4, 4)
    left, top = _clamped(x0, 0.0, paper.x1), _clamped(y0, 0.0, paper.y1)
    return Box(left, top, max(left, _clamped(x1, 0.0, paper.x1)), max(top, _clamped(y1, 0.0, paper.y1)))


def _list(untrusted: object, most: int, fewest: int = 0) -> list[Any]:
    if not isinstance(untrusted, list) or not fewest <= len(untrusted) <= most:
        raise BadFrame
    return untrusted


def _integer(untrusted: object, least: int, most: int) -> int:
    if not isinstance(untrusted, int) or isinstance(untrusted, bool) or not least <= untrusted <= most:
        raise BadFrame
    return untrusted


def _number(untrusted: object, least: float, most: float) -> float:
    if not isinstance(untrusted, int | float) or isinstance(untrusted, bool) or not least <= untrusted <= most:
        raise BadFrame
    return float(untrusted)


def _clamped(untrusted: object, least: float, most: float) -> float:
    if not isinstance(untrusted, int | float) or isinstance(untrusted, bool) or not math.isfinite(untrusted):
        raise BadFrame
    return min(most, max(least, float(untrusted)))


def _clean(text: str) -> str:
    """Put a space for each control, direction and surrogate character, so that positions stay."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char for char in text)
