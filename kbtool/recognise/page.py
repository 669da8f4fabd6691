"""One page from pixels to a reading: the recipe of the room.

Works in pixels of the straightened page and turns into points only at the end.
"""

from dataclasses import dataclass

from kbtool.document import Box, Method
from kbtool.reading import Grid, GridCell, Line, PageReading, Stamp
from kbtool.recognise import look_alikes
from kbtool.recognise.clean_up import CleanPage, clean, drop_red, soften
from kbtool.recognise.engines import Engine, OcrLine, engine_for
from kbtool.recognise.grids import PixelGrid, find_grids
from kbtool.recognise.orientation import upright
from kbtool.recognise.raster import Grey, Raster, RecogniseOptions
from kbtool.recognise.rules import Rules, find_rules, wipe_out
from kbtool.recognise.stamps import PixelStamp, Rectangle, ink_of, read_stamps, stamp_areas

#: Raised with every change of this room that reads pages differently.
_METHOD = "recognise-1"
#: Type fills this share of the height of the box an engine draws round it.
_TYPE_SHARE = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A page as far as it is known after its lines were read; pixels throughout."""

    page: CleanPage
    stamps: tuple[Rectangle, ...]
    rules: Rules
    grids: tuple[PixelGrid, ...]
    text_image: Grey
    lines: tuple[OcrLine, ...]


def recognise(raster: Raster, number: int, options: RecogniseOptions) -> PageReading:
    """Read page ``number`` from its pixels.

    Returns lines, grids, stamps and form fields in points of the upright, straightened page; a blank page gives an
    empty reading. Raises EnvironmentMissing where the engine is not installed, SourceError where it fails.
    """
    engine = engine_for(options)
    turned = upright(lambda degrees: _see(raster.turned(degrees), engine), lambda seen: seen.lines)
    seen = turned.reading
    scale = 72.0 / raster.dpi
    height, width = seen.page.grey.shape
    return PageReading(
        number=number,
        width_pt=round(width * scale, 2),
        height_pt=round(height * scale, 2),
        method=Method.OCR,
        engine=engine.name,
        lines=tuple(_line(line, scale) for line in seen.lines),
        grids=tuple(_grid(grid, scale) for grid in seen.grids),
        stamps=tuple(_stamp(s, scale) for s in read_stamps(seen.stamps, seen.page, engine)),
        rotation=turned.degrees,
    )


def fingerprint(options: RecogniseOptions) -> str:
    """What decides how a page reads here: engine, version, model, precision, processor, forms."""
    return f"{_METHOD}/{engine_for(options).fingerprint}"


def _see(raster: Raster, engine: Engine) -> _Seen:
    page = clean(raster)
    stamps = stamp_areas(page)
    grey = drop_red(page, ink_of(stamps, page))
    rules = find_rules(grey, page.dpi)
    grids = find_grids(rules)
    text_image = soften(wipe_out(grey, rules, [grid.box for grid in grids]), page.dpi)
    return _Seen(page, stamps, rules, grids, text_image, engine.read(text_image, page.dpi))


def _line(line: OcrLine, scale: float) -> Line:
    box = _box(line.bounds, scale)
    return Line(
        text=look_alikes.settle(line.text),
        box=box,
        spans=tuple((round(a * scale, 2), round(b * scale, 2)) for a, b in line.spans),
        size_pt=round((box.width if line.vertical else box.height) * _TYPE_SHARE, 1),
        confidence=line.confidence,
        confidences=line.confidences,
        vertical=line.vertical,
        engine=line.engine,
    )


def _grid(grid: PixelGrid, scale: float) -> Grid:
    cells = tuple(
        GridCell(cell.row, cell.column, _box(cell.box, scale), cell.row_span, cell.column_span) for cell in grid.cells
    )
    return Grid(_box(grid.box, scale), len(grid.ys) - 1, len(grid.xs) - 1, cells)


def _stamp(stamp: PixelStamp, scale: float) -> Stamp:
    return Stamp(_box(stamp.box, scale), stamp.text, stamp.confidence)


def _box(bounds: tuple[float, float, float, float], scale: float) -> Box:
    return Box(*(round(side * scale, 2) for side in bounds))
