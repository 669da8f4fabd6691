"""A folder of numbered pictures: page after page, a damaged picture costing only itself."""

from collections.abc import Sequence

from kbtool.intake.picture_folder import unpack
from kbtool.intake.readers.image import ImageReader
from kbtool.intake.readers.opened import PageFailed, Pixels, Unreadable
from kbtool.limits import MAX_PAGES
from kbtool.reading import Bookmark


class PicturesReader:
    """Pictures packed into one stream; each is opened again for each of its pages, so that only one is in memory."""

    def __init__(self, data: bytes) -> None:
        try:
            self._pictures = unpack(data)
        except ValueError as error:
            raise Unreadable("intake_damaged") from error
        #: Of each page, the picture and the frame in it.
        self._places: list[tuple[int, int]] = []
        for number in range(len(self._pictures)):
            if len(self._places) <= MAX_PAGES:
                self._places += [(number, frame) for frame in range(self._frames(number))]
        self.page_count = len(self._places)

    def outline(self) -> Sequence[Bookmark]:
        """None: pictures have no words."""
        return ()

    def page(self, index: int, dpi: float) -> Pixels:
        """Read one page; a picture has no words."""
        return self.pixels(index, dpi)

    def pixels(self, index: int, dpi: float) -> Pixels:
        """Decode one page."""
        number, frame = self._places[index]
        try:
            return ImageReader(bytes(self._pictures[number])).pixels(frame, dpi)
        except Unreadable as error:
            raise PageFailed("intake_page_damaged") from error

    def _frames(self, number: int) -> int:
        try:
            return ImageReader(bytes(self._pictures[number])).page_count
        except Unreadable:
            return 1
