"""Drafts as entries: internal, draft, converted, each with the places it came from and a key that is stable.

The key depends on the manual (whatever its edition), the rule and the folded question, not on neighbours: an entry
added above, or a hyphen read otherwise, changes no key.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce

from kbtool.document import Box, Document
from kbtool.drafting import editions, review_marks, subject
from kbtool.drafting.engine import Made
from kbtool.drafting.model import Draft, Evidence
from kbtool.drafting.wording import plain
from kbtool.entry import Entry, LookAt, Origin, Source
from kbtool.settings import ProductName, Settings
from kbtool.text import fold


def keys(document: Document, made: Sequence[Made]) -> tuple[str, ...]:
    """An origin key for every draft; the same question twice under one rule gets its number."""
    name = editions.lineage(document)
    counted: Counter[tuple[str, str]] = Counter()
    found: list[str] = []
    for one in made:
        anchor = (one.rule, "".join(filter(str.isalnum, fold(one.draft.question))))
        counted[anchor] += 1
        found.append(_sha256("\x1f".join((name, *anchor, str(counted[anchor])))))
    return tuple(found)


def entry(
    made: Made, key: str, document: Document, about: Sequence[ProductName], stamped: bool, settings: Settings
) -> Entry:
    """The entry of one draft, without an id."""
    draft = made.draft
    places = sources(draft, document, settings)
    looked_at = [each for place in places for each in place.look_at]
    return Entry(
        id="",
        type=draft.type,
        question=" ".join(draft.question.split()),
        sections=draft.sections,
        category=subject.category(draft.question, made.headings, draft.body, settings).name,
        products=subject.products(draft, about, settings),
        public_candidate=subject.is_public_candidate(draft),
        safety=subject.is_danger(draft),
        source=places,
        origin=Origin.CONVERTED,
        origin_key=key,
        escalation=draft.escalation,
        tags=subject.tags(made.chapters),
        needs_review=review_marks.marks(draft, looked_at, stamped),
    )


def sources(draft: Draft, document: Document, settings: Settings) -> tuple[Source, ...]:
    """One source for each page, its box around all that was taken from it, with the words to look at."""
    pages: dict[int, list[Evidence]] = {}
    for piece in sorted(draft.evidence, key=lambda piece: piece.page):
        pages.setdefault(piece.page, []).append(piece)
    return tuple(_source(found, document, review_marks.look_at(draft, found, settings)) for found in pages.values())


def _source(pieces: Sequence[Evidence], document: Document, looked_at: tuple[LookAt, ...]) -> Source:
    first = pieces[0]
    letters = [max(1, len(piece.text)) for piece in pieces]
    weighed = sum(piece.confidence * weight for piece, weight in zip(pieces, letters, strict=True))
    return Source(
        doc=document.title,
        sha256=document.sources[-1].sha256 if document.sources else "",
        page=first.page,
        bbox=Box(*(round(edge, 4) for edge in reduce(Box.union, (piece.box for piece in pieces)))),
        method=first.method,
        engine=first.engine,
        confidence=round(weighed / sum(letters), 1),
        min_conf=round(min(piece.min_confidence for piece in pieces), 1),
        text_hash=_sha256(plain("".join(piece.text for piece in pieces))),
        place=_place(dict.fromkeys(piece.place for piece in pieces if piece.place)),
        look_at=looked_at,
    )


def _place(places: Iterable[str]) -> str:
    """Where pieces stand in a file without paper: ``料金!B2,B4:F20`` or ``¶12–15``."""
    named = list(places)
    if not named or named[0].startswith("¶"):
        first, last = named[:1], named[-1:]
        return first[0] if first == last and first else "–".join([*first, *(each[1:] for each in last)])
    sheet, _, _ = named[0].rpartition("!")
    return f"{sheet}!{','.join(each.rpartition('!')[2] for each in named)}"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
