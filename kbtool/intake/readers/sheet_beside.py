"""What lies beside the cells of a sheet and openpyxl leaves out: words in shapes, formulas that nobody calculated.

Separate from ``sheet``, which talks to openpyxl: these are found through the parts of the package themselves.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from kbtool.intake.readers.sheet import Area, Words

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: Programs that write workbooks without Excel leave the values of formulas out; an empty text (``t="str"``) is one.
_WITHOUT_VALUE = re.compile(
    rb'<c\s(?![^>]*\bt="str")[^>]*>\s*(?:<f(?:\s[^<>]*)?/>|<f(?:\s[^<>]*)?>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Beside:
    """The words drawn on a sheet, each at the cell where its shape begins, and whether a formula has no value."""

    shapes: tuple[Words, ...] = ()
    is_uncalculated: bool = False


def beside(data: bytes) -> dict[str, Beside]:
    """What lies beside the cells of each sheet, by its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = frozenset(archive.namelist())
        book = _xml(archive, "xl/workbook.xml")
        targets = _relations(archive, names, "xl/workbook.xml")
        found = {}
        for sheet in book.iter(f"{_MAIN}sheet"):
            part = targets.get(sheet.get(_RELATION, ""), "")
            drawings = [each for each in _relations(archive, names, part).values() if "/drawings/drawing" in each]
            words = tuple(word for each in drawings if each in names for word in _words(_xml(archive, each)))
            formulas = part in names and _WITHOUT_VALUE.search(archive.read(part)) is not None
            found[sheet.get("name", "")] = Beside(words, formulas)
        return found


def _relations(archive: zipfile.ZipFile, names: frozenset[str], part: str) -> dict[str, str]:
    """What a part refers to inside the package, by relation."""
    folder, name = posixpath.split(part)
    where = f"{folder}/_rels/{name}.rels"
    if where not in names:
        return {}
    inner = [each for each in _xml(archive, where) if each.get("TargetMode") != "External"]
    return {each.get("Id", ""): _path(folder, each.get("Target", "")) for each in inner}


def _path(folder: str, target: str) -> str:
    return posixpath.normpath(target[1:] if target.startswith("/") else posixpath.join(folder, target))


def _xml(archive: zipfile.ZipFile, part: str) -> Any:
    return etree.fromstring(archive.read(part), etree.XMLParser(resolve_entities=False, no_network=True))


def _words(drawing: Any) -> Iterator[Words]:
    """The words of each shape, those in groups too; a shape stands where its anchor begins."""
    for anchor in drawing:
        start = anchor.find(f"{_DRAWN}from")
        row = _number(start, "row", _LAST_ROW)
        column = _number(start, "col", _LAST_COLUMN)
        for body in _bodies(anchor):
            lines = ("".join(run.text or "" for run in line.iter(f"{_TEXT}t")).strip() for line in body)
            text = "\n".join(line for line in lines if line)
            if text:
                yield Words(text, Area(row, column, row, column), stands_out=False)


def _bodies(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == f"{_DRAWN}txBody":
            yield child
        elif child.tag != _FALLBACK:
            yield from _bodies(child)


def _number(start: Any, name: str, most: int) -> int:
    found = None if start is None else start.findtext(f"{_DRAWN}{name}")
    return min(most, int(found) + 1) if found and found.strip().isdigit() else 1
