"""From a source to a document: pages stream from the opener, through recognition where needed, into layout.

Pages with a trusted text layer never wait for recognition. At most twice as many pages as there are processes are
held as pixels, so memory does not grow with the document.
"""

import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from importlib.metadata import version
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kbtool import layout
from kbtool.document import Document, Kind, Method, Page, SourceFile
from kbtool.errors import SourceError
from kbtool.intake.reading_cache import ReadingCache
from kbtool.intake.recognisers import Recognisers, Ticket
from kbtool.intake.sources import Source, open_source
from kbtool.intake.stream import OpenedPage, PageStream
from kbtool.intake.titles import title_and_edition
from kbtool.intake.untrusted import FailedPage, NumberedPage, RasterPage
from kbtool.intake.written import VERSION as WRITTEN_VERSION
from kbtool.outcome import Problem
from kbtool.reading import PageReading

if TYPE_CHECKING:
    from kbtool.recognise import RecogniseOptions

#: Called with each page as it is done, and how many pages there are.
OnPage = Callable[[Page, int], None]

_A4_PT = (595.28, 841.89)
_SECRET = re.compile(r"社外秘|部外秘|極秘|confidential", re.IGNORECASE)
#: A stamp or a header is shorter than this; a sentence about secrets is longer.
_LONGEST_MARK = 30


class PageReader:
    """Read sources with ``jobs`` recogniser processes, which live as long as the context.

    ``cache`` is the project's ``.kbtool``; ``dpi`` how finely pages without words are drawn.
    """

    def __init__(
        self,
        options: "RecogniseOptions",
        jobs: int,
        cache: Path,
        *,
        dpi: float = 300.0,
        start_pool: Callable[[int], Executor] | None = None,
    ) -> None:
        self._jobs = jobs
        self._dpi = dpi
        self._recognisers = Recognisers(options, jobs, ReadingCache(cache / "pages"), start_pool)

    def __enter__(self) -> "PageReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._recognisers.close()

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
        with open_source(source.path) as file:
            _demand_unchanged(file, source)
            stream = PageStream(file, source, pages, self._dpi)
            for reading in self._readings(stream):
                page = _page(reading, source, slug)
                read.append(page)
                if on_page:
                    on_page(page, stream.total)
        return self._document(source, slug, title, read)

    def _readings(self, stream: Iterable[OpenedPage]) -> Iterator[PageReading | FailedPage | NumberedPage]:
        flight: deque[Ticket] = deque()
        for page in stream:
            if isinstance(page, RasterPage):
                flight.append(self._recognisers.submit(page))
            else:
                yield page
            if len(flight) >= 2 * self._jobs:
                yield self._recognisers.collect(flight.popleft())
        while flight:
            yield self._recognisers.collect(flight.popleft())

    def _document(self, source: Source, slug: str, title: str | None, read: list[Page]) -> Document:
        pages = _settled(sorted(read, key=lambda page: page.number))
        told, edition = title_and_edition(source.name)
        return Document(
            slug,
            title or told,
            (SourceFile(source.name, source.sha256),),
            pages,
            self._fingerprint(pages),
            edition,
            any(_is_marked_secret(page) for page in pages),
        )

    def _fingerprint(self, pages: Iterable[Page]) -> str:
        """Only what took part: a document of words alone does not change with the OCR engine."""
        methods = {page.method for page in pages if page.blocks}
        parts = [f"layout {layout.VERSION}"]
        if Method.TEXT_LAYER in methods:
            parts.append(f"pdfium {version('pypdfium2')}")
        if Method.FILE in methods:
            parts.append(f"file {WRITTEN_VERSION}")
        if Method.OCR in methods:
            parts.append(self._recognisers.fingerprint)
        return "; ".join(parts)


def _settled(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Find running headers by their place on paper; a file that names its headers itself has no such places."""
    if any(page.method is Method.FILE for page in pages):
        return tuple(pages)
    return tuple(layout.settle(pages))


def _page(reading: PageReading | FailedPage | NumberedPage, source: Source, slug: str) -> Page:
    if isinstance(reading, PageReading):
        return layout.build_page(reading, slug)
    if isinstance(reading, NumberedPage):
        return reading.page.as_page(reading.number, source.name, slug)
    params: dict[str, object] = {"source": source.name, "page": reading.number}
    problem = Problem(reading.code, f"{source.name}#{reading.number}", params=params)
    return Page(reading.number, *_A4_PT, Method.OCR, problems=(problem,))


def _is_marked_secret(page: Page) -> bool:
    return any(
        _SECRET.search(block.text) and (block.kind is Kind.STAMP or len(block.text) <= _LONGEST_MARK)
        for block in page.blocks
    )


def _demand_unchanged(file: BufferedReader, source: Source) -> None:
    if hashlib.file_digest(file, "sha256").hexdigest() != source.sha256:
        raise SourceError("intake_changed", source=source.name)
