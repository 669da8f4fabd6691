"""The letters and the sound of headings, for what a question says that is no known word.

A half-typed or mistyped word still shares most of its pairs of letters with the right one; a word in kana shares its
sound; a compound written with other okurigana shares its skeleton.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kbtool.search.coding import numbers_as_text
from kbtool.text import analysis
from kbtool.text.grams import folded_grams, grams, skeleton

#: A pair in more than this share of the headings says nothing; the client passes over it.
COMMON = 0.1
#: Below this number of headings a share says nothing about a pair.
FEW = 20


def of_headings(headings: Sequence[Sequence[str]]) -> dict[str, str]:
    """The places of every pair, coded for the client: how many, then the distance to each next document."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, texts in enumerate(headings):
        for term in sorted({term for text in texts for term in heading_terms(text)}):
            places[term].append(number)
    most = max(COMMON * len(headings), FEW)
    return {term: _coded(found, most) for term, found in sorted(places.items())}


def heading_terms(text: str) -> Iterator[str]:
    """Pairs of letters, pairs that appear when okurigana is passed over, beginnings of Latin words, ``~`` sound."""
    words = grams(text)
    yield from words
    yield from skeleton(text)
    for word in words:
        if word[0].isascii():
            # The client asks for four letters at most of a word that is being typed.
            yield from (f"{word[:length]}*" for length in range(2, min(len(word), 5)))
    yield from (f"~{pair}" for pair in folded_grams(analysis.reading(text)) if not pair.isascii())


def _coded(found: list[int], most: float) -> str:
    if len(found) > most:
        return numbers_as_text([len(found)])
    return numbers_as_text([len(found), *(number - last for last, number in zip([0, *found], found, strict=False))])
