"""Pages whose words, headings and tables stand in the file itself: office files, Markdown, HTML, text, CSV.

Both ends of the boundary share these shapes: readers make them in the opener, ``untrusted_written`` makes them anew
from what the opener says. Boxes are fractions of the page; the boxes of cells too.
"""

from dataclasses import dataclass

from kbtool.document import Block, Box, Cell, Kind, Method, Page, Provenance
from kbtool.outcome import Problem, Severity

#: Raised whenever the same file gives other blocks.
VERSION = 2
WHOLE = Box(0.0, 0.0, 1.0, 1.0)
#: A page of a file without pages is shown as an upright A4.
A4_PT = (595.28, 841.89)


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    """A piece of a page; ``name`` says where in its file: ``料金!B4:F20`` on a sheet, ``¶12`` as its twelfth piece."""

    kind: Kind
    text: str
    level: int = 0
    cells: tuple[Cell, ...] = ()
    box: Box = WHOLE
    name: str = ""


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """The blocks of one page in reading order; ``notes`` are codes of what a person should know."""

    blocks: tuple[WrittenBlock, ...]
    engine: str
    notes: tuple[str, ...] = ()

    def as_page(self, number: int, source: str, document: str) -> Page:
        """The page as the rest of kbtool knows pages; ``document`` is the slug its provenance names."""
        where = {"source": source, "page": number}
        problems = tuple(Problem(code, f"{source}#{number}", Severity.WARNING, dict(where)) for code in self.notes)
        blocks = tuple(self._block(block, number, document) for block in self.blocks)
        return Page(number, *A4_PT, Method.FILE, blocks, problems)

    def _block(self, block: WrittenBlock, number: int, document: str) -> Block:
        place = Provenance(document, number, block.box, Method.FILE, self.engine, 100.0, 100.0)
        return Block(block.kind, block.text, place, block.level, block.cells, block.name)


def as_frame(page: WrittenPage) -> dict[str, object]:
    """What the opener sends of a page, beside its number."""
    return {"engine": page.engine, "notes": list(page.notes), "blocks": [_block_frame(block) for block in page.blocks]}


def _block_frame(block: WrittenBlock) -> list[object]:
    cells = [[c.row, c.column, c.row_span, c.column_span, _rounded(c.box), c.text] for c in block.cells]
    return [block.kind, block.text, block.level, _rounded(block.box), block.name, cells]


def _rounded(box: Box) -> list[float]:
    return [round(edge, 5) for edge in box]
