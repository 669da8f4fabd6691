"""Taking in what the machine drafted from a document, without losing a word that a person wrote.

Drafts find their entries again by ``origin_key``. The draft accepted last is the base of the merge, so running
again with the same drafts changes nothing, and a cut at any moment is finished by the next run: entries are written
first, then the drafts, and ``document.yml`` last.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kbtool.document import Document
from kbtool.entry import Entry, HistoryItem, Status
from kbtool.errors import UsageError
from kbtool.knowledge import changes, entry_file, import_conflicts, three_way
from kbtool.knowledge.content import content_hash, text_hash
from kbtool.knowledge.documents import AcceptedDraft, Conflict, PageOutcome
from kbtool.knowledge.rematch import rematch
from kbtool.knowledge.store import KnowledgeBase
from kbtool.knowledge.three_way import CONFLICT
from kbtool.outcome import Problem, Severity

#: The mark of an entry whose source, read again, does not say it any more.
SOURCE_GONE = "source_gone"
#: The mark of an entry whose words a new edition of its source changed.
SOURCE_CHANGED = "source_changed"
#: Who acts when the machine does.
MACHINE = "kbtool"


class Result(StrEnum):
    """What became of one draft, or of an entry that is drafted no longer."""

    NEW = "new"
    UNCHANGED = "unchanged"
    MERGED = "merged"
    KEPT = "kept"
    CONFLICT = "conflict"
    RETIRED_CANDIDATE = "retired_candidate"


@dataclass(frozen=True, slots=True)
class MergeItem:
    """One draft's result: the id of its entry, its question, the fields in conflict, and the change in words."""

    result: Result
    entry: str
    question: str
    fields: tuple[str, ...] = ()
    change: str = ""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What became of every draft of a document, in its order."""

    items: tuple[MergeItem, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each result, zero included."""
        counted = Counter(item.result for item in self.items)
        return {result.value: counted[result] for result in Result}


def accept(
    kb: KnowledgeBase,
    document: Document,
    drafts: Sequence[Entry],
    today: date,
    *,
    private: bool = False,
    outcomes: Mapping[int, str] | None = None,
    parts: int = 0,
) -> MergeReport:
    """Write a document and merge its drafts into the entries; new ones get ids in the order given.

    ``outcomes`` names what became of pages that yielded no entry (cover, contents, record …); ``parts`` is how many
    documents the source was split into.
    """
    with kb.writing("ingest"):
        kb.documents.save(document, private, parts)
        work = _Work(kb, document, drafts, today)
        steps = [*map(work.take, work.drafts), *map(work.miss, work.missing)]
        new = {step.item.entry for step in steps if step.item.result is Result.NEW}
        kb.save_all((step.entry for step in steps if step.entry is not None), new)
        kb.documents.save_conflicts(document.slug, _conflicts(kb, document.slug, steps))
        kb.documents.save_drafts(document.slug, (step.accepted for step in steps))
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


@dataclass(frozen=True, slots=True)
class _Step:
    """One draft on its way: what is reported, what is written, what is the next base."""

    item: MergeItem
    accepted: AcceptedDraft
    entry: Entry | None = None


class _Work:
    """One acceptance: the drafts with their ids, beside what was accepted before and what stands now."""

    def __init__(self, kb: KnowledgeBase, document: Document, drafts: Sequence[Entry], today: date) -> None:
        self.today = today
        self.entries = kb.entries()
        self.pages = {page.number for page in document.pages}
        self.unread = {page.number for page in document.pages if _is_unread(page.problems)}
        self.edition = document.sources[-1].sha256 if document.sources else ""
        self.bases = {item.draft.origin_key: item for item in _bases(kb, document)}
        self.drafts = self._named(kb, self._continued(_keyed(drafts)))
        keys = {draft.origin_key for draft in self.drafts}
        self.missing = [item for key, item in self.bases.items() if key not in keys and self._is_here(item.draft)]

    def take(self, draft: Entry) -> _Step:
        """Merge one draft into its entry."""
        base, current = self.bases.get(draft.origin_key), self.entries.get(draft.id)
        accepted = AcceptedDraft(draft)
        if current is None and base is None:
            new = replace(draft, history=(HistoryItem(self.today, "drafted", MACHINE), *draft.history))
            return _Step(MergeItem(Result.NEW, draft.id, draft.question), accepted, new)
        if current is None or current.status is Status.RETIRED:  # a person took it out; it stays out
            return _Step(MergeItem(Result.KEPT, draft.id, draft.question), accepted)
        if base is not None and base.gone:
            current = replace(current, needs_review=_without(current.needs_review, SOURCE_GONE))
        merged = three_way.merge(base.draft if base else None, draft, current)
        result = _result(merged, draft, current)
        entry = merged.entry
        change = ""
        if content_hash(entry) != content_hash(current):
            change = changes.in_words(current, entry)
            entry = replace(entry, history=(HistoryItem(self.today, "merged", MACHINE, note=change), *entry.history))
            if base is not None and self._is_earlier(base.draft):
                entry = replace(entry, needs_review=(*_without(entry.needs_review, SOURCE_CHANGED), SOURCE_CHANGED))
        return _Step(MergeItem(result, draft.id, entry.question, merged.conflicts, change), accepted, entry)

    def miss(self, item: AcceptedDraft) -> _Step:
        """Mark an entry whose source no longer says it; a page that could not be read says nothing."""
        current = self.entries.get(item.draft.id)
        if current is None or current.status is Status.RETIRED:
            return _Step(MergeItem(Result.KEPT, item.draft.id, item.draft.question), item)
        if not item.gone and self._may_be_unread(item.draft):
            return _Step(MergeItem(Result.UNCHANGED, current.id, current.question), item)
        if not item.gone:
            current = replace(current, needs_review=(*_without(current.needs_review, SOURCE_GONE), SOURCE_GONE))
        report = MergeItem(Result.RETIRED_CANDIDATE, current.id, current.question)
        return _Step(report, replace(item, gone=True), current)

    def _is_here(self, draft: Entry) -> bool:
        """Whether a draft belongs to this document, and not to another of the same pile."""
        return self._is_earlier(draft) or any(source.page in self.pages for source in draft.source)

    def _is_earlier(self, draft: Entry) -> bool:
        """Whether a draft was made from an earlier edition."""
        return any(source.sha256 != self.edition for source in draft.source)

    def _may_be_unread(self, draft: Entry) -> bool:
        """Whether a draft's passage may stand on a page that failed; in another edition that can be any page."""
        if self._is_earlier(draft):
            return bool(self.unread)
        return bool(self.unread.intersection(source.page for source in draft.source))

    def _continued(self, drafts: list[Entry]) -> list[Entry]:
        """The drafts, those that reword an earlier one under its key."""
        keys = {draft.origin_key for draft in drafts}
        left = [item.draft for key, item in self.bases.items() if key not in keys and self._is_here(item.draft)]
        pairs = rematch([draft for draft in drafts if draft.origin_key not in self.bases], left)
        return [
            replace(
                draft,
                origin_key=pairs.get(draft.origin_key, draft.origin_key),
                related=tuple(pairs.get(key, key) for key in draft.related),
            )
            for draft in drafts
        ]

    def _named(self, kb: KnowledgeBase, drafts: list[Entry]) -> list[Entry]:
        """The drafts under their ids, with ``related`` naming ids instead of origin keys."""
        ids = {entry.origin_key: id for id, entry in self.entries.items() if entry.origin_key}
        ids |= {key: item.draft.id for key, item in self.bases.items()}
        new = [draft.origin_key for draft in drafts if draft.origin_key not in ids]
        ids |= dict(zip(new, kb.next_ids(len(new)), strict=True))
        return [
            replace(draft, id=ids[draft.origin_key], related=tuple(ids.get(key, key) for key in draft.related))
            for draft in drafts
        ]


def _bases(kb: KnowledgeBase, document: Document) -> list[AcceptedDraft]:
    """The drafts accepted last: of this document, and of what its source was taken for before it was split."""
    file = [file.sha256 for file in document.sources[-1:]]
    same = [slug for slug, record in kb.documents.records().items() if record.hashes[-1:] == file]
    slugs = [*(slug for slug in same if slug != document.slug), document.slug]
    return [item for slug in slugs for item in kb.documents.drafts(slug)]


def _keyed(drafts: Sequence[Entry]) -> list[Entry]:
    """The drafts in the form files have, each with a key of its own."""
    seen: Counter[str] = Counter()
    keyed = []
    for draft in map(entry_file.normal, drafts):
        key = draft.origin_key or text_hash(draft.question)
        seen[key] += 1
        keyed.append(replace(draft, origin_key=key if seen[key] == 1 else f"{key}#{seen[key]}"))
    return keyed


def _result(merged: three_way.Merged, draft: Entry, current: Entry) -> Result:
    if merged.conflicts or CONFLICT in current.needs_review:
        return Result.CONFLICT
    if content_hash(merged.entry) != content_hash(current):
        return Result.MERGED
    return Result.UNCHANGED if content_hash(current) == content_hash(draft) else Result.KEPT


def _conflicts(kb: KnowledgeBase, slug: str, steps: Sequence[_Step]) -> list[Conflict]:
    """All open conflicts, each with the machine's latest text."""
    entries = kb.entries()
    known = {each.entry: each for each in kb.documents.conflicts(slug) if _is_open(entries.get(each.entry))}
    for step in steps:
        before = known.get(step.item.entry)
        if before or step.item.fields:
            fields = dict.fromkeys((*(before.fields if before else ()), *step.item.fields))
            known[step.item.entry] = Conflict(step.item.entry, tuple(fields), step.accepted.draft)
    return list(known.values())


def _outcomes(document: Document, steps: Sequence[_Step], named: Mapping[int, str]) -> dict[int, PageOutcome]:
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


def _is_unread(problems: Sequence[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _without(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    return tuple(each for each in words if each != word)
