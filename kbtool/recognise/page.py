"""One page from pixels to a reading: the recipe of the room.

Works in pixels of the straightened page and turns into points only at the end.
"""

from dataclasses import dataclass

from kbtool.document import Box, Method
from kbtool.outcome import Problem, Severity
from kbtool.reading import FieldReading, Grid, GridCell, Line, PageReading, Stamp
from kbtool.recognise import look_alikes
from kbtool.recognise.cells import overlooked, with_dashes, with_marks
from kbtool.recognise.clean_up import CleanPage, clean, soften
from kbtool.recognise.combs import without_combs
from kbtool.recognise.drawings import without_drawn
from kbtool.recognise.engines import Engine, OcrLine, engine_for
from kbtool.recognise.engines.line import Glancing
from kbtool.recognise.engines.spacing import open_up
from kbtool.recognise.glance import turn_of
from kbtool.recognise.grids import PixelGrid, find_grids
from kbtool.recognise.gutter import gutter_of
from kbtool.recognise.ladders import find_ladders
from kbtool.recognise.list_letters import settle_lists
from kbtool.recognise.orientation import upright
from kbtool.recognise.raster import Grey, Raster, RecogniseOptions
from kbtool.recognise.rules import RuleGroup, groups_of, table_groups, wipe_out
from kbtool.recognise.ruling import find_rules
from kbtool.recognise.show_through import of_this_side
from kbtool.recognise.small_kana import settle_sizes
from kbtool.recognise.stamps import PixelStamp, Rectangle, read_stamps, stamp_areas, without
from kbtool.recognise.type_size import type_size
from kbtool.recognise.zones import PixelField, form_of, frame_of, read_zones

#: Raised with every change of this room that reads pages differently.
_METHOD = "recognise-8"


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A page as far as it is known after its lines were read; pixels throughout."""

    page: CleanPage
    stamps: tuple[Rectangle, ...]
    rule_groups: tuple[RuleGroup, ...]
    grids: tuple[PixelGrid, ...]
    grey: Grey
    text_image: Grey
    lines: tuple[OcrLine, ...]


def recognise(raster: Raster, number: int, options: RecogniseOptions) -> PageReading:
    """Read page ``number`` from its pixels.

    Returns lines, grids, stamps and form fields in points of the upright, straightened page; a blank page gives an
    empty reading. Raises EnvironmentMissing where the engine is not installed, SourceError where it fails.
    """
    engine = engine_for(options)
    page = clean(raster)
    told = turn_of(page.grey, page.dpi, engine) if isinstance(engine, Glancing) else None
    turned = upright(lambda degrees: _see(page.turned(degrees), engine), lambda seen: seen.lines, told)
    seen = turned.reading
    scale = 72.0 / page.dpi
    height, width = seen.page.grey.shape
    form, fields, problems = _form(seen, options, number)
    texts = settle_lists([look_alikes.settle(line.text) for line in seen.lines])
    gutter = gutter_of(seen.lines, [grid.box for grid in seen.grids], (width, height))
    return PageReading(
        number=number,
        width_pt=round(width * scale, 2),
        height_pt=round(height * scale, 2),
        method=Method.OCR,
        engine=engine.name,
        lines=tuple(_line(line, text, seen.text_image, scale) for line, text in zip(seen.lines, texts, strict=True)),
        grids=tuple(_grid(grid, scale) for grid in seen.grids),
        stamps=tuple(_stamp(s, scale) for s in read_stamps(seen.stamps, seen.page, engine)),
        fields=tuple(_field(field, scale) for field in fields),
        form=form,
        rotation=turned.degrees,
        mesh=seen.page.mesh,
        gutter_pt=None if form or gutter is None else round(gutter * scale, 2),
        problems=problems,
    )


def fingerprint(options: RecogniseOptions) -> str:
    """What decides how a page reads here: engine, version, model, precision, processor, forms."""
    return f"{_METHOD}/{engine_for(options).fingerprint}"


def _see(page: CleanPage, engine: Engine) -> _Seen:
    stamps = stamp_areas(page)
    grey = without(stamps, page)
    rules = find_rules(grey, page.dpi)
    groups = table_groups(groups_of(rules))
    grids = find_grids(groups)
    grids += find_ladders(rules, grids)
    text_image = soften(wipe_out(without_combs(grey, rules), rules, groups), page.dpi)
    lines = without_drawn(of_this_side(engine.read(text_image, page.dpi), grey), grey, page.dpi)
    lines = with_dashes(grids, lines + overlooked(grids, lines, text_image, page.dpi, engine))
    lines = with_marks(grids, lines)
    lines = tuple(open_up(settle_sizes(line, text_image), text_image) for line in lines)
    return _Seen(page, stamps, groups, grids, grey, text_image, lines)


def _form(
    seen: _Seen, options: RecogniseOptions, number: int
) -> tuple[str, tuple[PixelField, ...], tuple[Problem, ...]]:
    """The name of the page's form and what its zones hold; a problem where the frame is not to be found."""
    form = form_of(seen.lines, len(seen.grey), options.forms)
    if form is None:
        return "", (), ()
    frame = frame_of(seen.rule_groups, *seen.grey.shape)
    if frame is None:
        return "", (), (Problem("recognise_form_frame", str(number), Severity.WARNING, {"form": form.title}),)
    return form.form, read_zones(form, frame, seen.lines, seen.grey, seen.text_image, seen.page.dpi), ()


def _field(field: PixelField, scale: float) -> FieldReading:
    return FieldReading(field.name, _box(field.box, scale), field.text, field.confidence, field.ink, field.marked)


def _line(line: OcrLine, text: str, image: Grey, scale: float) -> Line:
    box = _box(line.bounds, scale)
    return Line(
        text=text,
        box=box,
        spans=tuple((round(a * scale, 2), round(b * scale, 2)) for a, b in line.spans),
        size_pt=round(type_size(line, image) * scale, 1),
        confidence=line.confidence,
        confidences=look_alikes.doubted(text, line.confidences),
        vertical=line.vertical,
        engine=line.engine,
    )


def _grid(grid: PixelGrid, scale: float) -> Grid:
    cells = tuple(
        GridCell(cell.row, cell.column, _box(cell.box, scale), cell.row_span, cell.column_span) for cell in grid.cells
    )
    return Grid(_box(grid.box, scale), len(grid.ys) - 1, len(grid.xs) - 1, cells, grid.open)


def _stamp(stamp: PixelStamp, scale: float) -> Stamp:
    return Stamp(_box(stamp.box, scale), stamp.text, stamp.confidence)


def _box(bounds: tuple[float, float, float, float], scale: float) -> Box:
    return Box(*(round(side * scale, 2) for side in bounds))
