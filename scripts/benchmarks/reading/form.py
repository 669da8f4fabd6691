"""A filled inquiry form whose fields, check boxes and rings are known.

Frame, printed labels and zones are the same on every page; only what is filled in differs, as with a real form.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.reading.composer import Composer, frame
from benchmarks.reading.truth import PageTruth, TrueField
from benchmarks.reading.wording import Writer
from kbtool.document import Box
from kbtool.reading import FormZones, Zone

TITLE = "お問い合わせ受付票"
NAME = "benchmark"
_LEFT, _TOP, _WIDTH, _ROW = 60.0, 120.0, 475.0, 40.0
_LABEL = 90.0
_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the form: one or two fields; ``mark`` and ``choices`` where something is to be marked."""

    name: str
    label: str
    half: int = 0
    mark: str = ""
    choices: tuple[str, ...] = ()
    tall: int = 1


_ROWS = (
    (_Row("number", "受付番号", 1), _Row("date", "受付日", 2)),
    (_Row("customer", "お客様名", 1), _Row("tel", "電話番号", 2)),
    (_Row("address", "住所"),),
    (_Row("product", "製品名", 1), _Row("model", "型番", 2)),
    (_Row("method", "受付方法", mark="tick", choices=("電話", "メール", "窓口", "郵送", "その他")),),
    (_Row("kind", "種類", mark="tick", choices=("修理", "返品", "配送", "請求", "使い方")),),
    (_Row("rank", "緊急度", mark="ring", choices=("高", "中", "低")),),
    (_Row("question", "内容", tall=3),),
    (_Row("answer", "回答", tall=3),),
    (_Row("state", "状態", mark="ring", choices=("未対応", "対応中", "完了", "保留")),),
    (_Row("staff", "担当者", 1), _Row("dept", "引き継ぎ先", 2)),
)
_HEIGHT = _ROW * sum(row[0].tall for row in _ROWS)


def zones() -> FormZones:
    """What a reader is told of the form: its title and where each field and choice lies."""
    found: list[Zone] = []
    for row, box in _placed():
        value = _value_box(row, box)
        if row.mark:
            places = _choices(row, value)
            found += [
                Zone(f"{NAME}/{row.name}/{choice}", _share(_zone(row, choice, at)), row.mark) for choice, at in places
            ]
        else:
            found.append(Zone(f"{NAME}/{row.name}", _share(value)))
    return FormZones(NAME, TITLE, tuple(found))


def draw(page: Composer, write: Writer, rng: random.Random) -> PageTruth:
    """Draw and fill the form; the composer collects the words, row by row."""
    page.at(_LEFT + 140, 80, TITLE, 18)
    frame(page.surface, Box(_LEFT, _TOP, _LEFT + _WIDTH, _TOP + _HEIGHT), 1.2)
    page.size = _SIZE
    fields: list[TrueField] = []
    for row, box in _placed():
        frame(page.surface, box)
        page.surface.line(box.x0 + _LABEL, box.y0, box.x0 + _LABEL, box.y1)
        page.at(box.x0 + 8, (box.y0 + box.y1) / 2 - _SIZE / 2, row.label)
        value = _value_box(row, box)
        fields += _marked(page, row, value, rng) if row.mark else [_written(page, row, value, write)]
    return PageTruth("form", (), form=NAME, fields=tuple(fields))


def _placed() -> Iterator[tuple[_Row, Box]]:
    y = _TOP
    for row in _ROWS:
        height = _ROW * row[0].tall
        for field in row:
            x0 = _LEFT + (_WIDTH / 2 if field.half == 2 else 0)
            yield field, Box(x0, y, x0 + (_WIDTH / 2 if field.half else _WIDTH), y + height)
        y += height


def _value_box(row: _Row, box: Box) -> Box:
    return Box(box.x0 + _LABEL, box.y0, box.x1, box.y1)


def _share(box: Box) -> Box:
    return Box(
        (box.x0 - _LEFT) / _WIDTH, (box.y0 - _TOP) / _HEIGHT, (box.x1 - _LEFT) / _WIDTH, (box.y1 - _TOP) / _HEIGHT
    )


def _choices(row: _Row, value: Box) -> Iterator[tuple[str, Box]]:
    """Each choice with the box of its mark and words."""
    step = value.width / len(row.choices)
    for index, choice in enumerate(row.choices):
        yield choice, Box(value.x0 + index * step + 10, value.y0 + 6, value.x0 + (index + 1) * step - 2, value.y1 - 6)


def _zone(row: _Row, choice: str, at: Box) -> Box:
    """The printed square with a rim of one point, or the place of a ring round the word."""
    middle = (at.y0 + at.y1) / 2
    if row.mark == "tick":
        return Box(at.x0 - 1, middle - 6.5, at.x0 + 12, middle + 6.5)
    return Box(at.x0 - 3, middle - 11, at.x0 + len(choice) * _SIZE + 11, middle + 11)


def _written(page: Composer, row: _Row, value: Box, write: Writer) -> TrueField:
    text = _filled(row.name, write)
    page.left, page.right = value.x0 + 6, value.x1 - 6
    lines = page.lines(text)[: 3 * row.tall - 1]
    kept = "".join(lines)
    y = (value.y0 + value.y1) / 2 - len(lines) * _SIZE * 0.7
    for index, line in enumerate(lines):
        page.surface.text(page.left, y + index * _SIZE * 1.4, line, _SIZE, page.face)
    page.blocks.append(kept)
    return TrueField(f"{NAME}/{row.name}", _share(value), kept)


def _filled(name: str, write: Writer) -> str:
    match name:
        case "number":
            return write.write("order")
        case "customer" | "staff":
            return f"{write.write('family')} {write.write('given')}"
        case "address":
            return f"{write.write('town')}{write.write('n')}-{write.write('n')}"
        case "question":
            return f"{write.write('question')}。"
        case "answer":
            return write.paragraph(2)
        case _:
            return write.write(name)


def _marked(page: Composer, row: _Row, value: Box, rng: random.Random) -> list[TrueField]:
    several = 2 if row.mark == "tick" and rng.random() < 0.3 else 1
    chosen = rng.sample(row.choices, several)
    fields = []
    for choice, at in _choices(row, value):
        middle = (at.y0 + at.y1) / 2
        zone = _zone(row, choice, at)
        if row.mark == "tick":
            _square(page, Box(at.x0, middle - 5.5, at.x0 + 11, middle + 5.5), rng, ticked=choice in chosen)
            page.at(at.x0 + 14, middle - _SIZE / 2, choice)
        else:
            page.at(at.x0 + 4, middle - _SIZE / 2, choice)
            if choice in chosen:
                width = len(choice) * _SIZE + 10
                page.surface.ring(Box(at.x0 - 1, middle - 9, at.x0 - 1 + width, middle + 9), rng.uniform(0.9, 1.6))
        fields.append(TrueField(f"{NAME}/{row.name}/{choice}", _share(zone), "", row.mark, choice in chosen))
    return fields


def _square(page: Composer, box: Box, rng: random.Random, *, ticked: bool) -> None:
    frame(page.surface, box, 0.8)
    if not ticked:
        return
    width = rng.uniform(1.0, 1.8)
    low = (box.x0 + 4 + rng.uniform(-1, 1), box.y1 - 1 + rng.uniform(-1, 1))
    if rng.random() < 0.3:
        page.surface.line(box.x0 + 1, box.y0 + 1, box.x1 - 1, box.y1 - 1, width)
        page.surface.line(box.x0 + 1, box.y1 - 1, box.x1 - 1, box.y0 + 1, width)
    else:
        page.surface.line(box.x0 + 1, box.y0 + 5, *low, width)
        page.surface.line(*low, box.x1 + rng.uniform(-1, 2), box.y0 - rng.uniform(0, 2), width)
