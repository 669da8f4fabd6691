"""How far a page lies askew.

Lines of text and rules, seen along their own direction, fall into sharp peaks with gaps between. The angle is the
one whose projection has the most energy (H. S. Baird, "The skew angle of printed documents", SPSE 1987); rows and
columns are both projected, so that vertical writing and column rules count too.
"""

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.raster import Grey

#: Sheets lie within this of straight in a feeder or on a glass.
MAX_ANGLE = 8.0
_SIDE_PX = 1400
_MAX_POINTS = 120_000
#: The first pass, which only has to come near, makes do with so many, spread over the page.
_ENOUGH_POINTS = 25_000
#: Each pass looks round the best angle of the pass before: (half width, step), degrees.
_PASSES = ((MAX_ANGLE, 0.25), (0.25, 0.05), (0.05, 0.01))

Points = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


def skew_angle(grey: Grey) -> float:
    """Degrees the page is turned anticlockwise, within about ±.03; 0 where nothing tells."""
    xs, ys = _ink(grey)
    if len(xs) < 200:
        return 0.0
    return _best_angle((xs, ys), (-ys, xs))


def _ink(grey: Grey) -> Points:
    """Edges below dark places of the reduced page: a stroke or rule counts by its length, a shadow not at all."""
    scale = min(1.0, _SIDE_PX / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = cv2.subtract(cv2.blur(small, (31, 31)), small) > 25
    edge = 12  # the dark rim of a scan is not part of the page
    dark[:edge], dark[-edge:], dark[:, :edge], dark[:, -edge:] = False, False, False, False
    y, x = np.nonzero(dark)
    if len(x) > _MAX_POINTS:
        pick = np.linspace(0, len(x) - 1, _MAX_POINTS).astype(np.intp)
        x, y = x[pick], y[pick]
    return x.astype(np.float32), y.astype(np.float32)


def _best_angle(*directions: Points) -> float:
    """The angle at which rows and columns together are sharpest, each measured against its own usual sharpness."""
    best, usual = 0.0, np.ones(len(directions))
    thin = max(1, len(directions[0][0]) // _ENOUGH_POINTS)
    for half, step in _PASSES:
        angles = best + np.arange(-half, half + step / 2, step)
        scores = np.array([[_sharpness(points, float(a), thin) for a in angles] for points in directions])
        if half == MAX_ANGLE:
            usual = np.maximum(np.median(scores, axis=1), 1e-9)
        best = float(angles[(scores / usual[:, None]).sum(axis=0).argmax()])
        thin = 1
    return best


def _sharpness(points: Points, angle: float, thin: int) -> float:
    """The energy of the projection, as near as every so many points tell it.

    It counts the pairs of points in line: of these a thinned picture has its share squared, but all of each point
    with itself.
    """
    all_ = len(points[0])
    along, across = (values[::thin] for values in points)
    place = across + along * np.float32(np.tan(np.radians(angle)))
    histogram = np.bincount((place - place.min()).astype(np.intp)).astype(np.float64)
    pairs = float(np.square(histogram).sum()) - len(place)
    return pairs * (all_ / len(place)) ** 2 + all_
