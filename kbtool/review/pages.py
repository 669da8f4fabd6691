"""The pages behind entries and slips: their pictures, the boxes on them, and the pieces to compare with the picture.

Documents are read once and kept until their file changes. Lengths are points of the upright page, as drawings need.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias

from kbtool.document import Block, Box, Document, Method, Page
from kbtool.entry import Entry, Source
from kbtool.knowledge import KnowledgeBase

#: The picture of a page as WebP bytes, None where there is none.
PagePicture: TypeAlias = Callable[[Document, Page], bytes | None]

_NUMBER = re.compile(
    r"[0-9０-９]+(?:[.,:/．，：／〜～-][0-9０-９]+)*|[一二三四五六七八九十百千]+(?=[日月年円回個時分人枚箱])"
)
#: Room around a box in points, so that the eye finds its place on the page.
_MARGIN_PT = 10.0
_LINE_MARGIN_PT = 3.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Words to compare with the picture: ``parts`` of the text, each with its mark (number, doubt or none).

    ``confidence`` is that of the least sure word that is marked.
    """

    box: Box
    parts: tuple[tuple[str, str], ...]
    confidence: float
    is_low: bool


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page an entry was made from: the boxes on it, the part of it to look at, the pieces to compare.

    ``doubts`` are the places of words that were read with doubt.
    """

    slug: str
    title: str
    number: int
    width: float
    height: float
    boxes: tuple[Box, ...]
    doubts: tuple[Box, ...]
    view: Box
    pieces: tuple[Piece, ...]
    has_picture: bool
    place: str = ""


class Pages:
    """The documents of one knowledge base, for looking at."""

    def __init__(self, kb: KnowledgeBase, picture: PagePicture) -> None:
        self.kb = kb
        self.picture = picture
        self._load = lru_cache(maxsize=8)(self._loaded)

    def page(self, slug: str, number: int) -> tuple[Document, Page] | None:
        """One page with its document; None where there is none of that name and number.

        ``slug@abcd1234`` is a page kept of an earlier edition, named by the start of its source's SHA-256.
        """
        slug, _, edition = slug.partition("@")
        if slug not in self.kb.documents.slugs():
            return None
        if edition:
            return self.kb.documents.earlier_page(slug, edition, number)
        record = self.kb.documents.record(slug)
        path = self.kb.documents.folder(slug, record.private) / "pages.jsonl"
        if not path.is_file():
            return None
        document = self._load(slug, record.title, path.stat().st_mtime_ns)
        found = next((page for page in document.pages if page.number == number), None)
        return (document, found) if found else None

    def of_entry(self, entry: Entry) -> tuple[SourcePage, ...]:
        """The pages an entry was made from, each once, in their order."""
        wanted: dict[tuple[str, int], list[Source]] = {}
        for source in entry.source:
            wanted.setdefault((self._name(source), source.page), []).append(source)
        said = numbers("\n".join((entry.question, *(part.text for part in entry.sections))))
        found = ((name, self.page(name, number), sources) for (name, number), sources in wanted.items())
        return tuple(self._source_page(name, *known, sources, said) for name, known, sources in found if known)

    def _name(self, source: Source) -> str:
        """How ``page`` finds the page of a source."""
        slug = self.kb.documents.holder(source.sha256, source.page)
        is_earlier = bool(slug) and self.kb.documents.record(slug).hashes[-1] != source.sha256
        return f"{slug}@{source.sha256[:8]}" if is_earlier else slug

    def _source_page(
        self, name: str, document: Document, page: Page, sources: list[Source], said: frozenset[str]
    ) -> SourcePage:
        below = self.kb.project.settings.ocr.review_below
        blocks = [block for block in page.blocks if _inside(block, sources)]
        doubts = [each for block in blocks for each in block.doubts if each.confidence < below]
        boxes = tuple(scaled(source.bbox, page) for source in sources)
        view = boxes[0]
        for box in boxes[1:]:
            view = view.union(box)
        return SourcePage(
            name,
            f"{document.title} {document.edition}".strip(),
            page.number,
            page.width_pt,
            page.height_pt,
            boxes,
            tuple(scaled(each.box, page) for each in doubts),
            around(view, page, _MARGIN_PT),
            tuple(piece for block in blocks for piece in _pieces(block, page, below, said)),
            self.has_picture(document),
            sources[0].place,
        )

    def has_picture(self, document: Document) -> bool:
        """Whether the source of a document is still there to be drawn."""
        return (self.kb.project.sources / document.sources[-1].name).exists()

    def _loaded(self, slug: str, title: str, stamp: int) -> Document:
        return self.kb.documents.load(slug)


def scaled(box: tuple[float, float, float, float], page: Page) -> Box:
    """A box given in fractions of the page, in points."""
    width, height = page.width_pt, page.height_pt
    return Box(round(box[0] * width, 1), round(box[1] * height, 1), round(box[2] * width, 1), round(box[3] * height, 1))


def around(box: Box, page: Page, margin: float = _LINE_MARGIN_PT) -> Box:
    """A box with a margin, inside the page."""
    return Box(
        max(0.0, box.x0 - margin),
        max(0.0, box.y0 - margin),
        min(page.width_pt, box.x1 + margin),
        min(page.height_pt, box.y1 + margin),
    )


def numbers(text: str) -> frozenset[str]:
    """All numbers in a text, in half-width digits."""
    return frozenset(_NUMBER.findall(unicodedata.normalize("NFKC", text)))


def parts(text: str, said: frozenset[str], doubtful: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """A text cut into what must be compared and what not; ``said`` are the numbers of the entry.

    The number of a heading or question on paper (3-5, Q1) is in no entry and needs no look.
    """
    marked = [""] * len(text)
    for match in _NUMBER.finditer(text):
        if unicodedata.normalize("NFKC", match[0]) in said:
            marked[match.start() : match.end()] = ["number"] * len(match[0])
    for word in filter(None, doubtful):
        for match in re.finditer(re.escape(word), text):
            marked[match.start() : match.end()] = ["doubt"] * len(word)
    runs = groupby(zip(text, marked, strict=True), key=lambda pair: pair[1])
    return tuple(("".join(char for char, _ in run), mark) for mark, run in runs)


def _inside(block: Block, sources: list[Source]) -> bool:
    return any(source.bbox.contains(*block.provenance.box.centre) for source in sources)


def _pieces(block: Block, page: Page, below: float, said: frozenset[str]) -> Iterator[Piece]:
    """The pieces of a block that were read from paper and hold doubtful words or numbers."""
    if block.provenance.method is not Method.OCR:
        return
    for text, box in [(cell.text, cell.box) for cell in block.cells] or [(block.text, block.provenance.box)]:
        doubts = [each for each in block.doubts if each.confidence < below and box.contains(*each.box.centre)]
        cut = parts(text, said, {each.text for each in doubts})
        if text.strip() and (doubts or any(mark for _, mark in cut)):
            least = min((each.confidence for each in doubts), default=block.provenance.confidence)
            yield Piece(around(scaled(box, page), page), cut, least, bool(doubts))
