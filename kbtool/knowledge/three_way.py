"""Three-way merge of one entry: what the machine said last, what it says now, what a person made of it.

Field by field, and no word of a person is ever given up: where both changed the same words, the person's text
stays in force and the field is named as a conflict. Sections are compared sentence by sentence, because a Japanese
paragraph is one long line.
"""

import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kbtool import durable
from kbtool.entry import Entry, Section, Source
from kbtool.knowledge.content import content_hash
from kbtool.text import fold

#: The mark in ``needs_review`` of an entry with an open conflict.
CONFLICT = "conflict"

#: Fields the machine drafts that are one value each: what an entry says, and how it is filed. Of the second the machine
#: has only proposals: where a person chose, the choice holds and there is nothing to decide.
_SAID = ("question", "products", "escalation", "valid_from", "valid_to")
FILED = ("type", "category", "safety", "owner", "legal_check", "public_candidate", "lang")
#: Fields that are collections of words: what either side added or removed holds.
_WORDS = ("variants", "channels", "related", "tags", "needs_review")
#: Doubts about how words were read; a person who settled them settled them for the same words read again.
_OF_READING = frozenset({"low_confidence", "numbers", "look_alike"})
_SENTENCE_END = re.compile(r"(?<=[。\n])")
#: No line of text looks like this: a backslash of text is written twice.
_BETWEEN = "\\-"


@dataclass(frozen=True, slots=True)
class Merged:
    """The entry with both sides' changes, and the fields where the machine's change was not taken."""

    entry: Entry
    conflicts: tuple[str, ...] = ()


def merge(base: Entry | None, machine: Entry, person: Entry) -> Merged:
    """Merge a new machine draft into the entry as it stands.

    Without a base nobody knows who changed what, so the entry stays as it is: other words are a conflict, unless the
    person's only differ in spelling or say all that the machine's say and more.
    """
    values: dict[str, Any] = {}
    conflicts: list[str] = []
    for name in (*_SAID, *FILED):
        before, new, now = (getattr(each, name, None) for each in (base, machine, person))
        values[name], agreed = _choose(before, new, now) if base else (now, _agree(new, now))
        if not agreed and name in _SAID:
            conflicts.append(name)
    for name in _WORDS:
        values[name] = _merge_words(getattr(base, name, ()), getattr(machine, name), getattr(person, name))
    if base is not None and content_hash(base) == content_hash(machine):
        known = {*_OF_READING.difference(person.needs_review)}
        values["needs_review"] = tuple(mark for mark in values["needs_review"] if mark not in known)
    values["sections"], torn = _merge_sections(base.sections if base else None, machine.sections, person.sections)
    values["source"] = _merge_sources(base, machine, person)
    merged = replace(person, **values)
    if content_hash(merged) != content_hash(person):  # new words came in: whatever is doubtful of them counts again
        merged = replace(merged, needs_review=_union(merged.needs_review, machine.needs_review))
    conflicts += torn
    if conflicts:
        merged = replace(merged, needs_review=_union(merged.needs_review, (CONFLICT,)))
    return Merged(merged, tuple(conflicts))


def take_machine(person: Entry, machine: Entry, fields: Sequence[str]) -> Entry:
    """The entry with the machine's text in the fields of a conflict."""
    sections = {part.heading: part for part in person.sections}
    values: dict[str, Any] = {}
    for name in fields:
        kind, _, heading = name.partition(".")
        if kind != "sections":
            values[name] = getattr(machine, name)
            continue
        theirs = next((part for part in machine.sections if part.heading == heading), None)
        if theirs is None:
            sections.pop(heading, None)
        else:
            sections[heading] = theirs
    return replace(person, sections=tuple(sections.values()), **values)


def merge_text(base: str, machine: str, person: str) -> str | None:
    """Merge three texts by sentences and lines with ``git merge-file``; None where both changed the same ones."""
    with tempfile.TemporaryDirectory(prefix="kbtool-merge-") as folder:
        paths = [Path(folder) / name for name in ("person", "base", "machine")]
        for path, text in zip(paths, (person, base, machine), strict=True):
            durable.write(path, _one_sentence_a_line(text))
        try:
            done = subprocess.run(
                ["git", "merge-file", "-p", "--diff3", *map(str, paths)], capture_output=True, check=False, timeout=60
            )
        except OSError:  # without git nothing can be merged safely
            return None
    return _join_lines(done.stdout.decode()) if done.returncode == 0 else None


def _choose(before: Any, new: Any, now: Any) -> tuple[Any, bool]:
    """The value in force and whether both sides can live with it."""
    if new in (before, now):
        return now, True
    return (new, True) if now == before else (now, False)


def _agree(new: Any, now: Any) -> bool:
    """Whether what a person has says the same as the machine's, or all of it and more."""
    if isinstance(new, str) and isinstance(now, str):
        said = {fold(sentence) for sentence in _SENTENCE_END.split(now)}
        return all(fold(sentence) in said for sentence in _SENTENCE_END.split(new))
    return new in (now, None, ())


def _merge_words(before: tuple[str, ...], new: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    if new == before:
        return now
    if now == before:
        return new
    kept = [word for word in now if word in new or word not in before]
    return _union(kept, [word for word in new if word not in before])


def _merge_sources(base: Entry | None, machine: Entry, person: Entry) -> tuple[Source, ...]:
    """The places the machine names now, and those that came from elsewhere (an entry merged into this one)."""
    before = base.source if base else ()
    if machine.source == before:
        return person.source
    known = {source.sha256 for source in machine.source} if base is None else set()
    extra = (each for each in person.source if each not in before and each.sha256 not in known)
    return tuple(dict.fromkeys((*machine.source, *extra)))


def _union(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _merge_sections(
    base: Sequence[Section] | None, machine: Sequence[Section], person: Sequence[Section]
) -> tuple[tuple[Section, ...], list[str]]:
    texts = [{part.heading: part.text for part in side} for side in (base or (), machine, person)]
    merged: list[Section] = []
    conflicts: list[str] = []
    for heading in dict.fromkeys((*texts[2], *texts[1])):
        before, new, now = (side.get(heading) for side in texts)
        text, agreed = _choose(before, new, now) if base is not None else (now, _agree(new, now))
        if not agreed and before is not None and new is not None and now is not None:
            both = merge_text(before, new, now)
            text, agreed = (text, False) if both is None else (both, True)
        if not agreed:
            conflicts.append(f"sections.{heading}")
        if text is not None:
            merged.append(Section(heading, text))
    return tuple(merged), conflicts


def _one_sentence_a_line(text: str) -> str:
    """Sentences with a line between them that nobody changes: neighbours are no overlap."""
    pieces = (piece for piece in _SENTENCE_END.split(text) if piece)
    return "".join(piece.replace("\\", "\\\\").replace("\n", "\\n") + f"\n{_BETWEEN}\n" for piece in pieces)


def _join_lines(lines: str) -> str:
    joined = "".join(line for line in lines.split("\n") if line != _BETWEEN)
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], joined)
