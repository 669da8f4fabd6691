"""What one audience may see, chosen field by field.

Everything is copied by allow-list into new types that have no place for the rest, so nothing behind this module can
show what it was never given. An entry, section or document that must not be here is refused, not dropped: the
selection was made before, and a disagreement means that something is wrong.
"""

import re
from dataclasses import dataclass
from datetime import date

from kbtool.document import Box
from kbtool.entry import INTERNAL_SECTIONS, PUBLIC_SECTIONS, Audience, EntryType, Escalation, Source, Status
from kbtool.errors import PublishRefused
from kbtool.knowledge import NEVER_PUBLIC
from kbtool.settings import Category
from kbtool.site.cautions import Caution, cautions
from kbtool.site.content import LogLine, ShownDocument, ShownEntry, SiteContent, Tombstone, address

#: The order in which an operator reads; the public order is the same without what stays in the house.
READING_ORDER = (
    "回答",
    "確認ポイント",
    "手順",
    "原因と処置",
    "お問い合わせ前に",
    "判断基準",
    "トークスクリプト",
    "ご注意",
    "社内メモ",
)
SECTIONS = {
    Audience.PUBLIC: frozenset(PUBLIC_SECTIONS),
    Audience.PARTNER: frozenset(PUBLIC_SECTIONS + INTERNAL_SECTIONS) - {"社内メモ"},
    Audience.INTERNAL: frozenset(PUBLIC_SECTIONS + INTERNAL_SECTIONS),
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ADDRESS = re.compile(r"[eq]/[A-Za-z0-9][A-Za-z0-9._-]{0,63}\.html")
_LINKED = re.compile(r"\]\(\s*<?([A-Za-z0-9._-]{1,64})>?\s*\)")


@dataclass(frozen=True, slots=True)
class Link:
    """A title and the address it leads to, below the site's root."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """One section of an entry as Markdown."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """All that the public sees of an entry.

    ``mentions`` are the entries its text links to by id (the title is the id); ``variants`` are searched, not shown.
    """

    address: str
    question: str
    category: Category
    parts: tuple[Part, ...]
    products: tuple[str, ...]
    published_on: date | None
    updated_on: date | None
    safety: bool
    related: tuple[Link, ...]
    mentions: tuple[Link, ...]
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an answer came from; the addresses are empty where the reader may not see the page."""

    document: str
    page: int
    method: str
    confidence: float
    min_confidence: float
    box: Box
    image: str
    page_address: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class OperatorEntry:
    """What an operator sees; the house's own fields are empty for a partner."""

    shown: PublicEntry
    id: str
    type: EntryType
    status: Status
    channels: tuple[str, ...]
    must_know: bool
    escalation: tuple[Escalation, ...]
    verified_on: date | None
    review_by: date | None
    overdue: bool
    citations: tuple[Citation, ...] = ()
    needs_review: tuple[str, ...] = ()
    owner: str = ""
    legal_check: str = "none"
    public_address: str = ""
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Projection:
    """One site's whole content, with everything else left behind."""

    source: SiteContent
    entries: tuple[PublicEntry, ...]
    operator: tuple[OperatorEntry, ...]
    log: tuple[LogLine, ...]
    documents: tuple[ShownDocument, ...]
    tombstones: tuple[Tombstone, ...]

    def of_category(self, category: Category) -> tuple[PublicEntry, ...]:
        """Entries of one category, in the given order."""
        return tuple(entry for entry in self.entries if entry.category == category)


def project(content: SiteContent) -> Projection:
    """Choose what the audience may see; ``PublishRefused`` names what must not be here."""
    _refuse_strangers(content)
    current = tuple(shown for shown in content.entries if not _is_early(shown, content.today))
    listed = tuple(shown for shown in current if not _is_over(shown, content.today))
    known = {shown.entry.id: Link(shown.entry.question, shown.address) for shown in listed}
    public = content.audience is Audience.PUBLIC
    entries = tuple(_public_entry(shown, content, known) for shown in listed)
    return Projection(
        source=content,
        entries=entries,
        operator=() if public else tuple(map(lambda shown, seen: _operator(shown, seen, content), listed, entries)),
        log=tuple(_log_line(line, content.audience) for line in content.log),
        documents=content.documents,
        tombstones=content.tombstones + tuple(_expired(shown) for shown in current if _is_over(shown, content.today)),
    )


def image_address(document: str, page: int) -> str:
    """Where the picture of a page lies."""
    return f"img/{document}/p{page:04}.webp"


def page_address(document: str, page: int) -> str:
    """Where the page of the archive lies."""
    return f"d/{document}-p{page:04}.html"


def _refuse_strangers(content: SiteContent) -> None:
    for shown in content.entries:
        reason = _reason_to_refuse(shown, content)
        if reason:
            raise PublishRefused(reason, entry=shown.entry.id, audience=content.audience)
    for stone in content.tombstones:
        if not _ADDRESS.fullmatch(stone.address):
            raise PublishRefused("site_address_outside", address=stone.address)
    addresses = [shown.address.lower() for shown in content.entries] + [t.address.lower() for t in content.tombstones]
    if len(addresses) != len(set(addresses)):
        twin = next(name for name in addresses if addresses.count(name) > 1)
        raise PublishRefused("site_address_twice", address=twin)
    for document in content.documents:
        if content.audience is Audience.PUBLIC or not _NAME.fullmatch(document.slug):
            raise PublishRefused("site_document_refused", document=document.slug, audience=content.audience)
    if content.audience is Audience.RESTRICTED:
        raise PublishRefused("site_restricted")


def _reason_to_refuse(shown: ShownEntry, content: SiteContent) -> str:
    """Message code why an entry must not be on this site, empty where it may."""
    entry = shown.entry
    if not content.audience.includes(entry.audience):
        return "site_entry_audience"
    if content.audience is not Audience.INTERNAL and entry.status not in (Status.APPROVED, Status.PUBLISHED):
        return "site_entry_status"
    if content.audience is Audience.PUBLIC and entry.type in NEVER_PUBLIC:
        return "site_entry_type"
    name = entry.public_id if content.audience is Audience.PUBLIC else entry.id
    if not _NAME.fullmatch(name) or shown.address != address(content.audience, entry):
        return "site_entry_address"
    if any(part.heading not in READING_ORDER for part in entry.sections):
        return "site_entry_section"
    if content.settings.category(entry.category) is None:
        return "site_entry_category"
    return ""


def _is_early(shown: ShownEntry, today: date) -> bool:
    return shown.entry.valid_from is not None and shown.entry.valid_from > today


def _is_over(shown: ShownEntry, today: date) -> bool:
    return shown.entry.valid_to is not None and shown.entry.valid_to < today


def _expired(shown: ShownEntry) -> Tombstone:
    return Tombstone(shown.address, shown.entry.question, shown.entry.valid_to)


def _public_entry(shown: ShownEntry, content: SiteContent, known: dict[str, Link]) -> PublicEntry:
    entry = shown.entry
    category = content.settings.category(entry.category)
    assert category is not None
    allowed = SECTIONS[content.audience]
    parts = [Part(part.heading, part.text) for part in entry.sections if part.heading in allowed and part.text.strip()]
    return PublicEntry(
        address=shown.address,
        question=entry.question,
        category=category,
        parts=tuple(sorted(parts, key=lambda part: READING_ORDER.index(part.heading))),
        products=tuple(" ".join((product.name, *product.models)) for product in entry.products),
        published_on=shown.published_on,
        updated_on=shown.updated_on,
        safety=entry.safety,
        related=tuple(known[name] for name in entry.related if name in known),
        mentions=_mentions(parts, known),
        variants=entry.variants,
    )


def _mentions(parts: list[Part], known: dict[str, Link]) -> tuple[Link, ...]:
    wanted = sorted({name for part in parts for name in _LINKED.findall(part.text)})
    return tuple(Link(name, known[name].address) for name in wanted if name in known)


def _operator(shown: ShownEntry, seen: PublicEntry, content: SiteContent) -> OperatorEntry:
    entry = shown.entry
    house = content.audience is Audience.INTERNAL
    return OperatorEntry(
        shown=seen,
        id=entry.id,
        type=entry.type,
        status=entry.status,
        channels=entry.channels,
        must_know="must_know" in entry.tags,
        escalation=entry.escalation,
        verified_on=entry.verified_on,
        review_by=entry.review_by,
        overdue=entry.review_by is not None and entry.review_by < content.today,
        citations=tuple(
            _citation(source, document)
            for source in entry.source
            if (document := _holder(source, content.documents)) or house
        ),
        needs_review=entry.needs_review if house else (),
        owner=entry.owner if house else "",
        legal_check=entry.legal_check if house else "none",
        public_address=shown.public_address,
        cautions=tuple(cautions(entry, content.documents, page_address)),
    )


def _holder(source: Source, documents: tuple[ShownDocument, ...]) -> ShownDocument | None:
    """The document a passage came from: by its file and page, since a stack is several documents, else by name."""
    files = [each for each in documents if source.sha256 in [file.sha256 for file in each.sources]]
    paged = [each for each in files if any(page.number == source.page for page in each.pages)]
    named = [each for each in documents if source.doc in (each.title, each.slug)]
    return next(iter((*paged, *files, *named)), None)


def _citation(source: Source, document: ShownDocument | None) -> Citation:
    """Pages of an edition that is superseded are named with it; they have no page on the site."""
    earlier = [file for file in document.sources[:-1] if file.sha256 == source.sha256] if document else []
    edition = earlier[0].edition if earlier else document.edition if document else ""
    pages = document.pages if document and not earlier else ()
    page = next((page for page in pages if page.number == source.page), None)
    return Citation(
        document=f"{document.title} {edition}".strip() if document else source.doc,
        page=source.page,
        method=source.method,
        confidence=source.confidence,
        min_confidence=source.min_conf,
        box=source.bbox,
        image=image_address(document.slug, source.page) if document and page and page.image is not None else "",
        page_address=page_address(document.slug, source.page) if document and page else "",
        place=source.place,
    )


def _log_line(line: LogLine, audience: Audience) -> LogLine:
    if audience is Audience.INTERNAL:
        return line
    return LogLine(line.date, line.kind, line.title, line.sentence, line.address)
