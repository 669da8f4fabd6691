"""The pages of one source as they come from openers, one bad page costing only itself.

One opener begins. Where it finds words, which take so little time that opening is all there is to do, others take
turns with it; pages to be recognised wait for that anyway. A page that kills its opener is passed over: a fresh one
goes on behind it. Pages that need not be opened are named only, in their place.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader

from kbtool.errors import SourceError
from kbtool.intake import untrusted
from kbtool.intake.child import ChildEnded
from kbtool.intake.frames import BadFrame
from kbtool.intake.hand import Hand, OpenedPage
from kbtool.intake.laid import LaidPage
from kbtool.intake.sources import Source
from kbtool.intake.untrusted import FailedPage
from kbtool.limits import MAX_PAGES
from kbtool.reading import Bookmark, PageReading

#: A file that kills this many openers is hostile or hopeless; its remaining pages are not tried.
_MOST_LOST_PAGES = 10
#: Pages of words that an opener reads while another starts; to be worth its start that has twice as many to read.
_FIRST_PAGES = 32
_LEAST_SHARE = 2 * _FIRST_PAGES
_WORDS = (PageReading, LaidPage)


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that was not opened, because what it says is known."""

    number: int


StreamedPage = OpenedPage | KnownPage


class PageStream:
    """Iterate over the pages of an open source.

    ``total`` and ``bookmarks`` (by the number of the page they lead to) are known once the first page has come.
    ``pages`` are the numbers wanted (from 1, default all), ``known`` those that need not be opened; at most
    ``openers`` work side by side. ``laid_out``: words come as laid-out pages, unless something else has to be read
    beside them.
    """

    def __init__(
        self,
        file: BufferedReader,
        source: Source,
        pages: Collection[int] | None,
        dpi: float,
        known: Collection[int] = (),
        openers: int = 1,
        *,
        laid_out: bool = False,
    ) -> None:
        self.total = 0
        self.bookmarks: dict[int, list[Bookmark]] = {}
        self._known = known
        self._is_stopped = False
        self._source = source
        self._wanted = pages
        self._lost_pages = 0
        most = MAX_PAGES if pages is None else len(pages)
        self._hands = [Hand(file, source.kind, dpi, most, laid_out=laid_out) for _ in range(openers)]
        self._undealt: Sequence[int] = ()

    def __iter__(self) -> Iterator[StreamedPage]:
        try:
            for number in self._begin():
                page = self._page(number)
                if self._is_stopped:
                    return
                yield page
        finally:
            for hand in self._hands:
                hand.close()

    def stop(self) -> None:
        """End the openers at once; may be called from another thread than the one that iterates."""
        self._is_stopped = True
        for hand in self._hands:
            hand.kill()

    def _begin(self) -> list[int]:
        """Open the source and ask for its first pages; the numbers of all that are wanted and there."""
        wanted = range(1, MAX_PAGES + 1) if self._wanted is None else sorted(set(self._wanted))
        try:
            header = self._hands[0].begin([number for number in wanted if number not in self._known][:_FIRST_PAGES])
            if header.get("frame") == "refused":
                raise SourceError(untrusted.code(header), source=self._source.name)
            count = untrusted.page_count(header)
            for bookmark in untrusted.outline(header):
                self.bookmarks.setdefault(bookmark.page, []).append(bookmark)
        except ChildEnded as end:
            if self._is_stopped:
                return []
            raise SourceError(f"intake_{end.args[0]}", source=self._source.name) from end
        except BadFrame as error:
            raise SourceError("intake_bad_frame", source=self._source.name) from error
        if count == 0:
            raise SourceError("intake_no_pages", source=self._source.name)
        numbers = [number for number in wanted if number <= count]
        self.total = len(numbers)
        unknown = [number for number in numbers if number not in self._known]
        self._hands[0].left.extend(unknown[:_FIRST_PAGES])
        self._undealt = unknown[_FIRST_PAGES:]
        return numbers

    def _page(self, number: int) -> StreamedPage:
        if number in self._known:
            return KnownPage(number)
        if self._lost_pages == _MOST_LOST_PAGES:
            return FailedPage(number, "intake_given_up")
        hand = next(hand for hand in self._hands if hand.left and hand.left[0] == number)
        try:
            page = hand.take()
        except ChildEnded as end:
            page = self._lost(hand, f"intake_page_{end.args[0]}")
        except BadFrame:
            page = self._lost(hand, "intake_page_bad_frame")
        if self._undealt and (isinstance(page, _WORDS) or not self._hands[0].left):
            self._deal(len(self._hands) if isinstance(page, _WORDS) else 1)
        return page

    def _lost(self, hand: Hand, code: str) -> FailedPage:
        self._lost_pages += 1
        return FailedPage(hand.give_up_page(), code)

    def _deal(self, most: int) -> None:
        """Give what is left to as many hands as it is worth, page by page in turn."""
        hands = self._hands[: max(1, min(most, len(self._undealt) // _LEAST_SHARE + 1))]
        for at, hand in enumerate(hands):
            hand.ask(self._undealt[at :: len(hands)])
        self._undealt = ()
