"""Which entries an export holds, and how much of each: a file leaves the house, so what its reader may not see is out.

For customers and partners these are the texts frozen at their approval, copied field by field into new entries, so
that a field nobody thought of stays in the house; campaigns are in it only on their days.
"""

from dataclasses import dataclass
from typing import Any

from kbtool.entry import INTERNAL_SECTIONS, PUBLIC_SECTIONS, Audience, Entry, Status
from kbtool.knowledge.frozen import effective_status, published
from kbtool.knowledge.store import KnowledgeBase

_PUBLIC = (
    *("id", "type", "question", "category", "variants", "products", "channels", "audience", "status"),
    *("public_id", "safety", "valid_from", "valid_to", "lang", "related"),
)
_PARTNER = (*_PUBLIC, "escalation", "tags", "verified_on", "review_by")
_FIELDS = {Audience.PUBLIC: _PUBLIC, Audience.PARTNER: _PARTNER}
_HOUSE_ONLY = "社内メモ"
_SECTIONS = {
    Audience.PUBLIC: frozenset(PUBLIC_SECTIONS),
    Audience.PARTNER: frozenset((*PUBLIC_SECTIONS, *INTERNAL_SECTIONS)) - {_HOUSE_ONLY},
}


@dataclass(frozen=True, slots=True)
class Selection:
    """The entries for one audience; ``left_out`` are those of the knowledge base that are not among them."""

    audience: Audience
    entries: tuple[Entry, ...]
    left_out: int


def select(
    kb: KnowledgeBase,
    audience: Audience = Audience.INTERNAL,
    *,
    category: str | None = None,
    status: Status | None = None,
) -> Selection:
    """Choose what a file for ``audience`` may hold; ``RESTRICTED`` means everything, for this machine alone."""
    live = kb.entries()
    wanted = [
        entry
        for entry in _visible(kb, live, audience)
        if category in (None, entry.category) and status in (None, effective_status(entry))
    ]
    chosen = tuple(_cut(entry, audience, {each.id for each in wanted}) for entry in wanted)
    return Selection(audience, chosen, len(live) - len(chosen))


def fields_for(audience: Audience) -> tuple[str, ...]:
    """Names of the fields, beside sections, that a file for this audience may hold."""
    return _FIELDS.get(audience, tuple(Entry.__dataclass_fields__))


def sections_for(audience: Audience) -> frozenset[str]:
    """Headings of the sections that a file for this audience may hold."""
    return _SECTIONS.get(audience, frozenset((*PUBLIC_SECTIONS, *INTERNAL_SECTIONS)))


def _visible(kb: KnowledgeBase, live: dict[str, Entry], audience: Audience) -> list[Entry]:
    if audience in _FIELDS:
        today = kb.project.today
        frozen = published(kb, audience).values()
        return [each for each in frozen if (each.valid_from or today) <= today <= (each.valid_to or today)]
    return [entry for entry in live.values() if audience is Audience.RESTRICTED or audience.includes(entry.audience)]


def _cut(entry: Entry, audience: Audience, sent: set[str]) -> Entry:
    if audience not in _FIELDS:
        return entry
    values: dict[str, Any] = {name: getattr(entry, name) for name in fields_for(audience) if name != "related"}
    sections = tuple(part for part in entry.sections if part.heading in sections_for(audience))
    return Entry(**values, sections=sections, related=tuple(id for id in entry.related if id in sent))
