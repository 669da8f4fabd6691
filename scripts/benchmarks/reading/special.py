"""Pages that a pile holds beside the common ones: two on one sheet, blank ones, ruby over kanji.

Separate from the layouts because no earlier figure says how hard they are: they are conditions of their own, drawn only
when asked for, and change nothing of the others.
"""

import random

import cv2
import numpy as np

from benchmarks.reading.composer import Composer
from benchmarks.reading.damage import Pixels as Grey
from benchmarks.reading.pages import CYCLE, LAYOUTS, choose_face, draw
from benchmarks.reading.surface import A4_PT, DPI, Pixels, Sheets, measure
from benchmarks.reading.truth import PageTruth
from benchmarks.reading.wording import Writer

#: Words that the sentences use, and how they are read.
_RUBY = {
    "電源": "でんげん",
    "確認": "かくにん",
    "修理": "しゅうり",
    "返品": "へんぴん",
    "保証": "ほしょう",
    "電話": "でんわ",
    "運転": "うんてん",
    "記録": "きろく",
    "交換": "こうかん",
    "部品": "ぶひん",
    "連絡": "れんらく",
    "期間": "きかん",
}


def two_up(seed: int, number: int) -> tuple[Grey, PageTruth]:
    """Draw two A5 pages side by side on one A4 sheet; the left one is read first."""
    sides = []
    layouts = [layout for layout in LAYOUTS if layout != "columns"]
    for side in (0, 1):
        surface = Pixels()
        page = 2 * number + side
        truth = draw(surface, seed, page, layouts[page % len(layouts)])
        sides.append((np.asarray(surface.image), truth))
    width, height = round(A4_PT[1] * DPI / 72), round(A4_PT[0] * DPI / 72)
    halves = [cv2.resize(drawn, (width // 2, height), interpolation=cv2.INTER_AREA) for drawn, _ in sides]
    sheet: Grey = np.hstack(halves).astype(np.uint8)
    (_, left), (_, right) = sides
    return sheet, PageTruth("two-up", left.blocks + right.blocks, left.tables + right.tables, left.ruled + right.ruled)


def blank(seed: int, number: int) -> tuple[Grey, PageTruth]:
    """Draw an empty sheet, every other one with the other side faintly showing through."""
    surface = Pixels()
    if number % 2:
        draw(surface, seed, number, CYCLE[number % len(CYCLE)])
    through = 255 - (255 - np.asarray(surface.image)[:, ::-1].astype(np.float32)) * 0.06
    return through.astype(np.uint8), PageTruth("blank", ())


def ruby(sheets: Sheets, seed: int, number: int) -> PageTruth:
    """Draw paragraphs with ruby over known words; ruby is no part of the truth, the words under it are."""
    rng = random.Random(f"{seed}/{number}/ruby")
    write = Writer(rng)
    size = rng.choice((10.0, 11.0, 12.0))
    page = Composer(sheets.page(), choose_face(seed, number, pdf=True), size, size * 2)
    page.heading(write.write("heading"), size * 1.5)
    while page.room() > 120:
        text = write.paragraph(rng.randint(2, 4))
        for line in page.lines(text):
            page.surface.text(page.left, page.y, line, size, page.face)
            _over(page, line)
            page.y += page.leading
        page.blocks.append(text)
        page.y += page.leading * 0.5
    return PageTruth("ruby", tuple(page.blocks))


def _over(page: Composer, line: str) -> None:
    """Set the reading of each known word of a line over it, in half its size, centred."""
    for word, reading in _RUBY.items():
        before, found, _ = line.partition(word)
        if found:
            middle = page.left + measure(before, page.size, page.face) + measure(word, page.size, page.face) / 2
            width = measure(reading, page.size / 2, page.face)
            page.surface.text(middle - width / 2, page.y - page.size * 0.55, reading, page.size / 2, page.face)


#: How each is drawn for a scan.
SCANNED = {"two-up": two_up, "blank": blank}
CONDITIONS = (*SCANNED, "ruby")
