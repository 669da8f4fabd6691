"""What paper and an office scanner do to a clean page, and how scanned pages become a PDF.

Separate from what is drawn on the pages. It promises the same bytes for the same page and generator: noise is made of
whole numbers only (no floating-point function that differs between processors), the PDF has no date and no stream
compressed by a library that may change.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

DPI = 300
A4_MM = (210.0, 297.0)
POINTS_PER_INCH = 72
PAPER_WHITE = 250
"""Grey level of clean paper: a scanner's white balance stops just short of 255."""


def px(mm: float, dpi: int = DPI) -> int:
    """Return `mm` millimetres in whole pixels at `dpi`."""
    return round(mm * dpi / 25.4)


def blank(dpi: int = DPI) -> Image.Image:
    """Return an empty white A4 page (RGB, upright)."""
    return Image.new("RGB", (px(A4_MM[0], dpi), px(A4_MM[1], dpi)), "white")


def generator(seed: int, page: int) -> np.random.Generator:
    """Return the random numbers of one page; they do not depend on the pages before it."""
    return np.random.Generator(np.random.PCG64([seed, page]))


def scan(
    page: Image.Image,
    rng: np.random.Generator,
    *,
    skew_deg: float = 0.0,
    quarter_turns: int = 0,
    noise: float = 2.5,
    blur: float = 0.7,
    contrast: float = 0.92,
) -> Image.Image:
    """Return `page` as an office scanner delivers it.

    `skew_deg` turns clockwise, as a sheet fed askew; `quarter_turns` counts quarter turns clockwise; `noise` is the
    standard deviation in grey levels; `blur` the radius in pixels; `contrast` the share of the distance from paper to
    black that ink keeps. A page without colour comes back in grey ("L"), else RGB.
    """
    if skew_deg:
        page = page.rotate(-skew_deg, Image.Resampling.BICUBIC, fillcolor="white")
    if quarter_turns % 4:
        page = page.rotate(-90 * quarter_turns, expand=True)
    if not _has_colour(page):
        page = page.convert("L")
    page = page.filter(ImageFilter.GaussianBlur(blur))
    page = page.point([_scanned_level(level, contrast) for level in range(256)] * len(page.getbands()))
    return speckle(page, rng, noise) if noise else page


def _scanned_level(level: int, contrast: float) -> int:
    """Return what a grey level of the page becomes: toner spreads, so edges darken; then contrast is lost."""
    spread = (level + level * level // 255) // 2
    return PAPER_WHITE - round(contrast * (255 - spread))


def speckle(page: Image.Image, rng: np.random.Generator, noise: float) -> Image.Image:
    """Return `page` with noise of `noise` grey levels (standard deviation), the same in every colour channel."""
    pixels = np.asarray(page, dtype=np.int16)
    grain = _grain(rng, pixels.shape[0], pixels.shape[1], noise)
    if pixels.ndim == 3:
        grain = grain[:, :, np.newaxis]
    return Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8))


def _grain(rng: np.random.Generator, height: int, width: int, noise: float) -> NDArray[np.int16]:
    """Draw noise as a sum of four bytes: near enough to normal (deviation 147.8), and exact on every processor."""
    total = rng.integers(0, 256, (4, height, width), dtype=np.uint8).sum(axis=0, dtype=np.int32) - 510
    scale = round(noise * 65536 / 147.8)
    grain: NDArray[np.int16] = ((total * scale + 32768) >> 16).astype(np.int16)
    return grain


def _has_colour(page: Image.Image) -> bool:
    return page.mode == "RGB" and page.convert("HSV").getchannel("S").getextrema() != (
        0,
        0,
    )


def images_to_pdf(pages: Iterable[Image.Image], path: Path, *, dpi: int = DPI, quality: int = 72) -> None:
    """Write `pages` to `path` as a PDF of JPEG images, without text, each page as large as its image at `dpi`."""
    canvas = Canvas(str(path), invariant=1, pageCompression=0)
    # reportlab wraps images in ASCII by default, which costs a quarter of the size; the setting exists only globally.
    ascii_before, rl_config.useA85 = rl_config.useA85, 0
    try:
        for page in pages:
            size = (
                page.width * POINTS_PER_INCH / dpi,
                page.height * POINTS_PER_INCH / dpi,
            )
            canvas.setPageSize(size)
            canvas.drawImage(ImageReader(_jpeg(page, dpi, quality)), 0, 0, *size)
            canvas.showPage()
        canvas.save()
    finally:
        rl_config.useA85 = ascii_before


def _jpeg(page: Image.Image, dpi: int, quality: int) -> BytesIO:
    stream = BytesIO()
    page.save(stream, "JPEG", quality=quality, dpi=(dpi, dpi), optimize=True)
    stream.seek(0)
    return stream
