"""What a Word paragraph is by its style: a heading and how deep, a title, part of a list.

A property may stand on the paragraph, on its style or on a style that one is based on; the nearest word counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

#: Styles are based on each other a few deep; a ring of them is a damaged or hostile file.
_DEEPEST_BASE = 12
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Style:
    """``outline`` is the depth of a heading (1 = top, 0 = none); ``list_id`` names the list, "" for none."""

    outline: int
    is_title: bool
    is_caption: bool
    is_contents: bool
    list_id: str
    list_level: int


class Styles:
    """The styles of one document, by their ids."""

    def __init__(self, styles: Any) -> None:
        self._styles = {style.get(qn("w:styleId")): style for style in styles.findall(qn("w:style"))}
        self._default = next((key for key, style in self._styles.items() if _is_default(style)), "")

    def of(self, paragraph: Any) -> Style:
        """What a paragraph is."""
        own = paragraph.find(qn("w:pPr"))
        chain = list(self._chain(_value(own, "w:pStyle") or self._default))
        names = [(_value(style, "w:name") or "").lower() for style in chain]
        properties = [own, *(style.find(qn("w:pPr")) for style in chain)]
        outline = next((level for part in properties if (level := _value(part, "w:outlineLvl"))), "")
        numbering = next((part.find(qn("w:numPr")) for part in properties if _numbered(part)), None)
        list_id = _value(numbering, "w:numId") or ""
        return Style(
            _depth(outline) or _named_depth(names),
            "title" in names[:1],
            "caption" in names,
            any(name.startswith("toc ") for name in names),
            "" if list_id == "0" else list_id,
            min(8, int(_value(numbering, "w:ilvl") or 0)),
        )

    def _chain(self, key: str) -> Iterator[Any]:
        for _ in range(_DEEPEST_BASE):
            style = self._styles.get(key)
            if style is None:
                return
            yield style
            key = _value(style, "w:basedOn") or ""


def _is_default(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")


def _numbered(part: Any) -> bool:
    """Whether properties name a list; a level without a list (as some heading styles have) does not."""
    return part is not None and bool(_value(part.find(qn("w:numPr")), "w:numId"))


def _value(element: Any, name: str) -> str | None:
    found = None if element is None else element.find(qn(name))
    return None if found is None else found.get(qn("w:val"))


def _depth(outline: str) -> int:
    return int(outline) + 1 if outline.isdigit() and int(outline) < _BODY_LEVEL else 0


def _named_depth(names: list[str]) -> int:
    """The depth in the name of a built-in heading, which Word writes in English in every language."""
    numbers = [name.removeprefix("heading ") for name in names if name.startswith("heading ")]
    return int(numbers[0]) if numbers and numbers[0].isdigit() and 1 <= int(numbers[0]) <= 9 else 0
