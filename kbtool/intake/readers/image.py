"""Scans that come as pictures: PNG, JPEG and TIFF with any number of pages."""

import io
import warnings

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from kbtool.intake.readers.opened import PageFailed, Pixels, Unreadable
from kbtool.intake.readers.raster import drop_colour
from kbtool.limits import MAX_PAGE_PIXELS, MAX_PAGES

#: Scanners write their resolution; cameras write 72 or nothing. Then an A4 page is assumed.
_LEAST_BELIEVED_DPI = 100.0
_A4_SHORT_SIDE_IN = 8.27
_FORMATS = ("PNG", "JPEG", "TIFF")
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, EOFError, OverflowError, UnidentifiedImageError)


class ImageReader:
    """An image file; each frame of a TIFF is a page, turned as its EXIF orientation says."""

    def __init__(self, data: bytes) -> None:
        Image.MAX_IMAGE_PIXELS = None  # the size is checked before decoding, against our own bound
        warnings.simplefilter("ignore")
        try:
            self._image = Image.open(io.BytesIO(data), formats=_FORMATS)
            self.page_count = min(getattr(self._image, "n_frames", 1), MAX_PAGES + 1)
        except _DAMAGE as error:
            raise Unreadable("intake_damaged") from error

    def page(self, index: int, dpi: float) -> Pixels:
        """Read one page; a picture has no words."""
        return self.pixels(index, dpi)

    def pixels(self, index: int, dpi: float) -> Pixels:
        """Decode one frame, reduced to ``dpi`` where it is finer."""
        try:
            frame = self._frame(index)
            native = _resolution(frame)
            width_pt, height_pt = frame.width * 72 / native, frame.height * 72 / native
            frame = _reduced(frame, dpi / native)
            array = drop_colour(np.asarray(frame, dtype=np.uint8))
            return Pixels(width_pt, height_pt, array, frame.width * 72 / width_pt)
        except _DAMAGE as error:
            raise PageFailed("intake_page_damaged") from error

    def _frame(self, index: int) -> Image.Image:
        self._image.seek(index)
        if self._image.width * self._image.height > MAX_PAGE_PIXELS:
            if self._image.format != "JPEG":
                raise PageFailed("intake_page_too_large")
            self._image.draft("RGB", (self._image.width // 4, self._image.height // 4))
        upright = ImageOps.exif_transpose(self._image)
        if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
            upright = _on_white(upright.convert("RGBA"))
        if upright.mode.startswith("I;16"):
            upright = upright.point(lambda value: value / 256)
        return upright.convert("L" if upright.mode in ("1", "L", "I;16") else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image)


def _resolution(image: Image.Image) -> float:
    written = image.info.get("dpi", (0.0, 0.0))[0]
    if written and _LEAST_BELIEVED_DPI <= float(written) <= 2400:
        return float(written)
    return max(_LEAST_BELIEVED_DPI, min(image.width, image.height) / _A4_SHORT_SIDE_IN)


def _reduced(image: Image.Image, factor: float) -> Image.Image:
    if factor >= 1:
        return image
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
