"""Draws small pages with known words, and does to them what scanners do."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from kbtool.recognise import Raster

DPI = 200
GOTHIC = Path("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf")
MINCHO = Path("/usr/share/fonts/opentype/ipafont-mincho/ipam.ttf")
RED = (205, 40, 45)

Pixels = npt.NDArray[np.uint8]


class Sheet:
    """A white sheet; places and sizes in pixels."""

    def __init__(self, width: int = 1100, height: int = 800) -> None:
        self.image = Image.new("RGB", (width, height), "white")
        self.draw = ImageDraw.Draw(self.image)

    def text(self, x: int, y: int, words: str, size: int = 32, font: Path = GOTHIC, ink: object = "black") -> None:
        self.draw.text((x, y), words, font=ImageFont.truetype(str(font), size), fill=ink)  # type: ignore[arg-type]

    def column(self, x: int, y: int, words: str, size: int = 36) -> None:
        for i, character in enumerate(words):
            self.text(x, y + i * round(size * 1.1), character, size, MINCHO)

    def rules(self, xs: Sequence[int], ys: Sequence[int], width: int = 2) -> None:
        """A full grid."""
        for y in ys:
            self.draw.line((xs[0], y, xs[-1], y), fill="black", width=width)
        for x in xs:
            self.draw.line((x, ys[0], x, ys[-1]), fill="black", width=width)

    def stamp(self, x: int, y: int, words: str, size: int = 40) -> None:
        """Words in a red frame."""
        self.text(x + 12, y + 8, words, size, ink=RED)
        self.draw.rectangle((x, y, x + len(words) * size + 24, y + size + 18), outline=RED, width=4)

    def raster(self) -> Raster:
        return Raster(np.asarray(self.image, np.uint8).copy(), DPI)


def scanned(raster: Raster, *, degrees: float = 0.0, noise: float = 0.0, shadow: bool = False, seed: int = 1) -> Raster:
    """The page laid askew (clockwise), with grain, and with a grey band of a bad copier."""
    pixels = raster.pixels
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
    white = (255, 255, 255)
    turned = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=white).astype(float)
    if shadow:
        turned[:, int(width * 0.4) : int(width * 0.5)] *= 0.75
    grain = np.random.default_rng(seed).normal(0, noise, turned.shape[:2])
    return Raster(np.clip(turned - 8 + grain[..., None], 0, 255).astype(np.uint8), raster.dpi)


def error_rate(read: str, truth: str) -> float:
    """Edit distance over the length of the truth, white space aside."""
    a, b = "".join(read.split()), "".join(truth.split())
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1] / len(b)
