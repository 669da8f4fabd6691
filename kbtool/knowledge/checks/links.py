"""What points somewhere points at something: related entries, replacements, links in the text, escalation (K, E)."""

import re
from collections.abc import Iterator

from kbtool.entry import Status
from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import EntryFile, State

_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")
_OUTSIDE = re.compile(r"(?:https?:|mailto:|tel:|#)")
_NAMED = re.compile(r"(?<![A-Za-z0-9/._-])KB-[0-9]+(?![A-Za-z0-9_-])")


def dead_relation(file: EntryFile, state: State) -> Iterator[Found]:
    """A related entry that does not exist (K001)."""
    for id in file.entry.related:
        if id not in state.files:
            yield Found(file.field("related", id), {"id": id})


def dead_replacement(state: State) -> Iterator[Found]:
    """A replacement that does not exist, or that is out of service itself (K002)."""
    for file in state.files.values():
        to = file.entry.replaced_by
        if to and (to not in state.files or state.files[to].entry.status is Status.RETIRED):
            yield Found(file.field("replaced_by", to), {"id": to})


def dead_link(file: EntryFile, state: State) -> Iterator[Found]:
    """A link or a number in the text that leads to no entry (K003)."""
    for text in (part.text for part in file.entry.sections):
        for target in (found[1] for found in _LINK.finditer(text)):
            stem = target.split("#")[0].rsplit("/")[-1].rsplit(".", 1)[0]
            if not _OUTSIDE.match(target) and stem not in state.addresses:
                yield Found(file.words(target), {"id": target})
        bare = _LINK.sub("", text)
        for id in dict.fromkeys(_NAMED.findall(bare)):
            if id not in state.files:
                yield Found(file.words(id), {"id": id})


def retired_relation(file: EntryFile, state: State) -> Iterator[Found]:
    """A related entry that is out of service (K004)."""
    for id in file.entry.related:
        other = state.files.get(id)
        if other and other.entry.status is Status.RETIRED:
            yield Found(file.field("related", id), {"id": id, "instead": other.entry.replaced_by or "－"})


def unknown_target(file: EntryFile, state: State) -> Iterator[Found]:
    """An escalation to somebody whom ``contacts.yml`` does not know (E001)."""
    for rule in file.entry.escalation:
        if rule.to not in state.contacts:
            yield Found(file.field("escalation", rule.to), {"to": rule.to or "－"})


def without_deadline(file: EntryFile, state: State) -> Iterator[Found]:
    """An escalation without 期限; where there is none, なし must be written (E002)."""
    for rule in file.entry.escalation:
        if not rule.within.strip():
            yield Found(file.field("escalation", rule.to), {"to": rule.to or "－"})
