"""The recognisers of one process, and the parent's hand on them: each reads one page at a time.

A recogniser that dies is replaced and its page tried once more; one that is out of time is ended and its page given
up; one that has grown too large is replaced between two pages, because model runtimes keep what they once took.
"""

import threading
from collections import deque
from concurrent.futures import CancelledError
from typing import Any

from kbtool.errors import SourceError
from kbtool.intake.child import Child, ChildEnded, python
from kbtool.limits import RECOGNISE_PAGE_S, RECOGNISER_LEAST_PAGES, RECOGNISER_MEMORY_BYTES, RECOGNISER_START_S

COMMAND = python("kbtool.intake.recogniser")
_ATTEMPTS = 2
#: How a page ends that no recogniser survives.
WORKER_DIED = "intake_page_worker_died"
_ENDS = {"timeout": "intake_page_slow", "bad_frame": "intake_page_unread"}

#: A header and what came behind it.
Answer = tuple[dict[str, Any], bytes]


class Recogniser(Child):
    """A running recogniser."""

    def __init__(self) -> None:
        super().__init__(COMMAND, left_s=0.0)
        self._pages = 0
        self._memory_bytes = 0

    def ask(self, request: dict[str, object], pixels: bytes) -> Answer:
        """Wait for its answer, unchecked; ``ChildEnded`` when there is none in time."""
        self.left_s = RECOGNISE_PAGE_S if self._pages else RECOGNISE_PAGE_S + RECOGNISER_START_S
        self.send(request, pixels)
        header, payload = self.receive()
        self._pages += 1
        memory = header.get("memory", 0)
        self._memory_bytes = memory if isinstance(memory, int) else 0
        return header, payload

    @property
    def is_worn(self) -> bool:
        """Whether a fresh one should take over; not before it has earned its start."""
        return self._memory_bytes > RECOGNISER_MEMORY_BYTES and self._pages >= RECOGNISER_LEAST_PAGES


class Desk:
    """Recognisers at work or waiting; as many as there are threads that ask."""

    def __init__(self) -> None:
        self._waiting: deque[Recogniser] = deque()
        self._all: set[Recogniser] = set()
        self._lock = threading.Lock()
        self._is_closed = False

    def ask(self, request: dict[str, object], pixels: bytes = b"") -> Answer:
        """Put a request to a recogniser; ``SourceError`` where none survives it."""
        end = ""
        for _ in range(_ATTEMPTS):
            recogniser = self._take()
            try:
                answer = recogniser.ask(request, pixels)
            except ChildEnded as ended:
                end = str(ended.args[0])
                self._dismiss(recogniser)
                if end == "timeout":
                    break
            else:
                self._give_back(recogniser)
                return answer
        raise SourceError(_ENDS.get(end, WORKER_DIED))

    def close(self) -> None:
        """End all recognisers, whatever they are doing."""
        with self._lock:
            self._is_closed = True
            running, waiting = list(self._all), list(self._waiting)
            self._waiting.clear()
        for recogniser in running:
            recogniser.kill()
        for recogniser in waiting:
            self._dismiss(recogniser)

    def _take(self) -> Recogniser:
        with self._lock:
            if self._is_closed:
                raise CancelledError
            recogniser = self._waiting.pop() if self._waiting else Recogniser()
            self._all.add(recogniser)
            return recogniser

    def _give_back(self, recogniser: Recogniser) -> None:
        with self._lock:
            stays = not self._is_closed and not recogniser.is_worn
            if stays:
                self._waiting.append(recogniser)
        if not stays:
            self._dismiss(recogniser)

    def _dismiss(self, recogniser: Recogniser) -> None:
        recogniser.close()
        with self._lock:
            self._all.discard(recogniser)
