"""Tesseract through pytesseract, which is given lines and no page to lay out.

Two traps are stepped round here: pytesseract drops the image's resolution (errors double without ``--dpi``), and
Tesseract's own threads cost twice the work for no gain when every core has a page already.
"""

import os
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from statistics import fmean

import pytesseract
from PIL import Image

from kbtool.errors import EnvironmentMissing, SourceError
from kbtool.limits import RECOGNISE_PAGE_S
from kbtool.recognise.engines import memory, ways, wording
from kbtool.recognise.engines.ballot import agree
from kbtool.recognise.engines.bullets import Bullet
from kbtool.recognise.engines.columns import stands_in_columns
from kbtool.recognise.engines.commas import settle_commas
from kbtool.recognise.engines.line import OcrLine, Quad, Span, upright_quad
from kbtool.recognise.engines.spacing import close_up
from kbtool.recognise.engines.strips import Page, Strip, find_strips, lay_out, stack
from kbtool.recognise.engines.ways import Way
from kbtool.recognise.engines.wording import Wording
from kbtool.recognise.raster import Grey

_WHOLE_PAGE, _COLUMNS, _BLOCK, _ONE_LINE = 3, 5, 6, 7
#: A line that was read less surely than this is read in other ways as well.
_SURE = 85.0
_SHEET_DPI = 300
#: How sure a shape is what it looks like.
_SURE_OF_BULLETS = 95.0
#: Tesseract's data for vertical writing are called after those for rows.
_VERTICAL = "_vert"
#: Columns read less surely than this are rows of a page that lies on its side.
_SURE_OF_COLUMNS = 60.0
#: Tesseract refuses resolutions beyond these and guesses instead.
_MIN_DPI, _MAX_DPI = 70, 2400
#: What is read less surely than this is dirt or a drawing, not a line.
_MIN_CONFIDENCE = 30.0
_PACKAGE_OF_PROGRAM = "tesseract-ocr"


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    box: tuple[int, int, int, int]
    confidence: float
    line: tuple[int, int, int]


class TesseractEngine:
    """Tesseract's LSTM engine with the languages asked for, one thread."""

    name = "tesseract"

    def __init__(self, languages: tuple[str, ...] = ("jpn",)) -> None:
        missing = sorted(set(languages) - set(installed_languages()))
        if missing:
            raise without_languages(missing)
        os.environ["OMP_THREAD_LIMIT"] = "1"
        self._languages = "+".join(languages)
        upright = (name + _VERTICAL for name in languages)
        self._vertical = "+".join(name for name in upright if name in installed_languages())
        self._wording = wording.load() if "jpn" in languages else None
        data = f"tesseract/{version()}/{self._languages}/{_data_size(languages)}/{self._vertical}"
        self.fingerprint = "/".join([data, *([self._wording.name] if self._wording else [])])

    def read(self, image: Grey, dpi: float) -> tuple[OcrLine, ...]:
        """Find and read all lines; raises SourceError where the program fails or takes too long."""
        if not stands_in_columns(image, dpi):
            return self._rows(image, dpi)
        columns = self._columns(image, dpi) if self._vertical else ()
        if columns and fmean(line.confidence for line in columns) >= _SURE_OF_COLUMNS:
            return columns
        words = self._words(image, dpi, _WHOLE_PAGE, self._languages)
        return _sure(line for _, group in groupby(words, key=lambda word: word.line) for line in _lines(list(group)))

    def read_line(self, image: Grey, dpi: float) -> OcrLine | None:
        """Read an image that is one horizontal line."""
        words = self._words(image, dpi, _ONE_LINE, self._languages)
        return settle_commas(_line(words), image) if words else None

    def glance(self, images: Sequence[Grey], dpi: float) -> list[OcrLine | None]:
        """Read all lines in one go, set below one another: starting the program costs more than they do."""
        if not images:
            return []
        sheet, tops = stack(images, ways.FIRST.type_px)
        words: list[list[_Word]] = [[] for _ in images]
        for word in self._words(sheet, _SHEET_DPI, _BLOCK, self._languages):
            words[max(0, bisect_right(tops, (word.box[1] + word.box[3]) / 2) - 1)].append(word)
        return [_line(own) if own else None for own in words]

    def _rows(self, image: Grey, dpi: float) -> tuple[OcrLine, ...]:
        memory.let_go(wording.FILE)
        page = find_strips(image, dpi)
        words = self._of_strips(page, page.strips, ways.FIRST)
        doubtful = [i for i, own in enumerate(words) if own and _sureness(own) < _SURE]
        again = [self._of_strips(page, [page.strips[i] for i in doubtful], way) for way in ways.OTHERS]
        for i, *readings in zip(doubtful, *again, strict=True):
            words[i] = _agreed([words[i], *readings], self._wording)
        bullets = [[_bullet(bullet) for bullet in strip.bullets] for strip in page.strips]
        whole = [sorted(own + put, key=lambda word: word.box[0]) for own, put in zip(words, bullets, strict=True)]
        return _sure(settle_commas(line, image) for own in whole if own for line in _lines(own))

    def _of_strips(self, page: Page, strips: Sequence[Strip], way: Way) -> list[list[_Word]]:
        """The words of each line, read in this way."""
        found: list[list[_Word]] = [[] for _ in strips]
        if not strips:
            return found
        sheet = lay_out(page, strips, way.type_px)
        for word in self._words(way.show(sheet.image), _SHEET_DPI, _BLOCK, self._languages):
            x0, y0, x1, y1 = word.box
            line = sheet.at((y0 + y1) / 2)
            _, top, _, bottom = strips[line].box
            box = round(sheet.x(line, x0)), top, round(sheet.x(line, x1)), bottom
            found[line].append(replace(word, box=box))
        return found

    def _columns(self, image: Grey, dpi: float) -> tuple[OcrLine, ...]:
        words = self._words(image, dpi, _COLUMNS, self._vertical)
        return _sure(_column(list(group)) for _, group in groupby(words, key=lambda word: word.line))

    def _words(self, image: Grey, dpi: float, layout: int, languages: str) -> list[_Word]:
        picture = Image.fromarray(image)
        picture.format = "TIFF"  # handed over uncompressed: packing a page as PNG costs half of reading it
        shown_dpi = round(min(_MAX_DPI, max(_MIN_DPI, dpi)))
        try:
            table = pytesseract.image_to_data(
                picture,
                lang=languages,
                config=f"--dpi {shown_dpi} --psm {layout}",
                output_type=pytesseract.Output.DICT,
                timeout=RECOGNISE_PAGE_S,
            )
        except pytesseract.TesseractError as error:
            raise SourceError("recognise_engine_failed", engine=self.name, detail=str(error.message)[:200]) from error
        except RuntimeError as error:  # how pytesseract says that the time was up
            raise SourceError("recognise_timeout", engine=self.name, seconds=int(RECOGNISE_PAGE_S)) from error
        return _table_words(table)


@cache
def version() -> str:
    """Version of the program; raises EnvironmentMissing where it is not installed."""
    try:
        return str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, SystemExit) as error:
        raise EnvironmentMissing("recognise_tesseract_missing", command=apt_command(["jpn"], program=True)) from error


@cache
def installed_languages() -> tuple[str, ...]:
    """Languages the program can read here; raises EnvironmentMissing where it is not installed."""
    version()
    return tuple(sorted(pytesseract.get_languages()))


def without_languages(missing: Sequence[str]) -> EnvironmentMissing:
    """What to say of languages that are not there: what to install, or that TESSDATA_PREFIX points elsewhere."""
    languages, folder = ", ".join(missing), os.environ.get("TESSDATA_PREFIX", "")
    if folder:
        return EnvironmentMissing("recognise_language_elsewhere", languages=languages, folder=folder)
    return EnvironmentMissing("recognise_language_missing", languages=languages, command=apt_command(missing))


def apt_command(languages: Sequence[str], *, program: bool = False) -> str:
    """What to type on Debian and Ubuntu to get languages, and the program where it is missing too."""
    packages = [_PACKAGE_OF_PROGRAM] if program else []
    packages += [f"{_PACKAGE_OF_PROGRAM}-{language.replace('_', '-')}" for language in languages]
    return f"sudo apt-get install -y {' '.join(packages)}"


def _data_size(languages: Sequence[str]) -> str:
    """Sizes of the language files as far as they can be found: best, fast and standard differ in nothing else."""
    from pathlib import Path

    folders = [Path(os.environ.get("TESSDATA_PREFIX", "")), *Path("/usr/share/tesseract-ocr").glob("*/tessdata")]
    files = [
        next((f for folder in folders if (f := folder / f"{name}.traineddata").is_file()), None) for name in languages
    ]
    return "+".join(str(f.stat().st_size) if f else "?" for f in files)


def _table_words(table: Mapping[str, Sequence[object]]) -> list[_Word]:
    columns = ("text", "left", "top", "width", "height", "conf", "block_num", "par_num", "line_num")
    words = []
    for text, *numbers in zip(*(table[name] for name in columns), strict=True):
        left, top, width, height, sure, block, paragraph, line = (float(str(n)) for n in numbers)
        if str(text).strip() and sure >= 0:
            box = int(left), int(top), int(left + width), int(top + height)
            words.append(_Word(str(text).strip(), box, sure, (int(block), int(paragraph), int(line))))
    return words


def _sure(lines: Iterable[OcrLine]) -> tuple[OcrLine, ...]:
    return tuple(line for line in lines if line.confidence >= _MIN_CONFIDENCE)


def _sureness(words: Sequence[_Word]) -> float:
    """Mean confidence of the characters."""
    return sum(word.confidence * len(word.text) for word in words) / max(1, sum(len(word.text) for word in words))


def _agreed(readings: Sequence[list[_Word]], wording: Wording | None) -> list[_Word]:
    """The words of the surest reading, with the letters that all of them together have."""
    first, *others = sorted((own for own in readings if own), key=_sureness, reverse=True)
    letters = [[(c, word.confidence / 100) for word in own for c in word.text] for own in (first, *others)]
    seen = agree(letters, wording)
    words, end = [], 0
    for index, word in enumerate(first):
        start, end = end, end + len(word.text)
        is_last = index == len(first) - 1
        text = "".join(one.character for one in seen if start <= one.at < end or (is_last and one.at == end))
        words += [replace(word, text=text)] if text else []
    return words


def _bullet(bullet: Bullet) -> _Word:
    return _Word(bullet.kind, bullet.box, _SURE_OF_BULLETS, (0, 0, 0))


def _lines(words: list[_Word]) -> list[OcrLine]:
    """Tesseract strings the cells of a table together: part a line where the paper shows a wide gap."""
    height = max(word.box[3] - word.box[1] for word in words)
    parts, last = [[words[0]]], words[0]
    for word in words[1:]:
        if word.box[0] - last.box[2] > 2.5 * height:
            parts.append([])
        parts[-1].append(word)
        last = word
    return [_line(part) for part in parts]


def _line(words: list[_Word]) -> OcrLine:
    """Join words by where they stand; a space between each two, for ``close_up`` to judge."""
    text, spans, confidences = "", list[Span](), list[float]()
    for word in words:
        if text:
            text += " "
            spans.append((spans[-1][1], float(word.box[0])))
            confidences.append(word.confidence)
        text += word.text
        spans += _even(word)
        confidences += [word.confidence] * len(word.text)
    line = OcrLine(text, _around(words), 0.0, tuple(spans), tuple(confidences), engine=TesseractEngine.name)
    return _rated(_on_its_side(line) if _is_sideways(words) else line)


def _column(words: list[_Word]) -> OcrLine:
    """Join the words of a column from the top down."""
    spans, confidences = list[Span](), list[float]()
    for word in words:
        _, top, _, bottom = word.box
        step = (bottom - top) / len(word.text)
        spans += [(top + i * step, top + (i + 1) * step) for i in range(len(word.text))]
        confidences += [word.confidence] * len(word.text)
    text = "".join(word.text for word in words)
    where = _around(words)
    return _rated(OcrLine(text, where, 0.0, tuple(spans), tuple(confidences), True, engine=TesseractEngine.name))


def _rated(line: OcrLine) -> OcrLine:
    line = close_up(line)
    sure = round(sum(line.confidences) / len(line.confidences), 1)
    return replace(line, confidence=sure, measured=False)


def _around(words: list[_Word]) -> Quad:
    lefts, tops, rights, bottoms = zip(*(word.box for word in words), strict=True)
    return upright_quad(min(lefts), min(tops), max(rights), max(bottoms))


def _is_sideways(words: list[_Word]) -> bool:
    """Tesseract turns blocks it thinks lie on their side, without saying so: such lines are tall."""
    (x0, y0), _, (x1, y1), _ = _around(words)
    return sum(len(word.text) for word in words) > 1 and y1 - y0 > 1.5 * (x1 - x0)


def _on_its_side(line: OcrLine) -> OcrLine:
    """The line with its characters spread down its box."""
    _, top, _, bottom = line.bounds
    step = (bottom - top) / len(line.text)
    spans = tuple((top + i * step, top + (i + 1) * step) for i in range(len(line.text)))
    return replace(line, spans=spans, vertical=True, sideways=True)


def _even(word: _Word) -> list[Span]:
    """Spread a word's characters evenly over its box."""
    left, _, right, _ = word.box
    step = (right - left) / len(word.text)
    return [(left + i * step, left + (i + 1) * step) for i in range(len(word.text))]
