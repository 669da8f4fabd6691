"""Dense layouts, as the back pages of a manual have them: parts lists, record sheets, small print with footnotes.

Separate from the plain layouts because their type is small and mixed: numbers, codes, half-width kana, words without
sentences around them.
"""

import random

from benchmarks.reading import tables
from benchmarks.reading.composer import Cells, Composer, frame
from benchmarks.reading.wording import Writer
from kbtool.document import Box


def style(rng: random.Random) -> Cells:
    """Return how a real table may be set: small type, little white, often a grey or dark head."""
    size = rng.choice((7.5, 8.0, 8.5, 9.0))
    return Cells(size, rng.uniform(1.5, 3.0), rng.choice((255, 225, 200, 60)), rng.choice((0.3, 0.5, 0.8)))


def parts(page: Composer, write: Writer, rng: random.Random) -> None:
    """A list of spare parts in small ruled cells, with footnotes."""
    page.heading(f"{write.write('product')} 部品表", page.size * 1.5)
    page.table(*tables.parts(write, rng, rng.randint(9, 14)), ruled=True, style=style(rng))
    page.heading(write.write("heading"), page.size * 1.2)
    for _ in range(rng.randint(3, 5)):
        page.paragraph(f"・{write.write('before')}、{write.write('do')}。", indent=1, first=-1)
    _footnotes(page, write, rng)


def sheet(page: Composer, write: Writer, rng: random.Random) -> None:
    """A record sheet and its notes."""
    page.heading(rng.choice(("修理受付票(控)", "点検記録表", "納品書", "返品伝票")), page.size * 1.5)
    page.table(*tables.sheet(write, rng), ruled=True, style=style(rng))
    page.at(page.left, page.y, f"■{write.write('heading')}")
    page.y += page.leading * 1.2
    page.table(*tables.escalation(write, rng), ruled=True, style=style(rng))
    _footnotes(page, write, rng)


def small_print(page: Composer, write: Writer, rng: random.Random) -> None:
    """Terms in small type, a boxed note, two addresses side by side, footnotes."""
    page.heading(rng.choice(("保証規定", "ご利用規約", "ご使用上の注意")), page.size * 1.5)
    body, leading = page.size, page.leading
    page.size = rng.choice((7.0, 7.5, 8.0))
    page.leading = page.size * rng.uniform(1.3, 1.55)
    number = 0
    while page.room() > 230:
        number += 1
        page.paragraph(f"{number}. {write.write('clause')}。{write.paragraph(1)}", indent=2, first=-2)
        for mark in ("(イ)", "(ロ)", "(ハ)")[: rng.randint(0, 3)]:
            page.paragraph(f"{mark}{write.write('clause')}。", indent=4, first=-2)
    _box(page, write)
    _side_by_side(page, write)
    page.size, page.leading = body, leading
    _footnotes(page, write, rng)


def _side_by_side(page: Composer, write: Writer) -> None:
    """Two addresses beside each other; each is read to its end."""
    top, end = page.y, page.y
    for x in (page.left + page.size, (page.left + page.right) / 2 + page.size):
        page.y = top
        lines = (write.write("company"), f"〒000-000{write.write('digit')} {write.write('town')}")
        hours = f"受付 {write.write('time')}～{write.write('time')}({write.write('state')}の方)"
        for line in (*lines, f"TEL.{write.write('tel')}", hours, f"管理番号 {write.write('part_number')}"):
            page.at(x, page.y, line)
            page.y += page.leading
        end = max(end, page.y)
    page.y = end + page.leading * 0.5


def _box(page: Composer, write: Writer) -> None:
    top = page.y
    page.y += 6
    page.left, page.right = page.left + 8, page.right - 8
    page.paragraph(f"【重要】{write.write('clause')}。", first=0)
    page.left, page.right = page.left - 8, page.right + 8
    frame(page.surface, Box(page.left, top, page.right, page.y), 0.8)
    page.y += page.leading


def _footnotes(page: Composer, write: Writer, rng: random.Random) -> None:
    body, leading = page.size, page.leading
    page.size, page.leading = 7.0, 10.0
    for number in range(1, rng.randint(3, 7)):
        if page.room() > 30:
            page.paragraph(f"※{number} {write.write('clause')}。", indent=2, first=-2)
    page.size, page.leading = body, leading
