"""The parent's hand on the opener: what it is asked, and how long it may take for it.

Slow recognition is not held against the file: time counts only while a page is waited for.
"""

from collections.abc import Sequence
from contextlib import suppress
from io import BufferedReader
from typing import Any

from kbtool.intake.child import Child, ChildEnded, python
from kbtool.intake.sniff import FileKind
from kbtool.limits import OPENER_BASE_S, OPENER_PAGE_S

COMMAND = python("kbtool.intake.opener")


class Opener(Child):
    """A running opener, to be asked for at most ``most`` pages; ``read`` receives what it says, frame by frame.

    Its first frame is about the whole file, with its ``outline`` if that is wanted. Several may open one ``file``.
    """

    def __init__(self, file: BufferedReader, kind: FileKind, *, most: int, outline: bool = False) -> None:
        super().__init__(COMMAND, left_s=OPENER_BASE_S, pass_fds=(file.fileno(),))
        self._tell({"descriptor": file.fileno(), "kind": kind, "most": most, "outline": outline})

    def ask(
        self,
        pages: Sequence[int],
        *,
        dpi: float = 0.0,
        laid_out: bool = False,
        picture: dict[str, object] | None = None,
    ) -> None:
        """Ask for pages, counted from 0; those beyond the last it passes over."""
        self._tell({"pages": pages, "dpi": dpi, "laid_out": laid_out, "picture": picture})

    def _tell(self, request: dict[str, object]) -> None:
        with suppress(ChildEnded):  # it ended already; reading says how
            self.send(request)

    def read(self) -> tuple[dict[str, Any], bytes]:
        """Receive the next frame, unchecked, and grant the time for another; ``ChildEnded`` when there is none."""
        frame = self.receive()
        self.left_s += OPENER_PAGE_S
        return frame

    def _how_it_ended(self) -> str:
        """The kernel's clock kills an opener that sits on the processor for too long."""
        how = super()._how_it_ended()
        return "timeout" if how == "killed" else how
