"""One page job, the same on this machine and on a cluster: pixels in, the reading as JSON out.

It runs in a thread of this process or of a cluster's worker and asks a recogniser, which is a process of its own;
so a page that kills its reader, hangs or eats memory costs the same everywhere: itself.
"""

import os
import platform
import socket
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kbtool import __version__
from kbtool.errors import ClusterFailed, EnvironmentMissing, KbError, SourceError, UsageError
from kbtool.intake.bounds import as_text
from kbtool.intake.desk import Answer, Desk
from kbtool.intake.untrusted import RasterPage
from kbtool.intake.untrusted_reading import told

if TYPE_CHECKING:
    from kbtool.recognise import RecogniseOptions

#: Longer than any fingerprint of engines, models and processor.
_LONGEST_NAME = 2_000
_ERRORS: dict[str, type[KbError]] = {"EnvironmentMissing": EnvironmentMissing, "UsageError": UsageError}

_of_thread = threading.local()
_of_process = Desk()


def sit_at(desk: Desk) -> None:
    """Let this thread ask the recognisers of ``desk`` instead of those that all threads of this process share."""
    _of_thread.desk = desk


def fingerprint(options: "RecogniseOptions") -> str:
    """Name the engines, models and rules that read pages here."""
    header, _ = _ask({"options": asdict(options), "page": None})
    return as_text(header.get("fingerprint"), _LONGEST_NAME)


def introduction(options: "RecogniseOptions") -> dict[str, str]:
    """Say what decides how this process reads pages."""
    return {"kbtool": __version__, "Python": platform.python_version(), "OCR": fingerprint(options)}


def demand_alike(address: str, theirs: object, ours: dict[str, str]) -> None:
    """Refuse the process at ``address`` where its introduction is not ``ours``."""
    for name, here in ours.items():
        there = theirs.get(name) if isinstance(theirs, dict) else None
        if there != here:
            raise ClusterFailed("intake_cluster_differs", worker=address, what=name, theirs=there, ours=here)


def read(page: RasterPage, options: "RecogniseOptions", expected: str) -> bytes:
    """Recognise one page with engines whose fingerprint is ``expected``.

    Raises ``SourceError`` where the page cannot be read, ``EnvironmentMissing`` where engines
    are missing, ``ClusterFailed`` where they are others.
    """
    place = {name: getattr(page, name) for name in ("number", "width", "height", "channels", "dpi")}
    header, reading = _ask({"options": asdict(options), "page": place}, page.pixels)
    found = as_text(header.get("fingerprint"), _LONGEST_NAME)
    if found != expected:
        raise ClusterFailed("intake_cluster_differs", worker=address(), what="OCR", theirs=found, ours=expected)
    return reading


def address() -> str:
    """How the cluster names this process; the machine and process where there is no cluster."""
    if "distributed" in sys.modules:
        from distributed import get_worker

        with suppress(ValueError):
            return str(get_worker().address)
    return f"{socket.gethostname()}:{os.getpid()}"


def _ask(request: dict[str, Any], pixels: bytes = b"") -> Answer:
    desk: Desk = getattr(_of_thread, "desk", _of_process)
    header, payload = desk.ask(request, pixels)
    if "error" in header:
        raise _error(header)
    return header, payload


def _error(header: dict[str, Any]) -> KbError:
    """What a recogniser says is wrong with the machine or the settings; all else is wrong with the page."""
    code, params = told(header.get("code"), header.get("params"))
    kind = _ERRORS.get(str(header["error"]), SourceError)
    return kind(code, **params)
