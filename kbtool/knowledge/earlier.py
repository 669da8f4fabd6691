"""Pages of superseded editions that entries still name: ``earlier.jsonl`` beside the pages of the edition in force.

Page 7 of the 4th edition is not page 7 of the 5th. An entry whose passage changed or vanished goes on naming the
page it came from, so that page is kept with its words; all others go with their edition.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from kbtool import durable
from kbtool.document import Document, Page
from kbtool.knowledge import plain


@dataclass(frozen=True, slots=True)
class EarlierPage:
    """A page of the source with this SHA-256."""

    sha256: str
    page: Page


def load(path: Path, where: str) -> tuple[EarlierPage, ...]:
    """The pages kept of earlier editions."""
    return plain.load_file(EarlierPage, path, where)


def keep(path: Path, where: str, pages: tuple[Page, ...], sha256: str) -> None:
    """Keep the pages of an edition before they are replaced; ``prune`` lets go of what nobody names."""
    kept = [each for each in load(path, where) if each.sha256 != sha256]
    durable.commit(path, plain.json_lines([*kept, *(EarlierPage(sha256, page) for page in pages)]))


def prune(path: Path, where: str, named: Callable[[], Collection[tuple[str, int]]]) -> None:
    """Leave only the pages that are ``named`` by source and number."""
    if not path.is_file():
        return
    places = named()
    kept = [each for each in load(path, where) if (each.sha256, each.page.number) in places]
    if kept:
        durable.commit(path, plain.json_lines(kept))
    else:
        durable.remove(path)


def as_of(document: Document, earlier: EarlierPage) -> Document:
    """The document as it was in an earlier edition, with the page kept of it."""
    files = document.sources[: [file.sha256 for file in document.sources].index(earlier.sha256) + 1]
    return replace(document, sources=files, edition=files[-1].edition, pages=(earlier.page,))
