"""Filled forms whose fields, check boxes and rings are known.

Frame, printed labels and zones of a form are the same on every page; only what is filled in differs, as with real
forms. The plain one stands among the pages of every condition; where forms are what is measured, all are filled in by
people with pens and habits of their own.
"""

import random
from collections.abc import Iterator

from benchmarks.reading import pens
from benchmarks.reading.composer import Composer, frame
from benchmarks.reading.pens import Pen
from benchmarks.reading.printed import PLAIN, Row, Sheet
from benchmarks.reading.truth import PageTruth, TrueField
from benchmarks.reading.wording import Writer
from kbtool.document import Box
from kbtool.reading import FormZones, Zone

_SIZE = 11.0
#: Share of people who tick twice, and of those who take a tick back.
_TWO, _TAKEN_BACK = 0.3, 0.15


def zones(sheet: Sheet = PLAIN) -> FormZones:
    """What a reader is told of a form: its title and where each field and choice lies."""
    found: list[Zone] = []
    for row, box in _placed(sheet):
        value = _value_box(sheet, box)
        if row.mark:
            found += [
                Zone(f"{sheet.name}/{row.name}/{choice}", _share(sheet, _zone(sheet, row, choice, at)), row.mark)
                for choice, at in _choices(row, value)
            ]
        else:
            found.append(Zone(f"{sheet.name}/{row.name}", _share(sheet, value)))
    return FormZones(sheet.name, sheet.title, tuple(found))


def draw(page: Composer, write: Writer, rng: random.Random, sheet: Sheet = PLAIN, pen: Pen | None = None) -> PageTruth:
    """Draw and fill a form; the composer collects the words, row by row.

    Without a ``pen`` somebody careful fills it in, who makes plain ticks and rings.
    """
    page.at(sheet.left + 140, sheet.top - 40, sheet.title, 18)
    frame(page.surface, Box(sheet.left, sheet.top, sheet.left + sheet.width, sheet.top + sheet.height), 1.2)
    page.size = _SIZE
    fields: list[TrueField] = []
    for row, box in _placed(sheet):
        frame(page.surface, box)
        page.surface.line(box.x0 + sheet.label, box.y0, box.x0 + sheet.label, box.y1)
        page.at(box.x0 + 8, (box.y0 + box.y1) / 2 - _SIZE / 2, row.label)
        value = _value_box(sheet, box)
        if row.mark:
            fields += _marked(page, sheet, row, value, rng, pen)
        else:
            fields.append(_written(page, sheet, row, value, write))
    return PageTruth("form", (), form=sheet.name, fields=tuple(fields))


def _placed(sheet: Sheet) -> Iterator[tuple[Row, Box]]:
    y = sheet.top
    for row in sheet.rows:
        height = sheet.row * row[0].tall
        for field in row:
            x0 = sheet.left + (sheet.width / 2 if field.half == 2 else 0)
            yield field, Box(x0, y, x0 + (sheet.width / 2 if field.half else sheet.width), y + height)
        y += height


def _value_box(sheet: Sheet, box: Box) -> Box:
    return Box(box.x0 + sheet.label, box.y0, box.x1, box.y1)


def _share(sheet: Sheet, box: Box) -> Box:
    return Box(
        (box.x0 - sheet.left) / sheet.width,
        (box.y0 - sheet.top) / sheet.height,
        (box.x1 - sheet.left) / sheet.width,
        (box.y1 - sheet.top) / sheet.height,
    )


def _choices(row: Row, value: Box) -> Iterator[tuple[str, Box]]:
    """Each choice with the box of its mark and words."""
    step = value.width / len(row.choices)
    for index, choice in enumerate(row.choices):
        yield choice, Box(value.x0 + index * step + 10, value.y0 + 6, value.x0 + (index + 1) * step - 2, value.y1 - 6)


def _zone(sheet: Sheet, row: Row, choice: str, at: Box) -> Box:
    """The printed square with a rim of one point, or the place of a ring round the word."""
    middle = (at.y0 + at.y1) / 2
    if row.mark == "tick":
        half = sheet.square / 2 + 1
        return Box(at.x0 - 1, middle - half, at.x0 + sheet.square + 1, middle + half)
    return Box(at.x0 - 3, middle - 11, at.x0 + _width(choice) + 11, middle + 11)


def _width(choice: str) -> float:
    """Room of a choice's words; figures are half as wide."""
    return sum(_SIZE / 2 if character.isascii() else _SIZE for character in choice)


def _written(page: Composer, sheet: Sheet, row: Row, value: Box, write: Writer) -> TrueField:
    name = f"{sheet.name}/{row.name}"
    if row.boxes:
        return TrueField(name, _share(sheet, value), _in_boxes(page, row, value, write))
    page.left, page.right = value.x0 + 6, value.x1 - 6
    step = sheet.row * 0.8 if row.lined else _SIZE * 1.4
    room = int(value.height // step) if row.lined else 3 * row.tall - 1
    lines = page.lines(_filled(row.name, write))[:room]
    y = value.y0 + 0.3 * _SIZE if row.lined else (value.y0 + value.y1) / 2 - len(lines) * _SIZE * 0.7
    for index in range(1, room + 1 if row.lined else 0):
        _dotted(page, Box(value.x0 + 4, 0, value.x1 - 4, value.y0 + index * step))
    for index, line in enumerate(lines):
        page.surface.text(page.left, y + index * step + (step - 1.35 * _SIZE) * row.lined, line, _SIZE, page.face)
    page.blocks.append("".join(lines))
    return TrueField(name, _share(sheet, value), "".join(lines))


def _dotted(page: Composer, below: Box) -> None:
    """A line to write on, of dots."""
    x = below.x0
    while x < below.x1:
        page.surface.line(x, below.y1, x + 1.6, below.y1, 0.5)
        x += 4


def _in_boxes(page: Composer, row: Row, value: Box, write: Writer) -> str:
    """One character a box, from the left."""
    text, side = write.write("order"), 20.0
    top = (value.y0 + value.y1) / 2 - side / 2
    for index in range(row.boxes):
        x = value.x0 + 8 + index * side
        frame(page.surface, Box(x, top, x + side, top + side), 0.7)
        if index < len(text):
            page.surface.text(x + side / 2 - 3, top + side / 2 - _SIZE / 2, text[index], _SIZE, page.face)
    page.blocks.append(text)
    return text


def _filled(name: str, write: Writer) -> str:
    match name:
        case "number":
            return write.write("order")
        case "customer" | "staff":
            return f"{write.write('family')} {write.write('given')}"
        case "address":
            return f"{write.write('town')}{write.write('n')}-{write.write('n')}"
        case "question" | "symptom":
            return f"{write.write('question')}。"
        case "answer":
            return write.paragraph(2)
        case "total":
            return f"{write.write('yen')}円"
        case _:
            return write.write(name)


def _marked(page: Composer, sheet: Sheet, row: Row, value: Box, rng: random.Random, pen: Pen | None) -> list[TrueField]:
    several = 2 if row.mark == "tick" and rng.random() < _TWO else 1
    chosen = rng.sample(row.choices, several)
    back = rng.choice(row.choices) if pen and row.mark == "tick" and rng.random() < _TAKEN_BACK else ""
    fields = []
    for choice, at in _choices(row, value):
        zone = _zone(sheet, row, choice, at)
        if row.parted and choice != row.choices[0]:
            page.surface.line(at.x0 - 10, value.y0, at.x0 - 10, value.y1)
        is_chosen = choice in chosen
        if row.mark == "tick":
            _tick(page, sheet, choice, at, rng, pen, drawn=is_chosen or choice == back, back=choice == back)
        else:
            _ring(page, choice, at, rng, pen, drawn=is_chosen)
        marked = is_chosen and choice != back
        fields.append(TrueField(f"{sheet.name}/{row.name}/{choice}", _share(sheet, zone), "", row.mark, marked))
    return fields


def _tick(
    page: Composer, sheet: Sheet, choice: str, at: Box, rng: random.Random, pen: Pen | None, *, drawn: bool, back: bool
) -> None:
    middle, side = (at.y0 + at.y1) / 2, sheet.square
    box = Box(at.x0, middle - side / 2, at.x0 + side, middle + side / 2)
    if sheet.round:
        page.surface.ring(box, 0.8)
    else:
        frame(page.surface, box, 0.8)
    page.at(box.x1 + 3, middle - _SIZE / 2, choice)
    if drawn and pen is None:
        _plain_tick(page, box, rng)
    elif drawn and pen:
        pens.tick(page.surface, box, pen, rng)
    if back and pen:
        words = Box(box.x0, middle - _SIZE / 2, box.x1 + 3 + _width(choice), middle + _SIZE / 2)
        pens.strike(page.surface, words, pen)


def _ring(page: Composer, choice: str, at: Box, rng: random.Random, pen: Pen | None, *, drawn: bool) -> None:
    middle = (at.y0 + at.y1) / 2
    page.at(at.x0 + 4, middle - _SIZE / 2, choice)
    if drawn and pen is None:
        page.surface.ring(Box(at.x0 - 1, middle - 9, at.x0 + _width(choice) + 9, middle + 9), rng.uniform(0.9, 1.6))
    elif drawn and pen:
        words = Box(at.x0 + 4, middle - _SIZE / 2, at.x0 + 4 + _width(choice), middle + _SIZE / 2)
        pens.ring(page.surface, words, pen, rng)


def _plain_tick(page: Composer, box: Box, rng: random.Random) -> None:
    width = rng.uniform(1.0, 1.8)
    low = (box.x0 + 4 + rng.uniform(-1, 1), box.y1 - 1 + rng.uniform(-1, 1))
    if rng.random() < 0.3:
        page.surface.line(box.x0 + 1, box.y0 + 1, box.x1 - 1, box.y1 - 1, width)
        page.surface.line(box.x0 + 1, box.y1 - 1, box.x1 - 1, box.y0 + 1, width)
    else:
        page.surface.line(box.x0 + 1, box.y0 + 5, *low, width)
        page.surface.line(*low, box.x1 + rng.uniform(-1, 2), box.y0 - rng.uniform(0, 2), width)
