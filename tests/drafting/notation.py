"""A compact notation for documents and for what is drafted from them, so that cases are read as text.

title: 業務マニュアル            method: ocr | text_layer (default ocr)
== page                          a new page
[heading] 3-1 解約したい         any block kind, with level as [heading 2]; following lines belong to the block
[table]                          rows as | a | b |; ^ is a cell merged with the one above
"""

import re
from dataclasses import dataclass, field

from kbtool.document import Block, Box, Cell, Document, Doubt, Kind, Method, Page, Provenance, SourceFile
from kbtool.drafting import Drafting

_BLOCK = re.compile(r"^\[(?P<kind>\w+)(?: (?P<level>\d))?(?: (?P<confidence>\d+)%)?\]\s?(?P<text>.*)$")
_LINES_PER_PAGE = 40


@dataclass
class Draftsman:
    """Collects blocks into pages, each block a little lower than the one before."""

    method: Method = Method.OCR
    title: str = "試験マニュアル"
    edition: str = ""
    pages: list[list[Block]] = field(default_factory=list)

    def block(self, kind: str, level: str | None, confidence: str | None, lines: list[str]) -> None:
        top = (len(self.pages[-1]) + 1) / _LINES_PER_PAGE
        box = Box(0.1, top, 0.9, top + 0.8 / _LINES_PER_PAGE)
        sure = float(confidence or 98)
        seen = Provenance("試験", len(self.pages), box, self.method, "試験", sure, sure)
        cells = cells_of(lines, box) if kind == "table" else ()
        text = "\n".join(lines).strip("\n")
        doubts = (Doubt(text, box, sure),) if sure < 90 and self.method is Method.OCR else ()
        self.pages[-1].append(Block(Kind(kind), text, seen, level=int(level or 0), cells=cells, doubts=doubts))

    def document(self) -> Document:
        pages = tuple(Page(n, 595, 842, self.method, tuple(blocks)) for n, blocks in enumerate(self.pages, 1))
        source = (SourceFile(f"{self.title}.pdf", "0" * 64),)
        return Document("test", self.title, source, pages, "", edition=self.edition)


def read(text: str) -> Document:
    """The document a case describes."""
    draftsman = Draftsman()
    pending: tuple[str, str | None, str | None, list[str]] | None = None
    for line in [*text.splitlines(), "== end"]:
        found = _BLOCK.match(line)
        if pending and (found or line.startswith("==")):
            draftsman.block(*pending)
            pending = None
        if line == "== page":
            draftsman.pages.append([])
        elif found:
            first = [found["text"]] if found["text"] else []
            pending = (found["kind"], found["level"], found["confidence"], first)
        elif pending:
            pending[3].append(line)
        elif ": " in line:
            name, value = line.split(": ", 1)
            setattr(draftsman, name, Method(value) if name == "method" else value)
    return draftsman.document()


def cells_of(lines: list[str], box: Box) -> tuple[Cell, ...]:
    """The cells of a table written with pipes, merged ones once with their span."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if line.strip()]
    cells = []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell == "^":
                continue
            span = 1
            while r + span < len(rows) and rows[r + span][c] == "^":
                span += 1
            cells.append(Cell(r, c, cell, box, row_span=span, confidence=97.0))
    return tuple(cells)


def write(result: Drafting) -> str:
    """What was drafted, in the form the cases expect."""
    of = {entry.origin_key: entry.question for entry in result.entries}
    lines: list[str] = []
    for entry in result.entries:
        pages = "-".join(dict.fromkeys(str(source.page) for source in entry.source))
        lines.append(f"{entry.type} p{pages}: {entry.question}")
        for section in entry.sections:
            lines += [f"## {section.heading}", section.text]
        lines += [f"-> {rule.when} => {rule.to} / {rule.within}" for rule in entry.escalation]
        lines.append("")
    lines += [f"page {page.page}: {page.outcome}" for page in result.pages]
    lines += [f"duplicate p{one.page}: {one.question} = {of[one.of_origin_key]}" for one in result.duplicates]
    lines += [
        f"conflict p{one.page}: {one.question} / {of[one.of_origin_key]}: "
        f"{'・'.join(one.here)} != {'・'.join(one.there)}"
        for one in result.conflicts
    ]
    lines += [f"safety p{note.page} {note.label}: {note.text}" for note in result.safety_notes]
    lines += [f"stamp p{one.page}: {one.text} = {of.get(one.of_origin_key, '')}" for one in result.stamps]
    return "\n".join(lines).strip() + "\n"
