"""YAML for hand-written files, with nothing in it that can surprise.

PyYAML's own loaders follow aliases (a 355-byte file can need 766 MB) and let a duplicate key silently turn
``audience: internal`` into ``public``. This reader works on the event stream and refuses aliases, anchors, tags,
merge keys, duplicate keys and deep nesting, with line and column. Scalars stay strings unless they are plain
``true``, ``false``, ``null`` or plain decimal numbers.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from kbtool.errors import UsageError
from kbtool.limits import MAX_YAML_BYTES, MAX_YAML_DEPTH

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,15})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,15})\.[0-9]{1,25}(e[-+][0-9]{1,3})?")
_PLAIN: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None, "~": None}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SafeDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_SafeDumper):  # type: ignore[misc]
    """Writes one line a key at the top, however short the whole is: people edit these files."""

    def ignore_aliases(self, data: Any) -> bool:
        """The same date twice is written twice: ``load`` takes no aliases."""
        return True

    def serialize(self, node: yaml.Node) -> None:
        """Write one document, its first level in block style."""
        if isinstance(node, yaml.CollectionNode):
            node.flow_style = False
        super().serialize(node)


def load(text: str, where: str, limit: int = MAX_YAML_BYTES) -> Value:
    """Read one YAML document of at most ``limit`` bytes; ``where`` names the file in errors.

    Raises ``UsageError`` with line and column for anything outside the plain subset.
    """
    if len(text.encode(errors="surrogatepass")) > limit:
        raise UsageError("yaml_too_long", where=where, limit=limit)
    try:
        events = iter(list(yaml.parse(text, Loader=_Loader)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise _refuse(where, mark, "yaml_syntax") from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise UsageError("yaml_syntax", where=where, line=1, column=1) from error
    value: Value = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.events.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _refuse(where, event.start_mark, "yaml_documents")
            value = _value(next(events), events, where, 1)
    return value


def load_mapping(text: str, where: str, limit: int = MAX_YAML_BYTES) -> dict[str, Value]:
    """Read one YAML document that must be a mapping (an empty one counts)."""
    value = load(text, where, limit)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UsageError("yaml_not_mapping", where=where)
    return value


def load_file(path: Path, where: str, limit: int = MAX_YAML_BYTES) -> dict[str, Value]:
    """Read a file that must hold one mapping in UTF-8; ``where`` names it in errors."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("yaml_not_utf8", where=where) from error
    return load_mapping(text, where, limit)


def dump(value: object, *, block: bool = False) -> str:
    """Write plain data as YAML that ``load`` reads back to the same value.

    Innermost lists and mappings stand on one line, unless ``block`` asks for a line an item.
    """
    text: str = yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False if block else None,
        width=120,
    )
    return text


def _value(event: yaml.events.Event, events: Iterator[yaml.events.Event], where: str, depth: int) -> Value:
    if isinstance(event, yaml.events.AliasEvent):
        raise _refuse(where, event.start_mark, "yaml_alias")
    if getattr(event, "anchor", None) is not None:
        raise _refuse(where, event.start_mark, "yaml_alias")
    if getattr(event, "tag", None) is not None:
        raise _refuse(where, event.start_mark, "yaml_tag")
    if depth > MAX_YAML_DEPTH:
        raise _refuse(where, event.start_mark, "yaml_deep")
    if isinstance(event, yaml.events.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.events.SequenceStartEvent):
        return _sequence(events, where, depth)
    return _mapping(events, where, depth)


def _sequence(events: Iterator[yaml.events.Event], where: str, depth: int) -> list[Value]:
    items: list[Value] = []
    for event in events:
        if isinstance(event, yaml.events.SequenceEndEvent):
            break
        items.append(_value(event, events, where, depth + 1))
    return items


def _mapping(events: Iterator[yaml.events.Event], where: str, depth: int) -> dict[str, Value]:
    result: dict[str, Value] = {}
    for event in events:
        if isinstance(event, yaml.events.MappingEndEvent):
            break
        if not isinstance(event, yaml.events.ScalarEvent) or event.anchor or event.tag or event.value == "<<":
            raise _refuse(where, event.start_mark, "yaml_key")
        if event.value in result:
            raise _refuse(where, event.start_mark, "yaml_duplicate", key=event.value)
        result[event.value] = _value(next(events), events, where, depth + 1)
    return result


def _scalar(event: yaml.events.ScalarEvent) -> Value:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _PLAIN:
        return _PLAIN[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _refuse(where: str, mark: Any, code: str, **params: object) -> UsageError:
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return UsageError(code, where=where, line=line, column=column, **params)
