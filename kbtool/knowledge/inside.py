"""What belongs in the house, found in the words that the public would read.

Apart from the steps of an entry's life: this looks at words alone, before anybody builds a site with them. A note of
the house below a public heading is found however it is dressed up (quote, list, bold, brackets, widths, old forms).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape

from kbtool.entry import INTERNAL_SECTIONS, PUBLIC_SECTIONS, Entry
from kbtool.errors import PublishRefused
from kbtool.settings import Settings
from kbtool.text import analysis, fold
from kbtool.text.folding import Aligned, fold_aligned

_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
#: Comments, declarations and instructions: what nobody reads on the page and everybody in its source.
_UNSEEN = re.compile(r"<[!?]")
#: Old forms and letters that show nothing.
_SAME = str.maketrans({"內": "内", **dict.fromkeys("\u115f\u1160\u17b4\u17b5")})


def refuse_inside(entry: Entry, settings: Settings) -> None:
    """Raise ``PublishRefused`` for what must not be public in an entry."""
    parts = [part.text for part in entry.sections if part.heading in PUBLIC_SECTIONS]
    for text in parts:
        _refuse_disguised(entry.id, text)
    for text in (entry.question, *entry.variants, *parts):
        for word in said(text, settings.internal_words)[:1]:
            raise PublishRefused("knowledge_internal_word", id=entry.id, word=word)


def said(text: str, words: Sequence[str]) -> list[str]:
    """Those of ``words`` that a text says in any spelling; 市内線 does not say 内線, which begins inside 市内."""
    folded = fold(text)
    likely = [word for word in words if _folded(word) in folded]
    if not likely:
        return []
    aligned, starts = fold_aligned(text), analysis.starts(text)
    return [word for word in likely if any(place in starts for place in _places(_folded(word), aligned))]


def _places(folded: str, aligned: Aligned) -> Iterator[int]:
    """Where a folded word begins in the original text."""
    at = aligned.text.find(folded)
    while at >= 0:
        yield aligned.starts[at]
        at = aligned.text.find(folded, at + 1)


@lru_cache(maxsize=1_000)
def _folded(word: str) -> str:
    return fold(word)


def _refuse_disguised(id: str, text: str) -> None:
    if _UNSEEN.search(text):
        raise PublishRefused("knowledge_comment", id=id)
    for line in text.splitlines():
        words = _words(line)
        heading = next((each for each in INTERNAL_SECTIONS if words.startswith(each)), None)
        if heading:
            raise PublishRefused("knowledge_inside_heading", id=id, section=heading, line=line.strip()[:40])


def _words(line: str) -> str:
    """A line as it is read: letters only, in one width and form, without the number it may begin with."""
    plain = unicodedata.normalize("NFKC", _TAG.sub("", unescape(line))).translate(_SAME)
    return "".join(character for character in plain if character.isalnum()).lstrip("0123456789")
