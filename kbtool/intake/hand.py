"""One opener after the other at some pages of a source: where one ends, a fresh one goes on with what is left.

Separate from the stream, which says who is asked for which page, and what becomes of a page that ended its opener.
"""

from collections import deque
from collections.abc import Sequence
from io import BufferedReader
from typing import Any

from kbtool.document import Box
from kbtool.intake import untrusted
from kbtool.intake.frames import BadFrame
from kbtool.intake.laid import LaidPage
from kbtool.intake.opening import Opener
from kbtool.intake.partial import KnownPart, PartialPage
from kbtool.intake.sniff import FileKind
from kbtool.intake.untrusted import FailedPage, NumberedPage, RasterPage
from kbtool.reading import PageReading

OpenedPage = PageReading | LaidPage | RasterPage | PartialPage | FailedPage | NumberedPage


class Hand:
    """Whoever opens pages of ``file`` now; ``left`` are the numbers it was asked for and has not given yet.

    ``most`` pages will be asked for in all; ``laid_out``: words come as laid-out pages, unless something else has to
    be read beside them. It opens nothing before it has to.
    """

    def __init__(self, file: BufferedReader, kind: FileKind, dpi: float, most: int, *, laid_out: bool) -> None:
        self.left: deque[int] = deque()
        self._file = file
        self._kind = kind
        self._dpi = dpi
        self._most = most
        self._laid_out = laid_out
        self._opener: Opener | None = None
        self._is_killed = False

    def begin(self, numbers: Sequence[int]) -> dict[str, Any]:
        """Ask for pages of which nobody knows yet whether they are there; what the opener says of the file."""
        return self._start(numbers).read()[0]

    def ask(self, numbers: Sequence[int]) -> None:
        """Ask for more pages."""
        self.left.extend(numbers)
        if self._opener:
            self._ask(self._opener, numbers)
        else:
            self._start(self.left)

    def take(self) -> OpenedPage:
        """The next page, checked; ``ChildEnded`` or ``BadFrame`` where it does not come."""
        opener = self._opener or self._start(self.left)
        page = _next_page(opener)
        if page.number != self.left[0]:
            raise BadFrame
        self.left.popleft()
        return page

    def give_up_page(self) -> int:
        """End the opener, and go on behind the page that it did not give; its number."""
        self.close()
        return self.left.popleft()

    def kill(self) -> None:
        """End the opener, and every other that starts from now on; may be called from any thread."""
        self._is_killed = True
        if self._opener:
            self._opener.kill()

    def close(self) -> None:
        """End the opener."""
        if self._opener:
            self._opener.close()
            self._opener = None

    def _start(self, numbers: Sequence[int]) -> Opener:
        self._opener = opener = Opener(self._file, self._kind, most=self._most, outline=True)
        if self._is_killed:
            opener.kill()
        self._ask(opener, numbers)
        return opener

    def _ask(self, opener: Opener, numbers: Sequence[int]) -> None:
        opener.ask([number - 1 for number in numbers], dpi=self._dpi, laid_out=self._laid_out)


def _next_page(opener: Opener) -> OpenedPage:
    """The next page; one whose words leave something unread comes in two frames."""
    header, payload = opener.read()
    if header.get("frame") == "opened":  # of a file that another opened before
        header, payload = opener.read()
    words = untrusted.page(header, payload)
    if not isinstance(words, PageReading):
        return words
    areas, illegible, is_scan = untrusted.unread(header, Box(0.0, 0.0, words.width_pt, words.height_pt))
    if not areas and not illegible:
        return words
    picture = untrusted.page(*opener.read())
    if not isinstance(picture, RasterPage) or picture.number != words.number:
        raise BadFrame
    return PartialPage(KnownPart(words, areas, is_scan, illegible), picture)
