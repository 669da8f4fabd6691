"""One acceptance at work: each draft meets its entry, and each entry that is drafted no longer is named.

Separate from ``merge``, which writes what comes out of it: nothing here touches a file. Entries are changed one after
another in ``entries``, so that one which several drafts concern (entries were merged, or one was split) gets all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kbtool.document import Document
from kbtool.entry import Entry, HistoryItem, Source, Status
from kbtool.knowledge import changes, three_way
from kbtool.knowledge.content import content_hash
from kbtool.knowledge.documents import AcceptedDraft
from kbtool.knowledge.merge_report import MACHINE, SOURCE_CHANGED, SOURCE_GONE, MergeItem, Result
from kbtool.knowledge.rematch import apart, keyed, rematch
from kbtool.knowledge.store import KnowledgeBase
from kbtool.knowledge.three_way import CONFLICT
from kbtool.outcome import Problem, Severity


@dataclass(frozen=True, slots=True)
class Step:
    """One draft on its way: what is reported, and what is the next base."""

    item: MergeItem
    accepted: AcceptedDraft


class Acceptance:
    """The drafts with their ids, beside what was accepted before and what stands now.

    ``changed`` are the ids of entries that ``take`` and ``miss`` changed or made.
    """

    def __init__(self, kb: KnowledgeBase, document: Document, drafts: Sequence[Entry], today: date) -> None:
        self.today = today
        self.entries = kb.entries()
        self.changed: dict[str, None] = {}
        self.pages = {page.number for page in document.pages}
        self.unread = {page.number for page in document.pages if _is_unread(page.problems)}
        self.edition = document.sources[-1].sha256 if document.sources else ""
        self.bases = {item.draft.origin_key: item for item in _bases(kb, document)}
        self.drafts = self._named(kb, self._continued(keyed(drafts)))
        self.own: defaultdict[str, set[Source]] = defaultdict(set)
        for draft in (*self.drafts, *(item.draft for item in self.bases.values())):
            self.own[draft.id].update(draft.source)
        self.naming: defaultdict[Source, list[str]] = defaultdict(list)
        for entry in self.entries.values():
            for place in entry.source:
                self.naming[place].append(entry.id)
        keys = {draft.origin_key for draft in self.drafts}
        self.missing = [item for item in self._here() if item.draft.origin_key not in keys]

    def take(self, draft: Entry) -> Step:
        """Merge one draft into its entry."""
        base, current = self.bases.get(draft.origin_key), self.entries.get(draft.id)
        accepted = AcceptedDraft(draft)
        if current is None and base is None:
            self._put(replace(draft, history=(HistoryItem(self.today, "drafted", MACHINE), *draft.history)))
            return Step(MergeItem(Result.NEW, draft.id, draft.question), accepted)
        change = changes.in_words(base.draft, draft) if base else ""
        self._tell_followers(base.draft if base else draft, draft, change, was_gone=base is not None and base.gone)
        if current is None or current.status is Status.RETIRED:  # a person took it out; it stays out
            return Step(MergeItem(Result.KEPT, draft.id, draft.question, (), change), accepted)
        if base is not None and base.gone:
            current = replace(current, needs_review=_without(current.needs_review, SOURCE_GONE))
        merged = three_way.merge(base.draft if base else None, draft, current)
        entry = merged.entry
        if content_hash(entry) != content_hash(current):
            note = changes.in_words(current, entry)
            entry = replace(entry, history=(HistoryItem(self.today, "merged", MACHINE, note=note), *entry.history))
        if base is not None and change and self._is_earlier(base.draft):
            entry = _marked(entry, SOURCE_CHANGED)
        self._put(entry)
        item = MergeItem(_result(merged, draft, current), draft.id, entry.question, merged.conflicts, change)
        return Step(item, accepted)

    def miss(self, item: AcceptedDraft) -> Step:
        """Mark an entry whose source no longer says it; a page that could not be read says nothing."""
        current = self.entries.get(item.draft.id)
        may_be_unread = not item.gone and self._may_be_unread(item.draft)
        if not item.gone and not may_be_unread:
            self._mark_followers(item.draft)
        if current is None or current.status is Status.RETIRED:
            kept = item if may_be_unread else replace(item, gone=True)
            return Step(MergeItem(Result.KEPT, item.draft.id, item.draft.question), kept)
        if may_be_unread:
            return Step(MergeItem(Result.UNCHANGED, current.id, current.question), item)
        if not item.gone:
            self._put(_marked(current, SOURCE_GONE))
        return Step(MergeItem(Result.RETIRED_CANDIDATE, current.id, current.question), replace(item, gone=True))

    def _put(self, entry: Entry) -> None:
        self.entries[entry.id] = entry
        self.changed[entry.id] = None

    def _followers(self, before: Entry) -> list[Entry]:
        """Living entries that took a draft's passage over when people merged or split entries.

        They name it, though neither their own draft does nor did.
        """
        places = set(before.source)
        ids = dict.fromkeys(id for place in before.source for id in self.naming[place])
        return [
            self.entries[id]
            for id in ids
            if id != before.id
            and self.entries[id].status is not Status.RETIRED
            and places.isdisjoint(self.own.get(id, ()))
        ]

    def _tell_followers(self, before: Entry, draft: Entry, change: str, *, was_gone: bool) -> None:
        """Renew the places of a passage wherever it went, and say what changed in it."""
        if before.source == draft.source and not change and not was_gone:
            return
        for entry in self._followers(before):
            marks = _without(entry.needs_review, SOURCE_GONE) if was_gone else entry.needs_review
            told = replace(entry, source=_renewed(entry.source, before.source, draft.source), needs_review=marks)
            if change:
                item = HistoryItem(self.today, "source_changed", MACHINE, note=change)
                told = _marked(replace(told, history=(item, *told.history)), SOURCE_CHANGED)
            self._put(told)

    def _mark_followers(self, before: Entry) -> None:
        for entry in self._followers(before):
            self._put(_marked(entry, SOURCE_GONE))

    def _here(self) -> Iterator[AcceptedDraft]:
        """The drafts accepted before that belong to this document, and not to another of the same pile."""
        for item in self.bases.values():
            if self._is_earlier(item.draft) or any(source.page in self.pages for source in item.draft.source):
                yield item

    def _is_earlier(self, draft: Entry) -> bool:
        """Whether a draft was made from an earlier edition."""
        return any(source.sha256 != self.edition for source in draft.source)

    def _may_be_unread(self, draft: Entry) -> bool:
        """Whether a draft's passage may stand on a page that failed; in another edition that can be any page."""
        if self._is_earlier(draft):
            return bool(self.unread)
        return bool(self.unread.intersection(source.page for source in draft.source))

    def _continued(self, drafts: list[Entry]) -> list[Entry]:
        """The drafts, those that reword an earlier one, or ask one question several times, under its key."""
        drafts = _rekeyed(drafts, apart(drafts, [item.draft for item in self._here()]))
        keys = {draft.origin_key for draft in drafts}
        left = [item.draft for item in self._here() if item.draft.origin_key not in keys]
        return _rekeyed(drafts, rematch([draft for draft in drafts if draft.origin_key not in self.bases], left))

    def _named(self, kb: KnowledgeBase, drafts: list[Entry]) -> list[Entry]:
        """The drafts under their ids, with ``related`` naming ids instead of origin keys.

        An entry that a person gave another id is found by its key; of two with one key, that which had the id before.
        """
        ids = {key: item.draft.id for key, item in self.bases.items()}
        for id, entry in self.entries.items():
            known = self.entries.get(ids.get(entry.origin_key, ""))
            if entry.origin_key and (known is None or known.origin_key != entry.origin_key):
                ids[entry.origin_key] = id
        new = [draft.origin_key for draft in drafts if draft.origin_key not in ids]
        ids |= dict(zip(new, kb.next_ids(len(new)), strict=True))
        return [
            replace(draft, id=ids[draft.origin_key], related=tuple(ids.get(key, key) for key in draft.related))
            for draft in drafts
        ]


def _rekeyed(drafts: list[Entry], keys: Mapping[str, str]) -> list[Entry]:
    """The drafts under new keys, ``related`` included."""
    return [
        replace(
            draft,
            origin_key=keys.get(draft.origin_key, draft.origin_key),
            related=tuple(keys.get(key, key) for key in draft.related),
        )
        for draft in drafts
    ]


def _bases(kb: KnowledgeBase, document: Document) -> list[AcceptedDraft]:
    """The drafts accepted last: of this document, and of what its source was taken for before it was split."""
    file = [file.sha256 for file in document.sources[-1:]]
    same = [slug for slug, record in kb.documents.records().items() if record.hashes[-1:] == file]
    slugs = [*(slug for slug in same if slug != document.slug), document.slug]
    return [item for slug in slugs for item in kb.documents.drafts(slug)]


def _result(merged: three_way.Merged, draft: Entry, current: Entry) -> Result:
    if merged.conflicts or CONFLICT in current.needs_review:
        return Result.CONFLICT
    if content_hash(merged.entry) != content_hash(current):
        return Result.MERGED
    return Result.UNCHANGED if content_hash(current) == content_hash(draft) else Result.KEPT


def _renewed(places: Iterable[Source], before: Sequence[Source], now: Sequence[Source]) -> tuple[Source, ...]:
    left = [place for place in places if place not in before]
    return tuple(dict.fromkeys((*left, *now)))


def _is_unread(problems: Sequence[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _marked(entry: Entry, mark: str) -> Entry:
    return replace(entry, needs_review=(*_without(entry.needs_review, mark), mark))


def _without(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    return tuple(each for each in words if each != word)
