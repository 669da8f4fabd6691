"""Coloured inks of a scan: where red lies, and where blue or violet; black, grey and tinted paper are none.

Separate because a page is judged coloured, stamps are found, and stamps are taken away by the same measure.
"""

import cv2
import numpy as np

from kbtool.recognise.levels import median
from kbtool.recognise.raster import Colour, Mask

#: One channel above the others by so much is ink of a stamp (grey noise reaches about 20), its pale edge by so much.
INK, PALE = 40, 12
_LEVELS = np.arange(256, dtype=np.uint8)


def red(colour: Colour, least: int = INK) -> Mask:
    """Where ink is redder than anything else by more than ``least``."""
    channels = _white_paper(colour)
    mask: Mask = channels[0] - np.maximum(channels[1], channels[2]) > least
    return mask


def blue(colour: Colour, least: int = INK) -> Mask:
    """Where ink is blue or violet: blue above green, and not red above both, by more than ``least``."""
    channels = _white_paper(colour)
    mask: Mask = (channels[2] - channels[1] > least) & (channels[0] <= channels[2])
    return mask


def is_coloured(colour: Colour) -> bool:
    """Whether any ink worth a look is there; a grey scan stored as RGB has none."""
    thin = colour[::2, ::2]
    return bool(np.count_nonzero(red(thin)) > 50 or np.count_nonzero(blue(thin)) > 50)


def _white_paper(colour: Colour) -> list[np.ndarray[tuple[int, int], np.dtype[np.int16]]]:
    """The three channels as on white paper: yellowed paper and warm light are taken off."""
    planes = [np.ascontiguousarray(colour[..., channel]) for channel in range(3)]
    papers = [max(1.0, median(plane[::8, ::8])) for plane in planes]
    # Each of 256 levels multiplied once, not each pixel.
    tables = [(_LEVELS * np.float32(max(papers) / paper)).astype(np.int16) for paper in papers]
    return [np.asarray(cv2.LUT(plane, table), np.int16) for plane, table in zip(planes, tables, strict=True)]
