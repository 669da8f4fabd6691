"""Page pictures for the review room: those of slips are held in memory alone, all others in the cache.

Pictures of slips show names and telephone numbers; they are drawn again after each start rather than kept on the disk.
"""

from dataclasses import replace
from functools import lru_cache
from threading import Lock

from kbtool.document import Document, Page
from kbtool.errors import SourceError
from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.pictures import drawn, page_picture
from kbtool.review import PagePicture

#: Handwriting needs a closer look than print.
SLIP_WIDTH_PX = 1600
#: About 150 kB each; a reviewer moves back and forth between a few.
_HELD = 32


def review_pictures(kb: KnowledgeBase) -> PagePicture:
    """Draw pages for a reviewer, one at a time; None where the source is gone or cannot be drawn."""
    drawing = Lock()

    @lru_cache(maxsize=_HELD)
    def private(name: str, bare: Page) -> bytes | None:
        try:
            return drawn(kb.project.sources / name, bare, SLIP_WIDTH_PX)
        except SourceError:
            return None

    def picture(document: Document, page: Page) -> bytes | None:
        with drawing:
            if kb.documents.record(document.slug).private:
                return private(document.sources[-1].name, replace(page, blocks=(), problems=()))
            path = page_picture(kb, document, page)
        return path.read_bytes() if path else None

    return picture
