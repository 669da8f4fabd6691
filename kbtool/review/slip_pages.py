"""A slip with its doubtful fields: each one's crop beside an input."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kbtool.errors import KbError
from kbtool.inquiry import Inquiry
from kbtool.knowledge import inquiries
from kbtool.review import wording
from kbtool.review.acts import record_version
from kbtool.review.room import Room, address, address_of, status_of
from kbtool.review.slips import corrections, fields_of, slip


class SlipPages:
    """The pages of inquiry records."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def show(self, id: str) -> ResponseReturnValue:
        """The slip as it stands."""
        return self._page(self._record(id), {})

    def act(self, id: str) -> ResponseReturnValue:
        """Record what was corrected; on to the next when nothing is doubtful any more."""
        record, values = self._record(id), request.form.to_dict()
        place = self.room.place("inquiry", id)
        try:
            said = corrections(values, record, fields_of(record, self.room.pages))
            after = self.room.reviewer().correct(id, values.get("seen", ""), said)
        except KbError as error:
            return self._page(self._record(id), values, error), status_of(error)
        done = "corrected" if said else "unchanged"
        return redirect(address_of("inquiry", id, done) if after.to_review else address(place.next, done), code=303)

    def _record(self, id: str) -> Inquiry:
        found = inquiries.records(self.room.kb).get(id)
        if found is None:
            abort(404)
        return found

    def _page(self, record: Inquiry, typed: dict[str, str], error: KbError | None = None) -> str:
        found = self.room.pages.page(record.document, record.pages[0])
        return render_template(
            "inquiry.html",
            slip=slip(record, self.room.pages),
            typed=typed,
            seen=record_version(record),
            failure=wording.error(error) if error else "",
            has_picture=found is not None and self.room.pages.has_picture(found[0]),
            place=self.room.place("inquiry", record.number),
        )
