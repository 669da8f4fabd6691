"""Two texts that ask the same, side by side: made one, or both kept, as a person says."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kbtool.entry import Entry
from kbtool.errors import KbError, UsageError
from kbtool.knowledge import KnowledgeBase, plain, text_hash
from kbtool.knowledge.decisions import DecisionKind
from kbtool.knowledge.pairs import Pair, name_of
from kbtool.knowledge.settling import Verdict, decide, merge_into, pair_of
from kbtool.review import differences, wording
from kbtool.review.room import Room, address, status_of

#: Between the names of a pair in its address.
JOINT = "~"
_KEEP_FIRST, _KEEP_OTHER = "merge_first", "merge_other"


class PairPages:
    """The pages of pairs."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def show(self, id: str) -> ResponseReturnValue:
        """Both texts, what differs marked."""
        return self._page(self._pair(self.room.kb, id))

    def act(self, id: str) -> ResponseReturnValue:
        """Do what the person chose, and go on; refused where a text changed since it was seen."""
        self._pair(self.room.kb, id)
        place = self.room.place("pair", id)
        try:
            self._settle(id, request.form.get("action", ""), request.form.get("seen", ""))
        except KbError as error:
            return self._page(self._pair(self.room.kb, id), error), status_of(error)
        return redirect(address(place.next, "resolved"), code=303)

    def _settle(self, id: str, action: str, seen: str) -> None:
        reviewer = self.room.reviewer()
        with reviewer.kb.writing("review"):
            pair = self._pair(reviewer.kb, id)
            if _version(pair) != seen:
                raise UsageError("review_stale", id=id)
            one, other = name_of(pair.one), name_of(pair.other)
            if action in (_KEEP_FIRST, _KEEP_OTHER):
                kept, gone = (one, other) if action == _KEEP_FIRST else (other, one)
                merge_into(reviewer.kb, kept, gone, reviewer.by, reviewer.today)
            elif action in choices(pair):
                decide(reviewer.kb, one, other, Verdict(action), reviewer.by, reviewer.today)
            else:
                abort(400)

    def _pair(self, kb: KnowledgeBase, id: str) -> Pair:
        try:
            return pair_of(kb, *id.split(JOINT, 1)) if JOINT in id else abort(404)
        except UsageError as error:
            if error.code in ("pairs_none", "knowledge_no_entry"):
                abort(404)
            raise

    def _page(self, pair: Pair, error: KbError | None = None) -> str:
        headings = dict.fromkeys(part.heading for part in (*pair.one.sections, *pair.other.sections))
        fields = ["question", "variants", "escalation", *(f"sections.{heading}" for heading in headings)]
        shown = [name for name in fields if any(_says(side, name) for side in (pair.one, pair.other))]
        return render_template(
            "pair.html",
            pair=pair,
            names=(name_of(pair.one), name_of(pair.other)),
            sides=differences.between(pair.one, pair.other, shown),
            sources=[self.room.pages.of_entry(side) for side in (pair.one, pair.other)],
            choices=choices(pair),
            seen=_version(pair),
            failure=wording.error(error) if error else "",
            place=self.room.place("pair", f"{name_of(pair.one)}{JOINT}{name_of(pair.other)}"),
        )


def choices(pair: Pair) -> list[str]:
    """What a person may decide about a pair, in the order of the buttons."""
    torn = pair.kind is DecisionKind.CONTRADICTION
    if not pair.other.id:
        return [Verdict.FIRST_RIGHT, Verdict.BOTH_RIGHT] if torn else [_KEEP_FIRST, Verdict.DIFFERENT]
    return [_KEEP_FIRST, _KEEP_OTHER, *([Verdict.BOTH_RIGHT] if torn else []), Verdict.DIFFERENT]


def _says(entry: Entry, name: str) -> bool:
    kind, _, heading = name.partition(".")
    return bool(entry.section(heading) if kind == "sections" else getattr(entry, name))


def _version(pair: Pair) -> str:
    return text_hash(plain.json_line(pair.one) + plain.json_line(pair.other))
