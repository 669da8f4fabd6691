"""The pages of one source as they come from openers, one bad page costing only itself.

A page that kills the opener is passed over: a fresh opener goes on behind it.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from io import BufferedReader

from kbtool.errors import SourceError
from kbtool.intake import untrusted
from kbtool.intake.child import Opener, OpenerEnded
from kbtool.intake.frames import BadFrame
from kbtool.intake.sources import Source
from kbtool.intake.untrusted import FailedPage, NumberedPage, RasterPage
from kbtool.reading import PageReading

#: A file that kills this many openers is hostile or hopeless; its remaining pages are not tried.
_MOST_LOST_PAGES = 10

OpenedPage = PageReading | RasterPage | FailedPage | NumberedPage


class PageStream:
    """Iterate over the pages of an open source; ``total`` is known once the first page has come."""

    def __init__(self, file: BufferedReader, source: Source, pages: Sequence[int] | None, dpi: float) -> None:
        self.total = 0
        self._file = file
        self._source = source
        self._wanted = pages
        self._dpi = dpi
        self._left: deque[int] | None = None

    def __iter__(self) -> Iterator[OpenedPage]:
        for _ in range(_MOST_LOST_PAGES):
            try:
                yield from self._pages_of_one_opener()
                return
            except OpenerEnded as end:
                code = str(end.args[0])
            except BadFrame:
                code = "intake_bad_frame"
            if self._left is None:
                raise SourceError(code, source=self._source.name)
            yield FailedPage(self._left.popleft(), code.replace("intake_", "intake_page_"))
            if not self._left:
                return
        yield from (FailedPage(number, "intake_given_up") for number in self._left or ())

    def _pages_of_one_opener(self) -> Iterator[OpenedPage]:
        wanted = self._wanted if self._left is None else self._left
        indices = None if wanted is None else [number - 1 for number in wanted]
        with Opener(self._file, self._source.kind, pages=indices, dpi=self._dpi) as opener:
            header, _ = opener.read()
            if header.get("frame") == "refused":
                raise SourceError(untrusted.code(header), source=self._source.name)
            count = untrusted.page_count(header)
            if self._left is None:
                self._left = deque(self._choose(count))
            while self._left:
                page = untrusted.page(*opener.read())
                if page.number != self._left[0]:
                    raise BadFrame
                self._left.popleft()
                yield page

    def _choose(self, count: int) -> list[int]:
        if count == 0:
            raise SourceError("intake_no_pages", source=self._source.name)
        numbers = range(1, count + 1)
        chosen = [number for number in numbers if self._wanted is None or number in self._wanted]
        self.total = len(chosen)
        return chosen
