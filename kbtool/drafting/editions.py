"""Which edition of a manual is in force, and which pages belong to an older one.

Separate because it is known only from all pages together: the title, the running headers and single headings.
"""

from collections import Counter
from collections.abc import Sequence

from kbtool.document import Document, Kind, Page
from kbtool.drafting.item import Item, Role
from kbtool.drafting.wording import EDITION, edition_in, plain


def by_page(document: Document, items: Sequence[Item]) -> dict[int, str]:
    """The edition each page names in its header, footer or a heading; pages that name none are left out."""
    found = {page.number: edition for page in document.pages if (edition := _printed(page))}
    for item in items:
        if item.role is Role.HEADING and item.page not in found and (edition := edition_in(item.text)):
            found[item.page] = edition
    return found


def in_force(document: Document, editions: dict[int, str]) -> str:
    """The edition of the document: as it says of itself, else the one most pages name."""
    said = edition_in(document.edition) or edition_in(document.title)
    counted = Counter(editions.values()).most_common(1)
    return said or (counted[0][0] if counted else "")


def lineage(document: Document) -> str:
    """The name of the manual whatever its edition, so that the next edition finds the same entries."""
    name = EDITION.sub("", plain(document.title)).strip("_-‐ 　()（）")
    return name or document.slug


def titles(document: Document) -> tuple[str, ...]:
    """What the document calls itself: its title, the names of its files, its running headers."""
    running = [block.text for page in document.pages for block in page.blocks if block.kind is Kind.PAGE_HEADER]
    return tuple(dict.fromkeys((document.title, *(source.name for source in document.sources), *running)))


def _printed(page: Page) -> str:
    running = [block.text for block in page.blocks if block.kind in (Kind.PAGE_HEADER, Kind.PAGE_FOOTER)]
    return next((edition for text in running if (edition := edition_in(text))), "")
