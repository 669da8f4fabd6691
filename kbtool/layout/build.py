"""One page: words into grids, the rest into reading order, everything into blocks with their provenance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from kbtool.document import Block, Box, Kind, Method, Page, Provenance
from kbtool.layout import unruled_rows
from kbtool.layout.aligned import all_grids
from kbtool.layout.amounts import with_commas
from kbtool.layout.astride import parted
from kbtool.layout.bookmarks import Named
from kbtool.layout.captions import caption_of, with_table_captions
from kbtool.layout.cells import Filled, fill, table_cells, text_of_table
from kbtool.layout.directions import bands, clusters, directed
from kbtool.layout.doubts import with_doubts
from kbtool.layout.halves import halves_of
from kbtool.layout.joining import join
from kbtool.layout.links import contents_of, marked, with_addresses
from kbtool.layout.lost_rules import with_lost_rules
from kbtool.layout.markers import is_lead_line
from kbtool.layout.order import regions
from kbtool.layout.paragraphs import box_of, column_of, group, row_of
from kbtool.layout.pieces import Piece, least_exact, sureness, turned
from kbtool.layout.records import label_of
from kbtool.layout.rivers import cut_at_rivers
from kbtool.layout.roles import Body, body_of, role_of
from kbtool.reading import FieldReading, Grid, Line, PageReading, Stamp

_INDENT_STEP = 0.8
#: Share of the page's height at top and bottom where headers and footers stand, and the white (em) inside of them.
_EDGE = 0.09
_EDGE_GAP = 1.0


@dataclass(frozen=True, slots=True)
class _Thing:
    """What takes a place in the reading order: a piece of a line, a filled grid, or a text of vertical columns."""

    flow: Box
    piece: Piece | None = None
    filled: Filled | None = None
    columns: tuple[Piece, ...] = ()

    @property
    def box(self) -> Box:
        """Where it stands on the page."""
        return self.piece.box if self.piece else self.filled.grid.box if self.filled else self.flow


def build_page(reading: PageReading, document: str) -> Page:
    """Lay out one page; ``document`` is the slug that its blocks' provenance names."""
    halves = halves_of(reading, from_right=_is_vertical(reading.lines))
    blocks = [block for half in halves for block in _Builder(half, document).blocks()]
    return Page(
        reading.number,
        reading.width_pt,
        reading.height_pt,
        reading.method,
        tuple(blocks),
        reading.problems,
        reading.rotation,
        reading.form,
        reading.mesh,
    )


class _Builder:
    def __init__(self, reading: PageReading, document: str) -> None:
        self._reading = reading
        self._document = document
        self._size = (max(reading.width_pt, 1.0), max(reading.height_pt, 1.0))
        self._bookmarks = Named(reading.bookmarks)
        contents = contents_of(reading)
        told = with_addresses(reading.lines, reading.links)
        lines = [line for line in told if line.text.strip() and not self._is_elsewhere(line)]
        lines = cut_at_rivers(lines)
        self._sideways = _is_vertical(lines)
        tables = reading.grids if contents else _tables(lines, reading)
        self._grids, free = fill(lines, tables, self._size, sideways=self._sideways)
        self._free = marked(free, contents)
        words = [*self._free, *(piece for filled in self._grids for piece in filled.pieces)]
        inner = [piece for piece in words if not self._is_at_edge(piece.box)]
        outside = [piece for piece in self._free if not self._is_at_edge(piece.box)]
        self._body: Body = body_of(outside or inner or words, reading.method)
        self._em = median([piece.size_pt for piece in words]) if words else 10.0

    def blocks(self) -> list[Block]:
        """All blocks of the page in reading order; marks and fields of forms come last."""
        texts, free = ([], self._free) if self._sideways else clusters(self._free)
        things = [_Thing(piece.flow, piece=piece) for piece in free]
        things += [_Thing(self._flow(filled.grid.box), filled=filled) for filled in self._grids if filled.words]
        things += [_Thing(box_of(text), columns=tuple(directed(p, sideways=True) for p in text)) for text in texts]
        blocks = [block for part in self._parts(things) for block in self._ordered(part)]
        blocks = self._bookmarks.headed(with_table_captions(_with_lead_lines(blocks), self._size[1]))
        blocks = self._with_figures(_with_levels(blocks, self._em / self._size[0]))
        if any((line.method or self._reading.method) is Method.OCR for line in self._reading.lines):
            blocks = with_doubts(blocks, self._reading.lines, self._size)
        stamps, fields = map(self._stamp, self._reading.stamps), map(self._field, self._reading.fields)
        return [*blocks, *self._ruby(), *stamps, *fields]

    def _parts(self, things: list[_Thing]) -> list[list[_Thing]]:
        """Set apart what stands alone at the very top and bottom, so that headers do not fall into columns."""
        if self._sideways:
            return self._bands(things)
        things = sorted(things, key=lambda thing: thing.flow.y0)
        first, last = 0, len(things)
        low = 0.0
        for index, (thing, following) in enumerate(pairwise(things), 1):
            low = max(low, thing.flow.y1)
            apart = following.flow.y0 - low > _EDGE_GAP * self._em
            if apart and low < _EDGE * self._size[1]:
                first = index
            if apart and following.flow.y0 > (1 - _EDGE) * self._size[1] and last == len(things):
                last = index
        return [things[:first], things[first : max(first, last)], things[max(first, last) :]]

    def _bands(self, things: list[_Thing]) -> list[list[_Thing]]:
        """Parts of a vertical page: level lines above, between and below the columns run their own way."""
        told = bands(
            [thing.box for thing in things], [thing.piece is not None and thing.piece.vertical for thing in things]
        )
        return [[things[n] if sideways else _level(things[n]) for n in members] for sideways, members in told]

    def _is_at_edge(self, box: Box) -> bool:
        return box.y1 < _EDGE * self._size[1] or box.y0 > (1 - _EDGE) * self._size[1]

    def _ordered(self, things: Sequence[_Thing]) -> list[Block]:
        blocks: list[Block] = []
        labels = [label_of(thing.piece.text) if thing.piece else "" for thing in things]
        flows = [thing.flow for thing in things]
        for region in regions(flows, self._em, lists=not _runs_down(things), labels=labels):
            run: list[Piece] = []
            for row in region:
                for is_piece, indices in groupby(row, key=lambda index: things[index].piece is not None):
                    if not is_piece:
                        blocks += self._text_blocks(run)
                        run = []
                    found = [things[index] for index in indices]
                    blocks += [block for thing in found if thing.filled for block in self._grid_blocks(thing.filled)]
                    blocks += [b for thing in found if thing.columns for b in self._ordered(_of_pieces(thing.columns))]
                    pieces = [thing.piece for thing in found if thing.piece]
                    run += [row_of(pieces)] if pieces else []
            blocks += self._text_blocks(run)
        return blocks

    def _grid_blocks(self, filled: Filled) -> list[Block]:
        if not filled.is_table:
            words = [filled.words[index] for index in sorted(filled.words)]
            return [block for pieces in words for block in self._ordered(_of_pieces(pieces))]
        if self._reading.method is Method.OCR and filled.grid in self._reading.grids:
            filled = with_lost_rules(filled)
        filled = unruled_rows.part(filled)
        cells = table_cells(filled, self._size)
        if self._reading.method is Method.OCR:
            cells = with_commas(cells)
        where = self._where(filled.grid.box, *sureness(filled.pieces), read=least_exact(filled.pieces))
        return [Block(Kind.TABLE, text_of_table(cells), where, cells=cells)]

    def _text_blocks(self, lines: Sequence[Piece]) -> list[Block]:
        if not lines:
            return []
        column = column_of(lines)
        parts = self._bookmarks.parted(lines)
        groups = [found for is_named, part in parts for found in ([part] if is_named else group(part, column))]
        return [self._text_block(found) for found in groups]

    def _text_block(self, lines: Sequence[Piece]) -> Block:
        kind, level = role_of(lines, self._body, first_page=self._reading.number == 1)
        where = self._where(box_of(lines), *sureness(lines), lines[0].engine, least_exact(lines))
        return Block(kind, join(line.text for line in lines), where, level)

    def _with_figures(self, blocks: list[Block]) -> list[Block]:
        """Put each figure before the first block that starts below its middle; its caption becomes its words."""
        for figure in self._reading.figures:
            where = self._where(figure, 100.0, 100.0)
            caption = caption_of(where.box, blocks, self._em / self._size[1])
            if caption:
                blocks.remove(caption)
            block = Block(Kind.FIGURE, caption.text if caption else "", where)
            middle = where.box.centre[1]
            at = next((n for n, other in enumerate(blocks) if other.provenance.box.y0 > middle), len(blocks))
            blocks.insert(at, block)
        return blocks

    def _ruby(self) -> list[Block]:
        """One block for all the page's ruby: sentences stay whole, and the readings can be found."""
        if not self._reading.ruby:
            return []
        box = self._reading.ruby[0].box
        for ruby in self._reading.ruby[1:]:
            box = box.union(ruby.box)
        text = "、".join(f"{ruby.base}《{ruby.text}》" for ruby in self._reading.ruby)
        return [Block(Kind.RUBY, text, self._where(box, 100.0, 100.0))]

    def _stamp(self, stamp: Stamp) -> Block:
        where = self._where(stamp.box, stamp.confidence, stamp.confidence)
        return Block(Kind.STAMP, stamp.text, where)

    def _field(self, field: FieldReading) -> Block:
        where = self._where(field.box, field.confidence, field.confidence)
        if field.marked is None:
            return Block(Kind.FORM_FIELD, field.text, where, name=field.name)
        return Block(Kind.CHECK_MARK, field.name.rsplit("/", 1)[-1] if field.marked else "", where, name=field.name)

    def _where(self, box: Box, mean: float, least: float, engine: str = "", read: Piece | None = None) -> Provenance:
        """The provenance of a block; ``read``: words of it that were not read as the page was."""
        width, height = self._size
        share = Box(*(round(min(1.0, max(0.0, v)), 5) for v in _scaled(box, width, height)))
        reading = self._reading
        return Provenance(
            self._document,
            reading.number,
            share,
            (read and read.method) or reading.method,
            (read and read.engine) or engine or reading.engine,
            round(mean, 2),
            round(least, 2),
        )

    def _flow(self, box: Box) -> Box:
        return turned(box) if self._sideways else box

    def _is_elsewhere(self, line: Line) -> bool:
        """Whether the words come again as a stamp or a form's field."""
        x, y = line.box.centre
        if any(field.box.contains(x, y) and field.text for field in self._reading.fields):
            return True
        return any(stamp.text and _covers(stamp.box, line.box) for stamp in self._reading.stamps)


def _of_pieces(pieces: Iterable[Piece]) -> list[_Thing]:
    return [_Thing(piece.flow, piece=piece) for piece in pieces]


def _runs_down(things: Iterable[_Thing]) -> bool:
    return _is_vertical(thing.piece for thing in things if thing.piece)


def _level(thing: _Thing) -> _Thing:
    piece = directed(thing.piece, sideways=False) if thing.piece else None
    return replace(thing, flow=thing.box, piece=piece)


def _tables(lines: Sequence[Line], reading: PageReading) -> tuple[Grid, ...]:
    """The grids of the reading and those that words make; a known form has none of these."""
    if reading.form:
        return tuple(grid for grid in reading.grids if not grid.open)
    grids = all_grids(lines, reading.grids)
    ruled = [grid for grid in grids if grid in reading.grids]
    if len(ruled) == len(grids):
        return grids
    free = [line for line in lines if not any(grid.box.contains(*line.box.centre) for grid in ruled)]
    of_words = [grid for grid in grids if grid not in reading.grids]
    return (*ruled, *parted(of_words, free, median(line.size_pt for line in lines)))


def _is_vertical(lines: Iterable[Line | Piece]) -> bool:
    lines = list(lines)
    vertical = sum(len(line.text) for line in lines if line.vertical)
    return vertical * 2 > sum(len(line.text) for line in lines)


def _covers(outer: Box, inner: Box) -> bool:
    width = min(outer.x1, inner.x1) - max(outer.x0, inner.x0)
    height = min(outer.y1, inner.y1) - max(outer.y0, inner.y0)
    return min(width, height) > 0 and width * height > 0.7 * inner.width * inner.height


def _scaled(box: Box, width: float, height: float) -> tuple[float, float, float, float]:
    return box.x0 / width, box.y0 / height, box.x1 / width, box.y1 / height


def _with_lead_lines(blocks: list[Block]) -> list[Block]:
    """Make a bulleted line the heading of the paragraph below it."""
    led = list(blocks)
    for index, (block, following) in enumerate(pairwise(blocks)):
        if block.kind is Kind.LIST_ITEM and following.kind is Kind.PARAGRAPH and is_lead_line(block.text):
            led[index] = replace(block, kind=Kind.HEADING, level=3)
    return led


def _with_levels(blocks: list[Block], em: float) -> list[Block]:
    """Deepen list items that are set in further than the item before; ``em`` as a fraction of the page's width."""
    starts: list[float] = []
    levelled: list[Block] = []
    for block in blocks:
        if block.kind is not Kind.LIST_ITEM:
            starts = starts if block.kind is Kind.PARAGRAPH else []
            levelled.append(block)
            continue
        start = block.provenance.box.x0
        while starts and start < starts[-1] - _INDENT_STEP * em:
            starts.pop()
        if not starts or start > starts[-1] + _INDENT_STEP * em:
            starts.append(start)
        levelled.append(replace(block, level=len(starts)))
    return levelled
