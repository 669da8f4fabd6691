"""Which pages a site has and what each template is given.

A page's ``data`` is frozen and complete: its representation is what the stamp's cache key is made of, so a page is
written again exactly when something it shows has changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kbtool.entry import Audience, Status
from kbtool.settings import Category
from kbtool.site import operator_pages
from kbtool.site.content import LogLine, Tombstone
from kbtool.site.page import Heading, SitePage
from kbtool.site.projection import Link, OperatorEntry, Projection, PublicEntry
from kbtool.site.wording import Wording
from kbtool.text import plain

#: What a category card on the home page shows before one has to open it.
CARD_ENTRIES = 3
RECENT_LINES = 5
SUMMARY_CHARACTERS = 90
DESCRIPTION_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Teaser:
    """An entry in a list."""

    link: Link
    summary: str
    updated_on: date | None
    safety: bool
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A category on the home page."""

    link: Link
    count: int
    first: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the log with its permanent anchor; ``address`` is empty where nothing is left to show."""

    anchor: str
    line: LogLine
    address: str


@dataclass(frozen=True, slots=True)
class Month:
    """The lines of one month, newest first."""

    first_day: date
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """The first page."""

    cards: tuple[Card, ...]
    recent: tuple[Row, ...]
    safety: tuple[Link, ...]
    example: str
    waiting: int
    must_know: int


def lay_out(projection: Projection, wording: Wording) -> tuple[SitePage, ...]:
    """Every page of the site, each with what its template needs."""
    pages = [_home(projection), *_categories(projection, wording), *_entries(projection), _log(projection, wording)]
    pages += [_ended(stone, projection, wording) for stone in projection.tombstones]
    pages.append(SitePage("404.html", "404", wording("missing_title"), "missing.html", _cards(projection)))
    categories = tuple(card.link for card in _cards(projection))
    pages.append(SitePage("results.html", "results", wording("results"), "results.html", categories, kind="results"))
    if projection.source.audience is not Audience.PUBLIC:
        pages += operator_pages.lay_out(projection, wording)
    return tuple(pages)


def category_link(category: Category) -> Link:
    """The overview of a category."""
    return Link(category.name, f"c/{category.slug}.html")


def rows(projection: Projection) -> tuple[Row, ...]:
    """The log, newest first; anchors count the lines of an entry and day so that later lines never move them."""
    alive = {entry.address for entry in projection.entries} | {stone.address for stone in projection.tombstones}
    seen: dict[str, int] = {}
    found = []
    for line in sorted(projection.log, key=lambda line: line.date):
        anchor = f"u{line.date:%Y%m%d}-{line.kind}-{line.address.rpartition('/')[2].removesuffix('.html') or 'site'}"
        seen[anchor] = seen.get(anchor, 0) + 1
        numbered = anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}"
        found.append(Row(numbered, line, line.address if line.address in alive else ""))
    return tuple(sorted(reversed(found), key=lambda row: row.line.date, reverse=True))


def _home(projection: Projection) -> SitePage:
    source = projection.source
    home = Home(
        cards=_cards(projection),
        recent=rows(projection)[:RECENT_LINES],
        safety=tuple(Link(entry.question, entry.address) for entry in projection.entries if entry.safety),
        example=next((entry.question for entry in projection.entries), ""),
        waiting=sum(entry.status in (Status.DRAFT, Status.IN_REVIEW) for entry in projection.operator),
        must_know=sum(entry.must_know for entry in projection.operator),
    )
    public = source.audience is Audience.PUBLIC
    title = source.settings.sites.public_title if public else source.settings.sites.internal_title
    return SitePage("index.html", "index", title, "home.html", home, kind="home")


def _cards(projection: Projection) -> tuple[Card, ...]:
    return tuple(
        Card(
            category_link(category),
            len(entries),
            tuple(Link(entry.question, entry.address) for entry in entries[:CARD_ENTRIES]),
        )
        for category in projection.source.settings.categories
        if (entries := projection.of_category(category))
    )


def _categories(projection: Projection, wording: Wording) -> Iterator[SitePage]:
    status = {entry.shown.address: entry.status for entry in projection.operator}
    for category in projection.source.settings.categories:
        teasers = tuple(
            Teaser(
                Link(entry.question, entry.address),
                _cut(_answer_text(entry), SUMMARY_CHARACTERS),
                entry.updated_on,
                entry.safety,
                status.get(entry.address),
            )
            for entry in projection.of_category(category)
        )
        link = category_link(category)
        description = wording("category_lead", category=category.name)
        yield SitePage(link.address, f"c/{category.slug}", category.name, "category.html", teasers, description)


def _entries(projection: Projection) -> Iterator[SitePage]:
    if projection.source.audience is Audience.PUBLIC:
        yield from (_entry(entry, entry, "entry_public.html", "q") for entry in projection.entries)
    else:
        yield from (_entry(entry.shown, entry, "entry_operator.html", "e") for entry in projection.operator)


def _entry(shown: PublicEntry, data: PublicEntry | OperatorEntry, template: str, folder: str) -> SitePage:
    return SitePage(
        shown.address,
        f"{folder}/{shown.category.slug}",
        shown.question,
        template,
        data,
        _cut(_answer_text(shown), DESCRIPTION_CHARACTERS),
        trail=(category_link(shown.category),),
        outline=tuple(operator_pages.outline(data) if isinstance(data, OperatorEntry) else _outline(data)),
        kind="entry",
        mentions=shown.mentions,
    )


def _outline(entry: PublicEntry) -> Iterator[Heading]:
    if len(entry.parts) > 1:
        yield from (Heading(f"s{number}", part.heading) for number, part in enumerate(entry.parts, 1))


def _log(projection: Projection, wording: Wording) -> SitePage:
    months = tuple(
        Month(date(*key, 1), tuple(members))
        for key, members in groupby(rows(projection), lambda row: (row.line.date.year, row.line.date.month))
    )
    outline = tuple(Heading(f"m{month.first_day:%Y%m}", wording.month(month.first_day)) for month in months)
    title, lead = wording("log"), wording("log_lead")
    return SitePage("updates.html", "updates", title, "log.html", months, lead, outline=outline)


def _ended(stone: Tombstone, projection: Projection, wording: Wording) -> SitePage:
    alive = {entry.address: Link(entry.question, entry.address) for entry in projection.entries}
    data = (stone, alive.get(stone.replaced_by))
    frame = f"{stone.address.partition('/')[0]}/0"
    return SitePage(stone.address, frame, wording("ended_title"), "ended.html", data, kind="ended")


def _answer_text(entry: PublicEntry) -> str:
    return " ".join(plain.lines(entry.parts[0].text, tables=False)) if entry.parts else ""


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
