"""The spellings of a desk's headings, and which of them a word that finds nothing may mean.

Only headings are asked: they hold the desk's own words, written with care. No word is put in place of one that the
desk uses itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from kbtool.text import analysis
from kbtool.text.folding import fold

#: A word as people see it: kanji and katakana in a row, hiragana of some length, Latin with digits.
_WORD = re.compile("[㐀-鿿々ァ-ヺー]+|[ぁ-ゖー]{3,}|[A-Za-zＡ-Ｚａ-ｚ0-9０-９-]{2,}")
#: From here on two spellings may be the same word: one letter of three wrong, two of six.
NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Spellings:
    """Words of headings: the folded letters and the folded sound of each, beside its spelling."""

    known: tuple[tuple[str, str, str], ...]
    text: str

    @classmethod
    def of(cls, headings: Iterable[str]) -> "Spellings":
        """Collect the words of headings, once each."""
        headings = list(headings)
        words = dict.fromkeys(word for heading in headings for word in _WORD.findall(heading))
        known = tuple((word, fold(word), analysis.reading(word)) for word in words if len(word) > 1)
        return cls(known, "\n".join(fold(heading) for heading in headings))

    def corrected(self, query: str) -> str:
        """The query with the nearest spelling of each word that no heading has."""
        for word, spelling in self.corrections(query):
            query = query.replace(word, spelling)
        return query

    def corrections(self, query: str) -> tuple[tuple[str, str], ...]:
        """Each word of the query that no heading has, with the nearest spelling there is."""
        unknown = [word for word in dict.fromkeys(_WORD.findall(query)) if fold(word) not in self.text]
        pairs = ((word, self._nearest(word)) for word in unknown)
        return tuple((word, spelling) for word, spelling in pairs if spelling)

    def _nearest(self, word: str) -> str:
        letters, sound = fold(word), analysis.reading(word)
        best, nearest = NEAR, ""
        for spelling, its_letters, its_sound in self.known:
            likeness = max(_likeness(letters, its_letters), _likeness(sound, its_sound))
            if likeness > best:
                best, nearest = likeness, spelling
        return nearest


def _likeness(one: str, other: str) -> float:
    """Share of letters in common, in order (Ratcliff and Obershelp); 0 without counting where it cannot be near."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < NEAR or matcher.quick_ratio() < NEAR:
        return 0.0
    return matcher.ratio()
