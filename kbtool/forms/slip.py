"""One page of a form as field values: what is written in each zone, normalised, with its doubts.

Separate from ``records``, which joins pages of the same number and keeps personal values apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kbtool.document import Block, Box, Kind, Page
from kbtool.forms.normalise import Reading
from kbtool.forms.normalise.choices import read_choice
from kbtool.forms.normalise.dates import read_date
from kbtool.forms.normalise.numbers import day_of, read_number
from kbtool.forms.normalise.phones import read_phone
from kbtool.forms.normalise.products import read_model, read_product
from kbtool.forms.template import Field, Template
from kbtool.inquiry import FieldState, FieldValue
from kbtool.settings import ProductName

#: Below this a person checks a printed value (measured on scans at 300 dpi; settings.ocr.review_below has the same).
REVIEW_BELOW = 80.0
#: Below this an engine for print has met handwriting: its words are noise and are not kept, a person types the field.
HANDWRITING_BELOW = 60.0
_HANDWRITING = "handwriting"
#: Marks are judged against their neighbours; below this the next choice is nearly as dark.
DOUBTFUL_MARK = 70.0


@dataclass(frozen=True, slots=True)
class Slip:
    """A page of a form: its values by field name."""

    page: int
    values: dict[str, FieldValue]


def read_slip(page: Page, template: Template, products: Sequence[ProductName]) -> Slip:
    """Read all fields of a page, then judge those that depend on others."""
    blocks = [block for block in page.blocks if block.kind in (Kind.FORM_FIELD, Kind.CHECK_MARK)]
    number = template.field("number")
    own = _text(number, _of(blocks, template, number), page, None, products) if number else None
    day = day_of(str(own.value)) if own and own.value else None
    values = {field.name: _value(field, _of(blocks, template, field), page, day, products) for field in template.fields}
    values = {field.name: _in_context(field, values) for field in template.fields}
    by_hand = any(value.reason == _HANDWRITING for value in values.values())
    return Slip(page.number, _by_hand(template, values) if by_hand else values)


def _by_hand(template: Template, values: dict[str, FieldValue]) -> dict[str, FieldValue]:
    """On a slip filled by hand an empty reading may be writing that gave no words: a person looks at those too."""
    unread = {
        field.name: replace(values[field.name], state=FieldState.NEEDS_MANUAL, reason="unreadable")
        for field in template.fields
        if field.type == "text"
        and field.only_if is None
        and not values[field.name].raw
        and not values[field.name].reason
    }
    return values | unread


def _of(blocks: Sequence[Block], template: Template, field: Field) -> list[Block]:
    name = f"{template.name}/{field.name}"
    return [block for block in blocks if block.name == name or block.name.startswith(f"{name}/")]


def _value(
    field: Field, blocks: list[Block], page: Page, day: date | None, products: Sequence[ProductName]
) -> FieldValue:
    if field.options:
        return _choice(field, blocks, page)
    return _text(field, blocks, page, day, products)


def _choice(field: Field, blocks: list[Block], page: Page) -> FieldValue:
    known = {str(option.value): option for option in field.options}
    marked = [block for block in blocks if block.text]
    chosen = [name for block in marked if (name := block.name.rsplit("/", 1)[-1]) in known]
    reading = read_choice(chosen, field.required)
    confidence = min((block.provenance.confidence for block in (marked or blocks)), default=100.0)
    # A choice without a mark may be the doubtful one: a mark with a line through it, one that is hardly there.
    if not reading.reason and any(block.provenance.confidence < DOUBTFUL_MARK for block in blocks):
        reading = replace(reading, reason="doubtful_mark")
    value = known[reading.value].value if reading.value else None
    raw = "・".join(known[name].label or name for name in chosen)
    state = FieldState.NEEDS_REVIEW if reading.reason else FieldState.OK
    return FieldValue(raw, value, confidence, state, page.number, _box(marked or blocks, field), reading.reason)


def _text(
    field: Field, blocks: list[Block], page: Page, day: date | None, products: Sequence[ProductName]
) -> FieldValue:
    raw = "".join(line.strip() for block in blocks for line in block.text.splitlines())
    confidence = min((block.provenance.confidence for block in blocks), default=0.0)
    box = _box(blocks, field)
    if raw and confidence < HANDWRITING_BELOW:
        return FieldValue("", None, confidence, FieldState.NEEDS_MANUAL, page.number, box, _HANDWRITING)
    if not raw:
        state = FieldState.NEEDS_MANUAL if field.required else FieldState.OK
        return FieldValue("", None, confidence, state, page.number, box, "unreadable" if field.required else "")
    reading = _normalised(field, raw, day, products)
    if not reading.reason and confidence < REVIEW_BELOW:
        reading = replace(reading, reason="low_confidence")
    state = FieldState.NEEDS_REVIEW if reading.reason else FieldState.OK
    return FieldValue(raw, reading.value, confidence, state, page.number, box, reading.reason)


def _normalised(field: Field, raw: str, day: date | None, products: Sequence[ProductName]) -> Reading:
    if field.type == "date":
        return read_date(raw, day)
    if field.type == "number":
        return read_number(raw, field.pattern)
    if field.type == "phone" or field.name.endswith("phone"):
        return read_phone(raw)
    if field.name == "product":
        return read_product(raw, products)
    if field.name == "model":
        return read_model(raw, products)
    return Reading(raw)


def _in_context(field: Field, values: Mapping[str, FieldValue]) -> FieldValue:
    """The value of a field that may be filled only with certain values of others, marked where it should not be."""
    own = values[field.name]
    if field.only_if is None:
        return own
    expected = all(str(_value_of(values, name)) in allowed for name, allowed in field.only_if.items())
    if not expected and (own.raw or own.value is not None):
        return replace(own, state=FieldState.NEEDS_REVIEW, reason=own.reason or "not_expected")
    if expected and field.options and own.value is None and not own.reason:
        return replace(own, state=FieldState.NEEDS_REVIEW, reason="no_mark")
    return own


def _value_of(values: Mapping[str, FieldValue], name: str) -> str | int | None:
    return values[name].value if name in values else None


def _box(blocks: Sequence[Block], field: Field) -> tuple[float, float, float, float]:
    """Where to look: around the blocks, else the field's zone (of the frame, which nearly fills the page)."""
    boxes = [block.provenance.box for block in blocks]
    if not boxes:
        return field.zone or Box(0.0, 0.0, 1.0, 1.0)
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.union(box)
    return Box(*(round(side, 4) for side in whole))
