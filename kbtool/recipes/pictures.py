"""Page images for readers inside the house: drawn once in a child, kept in the cache, named by their source."""

import hashlib
from pathlib import Path

from kbtool import durable, intake, layout
from kbtool.document import Document, Method, Page
from kbtool.errors import SourceError
from kbtool.knowledge import KnowledgeBase, safety_notes
from kbtool.site import ShownDocument, ShownPage

#: Wide enough to read 8-point type on a laptop.
WIDTH_PX = 1200


def shown_documents(kb: KnowledgeBase) -> tuple[ShownDocument, ...]:
    """Every document operators may look into, with a picture of each page whose source is still there."""
    slugs = [slug for slug in kb.documents.slugs() if not kb.documents.record(slug).private]
    return tuple(_shown(kb, kb.documents.load(slug)) for slug in slugs)


def _shown(kb: KnowledgeBase, document: Document) -> ShownDocument:
    pages = tuple(
        ShownPage(page.number, page_picture(kb, document, page), layout.plain_text((page,))) for page in document.pages
    )
    notes = safety_notes.load(kb.documents, document.slug)
    return ShownDocument(document.slug, document.title, document.edition, pages, document.sources, notes)


def page_picture(kb: KnowledgeBase, document: Document, page: Page) -> Path | None:
    """The picture of one page as a WebP file; None where there is none: an office file, or a source that is gone."""
    if page.method is Method.FILE:
        return None
    source = document.sources[-1]
    path = kb.project.sources / source.name
    picture = kb.project.cache / "images" / source.sha256[:16] / f"p{page.number:04}-{WIDTH_PX}{_bent(page)}.webp"
    if not picture.is_file() and intake.is_unchanged(path, source.sha256):
        try:
            durable.write(picture, drawn(path, page, WIDTH_PX))
        except SourceError:
            return None  # the words are there without it; ingest has named the damage
    return picture if picture.is_file() else None


def drawn(path: Path, page: Page, width_px: int) -> bytes:
    """The page as its boxes see it: upright, straight, without the desk it was photographed on."""
    aspect = page.height_pt / page.width_pt
    return intake.page_image(
        path, page.number, width_px=width_px, rotation=page.rotation, mesh=page.mesh, aspect=aspect
    )


def _bent(page: Page) -> str:
    """Part of a picture's name that changes with how the page was set upright and straight; empty where it came so."""
    if not (page.rotation or page.mesh):
        return ""
    return "-" + hashlib.sha256(repr((page.rotation, page.mesh)).encode()).hexdigest()[:8]
