"""The words of a Word paragraph as a reader sees them: no deleted or hidden text, no ruby, fields by their result."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = qn("w:txbxContent")
#: Deleted or moved text, the reading beside a word (ruby), drawings with words of their own, and properties.
_SKIPPED = frozenset(
    [*map(qn, ("w:del", "w:moveFrom", "w:rt", "w:pPr", "w:rPr", "w:instrText", "w:delText")), _BOX, _MC_FALLBACK]
)
_BREAKS = frozenset(map(qn, ("w:br", "w:cr")))
_NOTE_MARKS = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALSE = ("0", "false", "off", "none")


def text_of(paragraph: Any) -> str:
    """The words of one paragraph, forced line breaks as line ends."""
    lines = "".join(_words(paragraph)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def boxes_in(paragraph: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph, each once."""
    for element in paragraph:
        if element.tag == _BOX:
            yield element
        elif element.tag != _MC_FALLBACK:
            yield from boxes_in(element)


def paragraphs_in(element: Any) -> Iterator[Any]:
    """All paragraphs below an element, those in tables and text boxes too, each once."""
    for child in element:
        if child.tag == qn("w:p"):
            yield child
        if child.tag != _MC_FALLBACK:
            yield from paragraphs_in(child)


def notes_in(paragraph: Any) -> Iterator[tuple[str, str]]:
    """The footnotes and endnotes that a paragraph refers to: kind and id."""
    for element in paragraph.iter(*_NOTE_MARKS):
        yield _NOTE_MARKS[element.tag], element.get(qn("w:id"), "")


def is_bold(paragraph: Any) -> bool:
    """Whether every run with words is set bold by hand."""
    runs = [run for run in paragraph.iter(qn("w:r")) if "".join(_words(run)).strip()]
    return bool(runs) and all(_has(run, "w:b") for run in runs)


def _words(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or (tag == qn("w:r") and _has(child, "w:vanish")):
            continue
        if tag in (qn("w:t"), _FORMULA_TEXT):
            yield child.text or ""
        elif tag == qn("w:tab"):
            yield " "
        elif tag == qn("w:noBreakHyphen"):
            yield "-"
        elif tag in _BREAKS:
            yield "\n"
        else:
            yield from _words(child)


def _has(run: Any, name: str) -> bool:
    """Whether a run's own properties switch something on."""
    found = run.find(f"{qn('w:rPr')}/{qn(name)}")
    return found is not None and found.get(qn("w:val"), "1") not in _FALSE
