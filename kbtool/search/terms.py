"""Into what a document and a query are cut, so that both are cut alike.

Words find what is meant, their groups of synonyms what is called otherwise, pairs of characters what the dictionary
cuts otherwise, single kanji what is abbreviated (健診, 健康診断), readings what is typed in kana.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kbtool.search.searchable import Searchable
from kbtool.search.synonyms import Synonyms
from kbtool.text import analysis
from kbtool.text.analysis import Word
from kbtool.text.folding import fold
from kbtool.text.grams import content_grams, folded_grams, kanji, skeleton
from kbtool.text.implied import implied

_KANJI = re.compile("[㐀-鿿々]")
#: A pasted inquiry is cut off here; the rarest words of so much text say enough.
MAX_QUERY_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """The terms of one document by field; ``titles`` are the words of the question and of each variant.

    ``words`` are those of the whole text. ``asked`` are the words that customers use for it: variants, past
    inquiries, synonyms of the desk. ``meanings`` are groups of synonyms, in the headings and in the whole text.
    """

    titles: tuple[tuple[str, ...], ...]
    asked: tuple[str, ...]
    words: tuple[str, ...]
    heading_pairs: tuple[str, ...]
    pairs: tuple[str, ...]
    kanji: tuple[str, ...]
    heading_meanings: tuple[str, ...]
    meanings: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The terms of one query. ``meanings`` are the synonym groups of each word, ``implied`` what it does not say.

    ``readings`` is empty where kanji say what is meant.
    """

    words: tuple[str, ...]
    meanings: tuple[tuple[str, ...], ...]
    implied: tuple[tuple[str, float], ...]
    pairs: tuple[str, ...]
    kanji: tuple[str, ...]
    readings: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words or self.pairs or self.readings)


def of_document(document: Searchable, synonyms: Synonyms) -> DocumentTerms:
    """Cut a document, adding what its words are also called."""
    question, *variants = (analysis.meaningful(heading) for heading in (document.question, *document.variants))
    body = analysis.meaningful(document.answer)
    told = [word for text in document.asked for word in analysis.meaningful(text)]
    asked = [*(word for variant in variants for word in variant), *told]
    titles = tuple(tuple(word.word for word in heading) for heading in (question, *variants))
    also = synonyms.also_called([*titles, tuple(word.word for word in body)])
    headings = "\n".join((document.question, *document.variants))
    text = "\n".join((headings, *document.asked, document.answer))
    return DocumentTerms(
        titles=titles,
        asked=(*(word.word for word in asked), *also),
        words=(*(word.word for word in (*question, *asked, *body)), *also),
        heading_pairs=_pairs(headings),
        pairs=_pairs(text),
        kanji=tuple(kanji(text)),
        heading_meanings=_meanings([*question, *asked]),
        meanings=_meanings([*question, *asked, *body]),
        readings=tuple(gram for gram in folded_grams(analysis.reading(headings)) if not gram.isascii()),
    )


def of_query(query: str) -> QueryTerms:
    """Cut a query; one without kanji is also looked up by its sound."""
    text = query[:MAX_QUERY_CHARACTERS]
    by_sound = not _KANJI.search(text)
    pairs = tuple(folded_grams(fold(text))) if by_sound else _pairs(text)
    found = {word.word: word for word in analysis.meaningful(text)}
    return QueryTerms(
        words=tuple(found),
        meanings=tuple(_meanings([word]) for word in found.values()),
        implied=tuple(implied(text).items()),
        pairs=_unique(pairs),
        kanji=_unique(kanji(text)),
        readings=_unique(tuple(gram for gram in folded_grams(fold(text)) if not gram.isascii())) if by_sound else (),
    )


def _meanings(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(str(group) for word in words for group in word.meanings)


def _pairs(text: str) -> tuple[str, ...]:
    """Character pairs, and those that appear when okurigana and particles are passed over (水が漏れる, 水漏れ)."""
    found = content_grams(text)
    known = frozenset(found)
    return (*found, *(pair for pair in skeleton(text) if pair not in known))


def _unique(terms: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))
