"""What must not be on a site, gathered from everything the knowledge base holds.

The other side of the projection, written apart from it on purpose: the projection copies what may be seen, this lists
what may not, and the audit compares the two on the built bytes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kbtool.entry import PUBLIC_SECTIONS, Audience, Entry, Section

#: The field of a hidden text that names a person of ``people.yml``; its entry is that person's id.
PEOPLE = "people"

#: What a partner works with beyond the public sections; notes of the house stay in it.
_PARTNER_SECTIONS = (*PUBLIC_SECTIONS, "確認ポイント", "トークスクリプト", "判断基準")


@dataclass(frozen=True, slots=True)
class HiddenText:
    """A text that must not be seen: whose, which field, and the words."""

    entry: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class HiddenContent:
    """All that one audience must not see.

    ``texts`` are looked for by their 12-character pieces, ``exact`` as whole strings whatever their length (contacts,
    people, private values, canaries). ``allowed`` are the company's own contacts, which are no personal data.
    ``pictures`` says whether pictures of pages may lie in the tree; the public site has none.
    """

    texts: tuple[HiddenText, ...]
    exact: tuple[HiddenText, ...] = ()
    allowed: tuple[str, ...] = ()
    pictures: bool = False


def hidden_texts(entries: Iterable[Entry], shown: Iterable[Entry], audience: Audience) -> tuple[HiddenText, ...]:
    """Every text of every entry that this audience must not see.

    ``shown`` are the entries as this audience gets them (the text frozen at approval); the current text of the same
    entry is hidden as far as it differs.
    """
    seen = {entry.id: entry for entry in shown}
    return tuple(
        HiddenText(entry.id, name, text)
        for entry in entries
        for name, text in _fields(entry, seen.get(entry.id), audience)
        if text.strip()
    )


def _fields(entry: Entry, seen: Entry | None, audience: Audience) -> Iterator[tuple[str, str]]:
    visible = _visible(seen, audience) if seen else frozenset()
    for name, text in _all(entry):
        if text not in visible:
            yield name, text


def _visible(entry: Entry, audience: Audience) -> frozenset[str]:
    sections = PUBLIC_SECTIONS if audience is Audience.PUBLIC else _PARTNER_SECTIONS
    words = {entry.question, *entry.variants}
    words |= {part.text for part in entry.sections if part.heading in sections}
    words |= {item.public for item in entry.history}
    if audience is not Audience.PUBLIC:
        words |= {text for rule in entry.escalation for text in (rule.when, rule.to, rule.within, rule.how)}
    return frozenset(words)


def _all(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "question", entry.question
    yield from (("variants", text) for text in entry.variants)
    yield from (_section(part) for part in entry.sections)
    yield from (("owner", text) for text in (entry.owner,))
    yield from (("author", text) for text in (entry.author, entry.approved_by))
    for rule in entry.escalation:
        yield from (("escalation", text) for text in (rule.when, rule.to, rule.within, rule.how))
    for item in entry.history:
        yield "history", item.note
    for source in entry.source:
        yield from (("source", text) for text in (source.doc, source.sha256, source.text_hash, source.engine))
    yield "origin_key", entry.origin_key


def _section(part: Section) -> tuple[str, str]:
    return part.heading, part.text
