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
#: The part looked at is rounded up to this, so that the network meets few shapes; a multiple of its own step, 32.
_STEP_PX = 160
#: Darker than this a pixel of the reduced page may be ink; a row or column of fewer holds specks alone.
_INK, _LEAST_INK_PX = 215, 2
#: The network sees its edges: with less white around it, boxes near them are drawn up to 4 pixels off.
_MARGIN_PX = 64
_THRESHOLD = 0.3
_MIN_SCORE = 0.5
_GROWTH = 1.5
#: In pixels of the map.
_LEAST_PX = 2
#: A line that rises less than this share of its height is cut out as it stands.
_LEVEL = 0.12

Corners = npt.NDArray[np.float32]


def text_boxes(image: Grey, detect: Callable[[Floats], Floats]) -> list[Quad]:
    """Corners of every line of text, in pixels of the image.

    Only the part with ink on it is looked at: margins are a third of a page.
    """
    small, scale = _reduced(image)
    part = _inked(small)
    if part is None:
        return []
    left, top, seen = part
    probability = detect(seen.astype(np.float32) / 127.5 - 1)
    step = seen.shape[1] / probability.shape[1]
    binary = (probability > _THRESHOLD).astype(np.uint8)
    contours, _ = cv2.findContours(binary, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    corner = np.array([left, top], np.float32)
    quads = (_box(np.asarray(contour), probability) for contour in contours)
    return [_quad((corners * step + corner) / scale) for corners in quads if corners is not None]


def _reduced(image: Grey) -> tuple[Grey, float]:
    """The image as large as the detector wants it, and its scale."""
    scale = min(1.0, _SIDE_PX / max(image.shape))
    if scale == 1.0:
        return image, scale
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8), scale


def _inked(small: Grey) -> tuple[int, int, Grey] | None:
    """The part with ink on it: left, top, and its pixels on a white ground of one of few sizes; None if blank."""
    dark = small < _INK
    rows, columns = (np.flatnonzero(dark.sum(axis) >= _LEAST_INK_PX) for axis in (1, 0))
    if not len(rows) or not len(columns):
        return None
    top, left = (max(0, int(inked[0]) - _MARGIN_PX) // 32 * 32 for inked in (rows, columns))
    part = small[top : rows[-1] + 1 + _MARGIN_PX, left : columns[-1] + 1 + _MARGIN_PX]
    ground = np.full([-(-side // _STEP_PX) * _STEP_PX for side in part.shape], 255, np.uint8)
    ground[: part.shape[0], : part.shape[1]] = part
    return left, top, ground


def _box(contour: npt.NDArray[np.int32], probability: Floats) -> Corners | None:
    x, y, w, h = cv2.boundingRect(contour)
    if min(w, h) < _LEAST_PX or _score(contour, probability[y : y + h, x : x + w], (x, y)) < _MIN_SCORE:
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
