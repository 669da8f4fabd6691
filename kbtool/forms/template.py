"""A printed form: its title, its fields, where each stands, and what may be written there.

Templates are hand-written files (``kb/forms/<name>.yml``), read strictly: an unknown key or value is refused by name.
Zones are fractions of the form's outer ruled frame.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kbtool import safe_yaml
from kbtool.document import Box
from kbtool.errors import UsageError
from kbtool.forms.measures import HIGH_IS_BAD, HIGH_IS_GOOD
from kbtool.reading import FormZones, Zone
from kbtool.safe_yaml import Value

SCHEMA = 1
TYPES = ("date", "number", "phone", "text", "choice", "scale")
MARKS = ("tick", "ring")
POLARITIES = (HIGH_IS_GOOD, HIGH_IS_BAD)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_Plain = TypeVar("_Plain", str, bool, int)


@dataclass(frozen=True, slots=True)
class Option:
    """A printed choice: the value it stands for, and its zone."""

    value: str | int
    zone: Box
    label: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; ``only_if`` names another field and the values under which this one is filled."""

    name: str
    label: str
    type: str
    zone: Box | None = None
    mark: str = ""
    required: bool = False
    private: bool = False
    pattern: str = ""
    polarity: str = ""
    only_if: Mapping[str, tuple[str, ...]] | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A form, as its file describes it."""

    name: str
    title: str
    fields: tuple[Field, ...]

    def zones(self) -> FormZones:
        """Everything the reader must know: zones named ``form/field`` and ``form/field/choice``."""
        found: list[Zone] = []
        for field in self.fields:
            name = f"{self.name}/{field.name}"
            if field.options:
                found += [Zone(f"{name}/{option.value}", option.zone, field.mark) for option in field.options]
            elif field.zone:
                found.append(Zone(name, field.zone))
        return FormZones(self.name, self.title, tuple(found))

    def field(self, type_: str) -> Field | None:
        """The first field of a type."""
        return next((field for field in self.fields if field.type == type_), None)


def load_templates(kb: Path) -> tuple[Template, ...]:
    """All templates of a knowledge base, by file name; ``UsageError`` names what is wrong."""
    return tuple(
        parse(path.read_text(encoding="utf-8"), f"kb/forms/{path.name}")
        for path in sorted((kb / "forms").glob("*.yml"))
    )


def parse(text: str, where: str) -> Template:
    """Read the text of one template file."""
    mapping = _Mapping(safe_yaml.load_mapping(text, where), where, "")
    mapping.know("schema", "name", "title", "fields")
    mapping.one_of("schema", (SCHEMA,))
    fields = tuple(_field(item) for item in mapping.items("fields"))
    names = [field.name for field in fields]
    doubled = next((name for name in names if names.count(name) > 1), "")
    if not fields or doubled:
        raise UsageError("forms_template_value", where=where, key="fields", value=doubled)
    return Template(mapping.name("name"), mapping.text("title"), fields)


def _field(item: "_Mapping") -> Field:
    item.know(
        "name", "label", "type", "zone", "mark", "required", "private", "pattern", "polarity", "only_if", "options"
    )
    type_ = item.one_of("type", TYPES)
    marked = type_ in ("choice", "scale")
    return Field(
        name=item.name("name"),
        label=item.text("label"),
        type=type_,
        zone=None if marked and "zone" not in item.values else item.box("zone"),
        mark=item.one_of("mark", MARKS) if marked else "",
        required=item.get("required", bool, False),
        private=item.get("private", bool, False),
        pattern=item.regex("pattern"),
        polarity=item.one_of("polarity", POLARITIES) if "polarity" in item.values else "",
        only_if=item.conditions("only_if"),
        options=tuple(_option(option, type_) for option in item.items("options")) if marked else (),
    )


def _option(item: "_Mapping", type_: str) -> Option:
    item.know("value", "label", "zone")
    value = item.get("value", int) if type_ == "scale" else item.text("value")
    return Option(value, item.box("zone"), item.get("label", str, ""))


@dataclass(frozen=True, slots=True)
class _Mapping:
    """A mapping of the file with the place to name in a refusal."""

    values: dict[str, Value]
    where: str
    prefix: str

    def know(self, *keys: str) -> None:
        for key in self.values:
            if key not in keys:
                raise UsageError(
                    "forms_template_key", where=self.where, key=f"{self.prefix}{key}", known="、".join(keys)
                )

    def refusal(self, key: str) -> UsageError:
        return UsageError(
            "forms_template_value", where=self.where, key=f"{self.prefix}{key}", value=self.values.get(key, "")
        )

    def get(self, key: str, kind: type[_Plain], default: _Plain | None = None) -> _Plain:
        value = self.values.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.refusal(key)
        return value

    def text(self, key: str) -> str:
        value = self.get(key, str)
        if not value.strip():
            raise self.refusal(key)
        return value

    def name(self, key: str) -> str:
        value = self.text(key)
        if not _NAME.fullmatch(value):
            raise self.refusal(key)
        return value

    def one_of(self, key: str, known: tuple[_Plain, ...]) -> _Plain:
        value = self.get(key, type(known[0]))
        if value not in known:
            raise self.refusal(key)
        return value

    def regex(self, key: str) -> str:
        pattern = self.get(key, str, "")
        try:
            re.compile(pattern)
        except re.error as error:
            raise self.refusal(key) from error
        return pattern

    def box(self, key: str) -> Box:
        value = self.values.get(key)
        if not isinstance(value, list) or len(value) != 4:
            raise self.refusal(key)
        sides = [float(side) for side in value if isinstance(side, int | float) and not isinstance(side, bool)]
        if len(sides) != 4 or not (0 <= sides[0] < sides[2] <= 1 and 0 <= sides[1] < sides[3] <= 1):
            raise self.refusal(key)
        return Box(*sides)

    def items(self, key: str) -> list["_Mapping"]:
        value = self.values.get(key)
        if not isinstance(value, list) or not value:
            raise self.refusal(key)
        found: list[_Mapping] = []
        for place, item in enumerate(value):
            if not isinstance(item, dict):
                raise self.refusal(key)
            found.append(_Mapping(item, self.where, f"{self.prefix}{key}[{place}]."))
        return found

    def conditions(self, key: str) -> dict[str, tuple[str, ...]] | None:
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict) or not all(isinstance(allowed, list) for allowed in value.values()):
            raise self.refusal(key)
        return {
            name: tuple(str(one) for one in allowed) for name, allowed in value.items() if isinstance(allowed, list)
        }
