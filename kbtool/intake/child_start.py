"""What every child of kbtool does first: keep stdout for frames alone, and end when its parent is gone.

A parent that is killed cannot end its children, and a child that is busy in native code, or waits for a program of
its own, would work on for nobody. So a thread waits for the other end of stdin to close, which it does with the
parent, however that ended.
"""

import os
import select
import signal
import threading
from typing import BinaryIO


def answering() -> BinaryIO:
    """Prepare this process and return the stream its answers go to."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # libraries print where they like
    os.dup2(nowhere, 2)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    return answers


def _end_with_parent() -> None:
    """Wait until nobody can write to stdin any more; then end this process and the programs it started."""
    closed = select.poll()
    closed.register(0, 0)  # no event but the hang-up itself
    closed.poll()
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
