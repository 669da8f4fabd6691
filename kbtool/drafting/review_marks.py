"""What a person must look at in a draft: numbers that were read, doubtful words, stamps, questions made of headings."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from kbtool.document import Block, Box, Document, Kind, Method
from kbtool.drafting.model import Draft, Evidence
from kbtool.drafting.wording import plain, without_mark
from kbtool.settings import Settings

_NUMBER = re.compile(r"[0-9]|[A-Z]{2,}-|[一二三四五六七八九十百千]+(?=[日月年円回個時分人枚箱])")
_CONFIDENTIAL = re.compile(r"社外秘|部外秘|秘密|マル秘|㊙|^秘$|取扱注意|CONFIDENTIAL|禁複写", re.IGNORECASE)
#: A stamp that returns on this share of the pages marks the document, not a passage.
_RUNNING = 0.5
#: A stamp further than this (share of the page height) from a passage does not correct it.
_NEAR = 0.12


def marks(draft: Draft, stamped: bool, settings: Settings) -> tuple[str, ...]:
    """Codes of what must be looked at, in a fixed order."""
    read = [piece for piece in draft.evidence if piece.method == Method.OCR]
    text = unicodedata.normalize("NFKC", "\n".join(without_mark(piece.text) for piece in read))
    lowest = min((piece.min_confidence for piece in draft.evidence), default=100.0)
    found = {
        "low_confidence": lowest < settings.ocr.review_below,
        "numbers": bool(read) and bool(_NUMBER.search(text)),
        "question_from_heading": draft.from_heading,
        "stamp": stamped,
    }
    return tuple(code for code, holds in found.items() if holds)


def stamps(document: Document) -> list[Block]:
    """Stamps that concern a passage: not 社外秘, not what stands on every page."""
    found = [block for page in document.pages for block in page.blocks if block.kind is Kind.STAMP]
    seen = Counter(key for block in found for key in _keys(block))
    often = max(2.0, len(document.pages) * _RUNNING)
    return [
        block
        for block in found
        if not _CONFIDENTIAL.search(plain(block.text)) and all(seen[key] < often for key in _keys(block))
    ]


def _keys(block: Block) -> set[str]:
    """By what a stamp is known again: its words, or its place where they were not read."""
    x, y = block.provenance.box.centre
    return {f"text {plain(block.text)}"} if plain(block.text) else {f"place {x:.1f} {y:.1f}"}


def nearest(stamp: Block, drafts: Sequence[Draft]) -> int | None:
    """The draft a stamp stands beside, None where it stands alone."""
    seen = stamp.provenance
    gaps = [(_gap(seen.box, piece.box), place) for place, piece in _on_page(seen.page, drafts)]
    best = min(gaps, default=(1.0, 0))
    return best[1] if best[0] <= _NEAR else None


def _on_page(page: int, drafts: Sequence[Draft]) -> Iterable[tuple[int, Evidence]]:
    return ((place, piece) for place, draft in enumerate(drafts) for piece in draft.evidence if piece.page == page)


def _gap(one: Box, other: Box) -> float:
    """Vertical distance between two boxes, as a share of the page height; 0 where they overlap."""
    return max(0.0, one.y0 - other.y1, other.y0 - one.y1)
