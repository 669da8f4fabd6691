"""The typefaces of the pages, in two parts that share no design: one to develop on, one for the final figure.

Fonts that descend from one another (IPA, IPAex, Takao; M+, VL, Migu) stand in the same part.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

ROOT = Path("/usr/share/fonts")
#: Seeds below this draw with the development fonts, seeds from here on with the final ones.
FINAL_SEEDS = 1_000


@dataclass(frozen=True, slots=True)
class Face:
    """A font file below ``ROOT``, the Debian package that brings it, and its place in a collection."""

    path: str
    package: str
    index: int = 0

    @property
    def embeddable(self) -> bool:
        """Whether reportlab can put it into a PDF (TrueType outlines only)."""
        return self.path.endswith(".ttf")


DEVELOPMENT = (
    Face("opentype/ipaexfont-gothic/ipaexg.ttf", "fonts-ipaexfont-gothic"),
    Face("opentype/ipafont-mincho/ipamp.ttf", "fonts-ipafont-mincho"),
    Face("truetype/vlgothic/VL-PGothic-Regular.ttf", "fonts-vlgothic"),
    Face("opentype/ipaexfont-mincho/ipaexm.ttf", "fonts-ipaexfont-mincho"),
    Face("truetype/migmix/migu-1p-regular.ttf", "fonts-migmix"),
)
FINAL = (
    Face("opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk"),
    Face("truetype/horai-umefont/ume-pmo3.ttf", "fonts-horai-umefont"),
    Face("truetype/motoya-l-cedar/MTLc3m.ttf", "fonts-motoya-l-cedar"),
    Face("opentype/noto/NotoSerifCJK-Regular.ttc", "fonts-noto-cjk"),
    Face("truetype/motoya-l-maruberi/MTLmr3m.ttf", "fonts-motoya-l-maruberi"),
    Face("truetype/horai-umefont/ume-pgo4.ttf", "fonts-horai-umefont"),
    Face("truetype/hanazono/HanaMinA.ttf", "fonts-hanazono"),
)


class MissingFontError(Exception):
    """A typeface is not on this machine; the message says how to get it."""


def part(seed: int) -> tuple[Face, ...]:
    """Return the typefaces that pages of this seed may use."""
    return FINAL if seed >= FINAL_SEEDS else DEVELOPMENT


def install_command() -> str:
    """Return the command that installs all typefaces."""
    packages = sorted({face.package for face in (*DEVELOPMENT, *FINAL)})
    return f"apt-get install -y --no-install-recommends {' '.join(packages)}"


def file_of(face: Face) -> Path:
    """Return the font's file; raise MissingFontError where it is not installed."""
    path = ROOT / face.path
    if not path.is_file():
        raise MissingFontError(f"{path} is missing: {install_command()}")
    return path


@cache
def load(face: Face, size_px: int) -> ImageFont.FreeTypeFont:
    """Return the typeface at a size in pixels, laid out by Pillow alone."""
    layout = ImageFont.Layout.BASIC
    return ImageFont.truetype(file_of(face), size_px, index=face.index, layout_engine=layout)


def covers(face: Face, text: str) -> bool:
    """Whether the typeface has a glyph for every character."""
    return all(_has(face, character) for character in set(text) if not character.isspace())


@cache
def _has(face: Face, character: str) -> bool:
    font = load(face, 24)
    return _shape(font, character) != _shape(font, "\U000efffe")


def _shape(font: ImageFont.FreeTypeFont, character: str) -> tuple[bytes, tuple[int, int]]:
    mask = font.getmask(character)
    return bytes(mask), mask.size
