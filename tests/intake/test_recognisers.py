"""A recogniser that dies, hangs, grows or lies costs its page at most; what was read once is not read again."""

import io
import os
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from PIL import Image

from kbtool.errors import ClusterFailed, EnvironmentMissing
from kbtool.intake import PageReader, cluster, desk, worker
from kbtool.intake.reading_cache import ReadingCache
from kbtool.intake.recognisers import LocalPool, Reading, Recognisers
from kbtool.intake.untrusted import FailedPage, RasterPage
from kbtool.reading import PageReading
from kbtool.recognise import RecogniseOptions
from kbtool.settings import Ocr, OcrDocument
from tests.intake import recogniser_fake
from tests.intake.papers import source
from tests.intake.recogniser_fake import BABBLE, DIE, DIE_ONCE, GROW, HANG, LIE, READ, READING, REFUSE


@pytest.fixture(autouse=True)
def _fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "COMMAND", [sys.executable, recogniser_fake.__file__, str(tmp_path)])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Recognisers]:
    opened = recognisers(tmp_path)
    yield opened
    opened.close()


def recognisers(folder: Path, jobs: int = 2) -> Recognisers:
    return Recognisers(RecogniseOptions(), jobs, ReadingCache(folder / "cache"))


def raster(number: int, what: int = READ) -> RasterPage:
    return RasterPage(number, 595, 842, bytes([what, number, 0, 0, 0, 0]), 2, 3, 1, 300)


def results(pool: Recognisers, *pages: RasterPage) -> list[Reading]:
    given = [pool.submit(page, "a.pdf", "place") for page in pages]
    return [page if isinstance(page, PageReading | FailedPage) else page.result() for page in given]


def read_by(folder: Path) -> list[tuple[int, int]]:
    """The page and the process of every reading begun."""
    return [(int(page), int(process)) for page, process in map(str.split, (folder / "pages").read_text().splitlines())]


def test_a_page_that_kills_its_recogniser_is_tried_twice_and_costs_only_itself(
    tmp_path: Path, pool: Recognisers
) -> None:
    assert results(pool, raster(1), raster(2, DIE), raster(3)) == [
        READING,
        FailedPage(2, "intake_page_worker_died"),
        replace(READING, number=3),
    ]
    assert sorted(page for page, _ in read_by(tmp_path)) == [1, 2, 2, 3]


def test_a_page_whose_recogniser_dies_once_is_read_by_another(pool: Recognisers) -> None:
    assert results(pool, raster(1, DIE_ONCE)) == [READING]


def test_a_page_that_takes_too_long_is_stopped_and_the_next_is_read(
    tmp_path: Path, pool: Recognisers, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert results(pool, raster(1))
    monkeypatch.setattr(desk, "RECOGNISE_PAGE_S", 0.5)
    monkeypatch.setattr(desk, "RECOGNISER_START_S", 5.0)
    slow, after = results(pool, raster(2, HANG), raster(3))
    assert (slow, after) == (FailedPage(2, "intake_page_slow"), replace(READING, number=3))
    assert [page for page, _ in read_by(tmp_path)].count(2) == 1


@pytest.mark.parametrize("what", [LIE, BABBLE])
def test_what_breaks_the_rules_is_no_reading(pool: Recognisers, what: int) -> None:
    assert results(pool, raster(1, what)) == [FailedPage(1, "intake_page_unread")]


def test_a_missing_engine_stops_the_run(pool: Recognisers) -> None:
    with pytest.raises(EnvironmentMissing, match="recognise_ppocr_missing"):
        results(pool, raster(1, REFUSE))


def test_a_recogniser_that_has_grown_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "RECOGNISER_LEAST_PAGES", 3)
    pool = recognisers(tmp_path, jobs=1)
    results(pool, *(raster(number, GROW) for number in range(1, 7)))
    pool.close()
    processes = [process for _, process in sorted(read_by(tmp_path))]
    lives = [len(list(pages)) for _, pages in groupby(processes)]
    assert lives == [2, 3, 1]  # the first was asked for its fingerprint too


def test_no_more_pages_are_on_their_way_than_can_be_read_soon(tmp_path: Path, pool: Recognisers) -> None:
    given = [pool.submit(raster(number), "a.pdf", "place") for number in range(1, 30)]
    assert sum(not isinstance(page, PageReading) and not page.done() for page in given) <= 4


def test_a_reading_is_kept_the_moment_it_is_there_and_found_again(tmp_path: Path) -> None:
    first = recognisers(tmp_path)
    page = first.submit(raster(1), "a.pdf", "place")
    assert not isinstance(page, PageReading | FailedPage)
    page.exception()
    first.close()
    second = recognisers(tmp_path)
    assert second.submit(raster(1), "a.pdf", "another place") == READING
    assert second.kept("place", "a.pdf") == second.kept("another place", "a.pdf")
    assert second.recall(second.kept("place", "a.pdf")[1], 7) == replace(READING, number=7)
    second.close()
    assert len(read_by(tmp_path)) == 1


def test_a_damaged_cache_is_read_anew(tmp_path: Path, pool: Recognisers) -> None:
    results(pool, raster(1))
    (kept,) = (tmp_path / "cache").rglob("*.json")
    kept.write_text('{"lines": 7}')
    assert pool.recall(pool.kept("place", "a.pdf")[1], 1) is None
    assert results(pool, raster(1)) == [READING]
    assert len(read_by(tmp_path)) == 2
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0


def test_engines_other_than_expected_are_refused_before_their_reading_is_used() -> None:
    with LocalPool(1) as threads, pytest.raises(ClusterFailed, match="intake_cluster_differs") as refused:
        threads.submit(worker.read, raster(1), RecogniseOptions(), "fake 2").result()
    assert (refused.value.params["theirs"], refused.value.params["ours"]) == ("fake 1", "fake 2")
    assert refused.value.params["worker"] == worker.address()


def test_a_worker_that_never_answers_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent:
        def exception(self, timeout: float) -> None:
            raise TimeoutError

    class Network:
        def nthreads(self) -> dict[str, int]:
            return {"tcp://192.0.2.10:1": 1}

        def submit(self, *_: object, **__: object) -> Silent:
            return Silent()

        def close(self) -> None:
            pass

    monkeypatch.setattr(cluster, "_connect", lambda address: Network())
    with pytest.raises(ClusterFailed, match="intake_cluster_worker") as refused:
        cluster.ClusterPool("tcp://192.0.2.1:8786", RecogniseOptions())
    assert refused.value.params["worker"] == "tcp://192.0.2.10:1"


def test_whoever_waits_to_hand_in_a_page_is_let_go_at_the_end(tmp_path: Path) -> None:
    pool = recognisers(tmp_path, jobs=1)
    givers = [
        threading.Thread(target=hand_in, args=(pool, raster(number, HANG)), daemon=True) for number in range(1, 9)
    ]
    for giver in givers:
        giver.start()
    time.sleep(0.5)
    pool.close()
    for giver in givers:
        giver.join(5.0)
    assert not any(giver.is_alive() for giver in givers)


def hand_in(pool: Recognisers, page: RasterPage) -> None:
    with suppress(CancelledError, RuntimeError):
        pool.submit(page, "a.pdf", "place")


def test_a_recogniser_that_answers_after_the_end_is_let_go() -> None:
    opened = desk.Desk()
    recogniser = opened._take()
    opened.close()
    opened._give_back(recogniser)
    assert recogniser._from.closed


def test_another_engine_for_some_pages_reads_only_those_again(tmp_path: Path) -> None:
    pages = [Image.new("1", (125, 80), 1) for _ in range(4)]
    for number, page in enumerate(pages):
        page.putpixel((1, number), 0)
        page.putpixel((0, 0), READ)
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], dpi=(150, 150))
    given = source(tmp_path, "book.tif", buffer.getvalue())

    def read(*rules: OcrDocument) -> list[int]:
        before = len(read_by(tmp_path)) if (tmp_path / "pages").exists() else 0
        engine_for = Ocr(documents=rules).engine_for
        with PageReader(RecogniseOptions(), 1, tmp_path / "cache", engine_for=engine_for) as reader:
            reader.read(given, slug="book")
        return [page for page, _ in read_by(tmp_path)[before:]]

    middle = OcrDocument("book.*", "tesseract", "2-3")
    assert read() == [1, 2, 3, 4]
    assert read(middle) == [2, 3]
    assert read(middle, OcrDocument("*.tif", "ppocr")) == [1, 4]
    assert read(OcrDocument("*.pdf", "ppocr")) == []


@pytest.mark.slow
def test_memory_stays_flat_over_many_pages(tmp_path: Path) -> None:
    """300 pages of 1 MB; what a document says stays, what it looks like goes."""
    buffer = io.BytesIO()
    pages = [Image.new("1", (1250, 800), 1) for _ in range(300)]
    for number, page in enumerate(pages):
        page.putpixel((1, number), 0)
        page.putpixel((0, 0), READ)
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(150, 150))
    given = source(tmp_path, "book.tif", buffer.getvalue())
    held_mb: list[float] = []
    with PageReader(RecogniseOptions(), 2, tmp_path / "cache") as reader:
        reader.read(given, slug="book", on_page=lambda page, total: held_mb.append(_resident_mb()))
    assert len(set(read_by(tmp_path))) == 300
    assert max(held_mb[100:]) - held_mb[100] < 20


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
