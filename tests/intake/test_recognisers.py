"""A worker that dies costs its page; what was read once is not read again."""

import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kbtool.document import Box, Method
from kbtool.errors import EnvironmentMissing
from kbtool.intake import worker
from kbtool.intake.reading_cache import ReadingCache
from kbtool.intake.recognisers import Recognisers, local_pool
from kbtool.intake.untrusted import FailedPage, RasterPage
from kbtool.outcome import Problem, Severity
from kbtool.reading import FieldReading, Grid, GridCell, Line, PageReading, Stamp
from kbtool.recognise import RecogniseOptions

BOX = Box(1.0, 2.0, 3.0, 4.0)
READING = PageReading(
    1,
    595.0,
    842.0,
    Method.OCR,
    "fake",
    (Line("水漏れ", BOX, ((1.0, 2.0),) * 3, 10.0, 90.0, (90.0, 80.0, 70.0)),),
    (Grid(BOX, 1, 1, (GridCell(0, 0, BOX),)),),
    (BOX,),
    (Stamp(BOX, "社外秘", 80.0),),
    (FieldReading("slip/kind/a", BOX, marked=True),),
    problems=(Problem("x", "p", Severity.WARNING, {"n": 1}),),
)


def raster(number: int) -> RasterPage:
    return RasterPage(number, 595, 842, bytes([number]) * 6, 2, 3, 1, 300)


class FakePool(Executor):
    """Runs nothing; ``fault`` says what becomes of a page."""

    def __init__(self, fault: Callable[[int], Exception | None], calls: list[int]) -> None:
        self._fault = fault
        self._calls = calls

    def submit(self, task: Any, /, *given: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if task is worker.fingerprint:
            future.set_result("fake 1")
            return future
        page: RasterPage = given[0]
        self._calls.append(page.number)
        error = self._fault(page.number)
        if error:
            future.set_exception(error)
        else:
            future.set_result(replace(READING, number=page.number))
        return future


def recognisers(folder: Path, fault: Callable[[int], Exception | None], calls: list[int]) -> Recognisers:
    return Recognisers(RecogniseOptions(), 2, ReadingCache(folder / "pages"), lambda jobs: FakePool(fault, calls))


def test_a_dead_worker_costs_one_page_after_one_retry(tmp_path: Path) -> None:
    calls: list[int] = []
    pool = recognisers(tmp_path, lambda number: BrokenProcessPool() if number == 2 else None, calls)
    results = [pool.collect(ticket) for ticket in [pool.submit(raster(number)) for number in (1, 2, 3)]]
    assert [type(result) for result in results] == [PageReading, FailedPage, PageReading]
    assert results[1] == FailedPage(2, "intake_page_worker_died")
    assert calls.count(2) == 2


def test_the_neighbours_of_a_dead_worker_are_read_again(tmp_path: Path) -> None:
    calls: list[int] = []
    pool = recognisers(tmp_path, lambda number: BrokenProcessPool() if calls.count(number) == 1 else None, calls)
    assert isinstance(pool.collect(pool.submit(raster(1))), PageReading)


def test_an_odd_error_costs_its_page_but_a_missing_engine_stops_the_run(tmp_path: Path) -> None:
    pool = recognisers(tmp_path, lambda number: ValueError(), [])
    assert pool.collect(pool.submit(raster(1))) == FailedPage(1, "intake_page_unread")
    pool = recognisers(tmp_path, lambda number: EnvironmentMissing("recognise_no_engine"), [])
    with pytest.raises(EnvironmentMissing):
        pool.collect(pool.submit(raster(1)))


def test_a_reading_comes_back_from_the_cache_as_it_was(tmp_path: Path) -> None:
    calls: list[int] = []
    for _ in range(2):
        pool = recognisers(tmp_path, lambda number: None, calls)
        assert pool.collect(pool.submit(raster(1))) == READING
    assert calls == [1]


def test_a_damaged_cache_is_read_anew(tmp_path: Path) -> None:
    calls: list[int] = []
    pool = recognisers(tmp_path, lambda number: None, calls)
    pool.collect(pool.submit(raster(1)))
    (kept,) = (tmp_path / "pages").rglob("*.json")
    kept.write_text('{"lines": 7}')
    assert pool.collect(pool.submit(raster(1))) == READING
    assert calls == [1, 1]
    assert (tmp_path / "pages").stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_a_real_worker_that_dies_breaks_nothing_but_itself() -> None:
    with local_pool(1) as pool:
        assert isinstance(pool.submit(signal.raise_signal, signal.SIGKILL).exception(), BrokenProcessPool)
