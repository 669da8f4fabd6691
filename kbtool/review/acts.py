"""What a reviewer does to an entry or a slip: save, approve, resolve a conflict, correct fields.

Each act holds the project's lock and first looks whether the file is still the one the person saw, so that two
browsers, or a browser and a run, never overwrite each other silently.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kbtool import knowledge
from kbtool.entry import Entry, HistoryItem, Status
from kbtool.errors import UsageError
from kbtool.inquiry import Inquiry
from kbtool.knowledge import (
    KnowledgeBase,
    content_hash,
    inquiries,
    open_conflicts,
    plain,
    redaction,
    take_machine,
    text_hash,
)
from kbtool.knowledge.three_way import CONFLICT
from kbtool.review.entry_form import EntryForm, version


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who acts on which knowledge base, and on which day; made anew for each act."""

    kb: KnowledgeBase
    by: str
    today: date

    def save(self, id: str, form: EntryForm) -> bool:
        """Keep a person's words and take off the marks they ticked; False when nothing changed."""
        with self.kb.writing("review"):
            return self.kb.save(self._edited(self._seen(id, form.seen), form))

    def approve(self, id: str, form: EntryForm) -> Entry:
        """Approve the saved text; ``UsageError`` for unsaved words or marks that nobody looked at."""
        with self.kb.writing("review"):
            entry = self._seen(id, form.seen)
            if self._is_changed(entry, form):
                raise UsageError("review_unsaved")
            if set(entry.needs_review) - form.checked - {CONFLICT}:
                raise UsageError("review_unchecked")
            return knowledge.approve(self.kb, id, self.by, self.today, checked=True)

    def resolve(self, id: str, form: EntryForm, take: str) -> Entry:
        """Close a conflict with the ``machine``'s text, the ``person``'s as saved, or the ``edited`` one."""
        with self.kb.writing("review"):
            entry = self._seen(id, form.seen)
            if take != "edited" and self._is_changed(entry, form):
                raise UsageError("review_unsaved_choice")
            conflict = open_conflicts(self.kb).get(id)
            if take == "machine" and conflict is not None:
                entry = take_machine(entry, conflict.machine, conflict.fields)
            if take == "edited":
                entry = self._edited(entry, form)
            return knowledge.resolve(self.kb, entry, self.by, self.today)

    def settle(self, id: str, form: EntryForm, decision: str, handle: str) -> None:
        """Decide about personal data: it names nobody, or it is masked or taken out of the saved text."""
        with self.kb.writing("review"):
            if self._is_changed(self._seen(id, form.seen), form):
                raise UsageError("review_unsaved_choice")
            redaction.decide(self.kb, id, decision, self.by, self.today, (handle,))

    def correct(self, number: str, seen: str, values: Mapping[str, str | int | None]) -> Inquiry:
        """Set the fields of a slip as a person says they are."""
        with self.kb.writing("review"):
            record = inquiries.records(self.kb)[number]
            if record_version(record) != seen:
                raise UsageError("review_stale", id=number)
            for field, value in values.items():
                record = inquiries.correct(self.kb, number, field, value)
            return record

    def _seen(self, id: str, seen: str) -> Entry:
        entry = self.kb.entry(id)
        if entry.status is Status.RETIRED:
            raise UsageError("knowledge_retired", id=id, replaced_by=entry.replaced_by or "-")
        if version(entry) != seen:
            raise UsageError("review_stale", id=id)
        return entry

    def _is_changed(self, entry: Entry, form: EntryForm) -> bool:
        return content_hash(form.onto(entry, self.kb.project.settings)) != content_hash(entry)

    def _edited(self, entry: Entry, form: EntryForm) -> Entry:
        after = form.onto(entry, self.kb.project.settings)
        if content_hash(after) != content_hash(entry):
            item = HistoryItem(self.today, "edited", self.by)
            after = replace(after, author=self.by, history=(item, *after.history))
        left = tuple(mark for mark in after.needs_review if mark == CONFLICT or mark not in form.checked)
        looked_at = entry.status is Status.DRAFT and bool(entry.needs_review) and not left
        return replace(after, needs_review=left, status=Status.IN_REVIEW if looked_at else after.status)


def record_version(record: Inquiry) -> str:
    """A hash of all that a record holds."""
    return text_hash(plain.json_line(record))
