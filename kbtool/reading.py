"""What reading one page yields before its layout is known: lines, ruled grids, figures, marks.

Both ways of reading (text layer and OCR) end here, so that ``layout`` treats them alike. All boxes are in
points (1/72 inch) of the upright page, origin at the top left; confidences are percentages.
"""

from dataclasses import dataclass, field

from kbtool.document import Box, Mesh, Method
from kbtool.outcome import Problem

#: The entry points under which engines are found (see ``recognise.engines``); settings name them.
ENGINE_GROUP = "kbtool.ocr_engines"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it stands on the page, before any meaning.

    ``spans`` holds for each character of ``text`` its start and end along the writing direction (x, or y where
    ``vertical``), ``confidences`` one percentage a character (empty: all as sure as ``confidence``),
    ``size_pt`` the height of its type. ``method``: how it was read; None: as its page was.
    """

    text: str
    box: Box
    spans: tuple[tuple[float, float], ...]
    size_pt: float
    confidence: float = 100.0
    confidences: tuple[float, ...] = ()
    vertical: bool = False
    bold: bool = False
    engine: str = ""
    method: Method | None = None


@dataclass(frozen=True, slots=True)
class Ruby:
    """Small kana beside the words they say the reading of; ``base`` is those words."""

    base: str
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of a file's outline: it names a heading on page ``page`` (from 1), ``level`` deep (1 = top).

    ``top``: how far down that page it leads, as a share of its height; None where the file does not say.
    """

    title: str
    level: int
    page: int
    top: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead elsewhere: to ``page`` (from 1) of the same file, or, where that is 0, to ``address``."""

    box: Box
    page: int = 0
    address: str = ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a ruled grid; a merged cell appears once, with its spans."""

    row: int
    column: int
    box: Box
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table drawn with rules, without its words.

    ``open``: level rules alone, one column of bands; whether it is a table is for the words to tell.
    """

    box: Box
    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """A coloured stamp or seal, with the words read in it if any."""

    box: Box
    text: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What stands in one zone of a known form: ``name`` is ``form/field`` or ``form/field/choice``.

    For a text zone ``text`` is what was read and ``ink`` the share of dark pixels (ink without words means
    handwriting); for a choice ``marked`` says whether it is ticked or ringed and ``confidence`` how surely.
    """

    name: str
    box: Box
    text: str = ""
    confidence: float = 0.0
    ink: float = 0.0
    marked: bool | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A place of a form: ``box`` in fractions of the form's outer ruled frame.

    ``mark`` is "" for a text zone, "tick" for a printed square, "ring" for a printed choice that is circled.
    """

    name: str
    box: Box
    mark: str = ""


@dataclass(frozen=True, slots=True)
class FormZones:
    """What the reader must know of a form: the printed title that identifies it, and its zones."""

    form: str
    title: str
    zones: tuple[Zone, ...]


@dataclass(frozen=True, slots=True)
class PageReading:
    """Everything read from one page, in no particular order.

    ``rotation``: degrees clockwise the source page was turned to stand upright. ``form`` and ``mesh`` as in ``Page``.
    ``bookmarks`` are those of the file that lead here.
    ``gutter_pt``: where two pages meet that lie side by side on one sheet, from its left edge; None for one page.
    """

    number: int
    width_pt: float
    height_pt: float
    method: Method
    engine: str
    lines: tuple[Line, ...] = ()
    grids: tuple[Grid, ...] = ()
    figures: tuple[Box, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    fields: tuple[FieldReading, ...] = ()
    form: str = ""
    rotation: int = 0
    mesh: Mesh = ()
    gutter_pt: float | None = None
    problems: tuple[Problem, ...] = field(default_factory=tuple)
    ruby: tuple[Ruby, ...] = ()
    links: tuple[Link, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
