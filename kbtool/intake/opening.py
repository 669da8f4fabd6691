"""The parent's hand on the opener: what it is asked, and how long it may take for it.

Slow recognition is not held against the file: time counts only while a page is waited for.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from io import BufferedReader
from typing import Any

from kbtool.intake.child import Child, ChildEnded, python
from kbtool.intake.sniff import FileKind
from kbtool.limits import OPENER_BASE_S, OPENER_PAGE_S

COMMAND = python("kbtool.intake.opener")


class Opener(Child):
    """A running opener; ``read`` receives what it says of the file, frame by frame."""

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
        super().__init__(COMMAND, left_s=OPENER_BASE_S, pass_fds=(file.fileno(),))
        self._request = {"descriptor": file.fileno(), "kind": kind, "pages": pages, "dpi": dpi, "picture": picture}

    def __enter__(self) -> "Opener":
        with suppress(ChildEnded):  # it ended at once; the first read says how
            self.send(self._request)
        return self

    def read(self) -> tuple[dict[str, Any], bytes]:
        """Receive the next frame, unchecked, and grant the time for another; ``ChildEnded`` when there is none."""
        frame = self.receive()
        self.left_s += OPENER_PAGE_S
        return frame

    def _how_it_ended(self) -> str:
        """The kernel's clock kills an opener that sits on the processor for too long."""
        how = super()._how_it_ended()
        return "timeout" if how == "killed" else how
