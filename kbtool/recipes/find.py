"""Make the knowledge base findable: entries, and below them the archive of every page that was read."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kbtool import __version__, safe_yaml, search
from kbtool.document import Document
from kbtool.entry import Audience, Entry
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase, answered, effective_status, searches
from kbtool.project import Project
from kbtool.search import Group, Searchable, SearchIndex, suggesting
from kbtool.search.spellings import Spellings
from kbtool.search.suggesting import Suggestions
from kbtool.text import plain


def open_index(kb: KnowledgeBase) -> SearchIndex:
    """The index of this knowledge base as it stands; mended where it is missing, stale or damaged."""
    return search.open_index(
        kb.project.cache / "index", KnowledgeLibrary(kb), synonyms(kb.project), kb.project.settings.search.engine
    )


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A query without a hit and how often it was asked; ``synonyms`` pair a word of it with a word of the desk."""

    query: str
    count: int
    synonyms: tuple[tuple[str, str], ...]


class KnowledgeLibrary:
    """Entries, then the pages of documents without personal data; each file of an entry, each document is a source."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._asked: dict[str, tuple[str, ...]] | None = None

    def stamps(self) -> dict[str, str]:
        """As ``Library.stamps``: by time, size and place of files; where an entry answered inquiries, of theirs too."""
        self._asked = None  # read after the stamps, so that a change in between is noticed next time
        answering = frozenset(answered.links(self._kb).values())
        told = self._inquiries_stamp() if answering else ""
        entries = {
            f"entry {name}": _stamp(file) + (told if file.name.removesuffix(".md") in answering else "")
            for name, file in self._kb.listed().items()
        }
        return entries | {f"document {slug}": self._document_stamp(slug) for slug in self._kb.documents.slugs()}

    def load(self, source: str) -> Sequence[Searchable]:
        """As ``Library.load`` for a source that ``stamps`` named; nothing where its file has gone meanwhile."""
        kind, _, name = source.partition(" ")
        if kind == "document":
            return list(_archive(self._kb, name))
        try:
            entry = self._kb.read_file(self._kb.folder / name)
        except FileNotFoundError:
            return []
        if self._asked is None:
            self._asked = answered.past_inquiries(self._kb)
        return [_entry(entry, self._asked.get(entry.id, ()))]

    def _inquiries_stamp(self) -> str:
        """Of all that the words of past inquiries are made of; this version decides what of them is masked."""
        kb = self._kb.project.kb
        files = (kb / answered.FILE, kb / "settings.yml", *sorted((kb / "inquiries").glob("*.jsonl")))
        made_of = " ".join((__version__, *map(_stamp, files)))
        return f".{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"

    def _document_stamp(self, slug: str) -> str:
        folder = self._kb.documents.folder(slug, private=False)
        return " ".join(_stamp(folder / name) for name in ("document.yml", "pages.jsonl"))


def demand_known(kb: KnowledgeBase, category: str | None, product: str | None) -> None:
    """Refuse a name that neither the settings nor any entry knows: it would find nothing and not say why."""
    settings = kb.project.settings
    categories = [each.name for each in settings.categories]
    products = [name for each in settings.products for name in (each.name, *each.models)]
    if category in (None, *categories) and product in (None, *products):
        return
    entries = kb.entries().values()
    categories += [entry.category for entry in entries]
    products += [name for entry in entries for each in entry.products for name in (each.name, *each.models)]
    for code, name, known in (
        ("search_category_unknown", category, categories),
        ("search_product_unknown", product, products),
    ):
        if name is not None and name not in known:
            raise UsageError(code, name=name, known="、".join(dict.fromkeys(known)) or "-")


def suggest(kb: KnowledgeBase, text: str, *, limit: int = 5, audience: Audience | None = None) -> Suggestions:
    """Entries that answer an inquiry as it came, each with the sentence that answers and why."""
    with open_index(kb) as index:
        return suggesting.suggest(index, text, limit=limit, audience=audience)


def unmatched(kb: KnowledgeBase) -> tuple[Unmatched, ...]:
    """What was searched in vain, the most frequent first, with the word of the desk that may be meant."""
    asked = searches.misses(kb)
    with open_index(kb) as index:
        known = Spellings.of(index.headings())
        still = [(query, count) for query, count in asked.items() if index.search(query, archive=False).is_miss]
    return tuple(Unmatched(query, count, known.corrections(query)) for query, count in still)


def synonyms(project: Project) -> list[list[str]]:
    """Groups of expressions that mean the same, from ``kb/synonyms.yml``."""
    path = project.kb / "synonyms.yml"
    if not path.is_file():
        return []
    groups = safe_yaml.load(path.read_text(encoding="utf-8"), "kb/synonyms.yml") or []
    if not isinstance(groups, list) or not all(isinstance(group, list) for group in groups):
        raise UsageError("synonyms_format")
    return [[str(word) for word in group] for group in groups if isinstance(group, list)]


def _stamp(file: Path | os.DirEntry[str]) -> str:
    try:
        found = file.stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_mtime_ns}.{found.st_size}.{found.st_ino}"


def _entry(entry: Entry, asked: Sequence[str]) -> Searchable:
    source = entry.source[0] if entry.source else None
    return Searchable(
        id=entry.id,
        question=entry.question,
        answer="\n".join(line for section in entry.sections for line in plain.lines(section.text)),
        variants=entry.variants,
        asked=tuple(asked),
        category=entry.category,
        products=tuple(name for product in entry.products for name in (product.name, *product.models)),
        audience=entry.audience,
        status=effective_status(entry),
        document=source.doc if source else "",
        page=source.page if source else 0,
    )


def _archive(kb: KnowledgeBase, slug: str) -> Iterator[Searchable]:
    record = kb.documents.record(slug)
    if not record.private and record.is_accepted:
        yield from _pages(kb.documents.load(slug), record.audience)


def _pages(document: Document, audience: Audience) -> Iterator[Searchable]:
    from kbtool import layout  # only where a document is indexed anew: a search must start quickly

    for page in document.pages:
        yield Searchable(
            id=f"{document.slug}.{page.number}",
            question=document.title,
            answer=layout.plain_text((page,)),
            audience=audience,
            document=document.title,
            page=page.number,
            group=Group.ARCHIVE,
        )
