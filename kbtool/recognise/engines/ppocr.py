"""PP-OCR, driven for document pages.

The page is already straight, so lines are plain slices. Each is read by itself, brought to one of few widths: reading
in batches is no faster on one thread, needs several times the memory, and lets the neighbours of a line change its
last digits. Columns are laid down as rows; where that reads badly they are turned on their side too.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise import vertical
from kbtool.recognise.engines import memory, ppocr_models, wording
from kbtool.recognise.engines.detect import cut_out, text_boxes
from kbtool.recognise.engines.ends import with_ends
from kbtool.recognise.engines.lattice import read_out
from kbtool.recognise.engines.line import OcrLine, Quad, Span, upright_quad
from kbtool.recognise.engines.ppocr_models import Floats
from kbtool.recognise.engines.spacing import close_up
from kbtool.recognise.raster import Grey

_LINE_PX = 48
#: Higher than this a line loses more by cubic sampling than it gains.
_SHARP_PX = 60
_MAX_WIDTH_PX = 3200
#: Grey after the end of a line, as the recogniser knows it from its training: without, line ends and dots suffer.
_AFTER_PX = 64
#: Widths are rounded up to one of these, so that the network meets few shapes: each costs time and memory to prepare.
_WIDTHS: tuple[int, ...] = (*range(128, 640, 64), *range(640, _MAX_WIDTH_PX + _AFTER_PX + 128, 128))
#: A line longer than this is narrowed: the network learnt on lines pressed together, and time goes by the width.
#: Of 2,900 lines of ten damaged pages each, as many were right at .7 as at 1, fewer at .6.
_NARROWED_PX, _NARROWED = 200, 0.75
#: Taller than wide by this, a box may be a column.
_TALL = 1.5
_LONG_COLUMN = 3.0
#: A line no longer than this at the height the recogniser reads, and read less surely than this, is looked at again.
_SHORT_PX, _DOUBTFUL_SHORT = 100, 92.0
#: In heights: what is cut off above and below then, and the white put before and after; and how much surer it must be.
_CUT, _WHITE, _SURER, _SURE_SHORT = 0.1, 0.5, 4.0, 75.0
_WORDS = re.compile(r"[0-9ぁ-ヺ一-鿿]")
#: What is read less surely than this is a speck, not a line.
_MIN_CONFIDENCE = 40.0
#: A column laid down reads better than one turned on its side (a third of the errors).
_LAID_BONUS = 4.0
#: So sure, a column laid down needs no other way; so many are read all ways before that.
_SURE, _SAMPLE = 90.0, 3
_STANDS_CONFIDENCE, _STANDS_LENGTH = 70.0, 0.6

Places = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Crop:
    """A picture of one line; ``laid`` where it is a column laid down."""

    image: Grey
    laid: vertical.LaidColumn | None = None
    turned: bool = False

    @property
    def width(self) -> int:
        """Width at which the recogniser reads it."""
        height, width = (int(side) for side in self.image.shape)
        natural = max(16, math.ceil(_LINE_PX * width / height))
        narrowed = max(_NARROWED_PX, math.ceil(_NARROWED * natural))
        return min(natural, narrowed, _MAX_WIDTH_PX)

    @property
    def padded(self) -> int:
        """Width the network meets, grey after the end included."""
        return next(width for width in _WIDTHS if width >= self.width + _AFTER_PX)


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """What stands in a crop: ``places`` are the middles of the characters, in pixels along the crop."""

    text: str
    places: Places
    confidences: Places

    @property
    def confidence(self) -> float:
        return float(self.confidences.mean()) if self.text else 0.0


class PpOcrEngine:
    """PP-OCR's small models as they come in the rapidocr wheel."""

    name = "ppocr"

    def __init__(self, languages: tuple[str, ...] = ("jpn",)) -> None:
        self._networks = ppocr_models.load(languages)
        self._wording = wording.load() if "jpn" in languages else None
        self.fingerprint = "/".join([self._networks.fingerprint, *([self._wording.name] if self._wording else [])])

    def read(self, image: Grey, dpi: float) -> tuple[OcrLine, ...]:
        """Find and read all lines; ``dpi`` does not matter to this engine."""
        memory.give_back()
        memory.let_go(wording.FILE)
        quads = text_boxes(image, self._networks.detect)
        self._networks.rest()  # 150 MB that the page's other steps can use
        boxes = [(quad, _crops(cut_out(image, quad))) for quad in with_ends(image, quads)]
        rows = self._rows([(quad, crops[0]) for quad, crops in boxes if len(crops) == 1])
        columns = self._columns([(quad, crops) for quad, crops in boxes if len(crops) > 1])
        lines = (*rows, *columns)
        return tuple(line for line in lines if line.text.strip() and line.confidence >= _MIN_CONFIDENCE)

    def read_line(self, image: Grey, dpi: float) -> OcrLine | None:
        """Read an image that is one horizontal line."""
        crop = _Crop(image)
        found = self._read_row(crop)
        height, width = image.shape
        return self._line(upright_quad(0, 0, width, height), crop, found) if found.text.strip() else None

    def glance(self, images: Sequence[Grey], dpi: float) -> list[OcrLine | None]:
        """Read each line as ``read_line`` does."""
        return [self.read_line(image, dpi) for image in images]

    def _rows(self, boxes: list[tuple[Quad, _Crop]]) -> list[OcrLine]:
        """Read rows, all of one width after those of another: each change of width costs as much as a short line."""
        order = sorted(range(len(boxes)), key=lambda i: boxes[i][1].padded)
        lines = {i: self._line(*boxes[i], self._read_row(boxes[i][1])) for i in order}
        return [lines[i] for i in range(len(boxes))]

    def _read_row(self, crop: _Crop) -> _Words:
        """Read a row; a short one, which has little around it to go by, again with white around it where doubtful."""
        words = self._read_crop(crop)
        if crop.width > _SHORT_PX or words.confidence > _DOUBTFUL_SHORT:
            return words
        other = self._read_crop(_Crop(_among_white(crop.image)))
        if not _WORDS.search(other.text) or other.confidence < max(_SURE_SHORT, words.confidence + _SURER):
            return words
        return replace(other, places=other.places - round(_WHITE * len(crop.image)))

    def _read_crop(self, crop: _Crop) -> _Words:
        width = crop.padded
        shrinks = crop.image.shape[0] > _SHARP_PX
        how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
        padded = np.zeros((_LINE_PX, width), np.float32)
        padded[:, : crop.width] = cv2.resize(crop.image, (crop.width, _LINE_PX), interpolation=how) / 127.5 - 1
        return self._decode(crop, width, self._networks.recognise(padded))

    def _decode(self, crop: _Crop, width: int, chances: Floats) -> _Words:
        seen = read_out(chances, self._networks.characters)
        if self._wording:
            seen = self._wording.settle(seen)
        kept = [one for one in seen if one.character]
        steps = np.array([one.at for one in kept], np.float64) * width / len(chances)
        sure = np.array([one.chance for one in kept], np.float64) * 100.0
        return _Words("".join(one.character for one in kept), steps * crop.image.shape[1] / crop.width, sure)

    def _columns(self, boxes: list[tuple[Quad, list[_Crop]]]) -> Iterator[OcrLine]:
        """Read columns, longest first: laid down, and the other ways too where that is unsure.

        The first ones are read all ways to learn whether the page lies on its side; the others take their word.
        """
        on_their_side: list[bool] = []
        for quad, crops in sorted(boxes, key=lambda box: -_length(box[0])):
            lies = 2 * sum(on_their_side) > len(on_their_side)
            crops = sorted(crops, key=lambda crop: crop.turned != lies)
            first = crops[0], self._read_crop(crops[0])
            if first[1].confidence >= _SURE and len(on_their_side) >= _SAMPLE and _is_long(crops):
                yield replace(self._line(quad, *first), sideways=lies)
                continue
            line = self._best(quad, [first, *((crop, self._read_crop(crop)) for crop in crops[1:])])
            on_their_side.append(line.sideways)
            yield line

    def _best(self, quad: Quad, readings: list[tuple[_Crop, _Words]]) -> OcrLine:
        """The surest of the ways a box was read; whether it lies on its side is told by how else it reads."""
        crop, words = max(readings, key=lambda one: one[1].confidence + (_LAID_BONUS if one[0].laid else 0.0))
        column = crop.turned or crop.laid is not None
        # The recogniser knows letters turned anticlockwise too: an upright column reads well laid down and turned,
        # a line of a turned page only one of both.
        stands = all(_reads_as_well(found, words) for other, found in readings if other.laid or other.turned)
        return replace(self._line(quad, crop, words), sideways=column and not stands)

    def _line(self, quad: Quad, crop: _Crop, words: _Words) -> OcrLine:
        column = crop.turned or crop.laid is not None
        places = crop.laid.in_column(words.places) if crop.laid else words.places
        length = crop.laid.length if crop.laid else crop.image.shape[1]
        start, end = _run(quad, column=column)
        # The box is grown: type fills about three quarters of it.
        thick = crop.laid.size if crop.laid else crop.image.shape[0] * 0.75
        spans = _spans(start + places * (end - start) / max(1.0, float(length)), thick, (start, end))
        confidences = tuple(round(float(c), 1) for c in words.confidences)
        line = OcrLine(words.text, quad, round(words.confidence, 1), spans, confidences, column, engine=self.name)
        return close_up(line)


def _among_white(image: Grey) -> Grey:
    """A row cut closer to its type, with white before and after."""
    height = len(image)
    cut, white = round(_CUT * height), round(_WHITE * height)
    return np.pad(image[cut : height - cut], ((0, 0), (white, white)), constant_values=255)


def _reads_as_well(found: _Words, best: _Words) -> bool:
    """Whether a box gives about as many words read another way."""
    return found.confidence >= _STANDS_CONFIDENCE and len(found.text) >= _STANDS_LENGTH * len(best.text)


def _length(quad: Quad) -> float:
    """How far a box reaches down."""
    return quad[2][1] - quad[0][1]


def _is_long(crops: list[_Crop]) -> bool:
    """Whether a box can be nothing but a column."""
    return all(crop.turned or crop.laid for crop in crops)


def _crops(image: Grey) -> list[_Crop]:
    """The ways a box may have to be read: upright, and a tall one as a column too."""
    height, width = image.shape
    if not image.size:
        return []
    if height <= _TALL * width:
        return [_Crop(image)]
    laid = vertical.lay_down(image)
    tries = [_Crop(laid.image, laid)] if laid else []
    tries += [_Crop(vertical.turn_down(image), turned=True)]
    tries += [_Crop(image)] if height < _LONG_COLUMN * width else []
    return tries


def _run(quad: Quad, *, column: bool) -> Span:
    """Where a line starts and ends along its writing direction."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
    return ((y0 + y1) / 2, (y2 + y3) / 2) if column else ((x0 + x3) / 2, (x1 + x2) / 2)


def _spans(middles: Places, thick: float, run: Span) -> tuple[Span, ...]:
    """Give each character the room half way to its neighbours, no more than its type is high."""
    if not len(middles):
        return ()
    gaps = np.diff(middles) / 2
    before = np.minimum(np.concatenate([[thick / 2], gaps]), thick / 2)
    after = np.minimum(np.concatenate([gaps, [thick / 2]]), thick / 2)
    starts, ends = np.maximum(middles - before, run[0]), np.minimum(middles + after, run[1])
    return tuple((round(float(a), 1), round(float(b), 1)) for a, b in zip(starts, ends, strict=True))
