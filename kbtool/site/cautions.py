"""The safety notes that an operator sees below an entry: those of its products, from documents the house may see.

Separate from the projection, which only asks for them. A site without documents has none.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kbtool.entry import Entry
from kbtool.site.content import ShownDocument


@dataclass(frozen=True, slots=True)
class Caution:
    """A safety note of a product, with the address of its page ("" where the site has none)."""

    label: str
    text: str
    page: int
    page_address: str


def cautions(
    entry: Entry, documents: Sequence[ShownDocument], page_address: Callable[[str, int], str]
) -> Iterator[Caution]:
    """The safety notes of the products of an entry, each once."""
    names = {product.name for product in entry.products}
    told: set[str] = set()
    for document in documents:
        pages = {page.number for page in document.pages}
        for note in document.safety_notes:
            if names.isdisjoint(note.products) or note.text in told:
                continue
            told.add(note.text)
            address = page_address(document.slug, note.page) if note.page in pages else ""
            yield Caution(note.label, note.text, note.page, address)
