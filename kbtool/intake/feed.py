"""Sources opened ahead of whoever reads them, so that no core waits for the next file.

Threads open one source each and hand its pages to the recognisers; the reader takes the pages in the order of sources
and pages, while those behind are already at work. How far the threads get ahead is bounded: by the recognisers for
pages as pixels, by a shelf for pages that are read.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from io import BufferedReader

from kbtool.intake.hand import OpenedPage
from kbtool.intake.laid import LaidPage
from kbtool.intake.partial import KnownPart, PartialPage, merged
from kbtool.intake.reading_cache import place_of
from kbtool.intake.recognisers import Reading, Recognisers
from kbtool.intake.sniff import FileKind
from kbtool.intake.sources import Source, open_unchanged
from kbtool.intake.stream import KnownPage, PageStream
from kbtool.intake.untrusted import NumberedPage, RasterPage
from kbtool.reading import Bookmark, PageReading

#: Sources opened side by side: to start an opener costs a third of reading a page.
_OPENERS = 2
#: Pages that are read, or on their way, before anybody asked for them; a dense page takes about 1 MB.
_PAGES_AHEAD = 64

FedPage = Reading | LaidPage | NumberedPage


@dataclass(frozen=True, slots=True)
class _Half:
    """A page with words of its own, whose pictures are on their way."""

    known: KnownPart
    read: "Reading | Future[Reading]"


_Coming = FedPage | _Half | Future[Reading]
#: A page, which may still be on its way, the bookmarks that lead to it, and how many pages its source has; None behind
#: the last.
_Item = tuple[_Coming, Sequence[Bookmark], int] | None


class Feed:
    """The pages of ``sources``, or only those with the numbers ``pages``; ``jobs`` openers are at work, or two."""

    def __init__(
        self,
        sources: Sequence[Source],
        recognisers: Recognisers,
        dpi: float,
        jobs: int,
        pages: Sequence[int] | None = None,
    ) -> None:
        self._sources = list(sources)
        self._recognisers = recognisers
        self._dpi = dpi
        self._jobs = jobs
        self._wanted = pages
        self._shelf = _Shelf()
        self._streams: set[PageStream] = set()
        self._is_stopped = False
        self._threads = ThreadPoolExecutor(_OPENERS, "feed")
        self._ends = [self._threads.submit(self._feed, at, source) for at, source in enumerate(self._sources)]

    def pages(self, source: Source) -> Iterator[tuple[FedPage, int]]:
        """Each page of ``source`` and how many there are; sources before it are passed over.

        Raises what went wrong with the source, or with reading at all.
        """
        at = self._sources.index(source)
        while item := self._shelf.take(at):
            page, bookmarks, total = item
            yield _named(_arrived(page, source), bookmarks), total
        self._ends[at].result()

    def close(self) -> None:
        """Open nothing more, and end the openers at work; whoever reads gets no more pages."""
        self._is_stopped = True
        for stream in list(self._streams):
            stream.stop()
        self._shelf.close()
        self._threads.shutdown(cancel_futures=True)

    def _feed(self, at: int, source: Source) -> None:
        try:
            if source.kind in (FileKind.IMAGE, FileKind.PICTURES):
                self._recognisers.warm_up(len(self._sources) - at)
            with open_unchanged(source) as file:
                self._feed_pages(at, source, file)
        finally:
            self._shelf.put(at, None)

    def _feed_pages(self, at: int, source: Source, file: BufferedReader) -> None:
        place = place_of(source, self._dpi)
        kept = self._recognisers.kept(place, source.name)
        side_by_side = min(_OPENERS, len(self._sources) - at)
        openers = max(1, self._jobs // side_by_side)
        stream = PageStream(file, source, self._wanted, self._dpi, kept, openers, laid_out=True)
        self._streams.add(stream)
        if self._is_stopped:  # before this stream could be told
            return
        for page in stream:
            if self._is_stopped:
                return
            if isinstance(page, RasterPage):
                self._recognisers.warm_up(stream.total + len(self._sources) - at - 1)
            if isinstance(page, KnownPage):
                coming = self._recall(source, file, kept, page.number, place)
            else:
                coming = self._handed_in(page, source, place)
            self._shelf.put(at, (coming, stream.bookmarks.get(page.number, ()), stream.total))
        self._streams.discard(stream)

    def _recall(self, source: Source, file: BufferedReader, kept: dict[int, str], number: int, place: str) -> _Coming:
        """What is kept of a page; a page whose file there is damaged is opened after all."""
        reading = self._recognisers.recall(kept[number], number)
        if reading:
            return reading
        (page,) = PageStream(file, source, [number], self._dpi, laid_out=True)
        assert not isinstance(page, KnownPage)
        return self._handed_in(page, source, place)

    def _handed_in(self, page: OpenedPage, source: Source, place: str) -> _Coming:
        """A page on its way to be recognised where it needs to be; what is read of a half page is not all of it."""
        if isinstance(page, PartialPage):
            return _Half(page.known, self._recognisers.submit(page.picture, source.name, None))
        return self._recognisers.submit(page, source.name, place) if isinstance(page, RasterPage) else page


def _arrived(page: _Coming, source: Source) -> FedPage:
    """Wait for a page."""
    if isinstance(page, _Half):
        read = page.read.result() if isinstance(page.read, Future) else page.read
        return merged(page.known, read, source.name)
    return page.result() if isinstance(page, Future) else page


def _named(page: FedPage, bookmarks: Sequence[Bookmark]) -> FedPage:
    return replace(page, bookmarks=tuple(bookmarks)) if bookmarks and isinstance(page, PageReading) else page


class _Shelf:
    """Pages of several sources, put there side by side and taken source after source."""

    def __init__(self) -> None:
        self._items: defaultdict[int, deque[_Item]] = defaultdict(deque)
        self._at = 0
        self._changed = threading.Condition()
        self._is_closed = False

    def put(self, at: int, item: _Item) -> None:
        """Add to what is there of source ``at``, waiting while there is enough."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._has_room(at))
            if at >= self._at:
                self._items[at].append(item)
                self._changed.notify_all()

    def take(self, at: int) -> _Item:
        """Wait for the next of source ``at``; what is there of sources before it goes."""
        with self._changed:
            self._at = at
            for passed in [each for each in self._items if each < at]:
                del self._items[passed]
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._items[at])
            return self._items[at].popleft()

    def close(self) -> None:
        """Let nobody wait for room any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _has_room(self, at: int) -> bool:
        """The source that is being read never waits for those behind it."""
        if at <= self._at:
            return len(self._items[at]) < _PAGES_AHEAD
        return sum(map(len, self._items.values())) < _PAGES_AHEAD
