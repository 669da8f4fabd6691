"""Lines of ink, cut out of a page and laid one below the other.

Tesseract reads a line well and loses lines: its page layout drops what stands alone (a number, the A before an
answer), reads across columns, and takes a pale page for a picture. Here lines are found by their ink alone, levelled,
brought to one size and handed over as a sheet that has nothing but lines on it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.engines.bullets import Boxes, Bullet, Ink, find_bullets, wipe_bullets
from kbtool.recognise.raster import Grey

#: What is darker than this share of the way from paper to ink is ink; grain lies above.
_INK = 0.38
#: In inches: larger pieces are drawings; type is this high.
_MAX_HEIGHT_IN, _MAX_WIDTH_IN = 0.8, 1.5
_TYPE_IN = (0.05, 0.5)
_SPECK_IN2 = 5 / 200**2
#: Wider white than this many ems ends a line.
_GAP_EMS = 1.2
#: Ems of white between the lines of a sheet and at the ends of a line; of a line's own surroundings that come along.
_LEADING, _MARGIN, _RIM = 0.9, 0.3, 0.12
#: Lines of this many ems are of the page's common size.
_COMMON = (0.3, 1.25)
#: What is higher than this many ems and goes round so many characters of so many ems is a ring, a frame or a drawing.
_RING, _RINGED, _CHARACTER = 2.0, 4, 0.4
#: A line that rises by more ems than this over its length is levelled.
_LEVEL_EMS = 0.12
_GLYPH_EMS = 0.5
#: Height of a picture of a line, with the white around its type, in heights of type.
_LINE_OF_TYPE = 1.5

Box = tuple[int, int, int, int]
Labels = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Strip:
    """A line: its box in pixels, how far it falls per pixel to the right, the height of its type."""

    box: Box
    slope: float
    em: float
    pieces: tuple[int, ...]
    bullets: tuple[Bullet, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """All lines of a page; ``pieces`` numbers each pixel's piece of line (0: none), ``image`` has no bullets."""

    image: Grey
    pieces: Labels
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Lines laid below each other; ``tops`` is where each begins, ``lefts`` and ``scales`` bring x back to the page."""

    image: Grey
    strips: tuple[Strip, ...]
    tops: tuple[int, ...]
    lefts: tuple[float, ...]
    scales: tuple[float, ...]

    def at(self, y: float) -> int:
        """Which line a place of the sheet belongs to."""
        return max(0, bisect_right(self.tops, y) - 1)

    def x(self, line: int, x: float) -> float:
        """A place along a line, on the page."""
        return self.lefts[line] + x / self.scales[line]


def find_strips(image: Grey, dpi: float) -> Page:
    """Find the lines of a page that is straight, white and free of rules; in no order."""
    ink = _ink(image, dpi)
    glyphs = ink.boxes
    if not len(glyphs):
        return Page(image, np.zeros(image.shape, np.int32), ())
    em = _em(glyphs, dpi)
    glyphs = _without_rings(glyphs, em)
    bullets = find_bullets(ink, em)
    pieces = _pieces(image.shape, glyphs, em)
    boxes = [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in pieces[1][1:]]
    found = _joined([(box, (number,)) for number, box in enumerate(boxes, 1)], em)
    kept = [(box, own) for box, own in found if _is_line(box, em, dpi)]
    strips = tuple(
        Strip(box, _slope(glyphs, box, em), _size(box, glyphs, em), own, _of(box, bullets)) for box, own in kept
    )
    return Page(wipe_bullets(image, bullets), pieces[0], strips)


def lay_out(page: Page, strips: Sequence[Strip], em_px: int) -> Sheet:
    """Lay lines on a sheet, their type ``em_px`` pixels high."""
    leading = round(_LEADING * em_px)
    cuts = [_cut(page, strip, em_px / strip.em) for strip in strips]
    width = max(cut.shape[1] for cut in cuts) + 2 * em_px
    tops, y = [], leading
    for cut in cuts:
        tops.append(y - leading // 2)
        y += len(cut) + leading
    image = np.full((y, width), 255, np.uint8)
    for top, cut in zip(tops, cuts, strict=True):
        start = top + leading // 2
        image[start : start + len(cut), em_px : em_px + cut.shape[1]] = cut
    scales = tuple(em_px / strip.em for strip in strips)
    lefts = tuple(
        strip.box[0] - round(_MARGIN * strip.em) - em_px / scale for strip, scale in zip(strips, scales, strict=True)
    )
    return Sheet(image, tuple(strips), tuple(tops), lefts, scales)


def stack(images: Sequence[Grey], em_px: int) -> tuple[Grey, list[int]]:
    """A sheet of pictures of a line each, each brought to the common height, and where each begins."""
    high = round(_LINE_OF_TYPE * em_px)
    sized = [cv2.resize(image, (max(1, round(image.shape[1] * high / image.shape[0])), high)) for image in images]
    step = high + em_px
    sheet = np.full((step * len(sized) + em_px, max(line.shape[1] for line in sized) + 2 * em_px), 255, np.uint8)
    tops = [em_px + step * index for index in range(len(sized))]
    for top, line in zip(tops, sized, strict=True):
        sheet[top : top + high, em_px : em_px + line.shape[1]] = line
    return sheet, [top - em_px // 2 for top in tops]


def _ink(image: Grey, dpi: float) -> Ink:
    """All pieces of ink that may be type."""
    darkest = float(np.percentile(image[::3, ::3], 1))
    dark = 255 - _INK * (255 - darkest)
    _, labels, stats, _ = cv2.connectedComponentsWithStats((image < dark).astype(np.uint8))
    x, y, w, h, area = np.asarray(stats).astype(np.int64).T
    kept = (area >= max(4.0, _SPECK_IN2 * dpi * dpi)) & (h <= _MAX_HEIGHT_IN * dpi) & (w <= _MAX_WIDTH_IN * dpi)
    kept[0] = False
    boxes = np.stack([x, y, x + w, y + h], axis=1)[kept]
    return Ink(boxes, area[kept], np.flatnonzero(kept), np.asarray(labels, np.int32), image, darkest)


def _pieces(shape: tuple[int, ...], glyphs: Boxes, em: float) -> tuple[Labels, Boxes]:
    """Runs of characters that stand side by side: each pixel's run, and the runs' boxes."""
    filled = np.zeros(shape, np.uint8)
    for x0, y0, x1, y1 in glyphs:
        filled[y0:y1, x0:x1] = 1
    reach = max(3, round(_GAP_EMS * em)) | 1  # an odd kernel shifts nothing
    wide = np.pad(filled, ((0, 0), (reach, reach)))
    runs = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))[:, reach:-reach]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(runs))
    return np.asarray(labels, np.int32), np.asarray(stats, np.int64)


def _em(glyphs: Boxes, dpi: float) -> float:
    """Height of the common type: most characters are not as high as their line, but many are."""
    heights = glyphs[:, 3] - glyphs[:, 1]
    type_like = heights[(heights > _TYPE_IN[0] * dpi) & (heights < _TYPE_IN[1] * dpi)]
    return float(np.percentile(type_like, 80)) if len(type_like) else float(heights.max())


def _without_rings(glyphs: Boxes, em: float) -> Boxes:
    """The boxes without those that would join the lines they go round: seals on grey scans, drawings."""
    height = glyphs[:, 3] - glyphs[:, 1]
    is_ring = np.zeros(len(glyphs), np.bool_)
    for i in np.flatnonzero(height > _RING * em):
        x0, y0, x1, y1 = (int(side) for side in glyphs[i])
        own = _inside(glyphs, (x0, y0, x1, y1))
        is_ring[i] = np.count_nonzero(own[:, 3] - own[:, 1] > _CHARACTER * em) > _RINGED
    return np.asarray(glyphs[~is_ring], np.int64)


Piece = tuple[Box, tuple[int, ...]]


def _joined(pieces: list[Piece], em: float) -> list[Piece]:
    """Put together what lies in one row, and strokes of one character that lie above each other."""
    pieces = sorted(pieces, key=lambda piece: -(piece[0][2] - piece[0][0]) * (piece[0][3] - piece[0][1]))
    while True:
        out: list[Piece] = []
        for box, own in pieces:
            place = next((i for i, (other, _) in enumerate(out) if _belong(box, other, em)), None)
            if place is None:
                out.append((box, own))
            else:
                other, others = out[place]
                out[place] = _around(box, other), own + others
        if len(out) == len(pieces):
            return out
        pieces = out


def _belong(a: Box, b: Box, em: float) -> bool:
    across = min(a[3], b[3]) - max(a[1], b[1])
    apart = max(a[0], b[0]) - min(a[2], b[2])
    low, high = sorted((a[3] - a[1], b[3] - b[1]))
    both = max(a[3], b[3]) - min(a[1], b[1])
    in_row = across >= 0.5 * low and apart < 0.6 * em and both <= 1.3 * max(em, high)
    stacked = both <= 1.15 * em and -apart >= 0.5 * min(a[2] - a[0], b[2] - b[0])
    return in_row or stacked


def _around(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _is_line(box: Box, em: float, dpi: float) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return height <= dpi and (height >= 0.25 * em or width >= 0.6 * em)


def _of(box: Box, bullets: Sequence[Bullet]) -> tuple[Bullet, ...]:
    return tuple(b for b in bullets if box[0] <= b.box[0] and b.box[2] <= box[2] and box[1] <= b.box[1] < box[3])


def _inside(glyphs: Boxes, box: Box) -> Boxes:
    x0, y0, x1, y1 = glyphs.T
    return np.asarray(glyphs[(x0 >= box[0]) & (x1 <= box[2]) & (y0 >= box[1]) & (y1 <= box[3])], np.int64)


def _slope(glyphs: Boxes, box: Box, em: float) -> float:
    """How the middles of the line's characters fall, 0 where that is next to nothing."""
    own = _inside(glyphs, box)
    own = own[(own[:, 3] - own[:, 1]) > _GLYPH_EMS * em]
    if len(own) < 4 or np.ptp(own[:, 0]) < 3 * em:
        return 0.0
    slope = float(np.polyfit(own[:, [0, 2]].mean(axis=1), own[:, [1, 3]].mean(axis=1), 1)[0])
    return slope if abs(slope) * (box[2] - box[0]) > _LEVEL_EMS * em else 0.0


def _size(box: Box, glyphs: Boxes, em: float) -> float:
    """Height of a line's type: the page's, where the line is about as high."""
    own = _inside(glyphs, box)
    height = float((own[:, 3] - own[:, 1]).max()) if len(own) else float(box[3] - box[1])
    return em if _COMMON[0] * em < height < _COMMON[1] * em else max(height, em)


def _cut(page: Page, strip: Strip, scale: float) -> Grey:
    """The line alone, level and scaled."""
    margin, rim = round(_MARGIN * strip.em), max(2, round(_RIM * strip.em))
    x0, y0, x1, y1 = strip.box[0] - margin, strip.box[1] - rim, strip.box[2] + margin, strip.box[3] + rim
    part = (slice(max(0, y0), y1), slice(max(0, x0), x1))
    pieces = page.pieces[part]
    alone = np.where((pieces == 0) | np.isin(pieces, strip.pieces), page.image[part], 255).astype(np.uint8)
    alone = np.pad(alone, ((max(0, -y0), 0), (max(0, -x0), 0)), constant_values=255)
    if strip.slope:
        middle = alone.shape[1] / 2
        matrix = np.array([[1, 0, 0], [-strip.slope, 1, strip.slope * middle]], np.float64)
        alone = np.asarray(cv2.warpAffine(alone, matrix, alone.shape[::-1], flags=cv2.INTER_CUBIC, borderValue=255))
    kind = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(alone, None, fx=scale, fy=scale, interpolation=kind), np.uint8)
