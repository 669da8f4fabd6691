"""A slip as a person corrects it: each doubtful field with its crop and an input, and back from the browser.

Only fields a person touched or ticked are recorded; what cannot be read on the paper stays open.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kbtool import forms
from kbtool.document import Box, Page
from kbtool.errors import UsageError
from kbtool.forms.template import Field
from kbtool.inquiry import FieldState, FieldValue, Inquiry
from kbtool.project import parse_date
from kbtool.review.entry_form import clean
from kbtool.review.pages import Pages, around, scaled

#: No field of a slip holds more; a slip has about 400 characters.
MAX_CHARACTERS = 4_000
#: The least width of a crop, as a share of the page's.
_NEIGHBOURHOOD = 0.6


@dataclass(frozen=True, slots=True)
class DoubtfulField:
    """A field to look at: how it is asked for, what was read, and where it stands (``crop`` in points of the page)."""

    name: str
    label: str
    kind: str
    options: tuple[tuple[str, str], ...]
    value: str
    raw: str
    reason: str
    confidence: float
    page: int
    crop: Box | None
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Slip:
    """A record with its doubtful fields, and all others as (label, value) for the context."""

    record: Inquiry
    doubtful: tuple[DoubtfulField, ...]
    others: tuple[tuple[str, str], ...]


def slip(record: Inquiry, pages: Pages) -> Slip:
    """Lay out a record for its reviewer."""
    known = fields_of(record, pages)
    doubtful = tuple(_doubtful(name, record, known.get(name), pages) for name in record.to_review)
    others = tuple(
        (known[name].label if name in known else name, _text(found))
        for name, found in record.fields.items()
        if found.state is FieldState.OK and found.value is not None
    )
    return Slip(record, doubtful, others)


def fields_of(record: Inquiry, pages: Pages) -> dict[str, Field]:
    """The fields of the record's form by name; none where the template is gone."""
    templates = forms.load_templates(pages.kb.project.kb)
    return {field.name: field for each in templates if each.name == record.form for field in each.fields}


def corrections(values: Mapping[str, str], record: Inquiry, known: Mapping[str, Field]) -> dict[str, str | int | None]:
    """What a person says: the fields whose value differs from the record's or whose box was ticked."""
    found: dict[str, str | int | None] = {}
    for name in record.to_review:
        text = clean(values.get(f"field.{name}", "")).strip()
        if f"done.{name}" in values or text != _text(record.fields[name]):
            found[name] = _value(text, known.get(name), name)
    return found


def _value(text: str, field: Field | None, name: str) -> str | int | None:
    label = field.label if field else name
    if not text:
        return None
    if len(text) > MAX_CHARACTERS:
        raise UsageError("review_too_long", field=label, limit=MAX_CHARACTERS)
    if field is None:
        return text
    if field.options:
        chosen = next((option.value for option in field.options if str(option.value) == text), None)
        if chosen is None:
            raise UsageError("review_value", field=label, value=text)
        return chosen
    if field.type == "date":
        return parse_date(text).isoformat()
    if field.pattern and not re.fullmatch(field.pattern, text):
        raise UsageError("review_value", field=label, value=text)
    return text


def _doubtful(name: str, record: Inquiry, field: Field | None, pages: Pages) -> DoubtfulField:
    found = record.fields[name]
    place = pages.page(record.document, found.page)
    page = place[1] if place and pages.has_picture(place[0]) else None
    return DoubtfulField(
        name=name,
        label=field.label if field else name,
        kind=_kind(field),
        options=tuple((str(option.value), option.label or str(option.value)) for option in field.options)
        if field
        else (),
        value=_text(found),
        raw=found.raw,
        reason=found.reason,
        confidence=found.confidence,
        page=found.page,
        crop=_crop(field, found, page) if page else None,
        size=(page.width_pt, page.height_pt) if page else (0.0, 0.0),
    )


def _kind(field: Field | None) -> str:
    if field is None or not field.options:
        return "date" if field and field.type == "date" else "text"
    return "choice"


def _crop(field: Field | None, found: FieldValue, page: Page) -> Box:
    """The field's place on the page with what stands beside it: a mark is judged among all choices of its row."""
    box = scaled(found.box, page)
    middle, half = box.centre[0], page.width_pt * (1.0 if field and field.options else _NEIGHBOURHOOD / 2)
    return around(Box(min(box.x0, middle - half), box.y0, max(box.x1, middle + half), box.y1), page, 9.0)


def _text(found: FieldValue) -> str:
    return "" if found.value is None else str(found.value)
