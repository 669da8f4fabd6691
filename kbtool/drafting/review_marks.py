"""What a person must look at in a draft: numbers, doubtful words, look-alikes, stamps, questions made of headings.

Every mark about words names them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from kbtool.document import Block, Box, Document, Kind, Method
from kbtool.drafting.model import Draft, Evidence
from kbtool.drafting.wording import plain, without_mark
from kbtool.entry import LookAt
from kbtool.settings import Settings
from kbtool.text.look_alikes import undecided

#: What a count, date, amount or time may end with.
_UNIT = (
    r"(?:営業日|[時週日年]間|[かヶカヵケ]月|[かヶカヵケ]所|丁目|番地|以[上下内]"
    r"|[年月日時分秒円回個箱本枚台人名歳才度階番号条項版点件倍割袋包杯通字文行列色段曲畳週代])"
)
_TOKEN = r"[A-Za-z0-9]+(?:[-‐‑–−./:,~〜][A-Za-z0-9]+)*(?:%|℃|°C?)?"
_COUNTED = rf"[一二三四五六七八九十百千万]+(?={_UNIT})"
#: Dates, amounts, telephone numbers, models and codes: tokens with a digit or a dashed code, and their units.
_NUMBER = re.compile(rf"(?:(?=[A-Za-z./:-]*[0-9]|[A-Z]{{2,}}-){_TOKEN}{_UNIT}?|{_COUNTED}{_UNIT})+")
#: Numbers that Markdown or the printed list gives to steps.
_STEP = re.compile(r"^\s*[0-9]+\.\s", re.MULTILINE)
_ABOUT_WORDS = ("low_confidence", "numbers", "look_alike")
_CONFIDENTIAL = re.compile(r"社外秘|部外秘|秘密|マル秘|㊙|^秘$|取扱注意|CONFIDENTIAL|禁複写", re.IGNORECASE)
#: A stamp that returns on this share of the pages marks the document, not a passage.
_RUNNING = 0.5
#: A stamp further than this (share of the page height) from a passage does not correct it.
_NEAR = 0.12


def marks(draft: Draft, looked_at: Iterable[LookAt], stamped: bool) -> tuple[str, ...]:
    """Codes of what must be looked at, in a fixed order; ``looked_at`` are the words of all pages."""
    named = {each.why for each in looked_at}
    about = {"question_from_heading": draft.from_heading, "stamp": stamped}
    return (*filter(named.__contains__, _ABOUT_WORDS), *(code for code, holds in about.items() if holds))


def look_at(draft: Draft, pieces: Sequence[Evidence], settings: Settings) -> tuple[LookAt, ...]:
    """The words of a draft that stand on one page, given by its ``pieces``, and were read there from paper."""
    read = [piece for piece in pieces if piece.method == Method.OCR]
    here, said = plain("".join(piece.text for piece in read)), _said(draft)
    below = settings.ocr.review_below
    doubtful = [doubt.text for piece in read for doubt in piece.doubts if doubt.confidence < below]
    found = {
        "low_confidence": [word for word in doubtful if plain(without_mark(word)) in plain(said)],
        "numbers": [word for word in numbers(said) if plain(word) in here],
        "look_alike": [word for word in undecided(said) if plain(word) in here],
    }
    return tuple(LookAt(why, tuple(dict.fromkeys(words))) for why, words in found.items() if words)


def numbers(text: str) -> list[str]:
    """Every number, date, amount, telephone number, model and code of a text, in half-width letters."""
    return _NUMBER.findall(_STEP.sub("", unicodedata.normalize("NFKC", text)))


def _said(draft: Draft) -> str:
    """All that a reader gets of a draft."""
    rules = [text for rule in draft.escalation for text in (rule.when, rule.to, rule.within)]
    return "\n".join((draft.question, draft.body, *rules))


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
