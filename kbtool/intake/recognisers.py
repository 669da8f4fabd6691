"""Pages go in, readings or failed pages come out: through the cache, and through whatever reads pages.

``pool`` is where pages are read: threads that ask recognisers of this machine, or a cluster; both are Executors and
run the same job. A courier (a thread) goes with each page: it waits for the reading, checks it and puts it into the
cache, so that a page is kept the moment it is read, whoever waits for it. There are never more pages on the way than
the couriers and as many again; who hands in more has to wait, and so memory does not grow with the document.
"""

import threading
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from functools import cached_property
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


class Recognisers:
    """Recognise pages, ``jobs`` at once, remembering readings in ``cache``."""

    def __init__(
        self,
        options: "RecogniseOptions",
        jobs: int,
        cache: ReadingCache,
        pool: Executor | None = None,
    ) -> None:
        self._options = options
        self._jobs = jobs
        self._cache = cache
        self._pool = pool or LocalPool(jobs)
        self._couriers = ThreadPoolExecutor(_PAGES_A_SEAT * jobs, "courier")
        self._room = threading.Semaphore(_PAGES_A_SEAT * jobs)
        self._warming = threading.Lock()
        self._warm = 0
        self._is_closed = False

    @cached_property
    def fingerprint(self) -> str:
        """The engines and options in force, asked of a recogniser once."""
        return self._pool.submit(worker.fingerprint, self._options).result()

    def warm_up(self, pages: int) -> None:
        """Start as many recognisers side by side as ``pages`` can keep busy, unless that was done."""
        with self._warming:
            while self._warm < min(pages, self._jobs):
                self._pool.submit(worker.fingerprint, self._options)
                self._warm += 1

    def kept(self, place: str) -> dict[int, str]:
        """Names of the readings kept for pages of a source, by page number."""
        drawn = self._cache.drawn(place)
        names = {number: self._name(raster) for number, raster in drawn.items()}
        return {number: name for number, name in names.items() if self._cache.has(name)}

    def recall(self, name: str, number: int) -> PageReading | None:
        """A reading that is kept, unless its file is damaged."""
        return self._cache.get(name, number)

    def submit(self, page: RasterPage, place: str | None) -> "Reading | Future[Reading]":
        """Hand in a page of the source that ``place`` names; it is read soon, or was read before.

        Without a ``place`` the source's page is more than these pixels, and is opened again another time.
        Waits while enough pages are on their way; raises ``CancelledError`` when closed.
        """
        raster = raster_name(page)
        name = self._name(raster)
        reading = self._cache.get(name, page.number)
        if reading:
            self._remember(place, page.number, raster)
            return reading
        self._room.acquire()
        if self._is_closed:
            self._room.release()  # for the next who waits
            raise CancelledError
        return self._couriers.submit(self._carry, page, place, raster, name)

    def close(self) -> None:
        """Stop; pages on their way are dropped."""
        self._is_closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._couriers.shutdown(wait=True, cancel_futures=True)
        self._room.release()  # whoever waits to hand in a page

    def _carry(self, page: RasterPage, place: str | None, raster: str, name: str) -> Reading:
        try:
            told = self._pool.submit(worker.read, page, self._options, self.fingerprint).result()
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

    def _name(self, raster: str) -> str:
        return reading_name(raster, f"{self.fingerprint}|{self._options!r}")


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
