"""What a source says, page by page, with the place every word came from.

Confidences are percentages (0 to 100); boxes are fractions of the upright page.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kbtool.outcome import Problem


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom. The unit is said where it is used."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Horizontal extent."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent."""
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        """Middle point (x, y)."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def union(self, other: "Box") -> "Box":
        """Smallest box around both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


#: Where evenly spaced points of a straight page lie in its picture: rows of (x, y), all in fractions.
Mesh = tuple[tuple[tuple[float, float], ...], ...]


class Kind(StrEnum):
    """The role of a block on its page; ``RUBY`` gathers its readings (漢字《かんじ》), which stand in no sentence.

    ``CONTENTS`` is a line of a table of contents, known by its link to another page.
    """

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FIGURE = "figure"
    CAPTION = "caption"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"
    FORM_FIELD = "form_field"
    CHECK_MARK = "check_mark"
    STAMP = "stamp"
    RUBY = "ruby"
    CONTENTS = "contents"


class Method(StrEnum):
    """How the words of a page were obtained; ``FILE``: they stood in the file itself (office files, text)."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a block's words came from; ``box`` in fractions of the upright page."""

    document: str
    page: int
    box: Box
    method: Method
    engine: str
    confidence: float
    min_confidence: float


class Doubt(NamedTuple):
    """A word of a scan that its engine was less sure of than most; ``box`` in fractions of the upright page."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, at its top left row and column; a merged cell appears once with its spans."""

    row: int
    column: int
    text: str
    box: Box
    row_span: int = 1
    column_span: int = 1
    confidence: float = 100.0


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page in reading order.

    ``level`` is the depth of a heading or list item (1 = top), ``cells`` the cells of a table.
    ``name`` says which field of which form a form field or check mark fills (``form/field`` or
    ``form/field/choice``); the text of a check mark is the choice and its confidence how surely it is marked.
    In a file without paper it says where the block stands: ``料金!B4:F20`` on a sheet, ``¶12`` as the twelfth piece.
    ``doubts`` are the words a scan's engine was unsure of, those in cells too.
    """

    kind: Kind
    text: str
    provenance: Provenance
    level: int = 0
    cells: tuple[Cell, ...] = ()
    name: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document; a page that failed is a page with a problem, not a missing page.

    ``rotation`` is how many degrees clockwise (0, 90, 180, 270) the source page must be turned to stand upright.
    ``form`` is the name of the form template the page was recognised as, if any. ``mesh`` tells where the page, set
    straight, lies in its upright picture: askew, in perspective or bent; empty where the picture is straight already.
    """

    number: int
    width_pt: float
    height_pt: float
    method: Method
    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()
    rotation: int = 0
    form: str = ""
    mesh: Mesh = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file a document was read from; ``name`` is its path below source_manuals/, NFC, with slashes."""

    name: str
    sha256: str
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Everything read from one source, in page order.

    ``slug`` is an ASCII id, ``title`` what people call it, ``fingerprint`` the engine and rules that read it,
    ``sources`` the files of all its editions, that of ``pages`` last,
    ``locked_internal`` true where a 社外秘 stamp or word forbids showing it beyond the house.
    """

    slug: str
    title: str
    sources: tuple[SourceFile, ...]
    pages: tuple[Page, ...]
    fingerprint: str
    edition: str = ""
    locked_internal: bool = False
