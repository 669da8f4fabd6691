"""The parent's hand on a child: start it, speak with it within its time, put it to an end.

Time counts only while the parent waits. Whatever a child does, its parent is never stuck: reading and writing both
watch the clock, and a child that is out of time goes with everything it started.
"""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from kbtool.intake.frames import BadFrame, head_of, read_frame

_CHUNK = 1024 * 1024
#: How long a child that closed its side may take to be gone.
_PARTING_S = 2.0
_ENDS = {-signal.SIGXCPU: "timeout", -signal.SIGKILL: "killed"}
_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class ChildEnded(Exception):
    """The child stopped before it was done; ``args[0]`` says how: crashed, killed, timeout or bad_frame."""


class Child:
    """A running child. Leave the context, and it and its process group are gone.

    ``left_s`` is the time it may still take while it is waited for.
    """

    def __init__(self, command: Sequence[str], *, left_s: float, pass_fds: Sequence[int] = ()) -> None:
        self.left_s = left_s
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            pass_fds=pass_fds,
            start_new_session=True,
            env=_environment(),
        )
        assert self._process.stdin
        assert self._process.stdout
        self._to, self._from = self._process.stdin, self._process.stdout
        self._received = bytearray()
        os.set_blocking(self._to.fileno(), False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, header: dict[str, object], payload: bytes = b"") -> None:
        """Hand a frame over; ``ChildEnded`` when the child does not take it in time."""
        for part in (head_of(header, payload), payload):
            self._write(memoryview(part))

    def receive(self) -> tuple[dict[str, Any], bytes]:
        """Receive the next frame, unchecked; ``ChildEnded`` when there is none in time."""
        try:
            return read_frame(self._read_exactly)
        except BadFrame as error:
            self.kill()
            raise ChildEnded("bad_frame") from error

    def kill(self) -> None:
        """End the child and everything it started; may be called from any thread."""
        if self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        """End the child and let go of its pipes."""
        self.kill()
        self._to.close()
        self._from.close()

    def _write(self, left: memoryview) -> None:
        while left:
            self._wait([], [self._to.fileno()])
            try:
                left = left[os.write(self._to.fileno(), left[:_CHUNK]) :]
            except BrokenPipeError as error:
                raise ChildEnded(self._how_it_ended()) from error

    def _read_exactly(self, count: int) -> bytes:
        """So many bytes; what has come beyond them is kept for the next."""
        while len(self._received) < count:
            self._wait([self._from.fileno()], [])
            chunk = os.read(self._from.fileno(), _CHUNK)
            if not chunk:
                raise ChildEnded(self._how_it_ended())
            self._received += chunk
        told = bytes(memoryview(self._received)[:count])
        del self._received[:count]
        return told

    def _wait(self, readable: list[int], writable: list[int]) -> None:
        before = time.monotonic()
        ready = select.select(readable, writable, [], max(0.0, self.left_s))
        self.left_s -= time.monotonic() - before
        if not any(ready):
            self.kill()
            raise ChildEnded("timeout")

    def _how_it_ended(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_PARTING_S)
        self.kill()
        return _ENDS.get(self._process.returncode, "crashed")


def _environment() -> dict[str, str]:
    """The parent's, with the libraries' own threads and a cluster worker's thrift switched off.

    Dask lets its workers give freed memory back at once, which costs a page with its large arrays a fifth more time.
    """
    kept = {name: value for name, value in os.environ.items() if name != "MALLOC_TRIM_THRESHOLD_"}
    return kept | dict.fromkeys(_ONE_THREAD, "1") | {"PYTHONHASHSEED": "0"}


def python(module: str) -> list[str]:
    """How a module is started as a child; nothing from the current folder can be imported into it."""
    return [sys.executable, "-P", "-m", module]
