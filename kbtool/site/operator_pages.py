"""The pages that only operators and partners have: where to start, what is where, and the archive of documents."""

from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.entry import Escalation
from kbtool.site.content import Contact, ShownDocument, ShownPage, Term
from kbtool.site.page import Heading, SitePage
from kbtool.site.projection import Link, OperatorEntry, Projection, image_address, page_address
from kbtool.site.wording import Wording


@dataclass(frozen=True, slots=True)
class Lesson:
    """A category in the order of reading, with what everybody must know of it."""

    link: Link
    count: int
    must_know: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a new operator begins."""

    lessons: tuple[Lesson, ...]
    escalation: tuple[tuple[Link, Escalation], ...]
    contacts: tuple[Contact, ...]
    glossary: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """A page of a document and the entries made from it."""

    number: int
    address: str
    entries: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MapDocument:
    """A document on the map; ``cited`` counts pages that at least one entry was made from."""

    anchor: str
    title: str
    pages: tuple[MapPage, ...]
    cited: int


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """One page of a document as picture and words; addresses are empty where there is no such page."""

    image: str
    alt: str
    text: str
    entries: tuple[Link, ...]
    previous: Link | None
    following: Link | None


def lay_out(projection: Projection, wording: Wording) -> list[SitePage]:
    """The start page, the map, and a page for each page of each document."""
    citing = _citing(projection)
    documents = [_map_document(document, citing) for document in projection.documents]
    pages = [_start(projection, wording)]
    outline = tuple(Heading(document.anchor, document.title) for document in documents)
    pages.append(SitePage("map.html", "map", wording("map"), "map.html", tuple(documents), outline=outline))
    for document in projection.documents:
        pages += _archive(document, citing, wording)
    return pages


def outline(entry: OperatorEntry) -> Iterator[Heading]:
    """Headings of an operator's page in reading order; the escalation stands before the cautions."""
    parts = [Heading(f"s{number}", part.heading) for number, part in enumerate(entry.shown.parts, 1)]
    if entry.escalation:
        after = sum(part.heading not in ("ご注意", "社内メモ") for part in entry.shown.parts)
        parts.insert(after, Heading("escalation", "エスカレーション"))
    if entry.citations:
        parts.append(Heading("sources", "出典"))
    yield from parts


def _start(projection: Projection, wording: Wording) -> SitePage:
    lessons = []
    for category in projection.source.settings.categories:
        members = [entry for entry in projection.operator if entry.shown.category == category]
        must_know = tuple(_link(entry) for entry in members if entry.must_know)
        if members:
            lessons.append(Lesson(Link(category.name, f"c/{category.slug}.html"), len(members), must_know))
    rules = tuple((_link(entry), rule) for entry in projection.operator for rule in entry.escalation)
    start = Start(tuple(lessons), rules, projection.source.contacts, projection.source.glossary)
    names = [("first", True), ("categories", True), ("escalation", rules), ("contacts", start.contacts)]
    headings = [name for name, filled in [*names, ("glossary", start.glossary)] if filled]
    outline = tuple(Heading(name, wording(f"start_{name}")) for name in headings)
    return SitePage("start.html", "start", wording("start"), "start.html", start, outline=outline)


def _link(entry: OperatorEntry) -> Link:
    return Link(entry.shown.question, entry.shown.address)


def _citing(projection: Projection) -> dict[str, tuple[Link, ...]]:
    """Archive pages → entries made from them, each once."""
    citing: dict[str, tuple[Link, ...]] = {}
    for entry in projection.operator:
        for address in sorted({citation.page_address for citation in entry.citations} - {""}):
            citing[address] = (*citing.get(address, ()), _link(entry))
    return citing


def _map_document(document: ShownDocument, citing: dict[str, tuple[Link, ...]]) -> MapDocument:
    pages = []
    for page in document.pages:
        address = page_address(document.slug, page.number)
        pages.append(MapPage(page.number, address, citing.get(address, ())))
    cited = sum(bool(page.entries) for page in pages)
    return MapDocument(f"d-{document.slug}", f"{document.title} {document.edition}".strip(), tuple(pages), cited)


def _archive(document: ShownDocument, citing: dict[str, tuple[Link, ...]], wording: Wording) -> Iterator[SitePage]:
    for index, page in enumerate(document.pages):
        title = _title(document, page, wording)
        address = page_address(document.slug, page.number)
        data = ArchivePage(
            image_address(document.slug, page.number) if page.image is not None else "",
            title,
            page.text,
            citing.get(address, ()),
            _neighbour(document, index - 1, wording),
            _neighbour(document, index + 1, wording),
        )
        trail = (Link(wording("map"), "map.html"),)
        yield SitePage(address, "d/0", title, "archive.html", data, trail=trail)


def _neighbour(document: ShownDocument, index: int, wording: Wording) -> Link | None:
    if not 0 <= index < len(document.pages):
        return None
    page = document.pages[index]
    return Link(wording("source_page", page=page.number), page_address(document.slug, page.number))


def _title(document: ShownDocument, page: ShownPage, wording: Wording) -> str:
    return wording("page_title", document=f"{document.title} {document.edition}".strip(), page=page.number)
