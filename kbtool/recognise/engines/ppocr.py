"""PP-OCR, driven for document pages.

The page is already straight, so lines are plain slices; they are sorted by width into few fixed widths and read in
batches, which keeps both time and memory flat. Columns are tried laid down as rows and turned on their side.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise import vertical
from kbtool.recognise.engines import ppocr_models
from kbtool.recognise.engines.detect import cut_out, text_boxes
from kbtool.recognise.engines.line import OcrLine, Quad, Span, upright_quad
from kbtool.recognise.engines.spacing import close_up
from kbtool.recognise.raster import Grey

_LINE_PX = 48
#: Widths are rounded up to this, so that the networks meet few shapes.
_STEP_PX = 160
_MAX_WIDTH_PX = 3200
_BATCH = 8
#: Taller than wide by this, a box may be a column.
_TALL = 1.5
_LONG_COLUMN = 3.0
#: What is read less surely than this is a speck, not a line.
_MIN_CONFIDENCE = 40.0
#: Turned columns lose their commas and full stops, so at about the same sureness the laid one is taken.
_LAID_BONUS = 2.0
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
        """Width at the height the recogniser reads."""
        height, width = (int(side) for side in self.image.shape)
        return min(_MAX_WIDTH_PX, max(16, -(-_LINE_PX * width // height)))


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
        self.fingerprint = self._networks.fingerprint

    def read(self, image: Grey, dpi: float) -> tuple[OcrLine, ...]:
        """Find and read all lines; ``dpi`` does not matter to this engine."""
        quads = text_boxes(image, self._networks.detect)
        tries = [(quad, _crops(cut_out(image, quad))) for quad in quads]
        words = iter(self._read_crops([crop for _, crops in tries for crop in crops]))
        lines = [self._best(quad, [(crop, next(words)) for crop in crops]) for quad, crops in tries if crops]
        return tuple(line for line in lines if line.text.strip() and line.confidence >= _MIN_CONFIDENCE)

    def read_line(self, image: Grey, dpi: float) -> OcrLine | None:
        """Read an image that is one horizontal line."""
        crop = _Crop(image)
        (found,) = self._read_crops([crop])
        height, width = image.shape
        return self._line(upright_quad(0, 0, width, height), crop, found) if found.text.strip() else None

    def _read_crops(self, crops: list[_Crop]) -> list[_Words]:
        order = sorted(range(len(crops)), key=lambda i: crops[i].width)
        results: dict[int, _Words] = {}
        while order:
            width = -(-crops[order[0]].width // _STEP_PX) * _STEP_PX
            batch = [i for i in order[:_BATCH] if crops[i].width <= width]
            order = order[len(batch) :]
            results.update(zip(batch, self._read_batch([crops[i] for i in batch], width), strict=True))
        return [results[i] for i in range(len(crops))]

    def _read_batch(self, crops: list[_Crop], width: int) -> list[_Words]:
        tensor = np.zeros((len(crops), 3, _LINE_PX, width), np.float32)
        for row, crop in zip(tensor, crops, strict=True):
            shrinks = crop.image.shape[0] > 60
            how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
            row[:, :, : crop.width] = cv2.resize(crop.image, (crop.width, _LINE_PX), interpolation=how) / 127.5 - 1
        classes, log_probabilities = self._networks.recognise(tensor)
        return [
            self._decode(crop, width, *answer) for crop, *answer in zip(crops, classes, log_probabilities, strict=True)
        ]

    def _decode(self, crop: _Crop, width: int, classes: npt.NDArray[np.int64], log: npt.NDArray[np.float32]) -> _Words:
        """Join equal neighbours and drop blanks (greedy CTC: A. Graves et al., ICML 2006)."""
        starts = np.flatnonzero(np.concatenate([[True], classes[1:] != classes[:-1]]))
        ends = np.concatenate([starts[1:], [len(classes)]])
        sure = np.exp(np.maximum.reduceat(log, starts)) * 100.0
        kept = classes[starts] != 0
        middles = (starts + ends)[kept] / 2 * width / len(classes)
        places = middles * crop.image.shape[1] / crop.width
        text = "".join(self._networks.characters[i] for i in classes[starts][kept])
        return _Words(text, np.asarray(places, np.float64), np.asarray(np.minimum(sure[kept], 100.0), np.float64))

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
        length = crop.image.shape[1] if crop.laid is None else crop.laid.column_edges[-1]
        start, end = _run(quad, column=column)
        thick = crop.image.shape[0] * 0.75  # the box is grown: type fills about three quarters of it
        spans = _spans(start + places * (end - start) / max(1.0, float(length)), thick, (start, end))
        confidences = tuple(round(float(c), 1) for c in words.confidences)
        line = OcrLine(words.text, quad, round(words.confidence, 1), spans, confidences, column, engine=self.name)
        return close_up(line)


def _reads_as_well(found: _Words, best: _Words) -> bool:
    """Whether a box gives about as many words read another way."""
    return found.confidence >= _STANDS_CONFIDENCE and len(found.text) >= _STANDS_LENGTH * len(best.text)


def _crops(image: Grey) -> list[_Crop]:
    """The ways a box may have to be read: upright, and a tall one as a column too."""
    height, width = image.shape
    if not image.size:
        return []
    if height <= _TALL * width:
        return [_Crop(image)]
    laid = vertical.lay_down(image)
    tries = [_Crop(vertical.turn_down(image), turned=True)]
    tries += [_Crop(laid.image, laid)] if laid else []
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
