"""A page, or a part of it, as a fresh WebP picture: pixels only, nothing of the source's own bytes."""

import io

from PIL import Image

from kbtool.intake.readers.opened import Pixels

_QUALITY = 80
_FINEST_DPI = 600.0


def fitting_dpi(sketch: Pixels, width_px: int, rotation: int, crop: tuple[float, float, float, float]) -> float:
    """The resolution at which ``crop`` of the turned page becomes ``width_px`` wide; ``sketch`` gives its size."""
    upright_pt = sketch.width_pt if rotation in (0, 180) else sketch.height_pt
    return min(_FINEST_DPI, width_px * 72 / (upright_pt * (crop[2] - crop[0])))


def encode(page: Pixels, width_px: int, rotation: int, crop: tuple[float, float, float, float]) -> bytes:
    """Turn clockwise by ``rotation`` degrees, cut ``crop`` (fractions of the turned page) out, encode as WebP."""
    image = Image.fromarray(page.array)
    if rotation:
        image = image.rotate(-rotation, expand=True)
    if crop != (0.0, 0.0, 1.0, 1.0):
        image = image.crop(_pixels(crop, *image.size))
    if abs(image.width - width_px) > 1:
        height_px = max(1, round(image.height * width_px / image.width))
        image = image.resize((width_px, height_px), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=_QUALITY, method=4)
    return buffer.getvalue()


def _pixels(crop: tuple[float, float, float, float], width: int, height: int) -> tuple[int, int, int, int]:
    left, top = int(crop[0] * width), int(crop[1] * height)
    return left, top, max(left + 1, round(crop[2] * width)), max(top + 1, round(crop[3] * height))
