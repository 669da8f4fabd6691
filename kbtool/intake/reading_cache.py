"""Readings of recognised pages, kept by what they were read from, so that no page is recognised twice.

What is kept is the reading, not the laid-out page: new layout rules then cost no recognition. Beside the readings
lies which pixels each page of a source turned into, so that a page whose reading is kept is not even drawn again.
A damaged or foreign file counts as absent. The folder is for its owner only, because slips carry personal data.
"""

import hashlib
import re
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from kbtool import durable
from kbtool.intake.frames import BadFrame
from kbtool.intake.sources import Source
from kbtool.intake.untrusted import RasterPage
from kbtool.intake.untrusted_reading import reading_from
from kbtool.reading import PageReading

_FORMAT = 2
#: ``12.`` and the name of what page 12 turned into.
_DRAWN = re.compile(r"([1-9][0-9]{0,4})\.([0-9a-f]{64})")


class ReadingCache:
    """Readings below one folder (``.kbtool/pages``)."""

    def __init__(self, folder: Path) -> None:
        self._folder = durable.private_folder(folder)

    def get(self, key: str, number: int) -> PageReading | None:
        """The reading kept under ``key``, as page ``number``."""
        try:
            return reading_from(self._path(key).read_bytes(), number)
        except (OSError, BadFrame):
            return None

    def has(self, key: str) -> bool:
        """Whether something is kept under ``key``."""
        return self._path(key).is_file()

    def put(self, key: str, reading: bytes) -> None:
        """Keep a reading as the recogniser told it."""
        durable.write(self._path(key), reading)

    def drawn(self, place: str) -> dict[int, str]:
        """What the pages of a source turned into, by number, as far as they were read."""
        folder = self._place(place)
        names = (_DRAWN.fullmatch(path.name) for path in folder.iterdir()) if folder.is_dir() else ()
        return {int(name[1]): name[2] for name in names if name}

    def put_drawn(self, place: str, number: int, raster: str) -> None:
        """Remember what page ``number`` of a source turned into."""
        durable.write(self._place(place) / f"{number}.{raster}", b"")

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"

    def _place(self, place: str) -> Path:
        return self._folder / "drawn" / place


def raster_name(page: RasterPage) -> str:
    """Name the pixels of a page."""
    head = f"{page.width}x{page.height}x{page.channels}|{page.dpi:.3f}|"
    return hashlib.sha256(head.encode() + page.pixels).hexdigest()


def reading_name(raster: str, fingerprint: str) -> str:
    """Name the reading of pixels by engines with options (both in ``fingerprint``)."""
    return hashlib.sha256(f"{_FORMAT}|{fingerprint}|{raster}".encode()).hexdigest()


def place_of(source: Source, dpi: float) -> str:
    """Name a source drawn with ``dpi`` by the readers of today."""
    return hashlib.sha256(f"{_FORMAT}|{source.sha256}|{source.kind}|{dpi:.3f}|{_readers()}".encode()).hexdigest()


@cache
def _readers() -> str:
    """What decides how a page is drawn: the readers' own code, and the libraries they draw with."""
    code = hashlib.sha256()
    for module in sorted(files("kbtool.intake.readers").iterdir(), key=lambda each: each.name):
        if module.name.endswith(".py"):
            code.update(module.read_bytes())
    return f"{code.hexdigest()}|{version('pypdfium2')}|{version('pillow')}"
