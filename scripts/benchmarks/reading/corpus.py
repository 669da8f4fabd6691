"""The pages of one run on disk: for each condition a PDF, its page images, and the truth.

Pages of the scan conditions are the same drawings, damaged differently, so that they can be compared page by page.
"""

import io
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from zlib import crc32

import numpy as np
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks.reading import damage, special
from benchmarks.reading.pages import CYCLE, LAYOUTS, draw, draw_form, draw_vertical
from benchmarks.reading.surface import DPI, Pixels, Sheets
from benchmarks.reading.truth import PageTruth
from kbtool import durable

SCANS = tuple(damage.DAMAGES)
OTHERS = ("vertical", "turned", "form", "digital")
CONDITIONS = (*SCANS, *OTHERS)
#: Drawn only when asked for.
SPECIAL = special.CONDITIONS
_DPI = {"vertical": 150, **dict.fromkeys(special.SCANNED, 300)}
_JPEG_QUALITY = 80


@dataclass(frozen=True, slots=True)
class Batch:
    """All pages of one condition: one PDF, and one image a page (none for born-digital pages)."""

    condition: str
    pdf: Path
    images: tuple[Path, ...]
    dpi: int
    truths: tuple[PageTruth, ...]


def make(folder: Path, seed: int, pages: int, conditions: Sequence[str], jobs: int = 1) -> list[Batch]:
    """Draw the pages of each condition below ``folder``, in so many processes."""
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(_batch, repeat(folder), repeat(seed), repeat(pages), conditions))


def _batch(folder: Path, seed: int, pages: int, condition: str) -> Batch:
    out = folder / condition
    durable.fresh_folder(out)
    if condition in ("digital", "ruby"):
        return _digital(out, condition, seed, pages)
    return _scanned(out, condition, seed, pages)


def _digital(out: Path, condition: str, seed: int, pages: int) -> Batch:
    sheets = Sheets()
    layouts = tuple(LAYOUTS)
    if condition == "ruby":
        truths = [special.ruby(sheets, seed, n) for n in range(pages)]
    else:
        truths = [draw(sheets.page(), seed, n, layouts[n % len(layouts)], pdf=True) for n in range(pages)]
    durable.write(out / "pages.pdf", sheets.data)
    return Batch(condition, out / "pages.pdf", (), DPI, tuple(truths))


def _scanned(out: Path, condition: str, seed: int, pages: int) -> Batch:
    truths, images, encoded = [], [], []
    dpi = damage.DAMAGES[condition][1] if condition in damage.DAMAGES else _DPI.get(condition, 200)
    for number in range(pages):
        pixels, truth = _page(condition, seed, number)
        data = _jpeg(pixels, dpi)
        images.append(out / f"{number:03}.jpg")
        durable.write(images[-1], data)
        truths.append(truth)
        encoded.append(data)
    durable.write(out / "pages.pdf", _pdf(encoded, dpi))
    return Batch(condition, out / "pages.pdf", tuple(images), dpi, tuple(truths))


def _page(condition: str, seed: int, number: int) -> tuple[damage.Pixels, PageTruth]:
    surface = Pixels()
    rng = np.random.default_rng([seed, number, crc32(condition.encode())])
    severity = damage.severity(seed, number)
    if condition == "vertical":
        truth = draw_vertical(surface, seed, number)
        return damage.vertical(np.asarray(surface.image), severity, rng), truth
    if condition in special.SCANNED:
        drawn, truth = special.SCANNED[condition](seed, number)
        return damage.clean(drawn, severity, rng), truth
    if condition == "form":
        truth = draw_form(surface, seed, number)
        return damage.form(np.asarray(surface.image), severity, rng), truth
    truth = draw(surface, seed, number, CYCLE[number % len(CYCLE)])
    page = np.asarray(surface.image)
    if condition in damage.DAMAGES:
        return damage.DAMAGES[condition][0](page, severity, rng), truth
    scan = damage.scan200(page, severity, rng)
    turn = (90, 180, 270)[number % 3]
    # Turned clockwise by 360 - turn, so that turning it clockwise by ``turn`` sets it upright.
    turned = PageTruth(truth.layout, truth.blocks, truth.tables, truth.ruled, turn=turn)
    return np.ascontiguousarray(np.rot90(scan, turn // 90)), turned


def _jpeg(pixels: damage.Pixels, dpi: int) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=_JPEG_QUALITY, dpi=(dpi, dpi))
    return stream.getvalue()


def _pdf(images: Sequence[bytes], dpi: int) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for data in images:
        image = ImageReader(io.BytesIO(data))
        size = tuple(side * 72 / dpi for side in image.getSize())
        canvas.setPageSize(size)
        canvas.drawImage(image, 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
