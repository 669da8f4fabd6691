"""The room as a Flask app: which address shows what. The pages themselves are in ``entry_pages`` and ``slip_pages``."""

from flask import Flask, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from kbtool import messages
from kbtool.errors import KbError
from kbtool.knowledge import KnowledgeBase
from kbtool.project import Project
from kbtool.review import waiting, wording
from kbtool.review.entry_pages import EntryPages
from kbtool.review.guard import Guard
from kbtool.review.pages import PagePicture, Pages
from kbtool.review.pair_pages import PairPages
from kbtool.review.room import Room, address, chosen_why, status_of
from kbtool.review.slip_pages import SlipPages

#: More rows than anybody works through in a day.
MOST_ROWS = 200
#: What a redirect may say was done.
DONE = ("saved", "unchanged", "approved", "resolved", "corrected", "settled")


def review_app(project: Project, by: str, picture: PagePicture, guard: Guard) -> Flask:
    """The room for one project; ``by`` is who acts, ``picture`` draws a page."""
    app = Flask(__name__)
    app.jinja_env.undefined = StrictUndefined
    kb = KnowledgeBase(project)
    room = Room(kb, Pages(kb, picture), by)
    entries, slips, pairs = EntryPages(room), SlipPages(room), PairPages(room)
    guard.watch(app)
    app.add_url_rule("/", "index", lambda: _index(room))
    app.add_url_rule("/entry/<id>", "entry", entries.show)
    app.add_url_rule("/entry/<id>", "entry_act", entries.act, methods=["POST"])
    app.add_url_rule("/inquiry/<path:id>", "inquiry", slips.show)
    app.add_url_rule("/inquiry/<path:id>", "inquiry_act", slips.act, methods=["POST"])
    app.add_url_rule("/pair/<id>", "pair", pairs.show)
    app.add_url_rule("/pair/<id>", "pair_act", pairs.act, methods=["POST"])
    app.add_url_rule("/page/<slug>/<int:number>", "page", lambda slug, number: _picture(room, slug, number))
    app.register_error_handler(KbError, _failed)
    app.register_error_handler(404, _missing)
    app.context_processor(lambda: _shared(room, guard))
    return app


def _shared(room: Room, guard: Guard) -> dict[str, object]:
    done = request.args.get("done", "")
    return {
        "say": wording.say,
        "wording": wording,
        "address": address,
        "why": chosen_why(),
        "done": done if done in DONE else "",
        "token": guard.form_token,
        "by": room.by,
        "language": messages.language(),
    }


def _index(room: Room) -> ResponseReturnValue:
    everything = waiting.queue(room.kb)
    shown = everything.only(chosen_why())
    return render_template("index.html", queue=shown, everything=everything, most=MOST_ROWS)


def _picture(room: Room, slug: str, number: int) -> ResponseReturnValue:
    found = room.pages.page(slug, number)
    picture = room.pages.picture(*found) if found else None
    if picture is None:
        abort(404)
    return Response(picture, mimetype="image/webp")


def _failed(error: KbError) -> ResponseReturnValue:
    return render_template("failed.html", sentence=wording.error(error)), status_of(error)


def _missing(error: HTTPException) -> ResponseReturnValue:
    return render_template("failed.html", sentence=wording.say("missing")), 404
