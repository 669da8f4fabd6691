"""An entry as the text of its file: YAML front matter and Markdown under fixed headings.

People edit these files by hand, so whatever is unknown, doubled or out of place is refused with file and line
rather than guessed: a mistyped ``audience`` must never end up public, nor an internal note below a public heading.
``parse(render(entry)) == normal(entry)``, and rendering is stable.
"""

import re
from dataclasses import fields, replace
from typing import Any

from kbtool import safe_yaml
from kbtool.entry import INTERNAL_SECTIONS, PUBLIC_SECTIONS, Entry, Section
from kbtool.errors import UsageError
from kbtool.knowledge import plain

SCHEMA = 1
_SECTIONS = (*PUBLIC_SECTIONS, *INTERNAL_SECTIONS)
_KEYS = ("schema", *(item.name for item in fields(Entry) if item.name != "sections"))
#: Written even at their default: who may see an entry and how far it is must be plain to see.
_ALWAYS = ("audience", "status")
#: The order of the front matter: what a person looks for first, first.
_ORDER = ("id", "type", "question", "variants", "category")
_FENCE = "---"
#: A line that Markdown, or a person in a hurry (full-width signs, no space), means as a heading.
_HEADING = re.compile(r"[ \t\u3000]{0,3}([#＃]{1,6})(.*)", re.DOTALL)


def parse(text: str, where: str) -> Entry:
    """Read the text of an entry file; ``UsageError`` names ``where`` and the line of what is wrong."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = next((number for number, line in enumerate(lines) if number and line.rstrip() == _FENCE), None)
    if lines[0].rstrip() != _FENCE or end is None:
        raise UsageError("knowledge_no_front_matter", where=where, line=1)
    head = lines[1:end]
    mapping = _front_matter(head, where)
    try:
        entry = plain.read(Entry, {**mapping, "sections": []})
    except plain.Misfit as misfit:
        raise misfit.refusal(where, _line_of(misfit.key, head)) from misfit
    return replace(entry, sections=_sections(lines, end + 1, where))


def render(entry: Entry) -> str:
    """The text of an entry's file, byte for byte the same for the same entry."""
    values = plain.write(entry, keep_dates=True)
    del values["sections"]
    values |= {name: str(getattr(entry, name)) for name in _ALWAYS}
    names = (*_ORDER, *(key for key in _KEYS if key not in _ORDER))
    head = {"schema": SCHEMA} | {name: values[name] for name in names if name in values}
    body = "".join(f"\n## {part.heading}\n\n{_escape(tidy(part.text))}\n" for part in entry.sections)
    return f"{_FENCE}\n{safe_yaml.dump(head)}{_FENCE}\n{body}"


def normal(entry: Entry) -> Entry:
    """The entry as its file holds it: line ends of one kind, no empty lines around a section."""
    return replace(entry, sections=tuple(Section(part.heading, tidy(part.text)) for part in entry.sections))


def _front_matter(head: list[str], where: str) -> dict[str, Any]:
    # One empty line stands for the opening fence, so that the line numbers of errors are those of the file.
    mapping = safe_yaml.load_mapping("\n" + "\n".join(head), where)
    for key in mapping:
        if key not in _KEYS:
            raise UsageError(
                "knowledge_key_unknown", where=where, line=_line_of(key, head), key=key, known=", ".join(_KEYS)
            )
    schema = mapping.pop("schema", SCHEMA)
    if schema != SCHEMA:
        raise UsageError("knowledge_schema", where=where, line=_line_of("schema", head), found=schema, known=SCHEMA)
    values: dict[str, Any] = {key: value for key, value in mapping.items() if value is not None}
    if isinstance(values.get("escalation"), dict):
        values["escalation"] = [values["escalation"]]
    if isinstance(values.get("products"), list):
        values["products"] = [{"name": item} if isinstance(item, str) else item for item in values["products"]]
    return values


def _line_of(key: str, head: list[str]) -> int:
    name = re.split(r"[.\[]", key, maxsplit=1)[0]
    return next((number for number, line in enumerate(head, start=2) if line.startswith(f"{name}:")), 1)


def _sections(lines: list[str], start: int, where: str) -> tuple[Section, ...]:
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for number, line in enumerate(lines[start:], start=start + 1):
        heading = _heading(line)
        if heading is not None:
            current = found[_known(heading, found, where, number)] = []
        elif current is not None:
            current.append(line[1:] if line.startswith("\\") and _needs_escape(line[1:]) else line)
        elif line.strip():
            raise UsageError("knowledge_text_outside", where=where, line=number, known="、".join(_SECTIONS))
    return tuple(Section(heading, "\n".join(part).strip("\n")) for heading, part in found.items())


def _heading(line: str) -> tuple[int, str] | None:
    """Depth and words of a line that opens a section, or tries to at the wrong depth."""
    match = _HEADING.fullmatch(line)
    if match is None:
        return None
    depth, words = len(match[1]), match[2].strip(" \t\u3000#＃")
    return (depth, words) if depth == 2 or words in _SECTIONS else None


def _known(heading: tuple[int, str], found: dict[str, list[str]], where: str, line: int) -> str:
    depth, words = heading
    if depth != 2:
        raise UsageError("knowledge_section_depth", where=where, line=line, section=words)
    if words not in _SECTIONS:
        raise UsageError("knowledge_section", where=where, line=line, section=words, known="、".join(_SECTIONS))
    if words in found:
        raise UsageError("knowledge_section_twice", where=where, line=line, section=words)
    return words


def tidy(text: str) -> str:
    """A section's text as files hold it: newlines only, none at either end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def _escape(text: str) -> str:
    return "\n".join(f"\\{line}" if _needs_escape(line) else line for line in text.split("\n"))


def _needs_escape(line: str) -> bool:
    return _heading(line.lstrip("\\")) is not None
