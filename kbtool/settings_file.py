"""``kb/settings.yml``: read into settings, and written afresh for a new project with every default and its meaning.

An unknown key, a value of the wrong kind and a value that cannot be meant are refused by name.
"""

import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from kbtool import safe_yaml
from kbtool.errors import UsageError
from kbtool.settings import WHERE, Settings
from kbtool.settings_checks import unsound

_HEAD = "# kbtool の設定。省いた項目は既定値になります。書き方の間違いは、どの項目かを示して断ります。\n"


def parse(text: str, where: str = WHERE) -> Settings:
    """Read the text of a settings file; ``UsageError`` names the key that is unknown or wrong."""
    return _settings(safe_yaml.load_mapping(text, where), where)


def load(path: Path, where: str) -> Settings:
    """Read a settings file; as ``parse``, and ``UsageError`` where it is not UTF-8."""
    return _settings(safe_yaml.load_file(path, where), where)


def fresh() -> str:
    """The text of a settings file with every default and what it means."""
    return _HEAD + "".join(_setting_lines(Settings(), ""))


def _settings(mapping: dict[str, safe_yaml.Value], where: str) -> Settings:
    built = _build(Settings, mapping, where, "")
    assert isinstance(built, Settings)
    for code, key, value, params in unsound(built):
        raise _refusal(code, where, key, value, **params)
    return built


def _build(kind: type, mapping: dict[str, safe_yaml.Value], where: str, prefix: str) -> Any:
    known = {item.name: item for item in fields(kind)}
    for key in mapping:
        if key not in known:
            raise UsageError("settings_unknown", where=where, key=f"{prefix}{key}", known="、".join(known))
    hints = get_type_hints(kind)
    missing = [name for name, item in known.items() if name not in mapping and item.default is MISSING]
    for name in missing:
        if known[name].default_factory is MISSING:
            raise UsageError("settings_missing", where=where, key=f"{prefix}{name}")
    values = {name: _convert(hints[name], value, where, f"{prefix}{name}") for name, value in mapping.items()}
    return kind(**values)


def _convert(hint: Any, value: safe_yaml.Value, where: str, key: str) -> Any:
    if is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(value, dict):
            raise _refusal("settings_group", where, key, value, keys=_keys(hint))
        return _build(hint, value, where, f"{key}.")
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint)[0], value, where, key)
    if date in get_args(hint):
        return None if value is None else _date(value, where, key)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (hint is not bool and isinstance(value, bool)):
        raise _refusal(_SHAPES[hint], where, key, value)
    return value


_SHAPES = {str: "settings_text", int: "settings_whole_number", float: "settings_number"}


def _tuple(hint: Any, value: safe_yaml.Value, where: str, key: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        if is_dataclass(hint) and isinstance(hint, type):
            raise _refusal("settings_items", where, key, value, keys=_keys(hint))
        raise _refusal("settings_list", where, key, value)
    return tuple(_convert(hint, item, where, f"{key}[{number}]") for number, item in enumerate(value))


def _date(value: safe_yaml.Value, where: str, key: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise _refusal("settings_date", where, key, value) from error


def _keys(kind: type) -> str:
    return ", ".join(item.name for item in fields(kind))


def _refusal(code: str, where: str, key: str, value: object, **params: object) -> UsageError:
    """The value as it stands in the file, as far as a sentence can hold it."""
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return UsageError(code, where=where, key=key, value=shown if len(shown) <= 60 else shown[:59] + "…", **params)


def _setting_lines(values: object, indent: str) -> Iterator[str]:
    for item in fields(values):  # type: ignore[arg-type]
        value = getattr(values, item.name)
        yield from (f"{indent}{line}\n" for line in _comment(item, apart=not indent))
        if is_dataclass(value):
            yield f"{indent}{item.name}:\n"
            yield from _setting_lines(value, indent + "  ")
        else:
            text = safe_yaml.dump({item.name: _plain(value)}, block=True)
            yield from (f"{indent}{line}\n" for line in text.splitlines())


def _comment(item: Field[Any], *, apart: bool) -> Iterator[str]:
    """What a setting means; for a list of items, their keys and a line to write after."""
    if apart:
        yield ""
    yield f"# {item.metadata['doc']}"
    if kind := item.metadata["items"]:
        yield from (f"#   {key.name}: {key.metadata['doc']}" for key in fields(kind))
        yield f"# 「{item.name}:」の下に、1件を1行で書きます（[] とあるときは消す）。例:"
        yield f"# - {item.metadata['example']}"


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    return value
