"""The empty inquiry slip: printed from the same template that later reads the filled one.

Separate from the filling, because the template (`kb/forms/inquiry_v1.yml`) is the form's only geometry: rules, squares
and printed choices are put where its zones are, and the pen finds the same zones through `Form`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml
from PIL import Image, ImageDraw

from . import fonts, paper

DPI = 200
TEMPLATE = Path(__file__).resolve().parents[2] / "kb" / "forms" / "inquiry_v1.yml"
FRAME_MM = (15.0, 30.0, 195.0, 278.0)
"""Left, top, right and bottom of the outer ruled frame, to which the template's fractions refer."""
LABEL_MM = 28.0
GAP_MM = 1.2
"""Distance of a writing area from the rules around it."""
LABEL_CHARACTERS = 8
LABEL_SHADE = 238
RULE_PX = 2
FRAME_PX = 4

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Option:
    """One printed choice; `box` is its square or, where a ring is drawn, the choice with its margin, in pixels."""

    value: str | int
    label: str
    box: Box


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `box` is its writing area, `cell` the ruled cell around it, `mark` is empty for typed text."""

    name: str
    label: str
    mark: str
    box: Box
    cell: Box
    label_cell: Box
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The template with its zones in pixels of an A4 page at `DPI`."""

    title: str
    fields: tuple[Field, ...]

    @classmethod
    def load(cls, path: Path = TEMPLATE) -> Self:
        """Read a form template."""
        template = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(template["title"], tuple(_field(field) for field in template["fields"]))


def _field(field: dict[str, Any]) -> Field:
    options = tuple(
        Option(option["value"], str(option.get("label", option["value"])), _pixels(option["zone"]))
        for option in field.get("options", ())
    )
    x0, y0, x1, y1 = _millimetres(field["zone"])
    cell = (x0 - GAP_MM, y0 - GAP_MM, x1 + GAP_MM, y1 + GAP_MM)
    return Field(
        name=field["name"],
        label=field["label"],
        mark=field.get("mark", ""),
        box=_pixels(field["zone"]),
        cell=_box(*cell),
        label_cell=_box(cell[0] - LABEL_MM, cell[1], cell[0], cell[3]),
        options=options,
    )


def _pixels(zone: list[float]) -> Box:
    return _box(*_millimetres(zone))


def _millimetres(zone: list[float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = FRAME_MM
    x0, y0, x1, y1 = zone
    width, height = right - left, bottom - top
    return left + x0 * width, top + y0 * height, left + x1 * width, top + y1 * height


def _box(x0_mm: float, y0_mm: float, x1_mm: float, y1_mm: float) -> Box:
    return paper.px(x0_mm, DPI), paper.px(y0_mm, DPI), paper.px(x1_mm, DPI), paper.px(y1_mm, DPI)


def printed(form: Form, wording: dict[str, Any]) -> Image.Image:
    """Return the empty form as a grey A4 page."""
    page = paper.blank(DPI).convert("L")
    pen = ImageDraw.Draw(page)
    _around(pen, form.title, wording)
    for field in form.fields:
        _rules(pen, field)
        _label(pen, field)
        for option in field.options:
            _choice(pen, option, field.mark)
        if field.name in wording["scale_ends"]:
            _scale_ends(pen, field, *wording["scale_ends"][field.name])
    pen.rectangle(_pixels([0, 0, 1, 1]), outline=0, width=FRAME_PX)
    return page


def _around(pen: ImageDraw.ImageDraw, title: str, wording: dict[str, Any]) -> None:
    left, _, right, _ = _pixels([0, 0, 1, 1])
    middle = (left + right) // 2
    pen.text((middle, paper.px(20, DPI)), title, 0, fonts.load("gothic", 58), "mm")
    pen.text((right, paper.px(26, DPI)), wording["company"], 0, fonts.load("gothic", 22), "rm")
    pen.text((middle, paper.px(286, DPI)), wording["footer"], 0, fonts.load("gothic", 22), "mm")


def _rules(pen: ImageDraw.ImageDraw, field: Field) -> None:
    pen.rectangle(field.label_cell, outline=0, width=RULE_PX, fill=LABEL_SHADE)
    pen.rectangle(field.cell, outline=0, width=RULE_PX)


def _label(pen: ImageDraw.ImageDraw, field: Field) -> None:
    x = field.label_cell[0] + paper.px(1.6, DPI)
    y = (field.box[1] + field.box[3]) // 2
    text = field.label
    lines = [text[start : start + LABEL_CHARACTERS] for start in range(0, len(text), LABEL_CHARACTERS)]
    for order, line in enumerate(lines):
        offset = round((order - (len(lines) - 1) / 2) * 30)
        pen.text((x, y + offset), line, 0, fonts.load("gothic", 24), "lm")


def _choice(pen: ImageDraw.ImageDraw, option: Option, mark: str) -> None:
    x0, y0, x1, y1 = option.box
    font = fonts.load("gothic", 28)
    if mark == "ring":
        pen.text(((x0 + x1) // 2, (y0 + y1) // 2), option.label, 0, font, "mm")
        return
    pen.rectangle(option.box, outline=0, width=RULE_PX)
    pen.text((x1 + paper.px(1.6, DPI), (y0 + y1) // 2), option.label, 0, font, "lm")


def _scale_ends(pen: ImageDraw.ImageDraw, field: Field, first: str, last: str) -> None:
    y = (field.box[1] + field.box[3]) // 2
    font = fonts.load("gothic", 22)
    pen.text((field.box[0] + paper.px(1, DPI), y), first, 0, font, "lm")
    pen.text((field.box[2] - paper.px(1, DPI), y), last, 0, font, "rm")
