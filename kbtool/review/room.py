"""What every page of the room shares: whose it is, what it reads from, and how its pages are addressed."""

from dataclasses import dataclass

from flask import request, url_for

from kbtool.errors import Busy, KbError
from kbtool.knowledge import KnowledgeBase
from kbtool.review import waiting
from kbtool.review.acts import Reviewer
from kbtool.review.pages import Pages


@dataclass(frozen=True, slots=True)
class Room:
    """What every page of the room needs: the knowledge base to read from, the pages, and who is acting."""

    kb: KnowledgeBase
    pages: Pages
    by: str

    def reviewer(self) -> Reviewer:
        """One act's own knowledge base: the lock it takes must not count for another thread."""
        project = self.kb.project
        return Reviewer(KnowledgeBase(project), self.by, project.today)

    def place(self, kind: str, id: str) -> waiting.Place:
        """Where an item stands among what the reviewer is going through."""
        return waiting.place(waiting.queue(self.kb).only(chosen_why()).items, kind, id)


def chosen_why() -> str:
    """The reason a reviewer is going through, empty for all."""
    return request.args.get("why", "")


def address(item: waiting.Waiting | None, done: str = "") -> str:
    """Where an item is looked at, or the list; the chosen reason stays chosen."""
    if item is None:
        return url_for("index", why=chosen_why() or None, done=done or None)
    return address_of(item.kind, item.id, done)


def address_of(kind: str, id: str, done: str = "") -> str:
    """Where an entry or a slip is looked at."""
    return url_for(kind, id=id, why=chosen_why() or None, done=done or None)


def status_of(error: KbError) -> int:
    """The HTTP status of a refused act: come back later, or look at it again."""
    return 503 if isinstance(error, Busy) else 409
