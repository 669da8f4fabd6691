"""Pages with nothing on them, or with more on them than their words: edges, holes, folds, the other side, marker."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from kbtool.reading import PageReading
from kbtool.recognise import Raster, RecogniseOptions, recognise
from tests.recognise.paper import DPI, MINCHO, Sheet, error_rate

OPTIONS = RecogniseOptions(engine="ppocr")
WIDTH, HEIGHT = 1100, 1500
WORDS = (
    "定期コースの解約は次回お届け予定日の十日前までに",
    "返品は未開封に限り、到着から八日以内に承ります。",
    "フィルターは約二年、タンクは毎日の水替えが目安です。",
    "領収書は商品とは別に、翌月の初めに郵送いたします。",
)
MARKERS = ((255, 245, 60), (255, 120, 170), (110, 235, 110), (100, 190, 250))
Floats = npt.NDArray[np.float64]


def written() -> Floats:
    sheet = Sheet(WIDTH, HEIGHT)
    for row, words in enumerate(WORDS):
        sheet.text(130, 200 + 260 * row, words, 32, MINCHO)
    return np.asarray(sheet.image.convert("L"), np.float64)


def border(page: Floats) -> None:
    page[:, :30], page[:18], page[-24:, 400:] = 15, 20, 10


def holes(page: Floats) -> None:
    for y in (HEIGHT // 2 - 320, HEIGHT // 2 + 320):
        cv2.circle(page, (70, y), 22, 25.0, -1)


def folds(page: Floats) -> None:
    page[HEIGHT // 2 : HEIGHT // 2 + 4] -= 60
    page[:, WIDTH // 2 : WIDTH // 2 + 2] -= 40
    page[HEIGHT // 2 : HEIGHT // 2 + 30] -= 15


def crease(page: Floats) -> None:
    """The soft shadow of a sharp fold, over the upper half of a line."""
    page *= 1 - 0.55 * np.exp(-(((np.arange(HEIGHT) - 208) / 15) ** 2))[:, None]


def staple(page: Floats) -> None:
    cv2.line(page, (60, 60), (120, 40), 90.0, 5)
    cv2.line(page, (64, 66), (124, 46), 170.0, 7)


def other_side(page: Floats) -> None:
    """Print of the back, a quarter as dark as print of this side, mirrored and soft."""
    back = Sheet(WIDTH, HEIGHT)
    for row in range(14):
        back.text(150, 90 + 100 * row, WORDS[row % 4][row % 5 :], 30)
    mirrored = np.asarray(back.image.convert("L"), np.float64)[:, ::-1]
    page *= 1 - 0.25 * (255 - cv2.GaussianBlur(np.ascontiguousarray(mirrored), (0, 0), 2.0)) / 255


DAMAGES = (border, holes, folds, crease, staple, other_side)


def scan(page: Floats, *, marked: bool = False) -> Raster:
    """The page with grain, grey; or in colour, each line under a marker of its own."""
    rgb = np.repeat(page[..., None] * 0.94, 3, axis=2)
    if marked:
        for row, colour in enumerate(MARKERS):
            rgb[190 + 260 * row : 240 + 260 * row, 120:900] *= np.array(colour) / 255
    grain = np.random.default_rng(3).normal(0, 5, page.shape)
    pixels = np.clip(rgb + grain[..., None], 0, 255).astype(np.uint8)
    return Raster(pixels if marked else np.ascontiguousarray(pixels[..., 0]), DPI)


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_empty_page_is_empty(damage: Callable[[Floats], None]) -> None:
    page = np.full((HEIGHT, WIDTH), 255.0)
    damage(page)
    reading = recognise(scan(page), 1, OPTIONS)
    assert ([line.text for line in reading.lines], reading.grids, reading.stamps) == ([], (), ())


@pytest.mark.parametrize("damage", DAMAGES)
def test_words_and_nothing_else(damage: Callable[[Floats], None]) -> None:
    page = written()
    damage(page)
    assert error_rate(read(scan(page)), "".join(WORDS)) <= 0.02


def test_words_under_a_marker() -> None:
    reading = recognise(scan(written(), marked=True), 1, OPTIONS)
    assert error_rate(words_of(reading), "".join(WORDS)) <= 0.02
    assert (reading.grids, reading.stamps) == ((), ())


def test_pale_print_is_no_other_side() -> None:
    assert error_rate(read(scan(205 + (written() - 255) * 0.3)), "".join(WORDS)) <= 0.03


def test_soft_and_pale_print_is_not_lost() -> None:
    """However badly it is read: a person is to see that there are words."""
    soft = cv2.GaussianBlur(written(), (0, 0), 3.0)
    assert len(recognise(scan(225 + (soft - 255) * 0.4), 1, OPTIONS).lines) == len(WORDS)


def read(raster: Raster) -> str:
    return words_of(recognise(raster, 1, OPTIONS))


def words_of(reading: PageReading) -> str:
    return "".join(line.text for line in sorted(reading.lines, key=lambda line: line.box.y0))
