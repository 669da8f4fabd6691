"""The layouts: what a page of a support manual looks like, drawn on any surface by seed.

Each layout is one function ``(composer, write, rng)``; ``draw`` chooses the face, sets header and page number, and
returns the truth.
"""

import random
from collections.abc import Callable
from dataclasses import replace

from samples.wrap import wrap

from benchmarks.reading import dense, form, pens, printed, tables
from benchmarks.reading.composer import BODY_END, Composer, frame
from benchmarks.reading.drawing import figure
from benchmarks.reading.faces import Face, covers, part
from benchmarks.reading.surface import A4_PT, Pixels, Surface, em_boxes, measure
from benchmarks.reading.truth import PageTruth
from benchmarks.reading.wording import Writer
from kbtool.document import Box

_COVERED = "亜一ぁァ0Aあア漢字掃除機返品鍵齢麺録、。（）「」①②③④⑤⑥⑦⑧⑨・※℃□ｱﾎﾞﾊﾟｰ〒"


def prose(page: Composer, write: Writer, rng: random.Random) -> None:
    """Title, a figure, numbered headings, paragraphs."""
    page.heading(write.write("title"), page.size * 1.8)
    page.paragraph(write.paragraph(2))
    figure(page, write, rng)
    section = 0
    while page.room() > 150:
        section += 1
        page.heading(f"{section}. {write.write('heading')}", page.size * 1.3)
        for _ in range(rng.randint(1, 3)):
            if page.room() > 90:
                page.paragraph(write.paragraph(rng.randint(2, 4)))


def steps(page: Composer, write: Writer, rng: random.Random) -> None:
    """Numbered steps, a boxed caution, a list of things."""
    page.heading(f"第{rng.randint(1, 12)}章　{write.write('heading')}", page.size * 1.6)
    page.paragraph(write.paragraph(2))
    marks = rng.choice(("①②③④⑤⑥⑦⑧⑨", [f"({n})" for n in range(1, 10)], [f"{n}." for n in range(1, 10)]))
    for mark in marks[: rng.randint(5, 7)]:
        page.paragraph(f"{mark} {write.write('before')}、{write.write('do')}。", indent=2, first=-2)
    _boxed(page, write)
    page.heading(write.write("heading"), page.size * 1.3)
    for _ in range(rng.randint(4, 6)):
        page.paragraph(f"・{write.write('item')}", indent=1, first=0)
    while page.room() > 110:
        page.paragraph(write.paragraph(2))


def _boxed(page: Composer, write: Writer) -> None:
    top = page.y
    page.y += 8
    page.left, page.right = page.left + 10, page.right - 10
    page.at(page.left, page.y, write.write("caution"))
    page.y += page.leading * 1.2
    page.paragraph(write.paragraph(2), first=0)
    page.left, page.right = page.left - 10, page.right + 10
    frame(page.surface, Box(page.left, top, page.right, page.y), 1.0)
    page.y += page.leading


def answers(page: Composer, write: Writer, rng: random.Random) -> None:
    """A figure, then questions and answers."""
    page.heading(write.write("heading"), page.size * 1.6)
    figure(page, write, rng)
    style = rng.choice((("Q{n}. ", "A{n}. "), ("問{n}　", "答　"), ("Q　", "A　")))
    number = 0
    while page.room() > 120:
        number += 1
        page.paragraph(style[0].format(n=number) + write.write("question") + "。", indent=2, first=-2)
        answer = write.write("answer") + write.paragraph(rng.randint(1, 3))
        page.paragraph(style[1].format(n=number) + answer, indent=2, first=-2)


def columns(page: Composer, write: Writer, rng: random.Random) -> None:
    """A title over two columns of short sections, one of them perhaps with a small table."""
    page.heading(write.write("title"), page.size * 1.7)
    page.paragraph(write.paragraph(2))
    top, left, right = page.y, page.left, page.right
    middle, half = (left + right) / 2, rng.uniform(7, 11)
    for page.left, page.right in ((left, middle - half), (middle + half, right)):
        page.y = top
        if rng.random() < 0.5:
            page.table(*tables.contacts(write, rng), ruled=True, style=dense.style(rng))
        while page.room() > 150:
            page.heading(f"■{write.write('heading')}", page.size * 1.15)
            page.paragraph(write.paragraph(rng.randint(1, 3)))
    page.left, page.right = left, right


def ruled(page: Composer, write: Writer, rng: random.Random) -> None:
    """Two ruled tables among paragraphs, the second with merged cells."""
    _with_tables(page, write, rng, (rng.choice((tables.errors, tables.prices)), tables.escalation), ruled=True)


def unruled(page: Composer, write: Writer, rng: random.Random) -> None:
    """A table held together by its columns alone."""
    _with_tables(page, write, rng, (rng.choice((tables.specification, tables.prices)),), ruled=False)


def _with_tables(
    page: Composer,
    write: Writer,
    rng: random.Random,
    kinds: tuple[Callable[[Writer, random.Random], tables.Table], ...],
    *,
    ruled: bool,
) -> None:
    page.heading(write.write("heading"), page.size * 1.5)
    for number, kind in enumerate(kinds, 1):
        page.paragraph(write.paragraph(2))
        page.at(page.left, page.y, f"表{number} {write.write('heading')}")
        page.y += page.leading * 1.1
        page.table(*kind(write, rng), ruled=ruled, style=dense.style(rng) if ruled and rng.random() < 0.5 else None)
    while page.room() > 110:
        page.paragraph(write.paragraph(rng.randint(2, 3)))


LAYOUTS: dict[str, Callable[[Composer, Writer, random.Random], None]] = {
    "prose": prose,
    "steps": steps,
    "answers": answers,
    "columns": columns,
    "ruled": ruled,
    "unruled": unruled,
    "parts": dense.parts,
    "sheet": dense.sheet,
    "small print": dense.small_print,
}
#: What a page number beyond these layouts begins again with; "form" is drawn by its own module.
CYCLE = (*LAYOUTS, "form")


def draw(surface: Surface, seed: int, number: int, layout: str, *, pdf: bool = False) -> PageTruth:
    """Draw page ``number`` of a seed on the surface; the same arguments give the same page."""
    rng = random.Random(f"{seed}/{number}/{layout}")
    write = Writer(rng)
    face = choose_face(seed, number, pdf=pdf)
    size = rng.choice((10.0, 10.5, 11.0, 12.0))
    page = Composer(surface, face, size, size * rng.uniform(1.5, 1.8))
    header = f"{write.write('company')}　{write.write('heading')}"
    page.at(page.left, 34, header, 8.5)
    if layout == "form":
        truth = form.draw(page, write, rng)
    else:
        LAYOUTS[layout](page, write, rng)
        truth = PageTruth(layout, (), tuple(page.tables), tuple(page.ruled))
    page.at(A4_PT[0] / 2 - 12, BODY_END + 30, f"- {number + rng.randint(1, 180)} -", 9)
    return replace(truth, blocks=tuple(page.blocks))


def draw_form(surface: Surface, seed: int, number: int) -> PageTruth:
    """Draw a filled form, all kinds in turn, marked by someone with a pen and habits of their own."""
    rng = random.Random(f"{seed}/{number}/filled form")
    page = Composer(surface, choose_face(seed, number, pdf=False), 11.0, 17.0)
    sheet = printed.FORMS[number % len(printed.FORMS)]
    truth = form.draw(page, Writer(rng), rng, sheet, pens.choose(rng))
    return replace(truth, blocks=tuple(page.blocks))


def draw_vertical(surface: Pixels, seed: int, number: int) -> PageTruth:
    """Draw a page of vertical lines, from the right to the left; every other page keeps its figures."""
    rng = random.Random(f"{seed}/{number}/vertical")
    write = Writer(rng)
    spelt = _kanji_numbers if number % 2 else str
    face, size = choose_face(seed, number, pdf=False), rng.choice((9.0, 10.0, 11.0))
    header, footer = f"{write.write('company')}　{write.write('heading')}", f"- {number + rng.randint(1, 180)} -"
    surface.text(A4_PT[0] - 80 - measure(header, 8.5, face), 40, header, 8.5, face)
    surface.text(A4_PT[0] / 2 - 12, BODY_END + 30, footer, 9, face)
    rows = int((A4_PT[1] - 160) / size)
    title = spelt(write.write("heading"))
    surface.upright(A4_PT[0] - 80, 80, title, size * 1.5, face)
    x, blocks = A4_PT[0] - 80 - size * 2.6, [header, title]
    while True:
        text = spelt(write.paragraph(rng.randint(2, 4)))
        lines = wrap("　" + text, rows, lambda words: len(em_boxes(words)))
        if x - len(lines) * size * 1.75 < 60:
            return PageTruth("vertical", (*blocks, footer))
        for line in lines:
            surface.upright(x, 80, line, size, face)
            x -= size * 1.75
        blocks.append(text)


def _kanji_numbers(text: str) -> str:
    """Vertical text writes its numbers in kanji, without the marks of figures."""
    return text.translate(str.maketrans("0123456789/:", "〇一二三四五六七八九・・", ",-"))


def choose_face(seed: int, number: int, *, pdf: bool) -> Face:
    """Return the typeface of a page: all of the part in turn, only TrueType ones for a PDF.

    Each round of layouts begins one typeface later, so that every layout meets every typeface.
    """
    faces = [face for face in part(seed) if covers(face, _COVERED) and (face.embeddable or not pdf)]
    layouts = len(LAYOUTS) if pdf else len(CYCLE)
    return faces[(seed + number % layouts + number // layouts) % len(faces)]
