"""Dataclasses from the plain data of another process, each value checked against its type.

For what children and cluster workers say about a page: shapes are those of ``kbtool.reading``, so that a field added
there needs nothing here. What does not fit its type, or is larger than any page, raises ``BadFrame``.
"""

import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kbtool.intake.bounds import as_integer, as_list, as_number, as_text
from kbtool.intake.frames import BadFrame
from kbtool.limits import MAX_PAGE_CHARACTERS

T = TypeVar("T")
#: Beyond any number, list or text of a page.
_MOST = 1_000_000_000
_MOST_ITEMS = 2 * MAX_PAGE_CHARACTERS
_MOST_PARAMS = 20


def built(kind: type[T], untrusted: object) -> T:
    """Build a value of ``kind`` (a dataclass, named tuple or list of them) or raise ``BadFrame``."""
    hint: Any = kind
    value: T = _builder(hint)(untrusted)
    return value


@cache
def _builder(hint: Any) -> Callable[[Any], Any]:
    origin, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return _dataclass_builder(hint)
    if origin in (Union, types.UnionType):
        given = _builder(next(each for each in inner if each is not types.NoneType))
        return lambda untrusted: None if untrusted is None else given(untrusted)
    if origin is tuple and inner[-1] is Ellipsis:
        item = _builder(inner[0])
        return lambda untrusted: tuple([item(each) for each in as_list(untrusted, _MOST_ITEMS)])
    if origin is tuple:
        return _fixed_builder(tuple, inner)
    if isinstance(hint, type) and issubclass(hint, tuple):
        return _fixed_builder(lambda parts: hint(*parts), tuple(get_type_hints(hint).values()))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum_builder(hint)
    return _PLAIN[origin or hint]


def _dataclass_builder(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    builders = {item.name: _builder(hints[item.name]) for item in fields(kind)}
    needed = {item.name for item in fields(kind) if item.default is MISSING and item.default_factory is MISSING}

    def build(untrusted: Any) -> Any:
        if not isinstance(untrusted, dict) or not needed <= untrusted.keys() <= builders.keys():
            raise BadFrame
        return kind(**{name: builders[name](value) for name, value in untrusted.items()})

    return build


def _fixed_builder(kind: Callable[[list[Any]], Any], hints: tuple[Any, ...]) -> Callable[[Any], Any]:
    builders = [_builder(hint) for hint in hints]

    def build(untrusted: Any) -> Any:
        parts = as_list(untrusted, len(builders), len(builders))
        return kind([builder(part) for builder, part in zip(builders, parts, strict=True)])

    return build


def _enum_builder(kind: type[Enum]) -> Callable[[Any], Any]:
    members = {member.value: member for member in kind}

    def build(untrusted: Any) -> Any:
        if not isinstance(untrusted, str) or untrusted not in members:
            raise BadFrame
        return members[untrusted]

    return build


def _flag(untrusted: object) -> bool:
    if not isinstance(untrusted, bool):
        raise BadFrame
    return untrusted


def params(untrusted: object) -> dict[str, object]:
    """What a message is filled with: short texts and numbers by name."""
    if not isinstance(untrusted, dict) or len(untrusted) > _MOST_PARAMS:
        raise BadFrame
    return {as_text(name, 40): _param(value) for name, value in untrusted.items()}


def _param(untrusted: object) -> object:
    if isinstance(untrusted, str):
        return as_text(untrusted, 1_000)
    return as_number(untrusted, -_MOST, _MOST) if isinstance(untrusted, float) else as_integer(untrusted, -_MOST, _MOST)


_PLAIN: dict[Any, Callable[[Any], Any]] = {
    str: lambda untrusted: as_text(untrusted, _MOST_ITEMS),
    int: lambda untrusted: as_integer(untrusted, -_MOST, _MOST),
    float: lambda untrusted: as_number(untrusted, -_MOST, _MOST),
    bool: _flag,
    dict: params,
}
