"""Word documents: headings by outline level, lists with their numbers, tables with merged cells, text boxes."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import PartFactory
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart

from kbtool.document import Box, Kind
from kbtool.intake.readers.paging import paginate, placed_at, table
from kbtool.intake.readers.word_numbers import Numbers
from kbtool.intake.readers.word_styles import Styles
from kbtool.intake.readers.word_tables import cells_of, parts_of
from kbtool.intake.readers.word_text import boxes_in, is_bold, notes_in, paragraphs_in, text_of
from kbtool.intake.readers.wording import role_of
from kbtool.intake.written import WrittenBlock, WrittenPage

_ENGINE = "python-docx"
_DEEPEST_LIST = 9
_TOP_EDGE, _BOTTOM_EDGE = Box(0.0, 0.0, 1.0, 0.01), Box(0.0, 0.99, 1.0, 1.0)
#: A document with macros and a template are documents all the same; python-docx knows only the plain one.
_OTHER_DOCUMENTS = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
#: A document with pictures and fewer letters than this is paper that was pasted in; nobody reads its words.
_FEWEST_LETTERS = 200
_PICTURES = (qn("a:blip"), "{urn:schemas-microsoft-com:vml}imagedata")
#: A watermark is drawn, not written.
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"
_CONTAINERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo")))


def pages(data: bytes) -> tuple[WrittenPage, ...]:
    """Read a Word document."""
    PartFactory.part_type_for.update(dict.fromkeys(_OTHER_DOCUMENTS, DocumentPart))
    part = Package.open(io.BytesIO(data)).main_document_part
    document = part.document
    body = document.element.body
    blocks = list(_Body(document).blocks(body))
    read = _with_running(paginate(blocks, _ENGINE), _running(document))
    if any(True for _ in body.iter(*_PICTURES)) and sum(len(block.text) for block in blocks) < _FEWEST_LETTERS:
        first, *others = read or (WrittenPage((), _ENGINE),)
        return (replace(first, notes=(*first.notes, "intake_only_pictures")), *others)
    return read


class _Body:
    """The document's paragraphs and tables, with the counters of its lists."""

    def __init__(self, document: Document) -> None:
        self._styles = Styles(document.styles.element)
        self._numbers = Numbers(_numbering(document))
        words = [(len(text_of(paragraph)), is_bold(paragraph)) for paragraph in document.element.body.iter(qn("w:p"))]
        self._notes = {kind: _notes(document, kind) for kind in ("footnotes", "endnotes")}
        self._mostly_bold = 2 * sum(n for n, bold in words if bold) > sum(n for n, _ in words)

    def blocks(self, container: Any) -> Iterator[WrittenBlock]:
        """The blocks of a part of the document, in order."""
        for element in container:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
                for box in boxes_in(element):
                    yield from self.blocks(box)
                notes = (self._notes[kind].get(key, "") for kind, key in notes_in(element))
                yield from (WrittenBlock(Kind.PARAGRAPH, f"※{note}") for note in notes if note)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag in _CONTAINERS:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: Any) -> Iterator[WrittenBlock]:
        style = self._styles.of(paragraph)
        label = self._label(paragraph)
        text = text_of(paragraph)
        if not text or style.is_contents:
            return
        whole = f"{label}{text}" if label == "・" else f"{label} {text}".strip()
        if style.is_title:
            yield WrittenBlock(Kind.TITLE, whole, 1)
        elif style.outline:
            yield WrittenBlock(Kind.HEADING, whole.replace("\n", " "), style.outline)
        elif label:
            yield WrittenBlock(Kind.LIST_ITEM, whole, min(_DEEPEST_LIST, style.list_level + 1))
        elif style.is_caption:
            yield WrittenBlock(Kind.CAPTION, text)
        else:
            kind, level = role_of(text, stands_out=is_bold(paragraph) and not self._mostly_bold)
            yield WrittenBlock(kind, text, level)

    def _label(self, paragraph: Any) -> str:
        """The number or bullet that Word shows before a paragraph; "" for none."""
        style = self._styles.of(paragraph)
        return self._numbers.label(style.list_id, style.list_level) if style.list_id else ""

    def _table(self, element: Any) -> Iterator[WrittenBlock]:
        """A table with columns; one without is a box drawn around words."""
        shape = cells_of(element, lambda part: "")  # reading words counts list numbers on, so it is done once
        if max((one.column + one.column_span for one in shape), default=0) > 1 and len(shape) > 1:
            yield table(cells_of(element, self._cell_text))
            return
        for part in parts_of(element):
            yield from self.blocks(part)

    def _cell_text(self, part: Any) -> str:
        """All words of a cell, a line for each paragraph; tables inside it become lines."""
        lines = [f"{self._label(paragraph)} {text_of(paragraph)}".strip() for paragraph in paragraphs_in(part)]
        lines += [f"※{note}" for kind, key in notes_in(part) if (note := self._notes[kind].get(key, ""))]
        return "\n".join(line for line in lines if line)


def _running(document: Document) -> list[WrittenBlock]:
    """Headers and footers, each once: they may say whom a document is for."""
    found: dict[tuple[Kind, str], WrittenBlock] = {}
    for kind, root in _running_parts(document):
        drawn = [mark.get("string", "").strip() for mark in root.iter(_WATERMARK)]
        for text in (*map(text_of, paragraphs_in(root)), *drawn):
            if text:
                found.setdefault((kind, text), WrittenBlock(kind, text))
    return list(found.values())


def _running_parts(document: Document) -> Iterator[tuple[Kind, Any]]:
    """The headers and footers of all sections, those of first and even pages too, in the order of their names."""
    kinds = {RELATIONSHIP_TYPE.HEADER: Kind.PAGE_HEADER, RELATIONSHIP_TYPE.FOOTER: Kind.PAGE_FOOTER}
    parts = [(part.target_ref, part) for part in document.part.rels.values() if part.reltype in kinds]
    for _, part in sorted(parts, key=lambda named: named[0]):
        yield kinds[part.reltype], _root(part.target_part)


def _notes(document: Document, kind: str) -> dict[str, str]:
    """The words of all footnotes or endnotes by their ids."""
    reltype = getattr(RELATIONSHIP_TYPE, kind.upper())
    part = next((part.target_part for part in document.part.rels.values() if part.reltype == reltype), None)
    if part is None:
        return {}
    found = {note.get(qn("w:id"), ""): list(map(text_of, paragraphs_in(note))) for note in _root(part)}
    return {key: " ".join(filter(None, lines)) for key, lines in found.items()}


def _root(part: Any) -> Any:
    """The XML of a part, whether python-docx knows its kind or keeps it as bytes."""
    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _with_running(read: tuple[WrittenPage, ...], running: list[WrittenBlock]) -> tuple[WrittenPage, ...]:
    """Set headers and footers beside the blocks of the first page, at its edges."""
    if not running:
        return read
    first, *others = read or (WrittenPage((), _ENGINE),)
    top = tuple(placed_at(block, _TOP_EDGE) for block in running if block.kind is Kind.PAGE_HEADER)
    bottom = tuple(placed_at(block, _BOTTOM_EDGE) for block in running if block.kind is Kind.PAGE_FOOTER)
    return (replace(first, blocks=(*top, *first.blocks, *bottom)), *others)


def _numbering(document: Document) -> Any:
    """The part that defines lists; None where the document has none."""
    try:
        part: Any = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
        return part.element
    except KeyError:
        return None
