"""Taking in what the machine drafted from a document, without losing a word that a person wrote.

Drafts find their entries again by ``origin_key``. The draft accepted last is the base of the merge, so running
again with the same drafts changes nothing, and a cut at any moment is finished by the next run: entries are written
first, then the drafts, and ``document.yml`` last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kbtool.document import Document
from kbtool.entry import Entry, HistoryItem
from kbtool.errors import UsageError
from kbtool.knowledge import besides, import_conflicts
from kbtool.knowledge.acceptance import Acceptance, Step
from kbtool.knowledge.besides import Beside
from kbtool.knowledge.documents import Conflict, PageOutcome
from kbtool.knowledge.merge_report import MergeItem, MergeReport, Result
from kbtool.knowledge.store import KnowledgeBase
from kbtool.knowledge.three_way import CONFLICT

__all__ = ["MergeItem", "MergeReport", "Result", "accept", "open_conflicts", "resolve"]


def accept(
    kb: KnowledgeBase,
    document: Document,
    drafts: Sequence[Entry],
    today: date,
    *,
    private: bool = False,
    outcomes: Mapping[int, str] | None = None,
    parts: int = 0,
    beside: Sequence[Beside] = (),
) -> MergeReport:
    """Write a document and merge its drafts into the entries; new ones get ids in the order given.

    ``outcomes`` names what became of pages that yielded no entry (cover, contents, record …); ``parts`` is how many
    documents the source was split into; ``beside`` are passages that a person must decide about.
    """
    with kb.writing("ingest"):
        kb.documents.save(document, private, parts)
        asked, left = besides.sort(beside, _keys(kb, document.slug))
        work = Acceptance(kb, document, [*drafts, *asked], today)
        steps = [*map(work.take, work.drafts), *map(work.miss, work.missing)]
        new = {step.item.entry for step in steps if step.item.result is Result.NEW}
        kb.save_all((work.entries[id] for id in work.changed), new)
        kb.documents.save_conflicts(document.slug, _conflicts(kb, document.slug, steps))
        kb.documents.save_drafts(document.slug, (step.accepted for step in steps))
        besides.save(kb.documents, document.slug, left, {each.origin_key: each.id for each in work.drafts})
        kb.documents.prune_earlier(document.slug, lambda: _named_places(kb))
        kb.documents.finish(document, _outcomes(document, steps, outcomes or {}))
        return MergeReport(tuple(step.item for step in steps))


def open_conflicts(kb: KnowledgeBase) -> dict[str, Conflict]:
    """All conflicts that wait for a person, by the id of the entry."""
    entries = kb.entries()
    of_documents = (conflict for slug in kb.documents.slugs() for conflict in kb.documents.conflicts(slug))
    found = (*import_conflicts.load(kb.project), *of_documents)
    return {each.entry: each for each in found if _is_open(entries.get(each.entry))}


def resolve(kb: KnowledgeBase, taken: Entry, by: str, today: date) -> Entry:
    """Save the text a person chose for an entry in conflict and close the conflict.

    Where a document and an imported file both wait, that of the document is shown and closed first.
    """
    with kb.writing("review"):
        if not _is_open(kb.entry(taken.id)):
            raise UsageError("knowledge_no_conflict", id=taken.id)
        imported = import_conflicts.load(kb.project)
        of_file = any(each.entry == taken.id for each in imported)
        of_documents = [each.entry for slug in kb.documents.slugs() for each in kb.documents.conflicts(slug)]
        is_last = not of_file or taken.id not in of_documents
        marks = tuple(mark for mark in taken.needs_review if mark != CONFLICT or not is_last)
        solved = replace(taken, needs_review=marks, history=(HistoryItem(today, "resolved", by), *taken.history))
        kb.save(solved)
        for slug in kb.documents.slugs():
            stored = kb.documents.conflicts(slug)
            left = [conflict for conflict in stored if conflict.entry != taken.id]
            if len(left) < len(stored):
                kb.documents.save_conflicts(slug, left)
        if of_file and is_last:
            import_conflicts.save(kb.project, (each for each in imported if each.entry != taken.id))
        return solved


def _keys(kb: KnowledgeBase, slug: str) -> set[str]:
    """The origin keys of everything that is or was an entry."""
    drafted = {item.draft.origin_key for item in kb.documents.drafts(slug)}
    return drafted | {entry.origin_key for entry in kb.entries().values()}


def _conflicts(kb: KnowledgeBase, slug: str, steps: Sequence[Step]) -> list[Conflict]:
    """All open conflicts, each with the machine's latest text."""
    entries = kb.entries()
    known = {each.entry: each for each in kb.documents.conflicts(slug) if _is_open(entries.get(each.entry))}
    for step in steps:
        before = known.get(step.item.entry)
        if before or step.item.fields:
            fields = dict.fromkeys((*(before.fields if before else ()), *step.item.fields))
            known[step.item.entry] = Conflict(step.item.entry, tuple(fields), step.accepted.draft)
    return list(known.values())


def _outcomes(document: Document, steps: Sequence[Step], named: Mapping[int, str]) -> dict[int, PageOutcome]:
    found = {page: PageOutcome(page, outcome) for page, outcome in named.items()}
    ids: dict[int, dict[str, None]] = {}
    for step in steps:
        if not step.accepted.gone:
            for source in step.accepted.draft.source:
                ids.setdefault(source.page, {})[step.item.entry] = None
    return found | {page: PageOutcome(page, "drafted", tuple(names)) for page, names in ids.items()}


def _named_places(kb: KnowledgeBase) -> set[tuple[str, int]]:
    """Source and page of every passage that an entry names."""
    return {(source.sha256, source.page) for entry in kb.entries().values() for source in entry.source}


def _is_open(entry: Entry | None) -> bool:
    return entry is not None and CONFLICT in entry.needs_review
