"""From a source to a document: pages stream from the opener, through recognition where needed, into layout.

Pages with a trusted text layer come laid out already and never wait for recognition, and sources that are known to
come are opened while the pages before them are still read.
"""

import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kbtool import layout
from kbtool.document import Document, Kind, Method, Page, SourceFile
from kbtool.intake.feed import FedPage, Feed
from kbtool.intake.laid import LaidPage
from kbtool.intake.reading_cache import ReadingCache
from kbtool.intake.recognisers import EngineFor, Recognisers
from kbtool.intake.sources import Source
from kbtool.intake.titles import title_and_edition
from kbtool.intake.untrusted import NumberedPage
from kbtool.intake.written import A4_PT
from kbtool.intake.written import VERSION as WRITTEN_VERSION
from kbtool.outcome import Problem
from kbtool.reading import PageReading

if TYPE_CHECKING:
    from kbtool.recognise import RecogniseOptions

#: Called with each page as it is done, and how many pages there are.
OnPage = Callable[[Page, int], None]

_SECRET = re.compile(r"社外秘|部外秘|極秘|confidential", re.IGNORECASE)
#: A stamp or a header is shorter than this; a sentence about secrets is longer.
_LONGEST_MARK = 30


class PageReader:
    """Read sources with ``jobs`` recognisers, which live as long as the context.

    ``cache`` is the project's ``.kbtool``; ``dpi`` how finely pages without words are drawn; ``pool`` is
    where pages are recognised (default: processes on this machine); ``engine_for`` chooses the engine of each page
    of a source by its name (default: that of ``options`` for all).
    """

    def __init__(
        self,
        options: "RecogniseOptions",
        jobs: int,
        cache: Path,
        *,
        dpi: float = 300.0,
        pool: Executor | None = None,
        engine_for: EngineFor | None = None,
    ) -> None:
        self._dpi = dpi
        self._jobs = jobs if pool is None else os.cpu_count() or 1
        self._recognisers = Recognisers(options, jobs, ReadingCache(cache / "pages"), pool, engine_for)
        self._ahead: Feed | None = None
        self._expected: deque[Source] = deque()

    def __enter__(self) -> "PageReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._recognisers.close()
        if self._ahead:
            self._ahead.close()

    def look_ahead(self, sources: Sequence[Source]) -> None:
        """Say which sources will be read next, in this order; they are opened while the ones before are read."""
        if self._ahead:
            self._ahead.close()
        self._expected = deque(sources)
        self._ahead = Feed(sources, self._recognisers, self._dpi, self._jobs)

    def read(
        self,
        source: Source,
        *,
        slug: str,
        title: str | None = None,
        pages: Sequence[int] | None = None,
        on_page: OnPage | None = None,
    ) -> Document:
        """Read a source, or only the ``pages`` of it with these numbers (from 1).

        Raises ``SourceError`` when nothing of the source can be read; a page that fails is a page with a problem.
        """
        read: list[Page] = []
        with self._feed(source, pages) as feed:
            for reading, total in feed.pages(source):
                page = _page(reading, source, slug)
                read.append(page)
                if on_page:
                    on_page(page, total)
        return self._document(source, slug, title, read)

    @contextmanager
    def _feed(self, source: Source, pages: Sequence[int] | None) -> Iterator[Feed]:
        if self._ahead and pages is None and source in self._expected:
            while self._expected.popleft() != source:
                pass  # sources that nobody asked for
            yield self._ahead
        else:
            with closing(Feed([source], self._recognisers, self._dpi, self._jobs, pages)) as feed:
                yield feed

    def _document(self, source: Source, slug: str, title: str | None, read: list[Page]) -> Document:
        pages = _settled(sorted(read, key=lambda page: page.number))
        told, edition = title_and_edition(source.name)
        return Document(
            slug,
            title or told,
            (SourceFile(source.name, source.sha256),),
            pages,
            self._fingerprint(source.name, pages),
            edition,
            any(_is_marked_secret(page) for page in pages),
        )

    def _fingerprint(self, source: str, pages: Iterable[Page]) -> str:
        """Only what took part: a document of words alone does not change with the OCR engine."""
        found = {(block.provenance.method, page.number) for page in pages for block in page.blocks}
        methods = {method for method, _ in found}
        parts = [f"layout {layout.VERSION}"]
        if Method.TEXT_LAYER in methods:
            parts.append(f"pdfium {version('pypdfium2')}")
        if Method.FILE in methods:
            parts.append(f"file {WRITTEN_VERSION}")
        if Method.OCR in methods:
            recognised = [number for method, number in found if method is Method.OCR]
            parts += sorted({self._recognisers.fingerprint(source, number) for number in recognised})
        return "; ".join(parts)


def _settled(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Find running headers by their place on paper; a file that names its headers itself has no such places."""
    if any(page.method is Method.FILE for page in pages):
        return tuple(pages)
    return tuple(layout.settle(pages))


def _page(reading: FedPage, source: Source, slug: str) -> Page:
    if isinstance(reading, PageReading):
        return layout.build_page(reading, slug)
    if isinstance(reading, LaidPage):
        return reading.as_page(slug)
    if isinstance(reading, NumberedPage):
        return reading.page.as_page(reading.number, source.name, slug)
    params: dict[str, object] = {"source": source.name, "page": reading.number}
    problem = Problem(reading.code, f"{source.name}#{reading.number}", params=params)
    return Page(reading.number, *A4_PT, Method.OCR, problems=(problem,))


def _is_marked_secret(page: Page) -> bool:
    return any(
        _SECRET.search(block.text) and (block.kind is Kind.STAMP or len(block.text) <= _LONGEST_MARK)
        for block in page.blocks
    )
