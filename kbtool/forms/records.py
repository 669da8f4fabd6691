"""Slips as records: one for each reception number, whatever the number of its scans; personal values apart.

Every page of the form ends in exactly one record; what was scanned twice, what has no readable number and which
numbers are missing is reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kbtool.document import Document
from kbtool.forms.slip import Slip, read_slip
from kbtool.forms.template import Field, Template
from kbtool.inquiry import FieldState, FieldValue, Inquiry
from kbtool.outcome import Problem, Severity
from kbtool.settings import ProductName

_STATES = list(FieldState)


@dataclass(frozen=True, slots=True)
class Records:
    """Records in page order; ``private`` holds personal values by number and field, which appear nowhere else."""

    inquiries: tuple[Inquiry, ...]
    private: dict[str, dict[str, str]]
    problems: tuple[Problem, ...]


def records(document: Document, template: Template, products: Sequence[ProductName] = ()) -> Records:
    """Read all pages of a document that are this form; ``products`` spell what the slips may name."""
    slips = [read_slip(page, template, products) for page in document.pages if page.form == template.name]
    groups: dict[str, list[Slip]] = {}
    for slip in slips:
        groups.setdefault(_number(slip, template, document), []).append(slip)
    problems: list[Problem] = []
    inquiries: list[Inquiry] = []
    private: dict[str, dict[str, str]] = {}
    for number, group in groups.items():
        values = _merged(group, template)
        pages = tuple(sorted(slip.page for slip in group))
        shown = {field.name: values[field.name] for field in template.fields if not field.private}
        inquiries.append(Inquiry(number, template.name, document.slug, pages, shown))
        private[number] = {
            field.name: str(value) for field in template.fields if field.private and (value := values[field.name].value)
        }
        problems += _problems(number, pages, shown, template, document)
    return Records(tuple(inquiries), {number: values for number, values in private.items() if values}, tuple(problems))


def _number(slip: Slip, template: Template, document: Document) -> str:
    """The reception number, else a name by document and page, so that no slip is lost."""
    field = template.field("number")
    value = slip.values[field.name].value if field else None
    return str(value) if value else f"{document.slug}#{slip.page}"


def _merged(group: Sequence[Slip], template: Template) -> dict[str, FieldValue]:
    """For each field the surest of all scans; two sure scans that differ are a doubt."""
    return {field.name: _surest(field, [slip.values[field.name] for slip in group]) for field in template.fields}


def _surest(field: Field, values: list[FieldValue]) -> FieldValue:
    best = max(values, key=lambda value: (-_STATES.index(value.state), value.value is not None, value.confidence))
    sure = {value.value for value in values if value.state is FieldState.OK and value.value is not None}
    if len(sure) > 1 and field.type != "text":
        return replace(best, state=FieldState.NEEDS_REVIEW, reason="scans_differ")
    return best


def _problems(
    number: str, pages: tuple[int, ...], values: Mapping[str, FieldValue], template: Template, document: Document
) -> list[Problem]:
    where = f"{document.title}#{pages[0]}"
    found: list[Problem] = []
    key = template.field("number")
    if key and values[key.name].value is None:
        found.append(Problem("forms_number_unread", where, Severity.WARNING, {"page": pages[0]}))
    if len(pages) > 1:
        listed = "、".join(map(str, pages))
        found.append(Problem("forms_scanned_twice", where, Severity.INFO, {"number": number, "pages": listed}))
    manual = [name for name, value in values.items() if value.state is FieldState.NEEDS_MANUAL]
    if manual:
        labels = "、".join(field.label for field in template.fields if field.name in manual)
        found.append(Problem("forms_needs_manual", where, Severity.WARNING, {"number": number, "fields": labels}))
    return found
