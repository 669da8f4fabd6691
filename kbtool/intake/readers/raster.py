"""Pixels as they are handed on: grey where the page has no colour, a third of the bytes."""

import numpy as np
import numpy.typing as npt

#: Compression leaves grey paper this far from grey; a stamp or a coloured rule goes far beyond.
_COLOUR_NOISE = 40
#: A stamp of 1 cm² is 1.6 in 1,000 of an A4 page.
_LEAST_COLOURED_SHARE = 0.0002


def drop_colour(array: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return H×W grey for a page without colour, else the H×W×3 as it came."""
    if array.ndim == 2:
        return np.ascontiguousarray(array)
    red, green, blue = (array[:, :, channel] for channel in range(3))  # by planes: along the last axis costs 7 times
    spread = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    if np.count_nonzero(spread > _COLOUR_NOISE) > _LEAST_COLOURED_SHARE * spread.size:
        return np.ascontiguousarray(array)
    return np.ascontiguousarray(array[:, :, 1])
