"""Drafts as entries: internal, draft, converted, each with the places it came from and a key that is stable.

The key depends on the manual (whatever its edition), the rule and the folded question, not on neighbours: an entry
added above, or a hyphen read otherwise, changes no key.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import reduce

from kbtool.document import Box, Document
from kbtool.drafting import editions, review_marks, subject
from kbtool.drafting.engine import Made
from kbtool.drafting.model import Evidence
from kbtool.drafting.wording import plain
from kbtool.entry import Entry, Origin, Source
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
    return Entry(
        id="",
        type=draft.type,
        question=" ".join(draft.question.split()),
        sections=draft.sections,
        category=subject.category(draft.question, made.headings, draft.body, settings).name,
        products=subject.products(draft, about, settings),
        public_candidate=subject.is_public_candidate(draft),
        safety=subject.is_danger(draft),
        source=sources(draft.evidence, document),
        origin=Origin.CONVERTED,
        origin_key=key,
        escalation=draft.escalation,
        needs_review=review_marks.marks(draft, stamped, settings),
    )


def sources(evidence: Sequence[Evidence], document: Document) -> tuple[Source, ...]:
    """One source for each page, its box around all that was taken from it."""
    pages = dict.fromkeys(sorted(piece.page for piece in evidence))
    return tuple(_source([piece for piece in evidence if piece.page == page], document) for page in pages)


def _source(pieces: Sequence[Evidence], document: Document) -> Source:
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
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
