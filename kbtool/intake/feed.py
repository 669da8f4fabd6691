"""Sources opened ahead of whoever reads them, so that no core waits for the next file.

A thread opens one source after another and hands their pages to the recognisers; the reader takes the pages in the
order of sources and pages, while those behind are already at work. How far the thread gets ahead is bounded: by the
recognisers for pages as pixels, by a queue for pages that are read.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from queue import Empty, Queue

from kbtool.errors import KbError
from kbtool.intake.reading_cache import place_of
from kbtool.intake.recognisers import Reading, Recognisers
from kbtool.intake.sniff import FileKind
from kbtool.intake.sources import Source, open_unchanged
from kbtool.intake.stream import KnownPage, PageStream
from kbtool.intake.untrusted import NumberedPage, RasterPage

#: Pages that are read, or on their way, before anybody asked for them; a dense page takes about 1 MB.
_PAGES_AHEAD = 64
#: How often a thread that is to end is asked whether it has.
_GLANCE_S = 0.05

FedPage = Reading | NumberedPage


@dataclass(frozen=True, slots=True)
class _Item:
    """A page of a source, which may still be on its way; how the source ended; or that there is nothing more."""

    source: Source | None
    page: "FedPage | Future[Reading] | KbError | None" = None
    total: int = 0


class Feed:
    """The pages of ``sources``, or only those with the numbers ``pages``."""

    def __init__(
        self, sources: Sequence[Source], recognisers: Recognisers, dpi: float, pages: Sequence[int] | None = None
    ) -> None:
        self._sources = sources
        self._recognisers = recognisers
        self._dpi = dpi
        self._wanted = pages
        self._items: Queue[_Item] = Queue(_PAGES_AHEAD)
        self._stream: PageStream | None = None
        self._is_warm = False
        self._is_stopped = False
        self._thread = ThreadPoolExecutor(1, "feed")
        self._end = self._thread.submit(self._run)

    def pages(self, source: Source) -> Iterator[tuple[FedPage, int]]:
        """Each page of ``source`` and how many there are; sources before it are passed over.

        Raises what went wrong with the source, or with reading at all.
        """
        while True:
            item = self._items.get()
            if item.source is None:
                self._end.result()
                raise LookupError(source.name)
            if item.source != source:
                continue
            if item.page is None:
                return
            if isinstance(item.page, KbError):
                raise item.page
            yield item.page.result() if isinstance(item.page, Future) else item.page, item.total

    def close(self) -> None:
        """Open nothing more, and end the opener at work; whoever reads gets no more pages."""
        self._is_stopped = True
        if self._stream:
            self._stream.stop()
        while not self._end.done():
            with suppress(Empty):
                self._items.get(timeout=_GLANCE_S)
        self._thread.shutdown()

    def _run(self) -> None:
        try:
            for at, source in enumerate(self._sources):
                if not self._is_stopped:
                    self._feed(source, len(self._sources) - at)
        except CancelledError:  # the recognisers were closed
            pass
        finally:
            self._items.put(_Item(None))

    def _feed(self, source: Source, sources_left: int) -> None:
        try:
            if source.kind is FileKind.IMAGE:
                self._warm_up(sources_left)
            with open_unchanged(source) as file:
                self._feed_pages(source, file, sources_left)
        except KbError as error:
            self._items.put(_Item(source, error))
        else:
            self._items.put(_Item(source))

    def _feed_pages(self, source: Source, file: BufferedReader, sources_left: int) -> None:
        place = place_of(source, self._dpi)
        kept = self._recognisers.kept(place)
        stream = self._stream = PageStream(file, source, self._wanted, self._dpi, kept)
        for page in stream:
            if isinstance(page, RasterPage):
                self._warm_up(stream.total + sources_left - 1)
                self._items.put(_Item(source, self._recognisers.submit(page, place), stream.total))
            elif isinstance(page, KnownPage):
                self._items.put(_Item(source, self._recall(source, file, kept, page.number, place), stream.total))
            else:
                self._items.put(_Item(source, page, stream.total))
            if self._is_stopped:
                return

    def _recall(
        self, source: Source, file: BufferedReader, kept: dict[int, str], number: int, place: str
    ) -> "FedPage | Future[Reading]":
        """What is kept of a page; a page whose file there is damaged is opened after all."""
        reading = self._recognisers.recall(kept[number], number)
        if reading:
            return reading
        (page,) = PageStream(file, source, [number], self._dpi)
        assert not isinstance(page, KnownPage)
        return self._recognisers.submit(page, place) if isinstance(page, RasterPage) else page

    def _warm_up(self, pages: int) -> None:
        if not self._is_warm:
            self._is_warm = True
            self._recognisers.warm_up(pages)
