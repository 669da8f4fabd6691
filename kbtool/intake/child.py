"""The parent's hand on the opener: start it, read what it says within its time, put it to an end.

Time counts only while the parent waits, so that slow recognition is not held against the file.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from io import BufferedReader
from types import TracebackType
from typing import Any

from kbtool.intake.frames import BadFrame, read_frame
from kbtool.intake.sniff import FileKind
from kbtool.limits import OPENER_BASE_S, OPENER_PAGE_S

#: How an opener is started; nothing from the current folder can be imported into it.
COMMAND = [sys.executable, "-P", "-m", "kbtool.intake.opener"]
_CHUNK = 1024 * 1024


class OpenerEnded(Exception):
    """The opener stopped before it was done; ``args[0]`` is the message code for how."""


class Opener:
    """A running opener. Leave the context, and it and its process group are gone."""

    def __init__(
        self,
        file: BufferedReader,
        kind: FileKind,
        *,
        pages: Sequence[int] | None,
        dpi: float = 0.0,
        picture: dict[str, object] | None = None,
    ) -> None:
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        self._left_s = OPENER_BASE_S
        self._process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(file.fileno(),),
            start_new_session=True,
            env=_environment(),
        )
        request = {"descriptor": file.fileno(), "kind": kind, "pages": pages, "dpi": dpi, "picture": picture}
        assert self._process.stdin
        assert self._process.stdout
        self._out = self._process.stdout
        with suppress(BrokenPipeError):  # it ended at once; the first read says how
            self._process.stdin.write(json.dumps(request).encode())
            self._process.stdin.close()

    def __enter__(self) -> "Opener":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kill()
        self._out.close()

    def read(self) -> tuple[dict[str, Any], bytes]:
        """Receive the next frame, unchecked; ``OpenerEnded`` when there is none in time."""
        try:
            frame = read_frame(self._read_exactly)
        except BadFrame as error:
            self._kill()
            raise OpenerEnded("intake_bad_frame") from error
        self._left_s += OPENER_PAGE_S
        return frame

    def _read_exactly(self, count: int) -> bytes:
        received = bytearray()
        descriptor = self._out.fileno()
        while len(received) < count:
            before = time.monotonic()
            ready, _, _ = select.select([descriptor], [], [], max(0.0, self._left_s))
            self._left_s -= time.monotonic() - before
            if not ready:
                self._kill()
                raise OpenerEnded("intake_timeout")
            chunk = os.read(descriptor, min(_CHUNK, count - len(received)))
            if not chunk:
                raise OpenerEnded(self._how_it_ended())
            received += chunk
        return bytes(received)

    def _how_it_ended(self) -> str:
        status = self._process.wait()
        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            return "intake_timeout"
        return "intake_crashed"

    def _kill(self) -> None:
        if self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _environment() -> dict[str, str]:
    """The parent's, with the libraries' own threads switched off."""
    return {**os.environ, "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
