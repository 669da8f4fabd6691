"""What a reader gives: pages of words where the file has them, of blocks where it says more, else of pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kbtool.document import Box
from kbtool.intake.written import WrittenPage
from kbtool.limits import MAX_WRITTEN_BLOCKS, MAX_WRITTEN_CHARACTERS
from kbtool.reading import Bookmark, Grid, Link, Ruby


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The lines of a page: a text, a frame (x0, y0, x1, y1, size of type), vertical or not, bold or not for each.

    ``spans`` has a row for each character of all texts, one line after the other: its start and end along the line.
    """

    texts: Sequence[str]
    spans: npt.NDArray[np.float64]
    frames: npt.NDArray[np.float64]
    vertical: Sequence[bool]
    bold: Sequence[bool]

    @classmethod
    def none(cls) -> "Lines":
        """A page without a word."""
        return cls((), np.empty((0, 2)), np.empty((0, 5)), (), ())

    def and_then(self, other: "Lines") -> "Lines":
        """These lines and others."""
        return Lines(
            [*self.texts, *other.texts],
            np.concatenate([self.spans, other.spans]),
            np.concatenate([self.frames, other.frames]),
            [*self.vertical, *other.vertical],
            [*self.bold, *other.bold],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """A page to be recognised: ``array`` uint8, H×W grey or H×W×3 RGB, ``dpi`` pixels an inch of paper."""

    width_pt: float
    height_pt: float
    array: npt.NDArray[np.uint8]
    dpi: float


@dataclass(frozen=True, slots=True)
class Unread:
    """Areas of a page that its text layer says nothing of, and the page drawn with what stands in them.

    ``areas`` are pictures, ``illegible`` words in a font without meaning.
    ``is_scan``: the page is one picture, ``areas`` is all of it, and the words stand on it like a stamped number.
    """

    pixels: Pixels
    areas: Sequence[Box]
    is_scan: bool = False
    illegible: Sequence[Box] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A page whose text layer can be trusted, all of it but ``unread``; boxes in points of the upright page."""

    width_pt: float
    height_pt: float
    rotation: int
    lines: Lines
    grids: Sequence[Grid] = ()
    figures: Sequence[Box] = ()
    ruby: Sequence[Ruby] = ()
    links: Sequence[Link] = ()
    unread: Unread | None = None


class Unreadable(Exception):
    """The file as a whole cannot be read; ``args[0]`` is the message code."""


class PageFailed(Exception):
    """One page cannot be read; ``args[0]`` is the message code."""


class Reader(Protocol):
    """An open file with numbered pages, counted from 0."""

    page_count: int

    def outline(self) -> Sequence[Bookmark]:
        """What the file itself names its parts, in its order."""

    def page(self, index: int, dpi: float) -> Words | Pixels | WrittenPage:
        """Read one page, as pixels of at most ``dpi`` where its words cannot be trusted."""

    def pixels(self, index: int, dpi: float) -> Pixels:
        """Draw one page."""


class WrittenPages:
    """A file that was read as a whole, with all its structure; parts that could not be read are failures."""

    def __init__(self, pages: Sequence["WrittenPage | PageFailed"]) -> None:
        self._pages = pages
        self.page_count = len(pages)

    def outline(self) -> Sequence[Bookmark]:
        """None: its blocks say already which are headings."""
        return ()

    def page(self, index: int, dpi: float) -> WrittenPage:
        """The blocks of one page."""
        page = self._pages[index]
        if isinstance(page, PageFailed):
            raise page
        characters = sum(len(block.text) for block in page.blocks)
        if len(page.blocks) > MAX_WRITTEN_BLOCKS or characters > MAX_WRITTEN_CHARACTERS:
            raise PageFailed("intake_page_characters")
        return page

    def pixels(self, index: int, dpi: float) -> Pixels:
        """Words without paper cannot be drawn."""
        raise PageFailed("intake_no_picture")
