"""Which entries a draft sends its reader to: 「14ページのエラー表示を確認する」, 「3-5 ご案内トーク」に沿って.

Separate because it needs all drafts at once. A page means its printed number. Where several entries stand there, the
words decide: the title that is named, else what the sentence and a question have in common, else all of them.
"""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from kbtool.document import Document, Kind
from kbtool.drafting.engine import Made
from kbtool.drafting.wording import plain, without_number

_PAGE = re.compile(
    r"(?<![\d.])(?P<page>\d{1,3})\s*(?:ページ|頁)(?!目|以|分)(?:の?「(?P<quoted>[^」]{2,40})」|の(?P<named>[^、。「」をにへがは]{2,20}))?"
    r"|(?:\bp(?:age|\.)|→\s*p?\.?)\s*(?P<latin>\d{1,3})\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"「([^「」]{4,50})」")
#: A page number at the edge of a page, alone or before the number of all pages.
_PRINTED = re.compile(r"^[^\d]{0,8}(\d{1,3})(?:/\d{1,3})?[^\d]{0,8}$")
#: What a sentence and a question must have in common, in characters, to mean each other.
_COMMON = 4
#: More entries than this on a page, and none of them named, are a chapter and no answer.
_MOST = 8


def related(made: Sequence[Made], document: Document) -> list[tuple[int, ...]]:
    """For each draft the places of those it refers to, in order."""
    printed = _printed(document)
    return [tuple(sorted(_places(one, place, made, printed))) for place, one in enumerate(made)]


def _places(one: Made, place: int, made: Sequence[Made], printed: dict[int, int]) -> set[int]:
    lines = one.draft.references or tuple(one.draft.body.splitlines())
    others = [at for at in range(len(made)) if at != place]
    found: set[int] = set()
    for line in (unicodedata.normalize("NFKC", line) for line in lines):
        for page in _PAGE.finditer(line):
            number = int(page["page"] or page["latin"])
            there = [at for at in others if _stands_on(made[at], printed.get(number, number))]
            found.update(_meant(line, page["quoted"] or page["named"] or "", there, made))
        titles = {plain(without_number(title)) for title in _QUOTED.findall(line)}
        if titles:
            found.update(at for at in others if plain(made[at].draft.question) in titles)
    return found


def _stands_on(made: Made, page: int) -> bool:
    return any(piece.page == page for piece in made.draft.evidence)


def _meant(line: str, named: str, there: Sequence[int], made: Sequence[Made]) -> Sequence[int]:
    """Which of the entries on a page a sentence means."""
    if by_name := [at for at in there if _is_named(made[at], plain(named))]:
        return by_name
    common = {at: _in_common(plain(line), plain(made[at].draft.question)) for at in there}
    most = max(common.values(), default=0)
    if most >= _COMMON:
        return [at for at in there if common[at] == most]
    return there if len(there) <= _MOST else ()


def _is_named(made: Made, name: str) -> bool:
    titles = [plain(text) for text in (made.draft.question, *made.headings) if text]
    return bool(name) and any(name in title or title in name for title in titles)


def _in_common(line: str, question: str) -> int:
    return SequenceMatcher(None, line, question, autojunk=False).find_longest_match().size


def _printed(document: Document) -> dict[int, int]:
    """Pages by the number printed at their edge, the first of each number."""
    found: dict[int, int] = {}
    for page in document.pages:
        for block in page.blocks:
            number = _PRINTED.match(plain(block.text)) if block.kind in (Kind.PAGE_HEADER, Kind.PAGE_FOOTER) else None
            if number:
                found.setdefault(int(number[1]), page.number)
    return found
