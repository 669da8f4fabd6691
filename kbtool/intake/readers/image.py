"""Scans that come as pictures: PNG, JPEG and TIFF with any number of pages."""

import io
import warnings
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from kbtool.intake.readers.opened import PageFailed, Pixels, Unreadable
from kbtool.intake.readers.raster import drop_colour
from kbtool.intake.readers.resolution import resolution
from kbtool.limits import MAX_PAGE_PIXELS, MAX_PAGES
from kbtool.reading import Bookmark

#: A photographed sheet fills about three quarters of its picture, which is kept so much finer.
_PHOTO_FINER = 4 / 3
_FORMATS = ("PNG", "JPEG", "TIFF")
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, EOFError, OverflowError, UnidentifiedImageError)


class ImageReader:
    """An image file; each frame of a TIFF is a page, turned as its EXIF orientation says."""

    def __init__(self, data: bytes) -> None:
        Image.MAX_IMAGE_PIXELS = None  # the size is checked before decoding, against our own bound
        warnings.simplefilter("ignore")
        try:
            self._image = Image.open(io.BytesIO(data), formats=_FORMATS)
            # Only TIFF has pages: further pictures in a telephone's JPEG are previews and maps of brightness.
            frames = getattr(self._image, "n_frames", 1) if self._image.format == "TIFF" else 1
            self.page_count = min(frames, MAX_PAGES + 1)
        except _DAMAGE as error:
            raise Unreadable("intake_damaged") from error

    def outline(self) -> Sequence[Bookmark]:
        """None: a picture has no words."""
        return ()

    def page(self, index: int, dpi: float) -> Pixels:
        """Read one page; a picture has no words."""
        return self.pixels(index, dpi)

    def pixels(self, index: int, dpi: float) -> Pixels:
        """Decode one frame, reduced to ``dpi`` where it is finer."""
        try:
            frame = self._frame(index)
            native, is_known = resolution(frame)
            width_pt, height_pt = frame.width * 72 / native, frame.height * 72 / native
            frame = _reduced(frame, dpi / native if is_known else dpi * _PHOTO_FINER / native)
            array = drop_colour(np.asarray(frame, dtype=np.uint8))
            return Pixels(width_pt, height_pt, array, frame.width * 72 / width_pt)
        except _DAMAGE as error:
            raise PageFailed("intake_page_damaged") from error

    def _frame(self, index: int) -> Image.Image:
        self._image.seek(index)
        if self._image.width * self._image.height > MAX_PAGE_PIXELS:
            if self._image.format not in ("JPEG", "MPO"):
                raise PageFailed("intake_page_too_large")
            self._image.draft("RGB", (self._image.width // 4, self._image.height // 4))
        upright = ImageOps.exif_transpose(self._image)
        if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
            upright = _on_white(upright.convert("RGBA"))
        if upright.mode in ("I", "F") or upright.mode.startswith("I;16"):
            return _in_bytes(upright)
        return upright.convert("L" if upright.mode in ("1", "L") else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image)


def _in_bytes(image: Image.Image) -> Image.Image:
    """Grey values of 16 or 32 bits, brought to eight by the range they use: that of bytes, of 16 bits, or 0 to 1."""
    values = np.nan_to_num(np.asarray(image, np.float64))
    highest = float(values.max(initial=0.0))
    white = 1.0 if image.mode == "F" and highest <= 1 else 255.0 if highest <= 255 else max(65535.0, highest)
    return Image.fromarray(np.clip(values * (255 / white), 0, 255).astype(np.uint8))


def _reduced(image: Image.Image, factor: float) -> Image.Image:
    if factor >= 1:
        return image
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
