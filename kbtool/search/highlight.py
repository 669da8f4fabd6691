"""Marks what matched in the original text although its form differs: かいやく marks 解約, e03 marks Ｅ０３.

A search that shows no reason is not believed; so every way of matching has its way of marking.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kbtool.search.searchable import Span
from kbtool.text import analysis
from kbtool.text.folding import fold, fold_aligned
from kbtool.text.grams import content_grams

_KANJI = re.compile("[㐀-鿿々]")
_SENTENCE_END = re.compile("[。！？!?\n]")
#: About two lines on a screen.
SNIPPET_CHARACTERS = 90


@dataclass(frozen=True, slots=True)
class Marker:
    """What to look for: folded words, folded pieces of the query, and its sound where it has no kanji."""

    words: frozenset[str]
    pieces: frozenset[str]
    sound: str

    @classmethod
    def of(cls, query: str) -> "Marker":
        """Prepare the marks of a query."""
        words = frozenset(analysis.words(query))
        pieces = {*content_grams(query), *(word for word in words if len(word) > 2 or _KANJI.search(word))}
        return cls(words, frozenset(pieces), "" if _KANJI.search(query) else fold(query))

    def marks(self, text: str) -> tuple[Span, ...]:
        """The spans of ``text`` that match, leftmost first, without overlaps."""
        return _merged(sorted([*self._by_letters(text), *self._by_words(text)]))

    def quick_marks(self, text: str) -> tuple[Span, ...]:
        """Like ``marks``, cutting the text into words only for a query that is known by its sound alone."""
        return self.marks(text) if self.sound else _merged(sorted(self._by_letters(text)))

    def _by_letters(self, text: str) -> Iterator[tuple[int, int]]:
        aligned = fold_aligned(text)
        for piece in self.pieces:
            at = aligned.text.find(piece)
            while at >= 0:
                if not piece.isascii() or _stands_alone(aligned.text, at, at + len(piece)):
                    yield aligned.original(at, at + len(piece))
                at = aligned.text.find(piece, at + 1)

    def _by_words(self, text: str) -> Iterator[tuple[int, int]]:
        for token in analysis.tokens(text):
            heard = len(token.reading) > 1 and token.reading in self.sound and _KANJI.search(token.word)
            if token.word in self.words or heard:
                yield token.start, token.end


def snippet(text: str, marker: Marker) -> str:
    """The piece of a text with the most marks, at most ``SNIPPET_CHARACTERS`` long, beginning with a sentence."""
    if len(text) <= SNIPPET_CHARACTERS:
        return text.strip()
    marks = marker.quick_marks(text)
    starts = [0, *(end.end() for end in _SENTENCE_END.finditer(text))]
    best = max(starts, key=lambda start: (_marked_within(marks, start), start)) if marks else 0
    if marks and not _marked_within(marks, best):
        best = max(0, marks[0].start - SNIPPET_CHARACTERS // 3)
    return text[best : best + SNIPPET_CHARACTERS].strip()


def best_sentence(text: str, marker: Marker) -> str:
    """The sentence of a text with most marks, with its full stop; empty where nothing is marked."""
    marks = marker.marks(text)
    ends = [0, *(end.end() for end in _SENTENCE_END.finditer(text)), len(text)]
    spans = list(pairwise(ends))
    marked = [sum(mark.end - mark.start for mark in marks if start <= mark.start < end) for start, end in spans]
    if not any(marked):
        return ""
    start, end = spans[marked.index(max(marked))]
    return text[start:end].strip()


def _marked_within(marks: tuple[Span, ...], start: int) -> int:
    end = start + SNIPPET_CHARACTERS
    return sum(mark.end - mark.start for mark in marks if start <= mark.start and mark.end <= end)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a Latin word or number begins where it is found: 03 is not part of 103."""
    before = text[start - 1 : start]
    return not (before.isascii() and before.isalnum())


def _merged(spans: list[tuple[int, int]]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return tuple(merged)
