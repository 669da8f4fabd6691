"""A scanned pile of papers as the documents it holds: where each begins, and by what that was told.

A pile is split only on the user's word: manuals have blank pages and title leaves inside, too. Slips need no splitting
(each is its own record by the anchor of its form), but they part the manuals around them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from kbtool import layout
from kbtool.document import Document, Kind, Method, Page
from kbtool.drafting import flow
from kbtool.drafting.cursor import Cursor, Facts
from kbtool.drafting.rules.cover import cover
from kbtool.intake.titles import told_from
from kbtool.knowledge import slug_for
from kbtool.outcome import Problem, Severity
from kbtool.recipes.editions import ASIDE

#: Where more pages than this share are blank they are the backs of sheets, and part nothing.
_MOST_BLANK = 1 / 3
#: Specks and the noise of an empty page are read as a letter or two.
_FEWEST_LETTERS = 3
_LONGEST_TITLE = 40
_TITLE = re.compile(
    r"マニュアル|手引|説明書|要領|要項|規程|規則|規約|ガイド|ハンドブック|手順書|便覧|心得|一覧|案内|資料|報告書|Q\s*&\s*A|FAQ",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"^第\s*[0-9０-９一二三四五六七八九十]+\s*[章編部節]")


class Sign(StrEnum):
    """What shows that another document begins."""

    BLANK = "blank"
    COVER = "cover"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Cut:
    """The place in a document's pages where the next one begins, and the sign with the page that bears it."""

    at: int
    sign: Sign
    page: int


def cuts(document: Document) -> tuple[Cut, ...]:
    """Where the documents of a pile begin, the first one left out."""
    pages = document.pages
    blank = [_is_blank(page) for page in pages]
    parting = sum(blank) <= _MOST_BLANK * len(pages)
    found: list[Cut] = []
    for at in range(1, len(pages)):
        if blank[at] or all(blank[:at]):
            continue
        before = next(place for place in reversed(range(at)) if not blank[place])
        if pages[at].form and pages[at].form != pages[before].form:
            found.append(Cut(at, Sign.FORM, pages[at].number))
        elif _is_cover(document, at):
            found.append(Cut(at, Sign.COVER, pages[at].number))
        elif blank[at - 1] and parting:
            found.append(Cut(at, Sign.BLANK, pages[at - 1].number))
    return tuple(found)


def is_likely(found: Sequence[Cut]) -> bool:
    """Whether the signs are such as a single manual does not have."""
    return any(cut.sign is not Sign.BLANK for cut in found)


def parts(document: Document, found: Sequence[Cut]) -> tuple[Document, ...]:
    """The documents of a pile, in its order; their pages keep the numbers of the source.

    The first keeps the slug; titles come from covers, else from the file with the number of the part.
    """
    if not found:
        return (document,)
    ends = [0, *(cut.at for cut in found), len(document.pages)]
    runs = [document.pages[start:end] for start, end in pairwise(ends)]
    return tuple(_part(document, number, run) for number, run in enumerate(runs, 1))


def told(source: str, found: Sequence[Cut]) -> Problem:
    """How a pile was split, for the report."""
    places = [{"sign": cut.sign.value, "page": cut.page} for cut in found]
    return Problem("ingest_split", source, Severity.WARNING, {"count": len(found) + 1, "places": places})


def _part(document: Document, number: int, pages: tuple[Page, ...]) -> Document:
    title, edition = told_from(_title_on(pages[0]) or f"{document.title} {number}")
    slug = document.slug if number == 1 else slug_for(f"{document.sources[-1].name}#{pages[0].number}")
    settled = pages if any(page.method is Method.FILE for page in pages) else layout.settle(pages)
    own = tuple(_under(slug, page) for page in settled)
    return replace(document, slug=slug, title=title, edition=edition, pages=own)


def _under(slug: str, page: Page) -> Page:
    blocks = (replace(block, provenance=replace(block.provenance, document=slug)) for block in page.blocks)
    return replace(page, blocks=tuple(blocks))


def _is_blank(page: Page) -> bool:
    if page.form or any(problem.severity is Severity.ERROR for problem in page.problems):
        return False
    if any(block.kind is Kind.FIGURE for block in page.blocks):
        return False
    return sum(char.isalnum() for block in page.blocks for char in block.text) < _FEWEST_LETTERS


def _is_cover(document: Document, at: int) -> bool:
    """Whether a page has what the first page of a manual has, a title of its own above all."""
    page = document.pages[at]
    if page.form or not _title_on(page):
        return False
    rest = document.pages[at : at + 2]  # one page alone is no document with a cover
    items = flow.items(replace(document, pages=rest))
    if not items or items[0].page != page.number:
        return False
    match = cover(Cursor(items, 0, Facts(len(document.pages), page.number, "", {}, ())))
    return match is not None


def _title_on(page: Page) -> str:
    """The words on a page that name a document; "" where there are none, or where they name a chapter."""
    lines = [
        " ".join(line.split()) for block in page.blocks if block.kind not in ASIDE for line in block.text.split("\n")
    ]
    if any(_CHAPTER.match(line) for line in lines):
        return ""
    titles = [line for line in lines if _TITLE.search(line) and len(line) <= _LONGEST_TITLE]
    return next((line for line in titles if not line.endswith(("。", "、")) and "改訂履歴" not in line), "")
