"""The pool of recogniser processes: pages go in, readings or failed pages come out, whatever a worker does.

When a worker dies, ``concurrent.futures`` breaks every page in flight; each of them is then tried once more alone,
so that only the page that kills its worker is lost. Processes are renewed after a number of pages, because model
runtimes grow.
"""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kbtool.errors import KbError, SourceError
from kbtool.intake import worker
from kbtool.intake.reading_cache import ReadingCache
from kbtool.intake.untrusted import FailedPage, RasterPage
from kbtool.reading import PageReading

if TYPE_CHECKING:
    from kbtool.recognise import RecogniseOptions

#: Pages a pool reads before fresh processes take over (growth measured: about 20 MB a page).
_PAGES_BEFORE_RENEWAL = 100


@dataclass(frozen=True, slots=True)
class Ticket:
    """A page on its way through the pool, or found in the cache."""

    page: RasterPage
    key: str
    kept: PageReading | None = None
    future: Future[PageReading] | None = None


class Recognisers:
    """Recognise pages in ``jobs`` processes, remembering readings in ``cache``."""

    def __init__(
        self,
        options: "RecogniseOptions",
        jobs: int,
        cache: ReadingCache,
        start_pool: Callable[[int], Executor] | None = None,
    ) -> None:
        self._options = options
        self._jobs = jobs
        self._cache = cache
        self._start_pool = start_pool or local_pool
        self._pool: Executor | None = None
        self._submitted = 0

    @cached_property
    def fingerprint(self) -> str:
        """The engines and options in force, asked of a worker once."""
        return self._current_pool().submit(worker.fingerprint, self._options).result()

    def submit(self, page: RasterPage) -> Ticket:
        """Hand a page in; it is read now, later, or was read before."""
        key = self._cache.key(page, f"{self.fingerprint}|{self._options!r}")
        kept = self._cache.get(key, page.number)
        return Ticket(page, key, kept) if kept else Ticket(page, key, future=self._send(page))

    def collect(self, ticket: Ticket) -> PageReading | FailedPage:
        """Wait for a page; a page that its worker does not survive comes back failed."""
        if ticket.kept or not ticket.future:
            return ticket.kept or FailedPage(ticket.page.number, "intake_page_unread")
        error = ticket.future.exception()
        reading = self._again_alone(ticket.page) if isinstance(error, BrokenProcessPool) else ticket.future
        return self._outcome(ticket, reading)

    def close(self) -> None:
        """Stop the processes; pages not yet started are dropped."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _outcome(self, ticket: Ticket, future: Future[PageReading]) -> PageReading | FailedPage:
        error = future.exception()
        if error is None:
            reading = future.result()
            self._cache.put(ticket.key, reading)
            return reading
        if isinstance(error, BrokenProcessPool):
            self._renew()
            return FailedPage(ticket.page.number, "intake_page_worker_died")
        if isinstance(error, KbError) and not isinstance(error, SourceError):
            raise error
        return FailedPage(ticket.page.number, "intake_page_unread")

    def _send(self, page: RasterPage) -> Future[PageReading]:
        if self._submitted >= _PAGES_BEFORE_RENEWAL:
            self._renew()
        self._submitted += 1
        try:
            return self._current_pool().submit(worker.read, page, self._options)
        except BrokenProcessPool:
            self._renew()
            return self._current_pool().submit(worker.read, page, self._options)

    def _again_alone(self, page: RasterPage) -> Future[PageReading]:
        self._renew()
        with self._start_pool(1) as pool:
            return pool.submit(worker.read, page, self._options)

    def _current_pool(self) -> Executor:
        if self._pool is None:
            self._pool = self._start_pool(self._jobs)
            self._submitted = 0
        return self._pool

    def _renew(self) -> None:
        """Let the pages in flight finish in the old processes, and take new ones for what follows."""
        if self._pool:
            self._pool.shutdown(wait=False)
            self._pool = None


def local_pool(jobs: int) -> Executor:
    """Processes on this machine, started fresh so that nothing of the parent is in them."""
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=worker.start)
