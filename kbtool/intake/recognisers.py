"""Pages go in, readings or failed pages come out: through the cache, and through whatever reads pages.

``pool`` is where pages are read: threads that ask recognisers of this machine, or a cluster; both are Executors and
run the same job. A courier (a thread) goes with each page: it waits for the reading, checks it and puts it into the
cache, so that a page is kept the moment it is read, whoever waits for it. There are never more pages on the way than
the couriers and as many again; who hands in more has to wait, and so memory does not grow with the document.
"""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from kbtool.errors import SourceError
from kbtool.intake import worker
from kbtool.intake.desk import Desk
from kbtool.intake.frames import BadFrame
from kbtool.intake.reading_cache import ReadingCache, raster_name, reading_name
from kbtool.intake.untrusted import FailedPage, RasterPage
from kbtool.intake.untrusted_reading import reading_from
from kbtool.reading import PageReading

if TYPE_CHECKING:
    from kbtool.recognise import RecogniseOptions

#: Pages handed in and not yet read, for each page that can be read at once: one at work, one ready behind it.
_PAGES_A_SEAT = 2

Reading = PageReading | FailedPage
#: The name of the engine for a page (from 1) of a source.
EngineFor = Callable[[str, int], str]


class Recognisers:
    """Recognise pages, ``jobs`` at once, remembering readings in ``cache``.

    ``engine_for`` chooses the engine of each page; without it all have that of ``options``.
    """

    def __init__(
        self,
        options: "RecogniseOptions",
        jobs: int,
        cache: ReadingCache,
        pool: Executor | None = None,
        engine_for: EngineFor | None = None,
    ) -> None:
        self._options = options
        self._engine_for = engine_for
        self._fingerprints: dict[RecogniseOptions, str] = {}
        self._jobs = jobs
        self._cache = cache
        self._pool = pool or LocalPool(jobs)
        self._couriers = ThreadPoolExecutor(_PAGES_A_SEAT * jobs, "courier")
        self._room = threading.Semaphore(_PAGES_A_SEAT * jobs)
        self._warming = threading.Lock()
        self._warm = 0
        self._is_closed = False

    def fingerprint(self, source: str, number: int) -> str:
        """The engines that read a page of a source."""
        return self._fingerprint(self._options_for(source, number))

    def warm_up(self, pages: int) -> None:
        """Start as many recognisers side by side as ``pages`` can keep busy, unless that was done."""
        with self._warming:
            while self._warm < min(pages, self._jobs):
                self._pool.submit(worker.fingerprint, self._options)
                self._warm += 1

    def kept(self, place: str, source: str) -> dict[int, str]:
        """Names of the readings kept for pages of a source, by page number."""
        drawn = self._cache.drawn(place)
        names = {number: self._name(raster, self._options_for(source, number)) for number, raster in drawn.items()}
        return {number: name for number, name in names.items() if self._cache.has(name)}

    def recall(self, name: str, number: int) -> PageReading | None:
        """A reading that is kept, unless its file is damaged."""
        return self._cache.get(name, number)

    def submit(self, page: RasterPage, source: str, place: str | None) -> "Reading | Future[Reading]":
        """Hand in a page of a source, of which ``place`` names what is kept; it is read soon, or was read before.

        Without a ``place`` the source's page is more than these pixels, and is opened again another time.
        Waits while enough pages are on their way; raises ``CancelledError`` when closed.
        """
        raster = raster_name(page)
        options = self._options_for(source, page.number)
        name = self._name(raster, options)
        reading = self._cache.get(name, page.number)
        if reading:
            self._remember(place, page.number, raster)
            return reading
        self._room.acquire()
        if self._is_closed:
            self._room.release()  # for the next who waits
            raise CancelledError
        return self._couriers.submit(self._carry, page, options, place, raster, name)

    def close(self) -> None:
        """Stop; pages on their way are dropped."""
        self._is_closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._couriers.shutdown(wait=True, cancel_futures=True)
        self._room.release()  # whoever waits to hand in a page

    def _carry(
        self, page: RasterPage, options: "RecogniseOptions", place: str | None, raster: str, name: str
    ) -> Reading:
        try:
            told = self._pool.submit(worker.read, page, options, self._fingerprint(options)).result()
            reading = reading_from(told, page.number)
            self._cache.put(name, told)
            self._remember(place, page.number, raster)
            return reading
        except SourceError as error:
            return FailedPage(page.number, error.code if error.code in _CODES else "intake_page_unread")
        except BadFrame:
            return FailedPage(page.number, "intake_page_unread")
        finally:
            self._room.release()

    def _remember(self, place: str | None, number: int, raster: str) -> None:
        if place is not None:
            self._cache.put_drawn(place, number, raster)

    def _options_for(self, source: str, number: int) -> "RecogniseOptions":
        return replace(self._options, engine=self._engine_for(source, number)) if self._engine_for else self._options

    def _fingerprint(self, options: "RecogniseOptions") -> str:
        """The engines and options in force, asked of a recogniser once."""
        if options not in self._fingerprints:
            self._fingerprints[options] = self._pool.submit(worker.fingerprint, options).result()
        return self._fingerprints[options]

    def _name(self, raster: str, options: "RecogniseOptions") -> str:
        return reading_name(raster, f"{self._fingerprint(options)}|{options!r}")


#: How a page can end; what an engine says of it is no sentence for people.
_CODES = frozenset({"intake_page_slow", "intake_page_unread", "intake_page_worker_died"})


class LocalPool(ThreadPoolExecutor):
    """Threads of this process, each asking a recogniser of its own."""

    def __init__(self, jobs: int) -> None:
        self._desk = Desk()
        super().__init__(jobs, "recogniser", initializer=worker.sit_at, initargs=(self._desk,))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the recognisers with what they are doing, then the threads."""
        self._desk.close()
        super().shutdown(wait, cancel_futures=cancel_futures)
