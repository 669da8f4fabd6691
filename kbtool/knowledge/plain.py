"""Frozen dataclasses as plain data (what YAML and JSON can say) and back, without loss.

One place knows how a type is written, so that entry files, page files, ledgers and exports cannot drift apart.
Reading checks every key and every type and says exactly which key does not fit.
"""

import json
import math
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from kbtool.errors import UsageError

T = TypeVar("T")
_Reader: TypeAlias = Callable[[Any, str], Any]


class Misfit(Exception):
    """A key that does not fit its type; the caller knows the file and line and makes the refusal."""

    def __init__(self, code: str, key: str, **params: object) -> None:
        super().__init__(code, key, params)
        self.code = code
        self.key = key
        self.params = params

    def refusal(self, where: str, line: int) -> UsageError:
        """The error a person sees."""
        return UsageError(self.code, where=where, line=line, key=self.key, **self.params)


def write(value: Any, *, full: bool = False, keep_dates: bool = False) -> Any:
    """Plain data of a value; fields at their default are left out unless ``full``, dates become ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((item, getattr(value, item.name)) for item in fields(value))
        return {
            item.name: write(part, full=full, keep_dates=keep_dates)
            for item, part in pairs
            if full or not _is_default(item, part)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value if keep_dates else value.isoformat()
    if isinstance(value, tuple | list):
        return [write(part, full=full, keep_dates=keep_dates) for part in value]
    if isinstance(value, dict):
        return {name: write(part, full=full, keep_dates=keep_dates) for name, part in value.items()}
    return value


def read(kind: type[T], value: Any, key: str = "") -> T:
    """Build a dataclass from plain data; ``Misfit`` names the key that is unknown, missing or wrong."""
    hint: Any = kind
    built: T = _reader(hint)(value, key)
    return built


def json_line(value: Any, *, full: bool = False) -> str:
    """One value as one line of JSON (with its newline), keys in the order of the type."""
    return json.dumps(write(value, full=full), ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def json_lines(values: Iterable[Any]) -> str:
    """Values as a JSON Lines file."""
    return "".join(json_line(value) for value in values)


def load_lines(kind: type[T], text: str, where: str) -> Iterator[T]:
    """Read a JSON Lines file of one type; ``UsageError`` with the line where it does not fit."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield read(kind, load_json(line, where, number))
            except Misfit as misfit:
                raise misfit.refusal(where, number) from misfit


def read_text(path: Path, where: str) -> str:
    """A text file as it is, line ends included; ``UsageError`` where it is not UTF-8."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise UsageError("knowledge_not_utf8", where=where) from error


def load_file(kind: type[T], path: Path, where: str) -> tuple[T, ...]:
    """Read a JSON Lines file of one type; empty when there is no file."""
    return tuple(load_lines(kind, read_text(path, where), where)) if path.is_file() else ()


def load_json(line: str, where: str, number: int) -> Any:
    """One line of JSON without duplicate keys, NaN or broken characters; ``UsageError`` with its number."""
    try:
        value = json.loads(line, object_pairs_hook=_no_twins, parse_constant=_no_constant)
        line.encode()
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:  # UnicodeError is a ValueError: lone surrogates
        raise UsageError("knowledge_json", where=where, line=number) from error
    except Misfit as misfit:
        raise misfit.refusal(where, number) from misfit
    return value


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Misfit("knowledge_key_twice", key)
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _is_default(item: "Field[Any]", value: Any) -> bool:
    if item.default is not MISSING:
        return bool(value == item.default)
    return item.default_factory is not MISSING and bool(value == item.default_factory())


@cache
def _reader(hint: Any) -> _Reader:
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _dataclass_reader(hint)
    if isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields"):
        kind: Any = hint
        whole = _fixed_reader(tuple(get_type_hints(hint).values()))
        return lambda value, key: kind(*whole(value, key))
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        return _sequence_reader(_reader(inner[0]))
    if origin is tuple:
        return _fixed_reader(inner)
    if origin is dict:
        return _dict_reader(_reader(inner[1]))
    if origin in (Union, types.UnionType):
        return _union_reader(inner)
    return _scalar_reader(hint)


def _dataclass_reader(kind: Any) -> _Reader:
    hints = get_type_hints(kind)
    readers = {item.name: _reader(hints[item.name]) for item in fields(kind)}
    needed = [item.name for item in fields(kind) if item.default is MISSING and item.default_factory is MISSING]

    def build(value: Any, key: str) -> Any:
        if not isinstance(value, dict):
            raise _wrong(key, value, "{" + ", ".join(needed) + "}")
        prefix = f"{key}." if key else ""
        for name in value:
            if name not in readers:
                raise Misfit("knowledge_key_unknown", f"{prefix}{name}", known=", ".join(readers))
        for name in needed:
            if name not in value:
                raise Misfit("knowledge_key_missing", f"{prefix}{name}")
        return kind(**{name: readers[name](part, f"{prefix}{name}") for name, part in value.items()})

    return build


def _sequence_reader(item: _Reader) -> _Reader:
    def build(value: Any, key: str) -> Any:
        if not isinstance(value, list):
            raise _wrong(key, value, "[…, …]")
        return tuple(item(part, f"{key}[{number}]") for number, part in enumerate(value))

    return build


def _fixed_reader(hints: tuple[Any, ...]) -> _Reader:
    readers = [_reader(hint) for hint in hints]

    def build(value: Any, key: str) -> Any:
        if not isinstance(value, list) or len(value) != len(readers):
            raise _wrong(key, value, f"[{len(readers)}]")
        return tuple(reader(part, key) for reader, part in zip(readers, value, strict=True))

    return build


def _dict_reader(item: _Reader) -> _Reader:
    def build(value: Any, key: str) -> Any:
        if not isinstance(value, dict):
            raise _wrong(key, value, "{…: …}")
        return {str(name): item(part, f"{key}.{name}") for name, part in value.items()}

    return build


def _union_reader(hints: tuple[Any, ...]) -> _Reader:
    readers = [_reader(hint) for hint in hints if hint is not type(None)]

    def build(value: Any, key: str) -> Any:
        if value is None:
            return None
        for reader in readers[:-1]:
            try:
                return reader(value, key)
            except Misfit:
                continue
        return readers[-1](value, key)

    return build


def _scalar_reader(hint: Any) -> _Reader:
    if hint is object or hint is Any:
        return lambda value, key: value
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum_reader(hint)
    if hint is date:
        return _date
    if hint is float:
        return _number
    expected = {str: "「…」", int: "1", bool: "true | false"}[hint]

    def build(value: Any, key: str) -> Any:
        if type(value) is not hint:
            raise _wrong(key, value, expected)
        return value

    return build


def _enum_reader(kind: type[Enum]) -> _Reader:
    members = {member.value: member for member in kind}

    def build(value: Any, key: str) -> Any:
        if not isinstance(value, str) or value not in members:
            raise _wrong(key, value, " | ".join(members))
        return members[value]

    return build


def _date(value: Any, key: str) -> date:
    try:
        if isinstance(value, str) and len(value) == 10 and value[4:8:3] == "--":  # not 2026-W45-1
            return date.fromisoformat(value)
    except ValueError:
        pass  # refused below, like every other shape
    raise _wrong(key, value, "YYYY-MM-DD")


def _number(value: Any, key: str) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise _wrong(key, value, "1.0")
    return float(value)


def _wrong(key: str, value: Any, expected: str) -> Misfit:
    return Misfit("knowledge_value", key, value=str(value)[:80], expected=expected)
