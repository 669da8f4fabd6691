"""Into what a document and a query are cut, so that both are cut alike.

Words find what is meant, pairs of characters what the dictionary cuts otherwise, single kanji what is abbreviated
(健診, 健康診断), readings what is typed in kana.
"""

import re
from dataclasses import dataclass

from kbtool.search.searchable import Searchable
from kbtool.search.synonyms import Synonyms
from kbtool.text import analysis
from kbtool.text.folding import fold
from kbtool.text.grams import content_grams, folded_grams, kanji, skeleton

_KANJI = re.compile("[㐀-鿿々]")
#: A pasted inquiry is cut off here; the rarest words of so much text say enough.
MAX_QUERY_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """The terms of one document by field; ``titles`` are the words of the question and of each variant."""

    titles: tuple[tuple[str, ...], ...]
    asked: tuple[str, ...]
    words: tuple[str, ...]
    pairs: tuple[str, ...]
    kanji: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The terms of one query; ``readings`` is empty where kanji say what is meant."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    kanji: tuple[str, ...]
    readings: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words or self.pairs or self.readings)


def of_document(document: Searchable, synonyms: Synonyms) -> DocumentTerms:
    """Cut a document, adding what its words are also called."""
    headings = (document.question, *document.variants)
    titles = tuple(tuple(analysis.words(heading)) for heading in headings)
    asked = [word for text in document.asked for word in analysis.words(text)]
    asked += synonyms.also_called([*titles, tuple(analysis.words(document.answer))])
    text = "\n".join((*headings, document.answer))
    return DocumentTerms(
        titles=titles,
        asked=tuple(asked),
        words=tuple(analysis.words(text)),
        pairs=_pairs(text),
        kanji=tuple(kanji(text)),
        readings=tuple(gram for heading in headings for gram in folded_grams(analysis.reading(heading))),
    )


def of_query(query: str) -> QueryTerms:
    """Cut a query; one without kanji is also looked up by its sound."""
    text = query[:MAX_QUERY_CHARACTERS]
    by_sound = not _KANJI.search(text)
    pairs = tuple(folded_grams(fold(text))) if by_sound else _pairs(text)
    return QueryTerms(
        words=_unique(analysis.words(text)),
        pairs=_unique(pairs),
        kanji=_unique(kanji(text)),
        readings=_unique(tuple(gram for gram in folded_grams(fold(text)) if not gram.isascii())) if by_sound else (),
    )


def _pairs(text: str) -> tuple[str, ...]:
    """Character pairs, and those that appear when okurigana and particles are passed over (水が漏れる, 水漏れ)."""
    found = content_grams(text)
    known = frozenset(found)
    return (*found, *(pair for pair in skeleton(text) if pair not in known))


def _unique(terms: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))
