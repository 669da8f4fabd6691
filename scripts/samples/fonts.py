"""The typefaces of the samples: Debian's packages of IPA and VL fonts, found by file.

Separate so that a machine without them gets one sentence naming the package, not a traceback from the font library.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

ROOT = Path("/usr/share/fonts")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file and the Debian package that brings it."""

    path: str
    package: str


FACES = {
    "gothic": Face("opentype/ipafont-gothic/ipag.ttf", "fonts-ipafont-gothic"),
    "gothic-proportional": Face("opentype/ipafont-gothic/ipagp.ttf", "fonts-ipafont-gothic"),
    "mincho": Face("opentype/ipafont-mincho/ipam.ttf", "fonts-ipafont-mincho"),
    "mincho-proportional": Face("opentype/ipafont-mincho/ipamp.ttf", "fonts-ipafont-mincho"),
    "vl-gothic": Face("truetype/vlgothic/VL-Gothic-Regular.ttf", "fonts-vlgothic"),
}


class MissingFontError(Exception):
    """A typeface of the samples is not on this machine; the message says how to get it."""


def find(name: str) -> Path:
    """Return the file of the typeface `name` (a key of `FACES`); raise MissingFontError where it is not installed."""
    face = FACES[name]
    path = ROOT / face.path
    if not path.is_file():
        raise MissingFontError(f"{path} is missing: apt-get install {face.package}")
    return path


@cache
def load(name: str, size_px: int) -> ImageFont.FreeTypeFont:
    """Return the typeface `name` at `size_px` pixels, laid out by Pillow alone: no other library moves a glyph."""
    return ImageFont.truetype(find(name), size_px, layout_engine=ImageFont.Layout.BASIC)
