"""The letters and the sound of headings, for what a question says that is no known word.

A half-typed or mistyped word still shares most of its pairs of letters with the right one; a word in kana shares its
sound; a compound written with other okurigana shares its skeleton; a verb shares its kanji with the noun (返す, 返品).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kbtool.search.coding import numbers_as_text
from kbtool.text import analysis
from kbtool.text.grams import folded_grams, grams, kanji, skeleton

#: A pair in more than this share of the headings says nothing; the client passes over it.
COMMON = 0.1
#: Below this number of headings a share says nothing about a pair.
FEW = 20

_MODEL = re.compile("[a-z][0-9]|[0-9][a-z]")


def of_pages(pages: Iterable[tuple[Sequence[str], str]]) -> dict[str, str]:
    """The places of every term of the pages (headings, running text), coded for the client.

    A code says in how many documents, then the distance to each next one.
    """
    places: dict[str, list[int]] = defaultdict(list)
    number = 0
    for number, (headings, text) in enumerate(pages, 1):
        terms = {term for heading in headings for term in heading_terms(heading)} | set(_models(text))
        for term in terms:
            places[term].append(number - 1)
    most = max(COMMON * number, FEW)
    return {term: _coded(found, most) for term, found in sorted(places.items())}


def kanji_of_pages(pages: Iterable[tuple[Sequence[str], str]]) -> dict[str, str]:
    """The places of every kanji of the pages (headings, running text), for a kanji that is in no known word.

    A code says in how many documents, then the distance to each next place: a document's number, doubled, and one more
    where a heading has the kanji.
    """
    places: dict[str, list[int]] = defaultdict(list)
    number = 0
    for number, (headings, text) in enumerate(pages, 1):
        named = set(kanji("\n".join(headings)))
        for character in named.union(kanji(text)):
            places[character].append((number - 1) * 2 + (character in named))
    most = max(COMMON * number, FEW)
    return {character: _coded(found, most) for character, found in sorted(places.items())}


def heading_terms(text: str) -> Iterator[str]:
    """Pairs of letters, pairs that appear when okurigana is passed over, beginnings of Latin words, ``~`` sound."""
    words = grams(text)
    yield from words
    yield from skeleton(text)
    yield from (beginning for word in words if word[0].isascii() for beginning in _beginnings(word))
    yield from (f"~{pair}" for pair in folded_grams(analysis.reading(text)) if not pair.isascii())


def _models(text: str) -> Iterator[str]:
    """Beginnings of the model numbers and error codes in running text."""
    return (beginning for word in grams(text) if _MODEL.search(word) for beginning in _beginnings(word))


def _beginnings(word: str) -> Iterator[str]:
    """What a Latin word looks like while it is being typed; the client asks for four letters at most."""
    return (f"{word[:length]}*" for length in range(2, min(len(word), 5)))


def _coded(found: list[int], most: float) -> str:
    if len(found) > most:
        return numbers_as_text([len(found)])
    return numbers_as_text([len(found), *(number - last for last, number in zip([0, *found], found, strict=False))])
