"""The search that travels with a site, made from the same projection as its pages.

The index is made anew only when something it is made from has changed; an unchanged one is linked from the cache.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import kbtool.search
import kbtool.text
from kbtool import durable
from kbtool.entry import Audience
from kbtool.search import browser
from kbtool.site.projection import Projection, page_address
from kbtool.text import plain

#: Where the index lies; the frames of the shell name its two scripts.
FOLDER = "assets/search"


def place(projection: Projection, out: Path, store: Path) -> None:
    """Put the index of all entries, and for operators of all archive pages, into the tree."""
    pages = tuple(_pages(projection))
    synonyms = _synonyms(projection, pages)
    key = hashlib.sha256(repr((_version(), pages, synonyms)).encode("utf-8", "surrogatepass")).hexdigest()
    if not durable.tree_is_whole(store / key):
        durable.fresh_folder(store)
        browser.write_index(pages, store / key / FOLDER, durable.write, synonyms)
        durable.seal(store / key)
    for path in sorted((store / key / FOLDER).rglob("*")):
        if path.is_file():
            durable.hard_link(path, out / FOLDER / path.relative_to(store / key / FOLDER))
    for address, text in browser.STUBS.items():
        durable.write(out / address, text)


def _pages(projection: Projection) -> Iterator[browser.BrowserPage]:
    for entry in projection.entries:
        text = " ".join(line for part in entry.parts for line in plain.lines(part.text))
        tags = entry.products
        yield browser.BrowserPage(entry.address, entry.question, entry.category.name, text, entry.variants, tags)
    for document in projection.documents:
        title = f"{document.title} {document.edition}".strip()
        for page in document.pages:
            if page.text.strip():
                address = page_address(document.slug, page.number)
                yield browser.BrowserPage(address, f"{title} p.{page.number}", title, page.text, archive=True)


def _synonyms(projection: Projection, pages: tuple[browser.BrowserPage, ...]) -> tuple[tuple[str, ...], ...]:
    """The desk's synonyms; outside the house only expressions that its pages say anyway."""
    groups = projection.source.synonyms
    if projection.source.audience is Audience.INTERNAL:
        return groups
    said = "\n".join(text for page in pages for text in (page.title, *page.variants, page.text))
    kept = (tuple(expression for expression in group if expression in said) for group in groups)
    return tuple(group for group in kept if len(group) > 1)


@cache
def _version() -> str:
    """The code that makes the index; a change of it makes the index anew."""
    digest = hashlib.sha256()
    for package in (kbtool.search, kbtool.text):
        for folder in package.__path__:
            for path in sorted([*Path(folder).rglob("*.py"), *Path(folder).rglob("*.js")]):
                digest.update(path.read_bytes())
    return digest.hexdigest()
