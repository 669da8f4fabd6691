"""The receiver's side of the boundary: what a frame says is checked before anything uses it.

The opener parsed a hostile file and may speak for it. Names say ``untrusted_`` until the value has been bounded;
whatever breaks a bound raises ``BadFrame``, which costs the source, never the parent.
"""

from dataclasses import dataclass
from typing import Any

from kbtool.document import Box, Method
from kbtool.intake.bounds import (
    as_box,
    as_flags,
    as_integer,
    as_line,
    as_list,
    as_number,
    as_numbers,
    as_text,
    demand_area,
)
from kbtool.intake.frames import BadFrame
from kbtool.intake.laid import ENGINE, LaidPage
from kbtool.intake.untrusted_laid import laid_page
from kbtool.intake.untrusted_written import written_page
from kbtool.intake.written import WrittenPage
from kbtool.limits import (
    DEEPEST_BOOKMARK,
    LONGEST_ADDRESS,
    LONGEST_BOOKMARK,
    MAX_BOOKMARKS,
    MAX_GRID_AREA,
    MAX_PAGE_CHARACTERS,
    MAX_PAGE_LINKS,
    MAX_PAGE_PIXELS,
    MAX_PAGE_RULES,
    MAX_PAGES,
    MAX_SIDE_PT,
)
from kbtool.reading import Bookmark, Grid, GridCell, Line, Link, PageReading, Ruby

_MAX_FIGURES = 20_000
_LONGEST_RUBY = 200
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
        "intake_page_cells",
        "intake_page_characters",
        "intake_page_damaged",
        "intake_page_memory",
        "intake_page_size",
        "intake_page_too_large",
        "intake_encoding",
        "intake_no_picture",
        "intake_office_encrypted",
        "intake_office_old",
        "intake_office_other",
        "intake_table_too_large",
        "intake_unpacks_too_large",
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


@dataclass(frozen=True, slots=True)
class NumberedPage:
    """A page that came with its own words, and its place."""

    number: int
    page: WrittenPage


def page_count(untrusted_header: dict[str, Any]) -> int:
    """Bound the number of pages a source claims."""
    return as_integer(untrusted_header.get("pages"), 0, MAX_PAGES)


def outline(untrusted_header: dict[str, Any]) -> tuple[Bookmark, ...]:
    """Bound the bookmarks of a source."""
    count = page_count(untrusted_header)
    return tuple(_bookmark(item, count) for item in as_list(untrusted_header.get("outline", []), MAX_BOOKMARKS))


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


def page(
    untrusted_header: dict[str, Any], untrusted_payload: bytes
) -> PageReading | LaidPage | RasterPage | FailedPage | NumberedPage:
    """Turn a page frame into bounded data, or raise ``BadFrame``."""
    number = as_integer(untrusted_header.get("page"), 0, MAX_PAGES - 1) + 1
    match untrusted_header.get("frame"):
        case "failed":
            return FailedPage(number, code(untrusted_header))
        case "pixels":
            return _raster(number, untrusted_header, untrusted_payload)
        case "words":
            return _reading(number, untrusted_header, untrusted_payload)
        case "laid":
            return laid_page(number, untrusted_header)
        case "written":
            return NumberedPage(number, written_page(untrusted_header))
    raise BadFrame


def unread(untrusted_header: dict[str, Any], paper: Box) -> tuple[tuple[Box, ...], tuple[Box, ...], bool]:
    """Pictures of which a page's words say nothing, words without meaning, and whether the page is a scan.

    Where there are any of them, the page's pixels follow.
    """
    areas, illegible = (
        tuple(as_box(item, paper) for item in as_list(untrusted_header.get(name, []), _MAX_FIGURES))
        for name in ("unread", "illegible")
    )
    return areas, illegible, untrusted_header.get("is_scan") is True


def _raster(number: int, untrusted_header: dict[str, Any], untrusted_payload: bytes) -> RasterPage:
    width = as_integer(untrusted_header.get("width"), 1, MAX_PAGE_PIXELS)
    height = as_integer(untrusted_header.get("height"), 1, MAX_PAGE_PIXELS)
    channels = as_integer(untrusted_header.get("channels"), 1, 3)
    if width * height > MAX_PAGE_PIXELS or channels == 2 or len(untrusted_payload) != width * height * channels:
        raise BadFrame
    width_pt, height_pt = _sides(untrusted_header)
    dpi = as_number(untrusted_header.get("dpi"), 1.0, _MAX_DPI)
    return RasterPage(number, width_pt, height_pt, untrusted_payload, height, width, channels, dpi)


def _reading(number: int, untrusted_header: dict[str, Any], untrusted_payload: bytes) -> PageReading:
    width_pt, height_pt = _sides(untrusted_header)
    rotation = as_integer(untrusted_header.get("rotation"), 0, 270)
    if rotation % 90:
        raise BadFrame
    paper = Box(0.0, 0.0, width_pt, height_pt)
    return PageReading(
        number,
        width_pt,
        height_pt,
        Method.TEXT_LAYER,
        ENGINE,
        _lines(untrusted_header, untrusted_payload, paper),
        tuple(_grid(item, paper) for item in as_list(untrusted_header.get("grids"), MAX_PAGE_RULES)),
        tuple(as_box(item, paper) for item in as_list(untrusted_header.get("figures"), _MAX_FIGURES)),
        rotation=rotation,
        links=tuple(_link(item, paper) for item in as_list(untrusted_header.get("links", []), MAX_PAGE_LINKS)),
        ruby=tuple(_ruby(item, paper) for item in as_list(untrusted_header.get("ruby"), MAX_PAGE_CHARACTERS)),
    )


def _lines(untrusted_header: dict[str, Any], untrusted_payload: bytes, paper: Box) -> tuple[Line, ...]:
    """Texts from the header, and where they stand from the payload: five numbers a line, two a character."""
    untrusted_texts = as_list(untrusted_header.get("lines"), MAX_PAGE_CHARACTERS)
    texts = [as_line(item, 2 * MAX_PAGE_CHARACTERS) for item in untrusted_texts]
    characters = sum(map(len, texts))
    if characters > 2 * MAX_PAGE_CHARACTERS:
        raise BadFrame
    numbers = as_numbers(untrusted_payload, 5 * len(texts) + 2 * characters, 0.0, MAX_SIDE_PT)
    vertical = as_flags(untrusted_header.get("vertical"), len(texts))
    bold = as_flags(untrusted_header.get("bold"), len(texts))
    spans = tuple(zip(numbers[5 * len(texts) :: 2], numbers[5 * len(texts) + 1 :: 2], strict=True))
    lines = []
    start = 0
    for n, text in enumerate(texts):
        x0, y0, x1, y1, size = numbers[5 * n : 5 * n + 5]
        x0, y0, x1, y1 = min(x0, paper.x1), min(y0, paper.y1), min(x1, paper.x1), min(y1, paper.y1)
        end = start + len(text)
        box = Box(x0, y0, max(x0, x1), max(y0, y1))
        lines.append(Line(text, box, spans[start:end], size, vertical=vertical[n], bold=bold[n], engine=ENGINE))
        start = end
    return tuple(lines)


def _bookmark(untrusted: object, pages: int) -> Bookmark:
    title, level, page_, top = as_list(untrusted, 4, 4)
    return Bookmark(
        as_line(title, LONGEST_BOOKMARK),
        as_integer(level, 1, DEEPEST_BOOKMARK),
        as_integer(page_, 1, pages),
        None if top is None else as_number(top, 0.0, 1.0),
    )


def _link(untrusted: object, paper: Box) -> Link:
    page_, address, box = as_list(untrusted, 3, 3)
    return Link(as_box(box, paper), as_integer(page_, 0, MAX_PAGES), as_text(address, LONGEST_ADDRESS))


def _ruby(untrusted: object, paper: Box) -> Ruby:
    base, text, box = as_list(untrusted, 3, 3)
    return Ruby(as_line(base, _LONGEST_RUBY), as_line(text, _LONGEST_RUBY), as_box(box, paper))


def _grid(untrusted: object, paper: Box) -> Grid:
    box, untrusted_rows, untrusted_columns, untrusted_cells, untrusted_open = as_list(untrusted, 5, 5)
    rows = as_integer(untrusted_rows, 1, MAX_PAGE_RULES)
    columns = as_integer(untrusted_columns, 1, MAX_PAGE_RULES)
    cells = tuple(_cell(item, rows, columns, paper) for item in as_list(untrusted_cells, MAX_PAGE_RULES))
    demand_area(cells, MAX_GRID_AREA)
    return Grid(as_box(box, paper), rows, columns, cells, open=untrusted_open is True)


def _cell(untrusted: object, rows: int, columns: int, paper: Box) -> GridCell:
    untrusted_row, untrusted_column, untrusted_row_span, untrusted_column_span, box = as_list(untrusted, 5, 5)
    row = as_integer(untrusted_row, 0, rows - 1)
    column = as_integer(untrusted_column, 0, columns - 1)
    row_span = as_integer(untrusted_row_span, 1, rows - row)
    column_span = as_integer(untrusted_column_span, 1, columns - column)
    return GridCell(row, column, as_box(box, paper), row_span, column_span)


def _sides(untrusted_header: dict[str, Any]) -> tuple[float, float]:
    width = as_number(untrusted_header.get("width_pt"), 1.0, MAX_SIDE_PT)
    return width, as_number(untrusted_header.get("height_pt"), 1.0, MAX_SIDE_PT)
