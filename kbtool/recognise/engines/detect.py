"""Text boxes from the detector's probability map.

The way of Liao et al., "Real-time scene text detection with differentiable binarization" (AAAI 2020): regions above
a threshold, each a line shrunk towards its middle, are grown back by a share of area over perimeter.
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.engines.line import Quad, upright_quad
from kbtool.recognise.engines.ppocr_models import Floats
from kbtool.recognise.raster import Grey

#: Longest side the detector sees: A4 at about 135 dpi, where 6-point type still stands apart.
_SIDE_PX = 1600
_THRESHOLD = 0.3
_MIN_SCORE = 0.5
_GROWTH = 1.5
#: A line that rises less than this share of its height is cut out as it stands.
_LEVEL = 0.12

Corners = npt.NDArray[np.float32]


def text_boxes(image: Grey, detect: Callable[[Floats], Floats]) -> list[Quad]:
    """Corners of every line of text, in pixels of the image."""
    height, width = image.shape
    scale = min(1.0, _SIDE_PX / max(height, width))
    small_h, small_w = (max(32, -(-int(side * scale) // 32) * 32) for side in (height, width))
    small = cv2.resize(image, (small_w, small_h), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    tensor = np.repeat((small.astype(np.float32) / 127.5 - 1)[None, None], 3, axis=1)
    probability = detect(tensor)
    binary = (probability > _THRESHOLD).astype(np.uint8)
    contours, _ = cv2.findContours(binary, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    back = np.array([width / small_w, height / small_h], np.float32)
    quads = (_box(np.asarray(contour), probability) for contour in contours)
    return [_quad(corners * back) for corners in quads if corners is not None]


def _box(contour: npt.NDArray[np.int32], probability: Floats) -> Corners | None:
    x, y, w, h = cv2.boundingRect(contour)
    if min(w, h) < 3 or _score(contour, probability[y : y + h, x : x + w], (x, y)) < _MIN_SCORE:
        return None
    corners = _ordered(cv2.boxPoints(cv2.minAreaRect(contour)).astype(np.float32))
    top_left, top_right, bottom_left = corners[0], corners[1], corners[3]
    along, down = top_right - top_left, bottom_left - top_left
    length, depth = float(np.linalg.norm(along)), float(np.linalg.norm(down))
    if min(length, depth) < 1 or _is_level(along, down):
        corners = np.array(upright_quad(x, y, x + w, y + h), np.float32)
        along, down, length, depth = np.array([w, 0]), np.array([0, h]), float(w), float(h)
    grow = _GROWTH * length * depth / (2 * (length + depth))
    right, below = along / length * grow, down / depth * grow
    return np.asarray(corners + np.array([-right - below, right - below, right + below, below - right]), np.float32)


def _score(contour: npt.NDArray[np.int32], probability: Floats, origin: tuple[int, int]) -> float:
    inside = np.zeros(probability.shape, np.uint8)
    cv2.fillPoly(inside, [contour - np.array(origin, np.int32)], 1)
    return float(probability[inside > 0].mean())


def _is_level(along: Corners, down: Corners) -> bool:
    """Whether the box stands straight enough, seen on its long side."""
    if np.linalg.norm(along) >= np.linalg.norm(down):
        return bool(abs(along[1]) < _LEVEL * np.linalg.norm(down))
    return bool(abs(down[0]) < _LEVEL * np.linalg.norm(along))


def _ordered(corners: Corners) -> Corners:
    """Clockwise from the top left."""
    total, difference = corners.sum(1), corners[:, 1] - corners[:, 0]
    order = [total.argmin(), difference.argmin(), total.argmax(), difference.argmax()]
    return corners[order]


def _quad(corners: Corners) -> Quad:
    a, b, c, d = ((float(x), float(y)) for x, y in corners)
    return a, b, c, d


def cut_out(image: Grey, quad: Quad) -> Grey:
    """The part of the image inside a box, as an upright picture; empty where the box lies outside."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
    if y0 == y1 and x0 == x3:
        left, top = max(0, round(x0)), max(0, round(y0))
        return image[top : max(top, round(y2)), left : max(left, round(x2))]
    width = round(max(np.hypot(x1 - x0, y1 - y0), np.hypot(x2 - x3, y2 - y3)))
    height = round(max(np.hypot(x3 - x0, y3 - y0), np.hypot(x2 - x1, y2 - y1)))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(quad, np.float32), target)
    flat = cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, np.uint8)
