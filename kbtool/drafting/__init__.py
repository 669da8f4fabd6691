"""Document → entry drafts, by an ordered list of small rules (``RULES``, in ``rules/``).

Nothing is invented: questions and answers are as printed. Everything comes out internal and draft; every page ends
in one named outcome; what repeats or contradicts an entry is proposed to a person, never merged.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kbtool.document import Document, Page
from kbtool.drafting import editions, engine, entries, flow, likeness, references, review_marks, subject
from kbtool.drafting.cursor import Facts, Rule
from kbtool.drafting.engine import Made, Run
from kbtool.drafting.item import Item
from kbtool.drafting.likeness import Twin
from kbtool.drafting.model import (
    Conflict,
    Drafting,
    Duplicate,
    PageEnd,
    PageOutcome,
    StampNote,
)
from kbtool.drafting.rules import RULES
from kbtool.entry import Entry
from kbtool.knowledge.safety_notes import SafetyNote
from kbtool.outcome import Severity
from kbtool.settings import Settings

__all__ = [
    "RULES",
    "Conflict",
    "Drafting",
    "Duplicate",
    "PageEnd",
    "PageOutcome",
    "Rule",
    "SafetyNote",
    "StampNote",
    "draft",
]


@dataclass(frozen=True, slots=True)
class _Sorted:
    """What is kept as an entry, and what only repeats or contradicts one: (draft, twin among the kept)."""

    kept: tuple[Made, ...]
    repeated: tuple[tuple[Made, Twin], ...]
    contradicting: tuple[tuple[Made, Twin], ...]

    @property
    def passages(self) -> list[Made]:
        """What is no entry and yet to be decided about."""
        return [made for made, _ in (*self.repeated, *self.contradicting) if made not in self.kept]


def draft(document: Document, settings: Settings) -> Drafting:
    """Draft the entries of one document, in page and block order, without ids.

    Pages of forms are left to ``forms``. ``related`` holds origin keys until ids exist.
    """
    about = subject.of_document(document, settings)
    items = flow.items(document)
    run = engine.run(items, _facts(document, items, tuple(product.name for product in about)))
    sorted_ = _sort(run)
    keys = entries.keys(document, (*sorted_.kept, *sorted_.passages))
    stamps = _stamps(document, sorted_.kept, keys)
    stamped = {note.of_origin_key for note in stamps}
    passages = [
        (made, entries.entry(made, key, document, about, False, settings))
        for made, key in zip(sorted_.passages, keys[len(sorted_.kept) :], strict=True)
    ]
    conflicts = tuple(_conflict(made, twin, keys, passages) for made, twin in sorted_.contradicting)
    disputed = {conflict.of_origin_key for conflict in conflicts}
    related = references.related(sorted_.kept, document)
    made_entries = tuple(
        replace(
            _marked(entries.entry(made, key, document, about, key in stamped, settings), disputed),
            related=tuple(keys[place] for place in places),
        )
        for made, key, places in zip(sorted_.kept, keys, related, strict=False)
    )
    return Drafting(
        entries=made_entries,
        pages=tuple(_outcome(page, made_entries, sorted_, run) for page in document.pages),
        duplicates=tuple(
            Duplicate(made.draft.question, keys[twin.place], made.draft.evidence[0].page, passage)
            for (made, twin), (_, passage) in zip(sorted_.repeated, passages, strict=False)
        ),
        conflicts=conflicts,
        safety_notes=run.notes,
        stamps=stamps,
    )


def _facts(document: Document, items: Sequence[Item], about: tuple[str, ...]) -> Facts:
    named = editions.by_page(document, items)
    first = document.pages[0].number if document.pages else 1
    return Facts(
        len(document.pages), first, editions.in_force(document, named), named, about, editions.titles(document)
    )


def _sort(run: Run) -> _Sorted:
    """Tell entries from repetitions; a repetition with other numbers is kept, because one of them is wrong."""
    kept: list[Made] = []
    repeated: list[tuple[Made, Twin]] = []
    contradicting: list[tuple[Made, Twin]] = []
    for made in run.made:
        twin = likeness.twin(made, kept)
        if twin and not twin.here:
            repeated.append((made, twin))
            continue
        if twin:
            contradicting.append((made, twin))
        kept.append(made)
    for made in run.outdated:
        twin = likeness.counterpart(made, kept)
        if twin and twin.here:
            contradicting.append((made, twin))
    return _Sorted(tuple(kept), tuple(repeated), tuple(contradicting))


def _conflict(made: Made, twin: Twin, keys: Sequence[str], passages: Sequence[tuple[Made, Entry]]) -> Conflict:
    draft, page = made.draft, made.draft.evidence[0].page
    passage = next((entry for each, entry in passages if each is made), None)
    return Conflict(draft.question, draft.body, page, keys[twin.place], twin.here, twin.there, passage)


def _marked(entry: Entry, disputed: set[str]) -> Entry:
    if entry.origin_key not in disputed:
        return entry
    return replace(entry, needs_review=(*entry.needs_review, "contradiction"))


def _stamps(document: Document, kept: Sequence[Made], keys: Sequence[str]) -> tuple[StampNote, ...]:
    drafts = [made.draft for made in kept]
    notes: list[StampNote] = []
    for block in review_marks.stamps(document):
        place = review_marks.nearest(block, drafts)
        seen = block.provenance
        notes.append(StampNote(seen.page, block.text, seen.box, "" if place is None else keys[place]))
    return tuple(notes)


def _outcome(page: Page, made: Sequence[Entry], sorted_: _Sorted, run: Run) -> PageOutcome:
    on_page = sum(any(source.page == page.number for source in entry.source) for entry in made)
    return PageOutcome(page.number, PageEnd.DRAFTED if on_page else _without_entry(page, sorted_, run), on_page)


def _without_entry(page: Page, sorted_: _Sorted, run: Run) -> PageEnd:
    """Why a page made no entry of its own."""
    if page.form:
        return PageEnd.FORM
    if not page.blocks:
        failed = any(problem.severity is Severity.ERROR for problem in page.problems)
        return PageEnd.FAILED if failed else PageEnd.BLANK
    named = [
        step.match.outcome
        for step in run.steps
        if step.match.outcome and any(item.page == page.number for item in step.items)
    ]
    repeated = any(made.draft.evidence[0].page == page.number for made, _ in sorted_.repeated)
    return named[0] if named else PageEnd.DUPLICATES if repeated else PageEnd.NO_ENTRY
