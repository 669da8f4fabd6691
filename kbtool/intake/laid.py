"""Pages of words that the opener laid out already: blocks in reading order, of which all but their place is known.

Layout is pure, and takes as long as half of reading such a page. In the opener it is done by as many processes as
there are cores, and words that were made to hang it hang nobody else. Both ends of the boundary share this shape:
the opener sends it, ``untrusted_laid`` makes it anew from what it says. Boxes are fractions of the page.
"""

from dataclasses import dataclass

from kbtool.document import Block, Box, Cell, Kind, Method, Page, Provenance

#: What read the words; not the opener's to say.
ENGINE = "pdfium"
_SURE = 100.0


@dataclass(frozen=True, slots=True)
class LaidBlock:
    """A piece of a page."""

    kind: Kind
    text: str
    box: Box
    level: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LaidPage:
    """The blocks of page ``number`` in reading order; ``rotation`` as in ``Page``."""

    number: int
    width_pt: float
    height_pt: float
    rotation: int
    blocks: tuple[LaidBlock, ...]

    def as_page(self, document: str) -> Page:
        """The page as the rest of kbtool knows pages; ``document`` is the slug its provenance names."""
        blocks = tuple(self._block(block, document) for block in self.blocks)
        return Page(self.number, self.width_pt, self.height_pt, Method.TEXT_LAYER, blocks, rotation=self.rotation)

    def _block(self, block: LaidBlock, document: str) -> Block:
        place = Provenance(document, self.number, block.box, Method.TEXT_LAYER, ENGINE, _SURE, _SURE)
        return Block(block.kind, block.text, place, block.level, block.cells)


def as_frame(page: Page) -> dict[str, object]:
    """What the opener sends of a page that it laid out, beside its number."""
    return {
        "width_pt": page.width_pt,
        "height_pt": page.height_pt,
        "rotation": page.rotation,
        "blocks": [_block_frame(block) for block in page.blocks],
    }


def _block_frame(block: Block) -> list[object]:
    cells = [[c.row, c.column, c.row_span, c.column_span, c.box, c.text] for c in block.cells]
    return [block.kind, block.text, block.provenance.box, block.level, cells]
