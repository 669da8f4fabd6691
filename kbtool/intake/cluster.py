"""Pages read on other machines: a Dask cluster as the Executor that page jobs are given to.

Workers share nothing with this machine but the network: pixels travel in the job, the reading comes back as JSON and
is checked here like a recogniser's. Dask itself gives the job of a dead worker to another one. Whoever reaches a
scheduler can run programs on all its machines, so a cluster belongs inside the house or behind ``tls://``.
"""

import logging
import re
import socket
import threading
import warnings
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any

from kbtool.errors import ClusterFailed, EnvironmentMissing, KbError, SourceError, UsageError
from kbtool.intake import worker
from kbtool.intake.desk import WORKER_DIED
from kbtool.intake.frames import MAX_PAYLOAD_BYTES
from kbtool.intake.recognisers import LocalPool
from kbtool.limits import RECOGNISE_PAGE_S, RECOGNISER_START_S

if TYPE_CHECKING:
    from distributed import Client

    from kbtool.recognise import RecogniseOptions

_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://[^/\s]+:[0-9]{1,5}")
#: A scheduler inside the house answers at once; a restarted one within this.
_CONNECT_S = 10
#: Workers that restart are back sooner; without any for so long nobody will read the pages.
_NO_WORKERS_S = 60.0
_GLANCE_S = 5.0
_LONGEST_DETAIL = 200


class ClusterPool(Executor):
    """The cluster at ``address``, checked to read pages as this machine does; ``seats`` pages at once.

    Raises ``UsageError`` for what is no address, ``EnvironmentMissing`` without the extra, ``ClusterFailed`` where
    nobody answers, there is no worker, or a worker would read otherwise.
    """

    def __init__(self, address: str, options: "RecogniseOptions") -> None:
        self._address = address
        self._client = _connect(address)
        self._under_way: set[Future[Any]] = set()
        self._closed = threading.Event()
        with ExitStack() as refused:
            refused.callback(self._client.close)
            self._demand_alike(options)
            refused.pop_all()
        self.seats = sum(self._client.nthreads().values())
        self._executor = self._client.get_executor(pure=False)  # else every page is hashed by Dask, slowly
        threading.Thread(target=self._watch, name="cluster", daemon=True).start()

    def submit(self, task: Any, /, *given: Any, **named: Any) -> Future[Any]:
        """Give a job to whichever worker is free."""
        if self._client.status in ("closing", "closed"):
            raise ClusterFailed("intake_cluster_lost", address=self._address)
        promised: Future[Any] = Future()
        self._under_way.add(promised)
        self._executor.submit(task, *given, **named).add_done_callback(lambda done: self._settle(done, promised))
        return promised

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take back what is not done and part from the cluster, which lives on."""
        self._closed.set()
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()
        self._fail_all(CancelledError())

    def _settle(self, done: "Future[Any]", promised: "Future[Any]") -> None:
        self._under_way.discard(promised)
        with suppress(InvalidStateError):  # it was given up already
            if done.cancelled():
                promised.set_exception(ClusterFailed("intake_cluster_lost", address=self._address))
            elif error := done.exception():
                promised.set_exception(self._told(error))
            else:
                promised.set_result(done.result())

    def _told(self, error: BaseException) -> KbError:
        """What went wrong, as kbtool says it; a job that outlived several workers is itself the fault."""
        if isinstance(error, KbError):
            return error
        if type(error).__name__ == "KilledWorker":
            return SourceError(WORKER_DIED)
        return ClusterFailed("intake_cluster_worker", worker=self._address, detail=_detail(error))

    def _watch(self) -> None:
        """Give up when all workers are gone and none comes."""
        alone_s = 0.0
        while not self._closed.wait(_GLANCE_S):
            try:
                alone_s = 0.0 if self._client.nthreads() else alone_s + _GLANCE_S
            except (OSError, CancelledError, RuntimeError):  # Dask itself ends what is under way
                continue
            if alone_s >= _NO_WORKERS_S:
                self._fail_all(ClusterFailed("intake_cluster_empty", address=self._address))

    def _fail_all(self, error: BaseException) -> None:
        for promised in list(self._under_way):
            self._under_way.discard(promised)
            with suppress(InvalidStateError):
                promised.set_exception(error)

    def _demand_alike(self, options: "RecogniseOptions") -> None:
        """Refuse workers that are other than this machine, by name."""
        with LocalPool(1) as here:
            expected = here.submit(worker.introduction, options)
            asked = {
                address: self._client.submit(worker.introduction, options, workers=[address], pure=False)
                for address in self._client.nthreads()
            }
            if not asked:
                raise ClusterFailed("intake_cluster_empty", address=self._address)
            ours = expected.result()
        for address, answer in asked.items():
            try:
                error = answer.exception(timeout=RECOGNISE_PAGE_S + RECOGNISER_START_S)
            except (TimeoutError, CancelledError, OSError) as silence:  # it went while it was asked
                error = silence
            if error:
                raise ClusterFailed("intake_cluster_worker", worker=address, detail=_detail(error)) from error
            worker.demand_alike(address, answer.result(), ours)


def _connect(address: str) -> "Client":
    if not _ADDRESS.fullmatch(address):
        raise UsageError("intake_cluster_address", address=address)
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise EnvironmentMissing("intake_cluster_missing") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is said once, by us
    warnings.filterwarnings("ignore", module="distributed")
    dask.config.set(
        {
            "distributed.comm.timeouts.connect": f"{_CONNECT_S}s",
            "distributed.admin.large-graph-warning-threshold": MAX_PAYLOAD_BYTES,
        }
    )
    try:
        _knock(address)
        return Client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, TypeError, ValueError, RuntimeError) as error:
        raise ClusterFailed("intake_cluster_unreachable", address=address, detail=_detail(error)) from error


def _knock(address: str) -> None:
    """See whether anybody listens: Dask would try again and again before it says so."""
    host, _, port = address.partition("://")[2].rpartition(":")
    socket.create_connection((host.strip("[]"), int(port)), timeout=_CONNECT_S).close()


def _detail(error: BaseException) -> str:
    """The kind and first line of an error that is not ours."""
    first = next(iter(str(error).splitlines()), "")
    return f"{type(error).__name__}: {first}"[:_LONGEST_DETAIL]
