"""Hashes of what an entry says, apart from what became of it.

``content_hash`` is what a person approves: every word that any reader could get. ``seen_hash`` is what one
audience sees on the page, so that an internal note or a search word never moves the public date.
"""

import hashlib
import json

from kbtool.entry import PUBLIC_SECTIONS, Audience, Entry
from kbtool.knowledge import plain

#: Fields that a reader sees on the page.
_SEEN = ("type", "question", "category", "products", "channels", "safety", "valid_from", "valid_to", "lang")
#: Fields that only people of the desk see.
_INSIDE = ("escalation", "related")
#: Words that work behind the page: they help to find an entry or choose it for training.
_BEHIND = ("variants", "tags")


def text_hash(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_hash(entry: Entry) -> str:
    """Hash of all that an entry says; status, dates, people, provenance and history do not count."""
    return _hash(entry, (*_SEEN, *_INSIDE, *_BEHIND), entry.sections)


def seen_hash(entry: Entry, audience: Audience) -> str:
    """Hash of what a reader of this audience sees; for the public only the sections that may be published."""
    if audience is not Audience.PUBLIC:
        return _hash(entry, (*_SEEN, *_INSIDE), entry.sections)
    return _hash(entry, _SEEN, tuple(part for part in entry.sections if part.heading in PUBLIC_SECTIONS))


def _hash(entry: Entry, names: tuple[str, ...], sections: object) -> str:
    said = {name: plain.write(getattr(entry, name)) for name in names} | {"sections": plain.write(sections)}
    return text_hash(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
