"""The pages of one source as they come from openers, one bad page costing only itself.

A page that kills the opener is passed over: a fresh opener goes on behind it. Pages that need not be opened are
named only, in their place.
"""

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader

from kbtool.document import Box
from kbtool.errors import SourceError
from kbtool.intake import untrusted
from kbtool.intake.child import ChildEnded
from kbtool.intake.frames import BadFrame
from kbtool.intake.opening import Opener
from kbtool.intake.partial import KnownPart, PartialPage
from kbtool.intake.sources import Source
from kbtool.intake.untrusted import FailedPage, NumberedPage, RasterPage
from kbtool.limits import MAX_PAGES
from kbtool.reading import Bookmark, PageReading

#: A file that kills this many openers is hostile or hopeless; its remaining pages are not tried.
_MOST_LOST_PAGES = 10


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that was not opened, because what it says is known."""

    number: int


OpenedPage = PageReading | RasterPage | PartialPage | FailedPage | NumberedPage
StreamedPage = OpenedPage | KnownPage


class PageStream:
    """Iterate over the pages of an open source.

    ``total`` and ``bookmarks`` (by the number of the page they lead to) are known once the first page has come.
    ``pages`` are the numbers wanted (from 1, default all), ``known`` those that need not be opened.
    """

    def __init__(
        self,
        file: BufferedReader,
        source: Source,
        pages: Sequence[int] | None,
        dpi: float,
        known: Collection[int] = (),
    ) -> None:
        self.total = 0
        self.bookmarks: dict[int, list[Bookmark]] = {}
        self._known = known
        self._opener: Opener | None = None
        self._is_stopped = False
        self._file = file
        self._source = source
        self._wanted = pages
        self._dpi = dpi
        self._left: deque[int] | None = None

    def __iter__(self) -> Iterator[StreamedPage]:
        for _ in range(_MOST_LOST_PAGES):
            try:
                yield from self._pages_of_one_opener()
                return
            except ChildEnded as end:
                code = f"intake_{end.args[0]}"
            except BadFrame:
                code = "intake_bad_frame"
            if self._is_stopped:
                return
            if self._left is None:
                raise SourceError(code, source=self._source.name)
            yield FailedPage(self._left.popleft(), code.replace("intake_", "intake_page_"))
            if not self._left:
                return
        yield from (FailedPage(number, "intake_given_up") for number in self._left or ())

    def stop(self) -> None:
        """End the opener at once; may be called from another thread than the one that iterates."""
        self._is_stopped = True
        if self._opener:
            self._opener.kill()

    def _pages_of_one_opener(self) -> Iterator[StreamedPage]:
        with Opener(self._file, self._source.kind, pages=self._indices(), dpi=self._dpi) as self._opener:
            opener = self._opener
            if self._is_stopped:
                return
            header, _ = opener.read()
            if header.get("frame") == "refused":
                raise SourceError(untrusted.code(header), source=self._source.name)
            count = untrusted.page_count(header)
            if self._left is None:
                self._left = deque(self._choose(count))
                for bookmark in untrusted.outline(header):
                    self.bookmarks.setdefault(bookmark.page, []).append(bookmark)
            while self._left:
                page = KnownPage(self._left[0]) if self._left[0] in self._known else _next_page(opener)
                if page.number != self._left[0]:
                    raise BadFrame
                self._left.popleft()
                yield page

    def _indices(self) -> list[int] | None:
        """What to ask of an opener; pages beyond the last it passes over."""
        wanted = self._wanted if self._left is None else self._left
        if wanted is None and not self._known:
            return None
        numbers = range(1, MAX_PAGES + 1) if wanted is None else wanted
        return [number - 1 for number in numbers if number not in self._known]

    def _choose(self, count: int) -> list[int]:
        if count == 0:
            raise SourceError("intake_no_pages", source=self._source.name)
        numbers = range(1, count + 1)
        chosen = [number for number in numbers if self._wanted is None or number in self._wanted]
        self.total = len(chosen)
        return chosen


def _next_page(opener: Opener) -> OpenedPage:
    """The next page; one whose words leave something unread comes in two frames."""
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
