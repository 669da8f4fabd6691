"""Make the knowledge base findable: entries, and below them the archive of every page that was read."""

from collections.abc import Iterator

from kbtool import layout, safe_yaml, search
from kbtool.document import Document
from kbtool.entry import Audience, Entry
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase, effective_status
from kbtool.project import Project
from kbtool.search import Group, Searchable, SearchIndex


def open_index(kb: KnowledgeBase) -> SearchIndex:
    """The index of this knowledge base as it stands; built anew where it is missing, stale or damaged."""
    return search.open_index(kb.project.cache / "index", searchables(kb), synonyms(kb.project))


def searchables(kb: KnowledgeBase) -> list[Searchable]:
    """Everything that can be found: entries, then the pages of documents without personal data."""
    return [*(_entry(entry) for entry in kb.entries().values()), *_archive(kb)]


def synonyms(project: Project) -> list[list[str]]:
    """Groups of expressions that mean the same, from ``kb/synonyms.yml``."""
    path = project.kb / "synonyms.yml"
    if not path.is_file():
        return []
    groups = safe_yaml.load(path.read_text(encoding="utf-8"), "kb/synonyms.yml") or []
    if not isinstance(groups, list) or not all(isinstance(group, list) for group in groups):
        raise UsageError("synonyms_format")
    return [[str(word) for word in group] for group in groups if isinstance(group, list)]


def _entry(entry: Entry) -> Searchable:
    source = entry.source[0] if entry.source else None
    return Searchable(
        id=entry.id,
        question=entry.question,
        answer="\n".join(section.text for section in entry.sections),
        variants=entry.variants,
        category=entry.category,
        products=tuple(name for product in entry.products for name in (product.name, *product.models)),
        audience=entry.audience,
        status=effective_status(entry),
        document=source.doc if source else "",
        page=source.page if source else 0,
    )


def _archive(kb: KnowledgeBase) -> Iterator[Searchable]:
    for slug in kb.documents.slugs():
        record = kb.documents.record(slug)
        if not record.private and record.is_accepted:
            yield from _pages(kb.documents.load(slug), record.audience)


def _pages(document: Document, audience: Audience) -> Iterator[Searchable]:
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
