"""Where the sheet lies in a photograph, or on the glass of a scanner.

Paper differs from what it lies on, but neither is evenly lit: so the light is modelled first (a smooth surface over
the logarithm of brightness, fitted to the paper alone), and what does not fit it is not paper. The outline is
believed only where a step in brightness or colour runs along nearly all of each of its sides; a scan that fills its
picture shows no such thing and stays as it is. Proportions after Z. Zhang and L.-W. He, "Whiteboard scanning and image
enhancement" (Digital Signal Processing 17, 2007).
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.light import to_grey
from kbtool.recognise.raster import Colour, Grey, Mask

_SIDE_PX = 480
#: Strokes narrower than this, in pixels of the reduced picture, are closed: paper without its words remains.
_CLOSING_PX = 9
#: How unlike paper a place is counts in these units: natural logarithm of brightness, and Lab colour.
_LIGHT_UNIT, _COLOUR_UNIT = 0.2, 10.0
#: Looked for from the loosest on: a tight one takes paper in glaring light for something else.
_TOLERANCES = (3.0, 1.8, 1.0, 0.6)
#: A tighter one must show the edges so much better.
_BETTER = 0.05
#: A sheet takes up so much of the picture, and fills its own outline so far.
_LEAST_AREA, _LEAST_FILLED = 0.15, 0.9
#: A step this large, for so much of a side's length, is the edge of a sheet.
_STEP, _SUPPORT = 0.5, 0.8
#: What juts out of the paper is taken off where it is narrower than this; so broad is a rim that stays.
_RIM = 5
#: A side this near to the picture's own edge is not seen.
_AT_EDGE_PX = 4.0
#: Corners within this of right angles, sides within this of level: printed, or cut by a scanner.
_SQUARE_DEGREES = 0.4
#: What is this unlike paper is none, in a strip of such a share of the sheet along its sides.
_PLAINLY, _STRIP = 1.8, 0.035
#: Grey values by which ink differs from what is around it, and its share of a place that has words on it.
_INK, _INKY = 25, 0.01

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet in its picture: ``corners`` 4×2 in pixels, clockwise from the top left; sides may lie outside.

    ``aspect`` is the true height over width. ``beside``, of a reduced picture, is 255 where plainly no paper is.
    """

    corners: Floats
    aspect: float
    beside: Grey


def find_sheet(pixels: Colour | Grey) -> Sheet | None:
    """The sheet whose edges are plainly seen, else None."""
    scale = min(1.0, _SIDE_PX / max(pixels.shape[:2]))
    if min(pixels.shape[:2]) * scale < 60:
        return None
    small = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    planes = _planes(small)
    unlike = _unlike_paper(planes)
    best, best_support = None, _SUPPORT - _BETTER
    rim = max(float(side.max()) for side in (unlike[:_RIM], unlike[-_RIM:], unlike[:, :_RIM], unlike[:, -_RIM:]))
    for tolerance in _TOLERANCES:
        if rim < tolerance:  # paper reaches the edge of the picture all round: no side of it is seen
            continue
        outline = _outline(unlike < tolerance)
        corners = None if outline is None else _corners(outline, unlike.shape)
        if outline is None or corners is None:
            continue
        support = _support(corners, planes)
        if support > best_support + _BETTER and not _is_printed(corners, small):
            best, best_support = corners, support
    if best is None:
        return None
    corners = best * np.array([pixels.shape[1] / unlike.shape[1], pixels.shape[0] / unlike.shape[0]], np.float32)
    return Sheet(corners, _aspect(corners, (float(pixels.shape[1]), float(pixels.shape[0]))), _beside(best, unlike))


def _planes(small: Colour | Grey) -> Floats:
    """Brightness and the two colours of the paper under the words, in units of unlikeness: H×W×3, of grey H×W×1."""
    kernel = np.ones((_CLOSING_PX, _CLOSING_PX), np.uint8)
    closed = np.asarray(cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, kernel), np.uint8)
    planes = np.log(to_grey(closed).astype(np.float32) + 8) / _LIGHT_UNIT
    if closed.ndim == 3:
        lab = cv2.cvtColor(closed, cv2.COLOR_RGB2LAB).astype(np.float32)
        planes = np.dstack([planes, lab[..., 1:] / _COLOUR_UNIT])
    return np.asarray(cv2.GaussianBlur(planes, (0, 0), 1.0), np.float32).reshape(*closed.shape[:2], -1)


def _unlike_paper(planes: Floats) -> Floats:
    """How far each place is from paper in the light that falls there; paper is what is bright in the middle."""
    coarse = planes[::4, ::4]
    basis = _surface(*coarse.shape[:2])
    middle = (abs(basis[..., 1]) < 0.5) & (abs(basis[..., 2]) < 0.5)
    light = coarse[..., 0]
    paper = middle & (light > np.median(light[middle]) - 0.2)
    weights, hue = np.zeros(3, np.float32), np.zeros(planes.shape[2] - 1, np.float32)
    for reach in (2.0, 1.5, 1.0, 1.0):
        # Two shades seen side by side tell no curve: the more of the picture is paper, the freer the light.
        terms = 6 if paper.mean() > 0.3 else 3
        if paper.sum() < 2 * terms:
            break
        chosen = basis[paper][:, :terms].astype(np.float64)
        weights = np.linalg.solve(chosen.T @ chosen + 1e-6 * np.eye(terms), chosen.T @ light[paper]).astype(np.float32)
        hue = np.median(coarse[paper][:, 1:], axis=0)
        paper = _distance(coarse, basis, weights, hue) < reach
    return _distance(planes, _surface(*planes.shape[:2]), weights, hue)


@lru_cache(maxsize=4)
def _surface(height: int, width: int) -> Floats:
    """The terms of a smooth surface, at each place of the picture; kept, as pages of a document are of one size."""
    y, x = np.meshgrid(np.linspace(-1, 1, height), np.linspace(-1, 1, width), indexing="ij")
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], -1).astype(np.float32)


def _distance(planes: Floats, basis: Floats, weights: Floats, hue: Floats) -> Floats:
    light = planes[..., 0] - basis[..., : len(weights)] @ weights
    colours = (planes[..., 1 + i] - usual for i, usual in enumerate(hue))
    return np.asarray(np.sqrt(sum((colour * colour for colour in colours), light * light)), np.float32)


def _outline(paper: Mask) -> Floats | None:
    """The contour of the piece of paper in the middle, if it is large and solid."""
    solid = cv2.morphologyEx(paper.view(np.uint8), cv2.MORPH_OPEN, np.ones((_RIM, _RIM), np.uint8))
    outlines, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    largest = max(outlines, key=cv2.contourArea)
    hull = cv2.convexHull(largest)
    area = cv2.contourArea(hull)
    if area < _LEAST_AREA * paper.size or cv2.contourArea(largest) < _LEAST_FILLED * area:
        return None
    return np.asarray(largest, np.float32)[:, 0]


def _corners(outline: Floats, shape: tuple[int, ...]) -> Floats | None:
    """Four straight sides laid along the outline; None where it has no four."""
    hull = np.asarray(cv2.convexHull(outline), np.float32)
    rough = np.asarray(cv2.approxPolyN(hull, 4, ensure_convex=True), np.float32).reshape(-1, 2)
    if len(rough) != 4:
        return None
    rough = _clockwise(rough)
    lines = [_side(outline, a, b, shape) for a, b in zip(rough, np.roll(rough, -1, axis=0), strict=True)]
    corners = np.array([_crossing(lines[i - 1], lines[i]) for i in range(4)], np.float32)
    height, width = shape[:2]
    outside = np.abs(corners - np.array([width / 2, height / 2])) > np.array([width, height])
    if outside.any() or not cv2.isContourConvex(corners[:, None]):
        return None
    return corners


def _clockwise(points: Floats) -> Floats:
    """Order corners clockwise from the one nearest to the top left of their own box."""
    middle = points.mean(axis=0)
    points = points[np.argsort(np.arctan2(*(points - middle).T[::-1]))]
    return np.roll(points, -int(np.argmin(points.sum(axis=1))), axis=0)


def _side(outline: Floats, a: Floats, b: Floats, shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Point and direction of the line along the outline's part between two rough corners."""
    along = (b - a) / max(1e-6, float(np.linalg.norm(b - a)))
    place, off = (outline - a) @ along, (outline - a) @ np.array([-along[1], along[0]])
    length = float(np.linalg.norm(b - a))
    near = (abs(off) < 0.04 * length + 3) & (place > 0.08 * length) & (place < 0.92 * length)
    inner = near & ~_at_edge(outline, shape)
    chosen = outline[inner if inner.sum() > 0.3 * length else near]
    if len(chosen) < 10:
        return a, along
    vx, vy, x, y = cv2.fitLine(chosen, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
    return np.array([x, y], np.float32), np.array([vx, vy], np.float32)


def _at_edge(points: Floats, shape: tuple[int, ...]) -> Mask:
    height, width = shape[:2]
    inside = np.minimum(points, np.array([width - 1, height - 1]) - points).min(axis=1)
    return np.asarray(inside < _AT_EDGE_PX)


def _crossing(first: tuple[Floats, Floats], second: tuple[Floats, Floats]) -> Floats:
    (p, d), (q, e) = first, second
    across = d[0] * e[1] - d[1] * e[0]
    if abs(across) < 1e-3:
        return np.asarray((p + q) / 2, np.float32)
    reach = ((q - p)[0] * e[1] - (q - p)[1] * e[0]) / across
    return np.asarray(p + reach * d, np.float32)


def _support(corners: Floats, planes: Floats) -> float:
    """Least share of a seen side along which the picture steps from paper to something else; 0 for too few sides."""
    shares = [share for i in range(4) if (share := _step_share(corners[i], corners[(i + 1) % 4], planes)) is not None]
    return min(shares) if len(shares) >= 3 else 0.0


def _step_share(a: Floats, b: Floats, planes: Floats) -> float | None:
    """The same for one side, clockwise from a to b; None where it runs along the picture's edge."""
    length = float(np.linalg.norm(b - a))
    outward = np.array([b[1] - a[1], a[0] - b[0]]) / max(length, 1e-6)
    points = a + np.linspace(0.04, 0.96, 60)[:, None] * (b - a)
    height, width = planes.shape[:2]
    far = points + 6 * outward
    seen = (far > 0).all(axis=1) & (far[:, 0] < width) & (far[:, 1] < height)
    if seen.mean() < 0.5:
        return None
    inside = np.mean([_at(planes, points[seen] - d * outward) for d in (4, 6, 8)], axis=0)
    outside = np.mean([_at(planes, points[seen] + d * outward) for d in (3, 4, 5)], axis=0)
    return float((np.linalg.norm(inside - outside, axis=1) > _STEP).mean())


def _at(planes: Floats, points: npt.NDArray[np.floating]) -> Floats:
    x = np.clip(points[:, 0].astype(np.intp), 0, planes.shape[1] - 1)
    y = np.clip(points[:, 1].astype(np.intp), 0, planes.shape[0] - 1)
    return planes[y, x]


def _is_printed(corners: Floats, small: Colour | Grey) -> bool:
    """Whether this is rather a panel printed on the page: a true rectangle with more ink around it."""
    sides = np.roll(corners, -1, axis=0) - corners
    angles = np.degrees(np.arctan2(sides[:, 1], sides[:, 0]))
    turns = (np.diff(np.append(angles, angles[0])) + 360) % 360
    if np.abs(turns - 90).max() > _SQUARE_DEGREES:
        return False
    around = np.full(small.shape[:2], 255, np.uint8)
    cv2.fillConvexPoly(around, corners.astype(np.int32), 0)
    well_off = np.asarray(cv2.erode(around, np.ones((9, 9), np.uint8))) > 0
    grey = to_grey(small)
    detail = cv2.absdiff(grey, cv2.medianBlur(grey, _CLOSING_PX))[well_off]
    return bool(detail.size and (detail > _INK).mean() > _INKY)


def _beside(corners: Floats, unlike: Floats) -> Grey:
    """What is plainly no paper, at and beyond the sides of the sheet; deeper inside lie its own dark pictures."""
    height, width = unlike.shape
    inner = corners.mean(axis=0) + (1 - 2 * _STRIP) * (corners - corners.mean(axis=0))
    off = np.where(unlike > _PLAINLY, 255, 0).astype(np.uint8)
    cv2.fillConvexPoly(off, inner.astype(np.int32), 0)
    framed = np.asarray(cv2.copyMakeBorder(off, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255), np.uint8)
    cv2.floodFill(framed, None, (0, 0), 128)
    return np.where(framed[1 : height + 1, 1 : width + 1] == 128, 255, 0).astype(np.uint8)


def _aspect(corners: Floats, size: tuple[float, float]) -> float:
    """Height over width of the rectangle seen as these corners by a camera that looks at the picture's middle."""
    m1, m2, m3, m4 = (np.array([*(corner - np.array(size) / 2), 1.0]) for corner in corners[[0, 1, 3, 2]])
    k2 = np.cross(m1, m4) @ m3 / (np.cross(m2, m4) @ m3)
    k3 = np.cross(m1, m4) @ m2 / (np.cross(m3, m4) @ m2)
    n2, n3 = k2 * m2 - m1, k3 * m3 - m1
    lengths = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    seen = float((lengths[1] + lengths[3]) / (lengths[0] + lengths[2]))
    if min(abs(k2 - 1), abs(k3 - 1)) < 0.03:  # hardly any perspective: the focal length would be noise
        return seen
    focal_sq = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    if not 0.25 * max(size) ** 2 < focal_sq < 25 * max(size) ** 2:
        return seen
    scale = np.diag([1 / focal_sq, 1 / focal_sq, 1.0])
    return float(np.sqrt((n3 @ scale @ n3) / (n2 @ scale @ n2)))
