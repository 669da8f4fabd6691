"""An entry beside the pages it came from: looked at, saved, approved, or its conflict settled."""

from dataclasses import replace

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kbtool.entry import Entry, Status
from kbtool.errors import KbError, UsageError
from kbtool.knowledge import Conflict, effective_status, open_conflicts, personal_findings_of, redaction
from kbtool.knowledge.three_way import CONFLICT
from kbtool.review import differences, wording
from kbtool.review.entry_form import HEADINGS, EntryForm, of_entry, of_request, version
from kbtool.review.room import Room, address, address_of, status_of

_TAKES = {"mine": "person", "machine": "machine", "edited": "edited"}


class EntryPages:
    """The pages of entries."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def show(self, id: str) -> ResponseReturnValue:
        """The entry as it stands."""
        entry = self._entry(id)
        return self._page(entry, of_entry(entry))

    def act(self, id: str) -> ResponseReturnValue:
        """Do what was asked; a refusal shows the person's own words again, with the reason."""
        entry = self._entry(id)
        form = of_request(request.form, frozenset(request.form.getlist("checked")))
        try:
            return redirect(self._done(entry.id, form, request.form.get("action", "save")), code=303)
        except KbError as error:
            return self._page(self._entry(id), form, error), status_of(error)

    def _done(self, id: str, form: EntryForm, action: str) -> str:
        """Act, and say where to go next: on after an approval, else back to the entry."""
        reviewer, place = self.room.reviewer(), self.room.place("entry", id)
        if action == "approve":
            reviewer.approve(id, form)
            return address(place.next, "approved")
        decision, _, handle = action.partition(":")
        if decision in redaction.CHOICES:
            reviewer.settle(id, form, decision, handle)
            return address_of("entry", id, "settled")
        if action in _TAKES:
            reviewer.resolve(id, form, _TAKES[action])
            return address_of("entry", id, "resolved")
        return address_of("entry", id, "saved" if reviewer.save(id, form) else "unchanged")

    def _entry(self, id: str) -> Entry:
        try:
            return self.room.kb.entry(id)
        except UsageError as error:
            if error.code == "knowledge_no_entry":
                abort(404)
            raise

    def _page(self, entry: Entry, form: EntryForm, error: KbError | None = None) -> str:
        is_stale = error is not None and error.code == "review_stale"
        conflict = open_conflicts(self.room.kb).get(entry.id) if CONFLICT in entry.needs_review else None
        settings = self.room.kb.project.settings
        return render_template(
            "entry.html",
            entry=entry,
            status=effective_status(entry).value,
            form=replace(form, seen=version(entry)) if is_stale else form,
            failure=wording.error(error) if error else "",
            stored=_stored(entry, form) if is_stale else (),
            conflict=_sides(entry, conflict),
            personal=[
                {"handle": found.handle, **redaction.told(found)} for found in personal_findings_of(self.room.kb, entry)
            ],
            choices=redaction.CHOICES,
            has_conflict=CONFLICT in entry.needs_review,
            marks=[mark for mark in entry.needs_review if mark != CONFLICT],
            categories=list(dict.fromkeys((entry.category, *(each.name for each in settings.categories)))),
            headings=[part.heading for part in entry.sections],
            more=[name for name in HEADINGS if not any(part.heading == name for part in entry.sections)],
            sources=self.room.pages.of_entry(entry),
            place=self.room.place("entry", entry.id),
            is_retired=entry.status is Status.RETIRED,
            is_own=entry.author == self.room.by,
        )


def _sides(entry: Entry, conflict: Conflict | None) -> tuple[differences.Difference, ...]:
    return differences.between(entry, conflict.machine, conflict.fields) if conflict else ()


def _stored(entry: Entry, form: EntryForm) -> tuple[differences.Difference, ...]:
    """The text that was saved meanwhile beside the person's own."""
    lines = tuple(line for line in form.variants.split("\n") if line)
    sections = tuple(replace(part, text=form.sections.get(part.heading, "")) for part in entry.sections)
    mine = replace(entry, question=form.question, variants=lines, category=form.category, sections=sections)
    return differences.between(entry, mine, differences.changed(entry, mine))
