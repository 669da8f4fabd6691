"""Pages read by a real scheduler and real workers that share nothing with the reader but the network."""

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from kbtool.document import Document, Page
from kbtool.errors import ClusterFailed, UsageError
from kbtool.intake import ClusterPool, PageReader, Source
from kbtool.recognise import RecogniseOptions
from tests.intake.papers import source

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow

OPTIONS = RecogniseOptions(engine="tesseract")
PAGES = 8


class Machine:
    """A program with a folder, home and temporary folder of its own."""

    def __init__(self, folder: Path, *command: str, **environment: str) -> None:
        for name in ("home", "tmp", "work"):
            (folder / name).mkdir(parents=True)
        places = {"HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")}
        needed = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}
        self._log = (folder / "log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            cwd=folder / "work",
            env=needed | places | environment,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )

    def kill(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._log.close()


class Network:
    """A scheduler, to which workers are added."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = self._start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", str(port))

    def worker(self, **environment: str) -> Machine:
        name = f"worker{time.monotonic_ns()}"
        return self._start(name, "worker", self.address, "--nthreads", "1", "--nworkers", "1", **environment)

    def wait_for(self, workers: int) -> None:
        from distributed import Client

        with Client(self.address, timeout=60, set_as_default=False) as client:
            if workers:
                client.wait_for_workers(workers, timeout=60)

    def _start(self, name: str, *command: str, **environment: str) -> Machine:
        machine = Machine(self._folder / name, *command, "--no-dashboard", **environment)
        self._stack.callback(machine.kill)
        return machine


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    with ExitStack() as stack:
        yield Network(tmp_path / "network", stack)


@pytest.fixture
def scan(tmp_path: Path) -> Source:
    buffer = io.BytesIO()
    first, *others = [_scanned(f"PAGE {number} OF {PAGES}") for number in range(1, PAGES + 1)]
    first.save(buffer, "TIFF", save_all=True, append_images=others, dpi=(150, 150))
    return source(tmp_path, "scan.tif", buffer.getvalue())


def _scanned(words: str) -> Image.Image:
    page = Image.new("L", (800, 600), 255)
    for line in range(8):
        ImageDraw.Draw(page).text((40, 40 + 60 * line), f"{words} LINE {line}", fill=0, font_size=36)
    return page


def read(
    scan: Source, cache: Path, pool: ClusterPool | None, on_page: Callable[[Page, int], None] | None = None
) -> Document:
    with PageReader(OPTIONS, pool.seats if pool else 2, cache, pool=pool) as reader:
        return reader.read(scan, slug="scan", on_page=on_page)


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(UsageError, match="intake_cluster_address"):
        ClusterPool("localhost", OPTIONS)


def test_a_cluster_that_is_not_there_is_named() -> None:
    with pytest.raises(ClusterFailed, match=r"intake_cluster_unreachable .*tcp://127\.0\.0\.1:9,"):
        ClusterPool("tcp://127.0.0.1:9", OPTIONS)


def test_a_worker_that_dies_costs_only_its_running_pages(tmp_path: Path, network: Network, scan: Source) -> None:
    dying, _ = network.worker(), network.worker()
    network.wait_for(2)
    pool = ClusterPool(network.address, OPTIONS)
    assert pool.seats == 2
    together = read(scan, tmp_path / "there", pool, on_page=lambda page, total: dying.kill())
    assert together == read(scan, tmp_path / "here", None)
    assert not any(page.problems for page in together.pages)
    assert together.pages[4].blocks[0].text.replace(" ", "").startswith("PAGE5")


def test_a_worker_with_other_engines_is_refused_by_name(tmp_path: Path, network: Network) -> None:
    other = tmp_path / "tessdata"
    other.mkdir()
    told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout
    shutil.copy(Path(told.split('"')[1]) / "jpn.traineddata", other)
    with (other / "jpn.traineddata").open("ab") as model:
        model.write(b"another model")
    network.worker()
    network.worker(TESSDATA_PREFIX=str(other))
    network.wait_for(2)
    with pytest.raises(ClusterFailed, match="intake_cluster_differs") as refused:
        ClusterPool(network.address, OPTIONS)
    assert str(refused.value.params["worker"]).startswith("tcp://127.0.0.1:")
    assert refused.value.params["theirs"] != refused.value.params["ours"]


def test_without_workers_the_command_to_start_one_is_told(network: Network) -> None:
    network.wait_for(0)
    with pytest.raises(ClusterFailed, match="intake_cluster_empty"):
        ClusterPool(network.address, OPTIONS)


def test_a_scheduler_that_is_lost_ends_the_run_and_keeps_what_was_read(
    tmp_path: Path, network: Network, scan: Source
) -> None:
    network.worker()
    network.wait_for(1)
    pool = ClusterPool(network.address, OPTIONS)
    with pytest.raises(ClusterFailed, match="intake_cluster_lost"):
        read(scan, tmp_path / "cache", pool, on_page=lambda page, total: network.scheduler.kill())
    assert list((tmp_path / "cache").rglob("*.json"))
