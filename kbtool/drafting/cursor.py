"""Where the rules stand in the stream of items, and what a rule answers.

A rule looks at what begins at the cursor and says how many items it takes, which drafts they make and, where they
make none on purpose, by which name the page ends.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kbtool import messages
from kbtool.drafting.item import Item, Role
from kbtool.drafting.model import Draft, PageEnd
from kbtool.knowledge.safety_notes import SafetyNote

#: A page whose last line ends below this share of its height was filled; one that ends higher was ended on purpose.
_FULL_PAGE = 0.78


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the whole document before the rules run.

    ``editions`` by page where a page names one, ``edition`` the one in force, ``about`` the products of the title,
    ``titles`` what the document and its running headers are called.
    """

    pages: int
    first_page: int
    edition: str
    editions: dict[int, str]
    about: tuple[str, ...]
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position in the stream."""

    items: tuple[Item, ...]
    at: int
    facts: Facts

    @property
    def item(self) -> Item:
        """The item that begins here."""
        return self.items[self.at]

    @property
    def rest(self) -> tuple[Item, ...]:
        """Everything from here on."""
        return self.items[self.at :]

    @property
    def starts_page(self) -> bool:
        """Whether the first item of a page begins here."""
        return self.at == 0 or self.items[self.at - 1].page != self.item.page

    def page_items(self) -> tuple[Item, ...]:
        """What is left of this page."""
        return self.while_(lambda item: item.page == self.item.page)

    def while_(self, keep: Callable[[Item], bool], start: int = 0) -> tuple[Item, ...]:
        """The run of items from ``start`` places further on for which ``keep`` holds."""
        end = self.at + start
        while end < len(self.items) and keep(self.items[end]):
            end += 1
        return self.items[self.at + start : end]

    def body(self, start: int = 1) -> tuple[Item, ...]:
        """The prose that belongs to the heading or question here.

        It crosses to the next page in mid-sentence, or from a full page to one that begins without a heading.
        """
        taken: list[Item] = []
        last = self.items[self.at + start - 1]
        for item in self.items[self.at + start :]:
            if item.role not in (Role.TEXT, Role.STEP, Role.BULLET, Role.LINE):
                break
            if item.page != last.page and not crosses(last, item):
                break
            taken.append(item)
            last = item
        return tuple(taken)


def crosses(last: Item, item: Item) -> bool:
    """Whether what opens a page belongs to what closed the page before."""
    if item.page != last.page + 1:
        return False
    full = last.evidence.box.y1 >= _FULL_PAGE and item.evidence.box.y0 <= 1 - _FULL_PAGE
    return full or (last.role not in (Role.HEADING, Role.QUESTION) and _runs_on(last, item))


def _runs_on(last: Item, item: Item) -> bool:
    if last.role is Role.STEP:
        return item.role is Role.STEP
    return item.role is Role.TEXT and not last.text.endswith(("。", "」", "）", ")"))


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule took: ``taken`` items, made into ``drafts`` or ended by name; ``aside`` goes to old editions."""

    taken: int
    drafts: tuple[Draft, ...] = ()
    outcome: PageEnd | None = None
    notes: tuple[SafetyNote, ...] = ()
    aside: tuple[Item, ...] = ()


Matcher = Callable[[Cursor], Match | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the list: what it is called, and the function."""

    name: str
    match: Matcher

    @property
    def about(self) -> str:
        """What it does, in one line in the language of the run."""
        return messages.say(f"drafting_rule_{self.name}")
