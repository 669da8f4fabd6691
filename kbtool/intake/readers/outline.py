"""What a PDF says of its own structure: its outline (bookmarks), and the links on a page.

Both only point at words; neither adds any. What is read is bounded, because a file may claim a million bookmarks,
or bookmarks that lead back to themselves (pypdfium2 ends such circles).
"""

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kbtool.document import Box
from kbtool.intake.readers.objects import moved, page_matrix
from kbtool.limits import DEEPEST_BOOKMARK, LONGEST_ADDRESS, LONGEST_BOOKMARK, MAX_BOOKMARKS, MAX_PAGE_LINKS
from kbtool.reading import Bookmark, Link

#: Which of a view's numbers says how far down it starts.
_TOP_OF_VIEW = {
    pdfium_c.PDFDEST_VIEW_XYZ: 1,
    pdfium_c.PDFDEST_VIEW_FITH: 0,
    pdfium_c.PDFDEST_VIEW_FITBH: 0,
    pdfium_c.PDFDEST_VIEW_FITR: 3,
}


def outline_of(file: pdfium.PdfDocument) -> list[Bookmark]:
    """The bookmarks that lead to a page of the file, in its order."""
    listed = islice(file.get_toc(max_depth=DEEPEST_BOOKMARK), MAX_BOOKMARKS)
    return _without_lone_root([found for item in listed if (found := _bookmark(file, item))])


def links_on(page: pdfium.PdfPage) -> list[Link]:
    """The links of a page that lead to a page of the file or to an address; boxes in points of the page as shown."""
    matrix = page_matrix(page)
    found = [(rectangle, where) for rectangle, where in islice(_annotated(page), MAX_PAGE_LINKS) if where]
    boxes = moved(np.array([rectangle for rectangle, _ in found], np.float64).reshape(-1, 4), matrix).tolist()
    return [replace(where, box=Box(*box)) for box, (_, where) in zip(boxes, found, strict=True)]


def _bookmark(file: pdfium.PdfDocument, item: pdfium.PdfBookmark) -> Bookmark | None:
    size = pdfium_c.FPDFBookmark_GetTitle(item, None, 0)
    if size > 2 * (LONGEST_BOOKMARK + 1):  # of UTF-16, with its end; a text that long names nothing
        return None
    title, place = item.get_title().strip(), item.get_dest()
    number = place.get_index() if place else None
    if not title or place is None or number is None or number >= len(file):
        return None
    return Bookmark(title, item.level + 1, number + 1, _top(file, number, place))


def _top(file: pdfium.PdfDocument, index: int, place: pdfium.PdfDest) -> float | None:
    """How far down its page a view starts; on pages that are turned or cut this is only near the truth."""
    mode, numbers = place.get_view()
    at = _TOP_OF_VIEW.get(mode, len(numbers))
    height = file.get_page_size(index)[1]
    if at >= len(numbers) or height <= 0 or (mode == pdfium_c.PDFDEST_VIEW_XYZ and not _tells_height(place)):
        return None
    share: float = 1 - numbers[at] / height
    return min(1.0, max(0.0, share))


def _tells_height(place: pdfium.PdfDest) -> bool:
    """Whether a view's position is meant; many files leave it open and the view says 0."""
    told, number = [ctypes.c_int() for _ in range(3)], [pdfium_c.FS_FLOAT() for _ in range(3)]
    return bool(pdfium_c.FPDFDest_GetLocationInPage(place, *told, *number)) and bool(told[1].value)


def _without_lone_root(bookmarks: list[Bookmark]) -> list[Bookmark]:
    """Where one bookmark holds all others it names the document, and its parts are the chapters."""
    if len(bookmarks) < 2 or sum(each.level == 1 for each in bookmarks) != 1 or bookmarks[0].level != 1:
        return bookmarks
    return [replace(each, level=max(1, each.level - 1)) for each in bookmarks]


def _annotated(page: pdfium.PdfPage) -> Iterator[tuple[tuple[float, ...], Link | None]]:
    """Rectangles in the file's coordinates, and where they lead."""
    at, link, rectangle = ctypes.c_int(0), pdfium_c.FPDF_LINK(), pdfium_c.FS_RECTF()
    while pdfium_c.FPDFLink_Enumerate(page, at, link):
        if pdfium_c.FPDFLink_GetAnnotRect(link, rectangle):
            yield (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top), _leads_to(page, link)


def _leads_to(page: pdfium.PdfPage, link: object) -> Link | None:
    nowhere = Box(0, 0, 0, 0)
    place = pdfium_c.FPDFLink_GetDest(page.pdf, link)
    if place:
        number = pdfium_c.FPDFDest_GetDestPageIndex(page.pdf, place) + 1
        return Link(nowhere, page=number) if 0 < number <= len(page.pdf) else None
    action = pdfium_c.FPDFLink_GetAction(link)
    size = pdfium_c.FPDFAction_GetURIPath(page.pdf, action, None, 0) if action else 0
    if not 1 < size <= LONGEST_ADDRESS:
        return None
    buffer = ctypes.create_string_buffer(size)
    pdfium_c.FPDFAction_GetURIPath(page.pdf, action, buffer, size)
    address = buffer.value.decode("utf-8", "replace").strip()
    return Link(nowhere, address=address) if address else None
