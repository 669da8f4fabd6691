"""What a site is built from: plain, frozen data that the recipe takes out of the knowledge base.

Separate from the projection, because this is the room's doorstep: everything that comes in stands here, and the
projection decides what of it the audience may see. Nothing here reads files.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kbtool.document import SourceFile
from kbtool.entry import Audience, Entry
from kbtool.knowledge.ledger import LineKind
from kbtool.knowledge.safety_notes import SafetyNote
from kbtool.settings import Settings


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry as this audience may read it: for public and partner the text frozen at approval.

    ``address`` is its page below the site's root (see ``address``), ``public_address`` its page on the public
    site, empty where it has none.
    """

    entry: Entry
    address: str
    published_on: date | None = None
    updated_on: date | None = None
    public_address: str = ""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One dated line of the update log; ``by`` and ``note`` are shown inside the house only."""

    date: date
    kind: LineKind
    title: str
    sentence: str
    address: str = ""
    entry_id: str = ""
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page of a document: its picture (a WebP file or its bytes, None where there is none) and its words."""

    number: int
    image: Path | bytes | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document whose pages this audience may see; ``sources`` are the files of all its editions, the newest last."""

    slug: str
    title: str
    edition: str = ""
    pages: tuple[ShownPage, ...] = ()
    sources: tuple[SourceFile, ...] = ()
    safety_notes: tuple[SafetyNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands at the address of an entry that is no longer shown; ``replaced_by`` is an address of this site."""

    address: str
    question: str
    ended_on: date | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody operators hand cases on to."""

    name: str
    reach: str = ""
    hours: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the house and what it means."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SiteContent:
    """Everything one site is made of.

    ``look`` is the text of the project's ``mkdocs.yml`` (empty: the look that kbtool ships). ``synonyms`` are the
    desk's groups of expressions that mean the same.
    """

    audience: Audience
    settings: Settings
    today: date
    entries: tuple[ShownEntry, ...] = ()
    log: tuple[LogLine, ...] = ()
    documents: tuple[ShownDocument, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    contacts: tuple[Contact, ...] = ()
    glossary: tuple[Term, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    look: str = field(default="", repr=False)


def address(audience: Audience, entry: Entry) -> str:
    """Page of an entry below the root of a site; it never changes once published."""
    return f"q/{entry.public_id}.html" if audience is Audience.PUBLIC else f"e/{entry.id}.html"
