"""The numbers that the quality of ranking hangs on, in one place.

Fitted to judged questions to a city's FAQ (``scripts/benchmark search DATASET --fit``), drawn to round numbers, and
then left alone: results are flat around them, and fitting on gains nothing on questions left out.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """How much a field counts, and how BM25 treats repetition (``k1``) and length (``b``) in it."""

    weight: float
    k1: float = 1.2
    b: float = 0.75


#: BM25 of the query's words in the question, in the text below it, and in the words of customers.
QUESTION = Field(0.56, 0.8)
BODY = Field(0.43)
ASKED = Field(0.8, 1.2, 0.3)
#: Pieces of words that need no dictionary.
PAIRS = Field(0.16, 1.2, 0.6)
KANJI = Field(0.21, 1.2, 0.6)
#: Words of one meaning where the word itself is missing: in the headings, in the text.
MEANING_OF_HEADING = Field(0.4, 0.8)
MEANING = Field(0.34)
#: Words that the form of the question implies.
IMPLIED_IN_QUESTION = Field(0.85, 0.8)
IMPLIED_IN_BODY = Field(0.42)
#: Share of the query's weight (idf) that the document speaks of; a word of the same meaning counts this much of it.
COVERAGE = 8.7
SAME_MEANING = 0.6
#: Share of the best heading that the query names.
PRECISION = 6.7
#: A shorter question is the more general one.
BREVITY = 1.2
#: Share of a kana query that the readings of the headings have, cubed: half a sound is no sound.
SOUND = 15.0

#: Groups of synonyms that this share of the documents has say nothing.
COMMON_MEANING = 0.1
#: How near a document is in its themes to the query and to the best documents, those softly by how good they are.
THEME = 1.5
RELATED = 3.2
TRUST_SOFTNESS = 2.0
#: So many of the best documents are compared, in so many themes; few documents have few themes.
BEST = 60
THEMES = 12
DOCUMENTS_PER_THEME = 5
#: What a word of the question counts in a theme, beside its (logarithmic) count in the text.
THEME_OF_HEADING = 2.0

#: So many candidates of the index are ranked; ranking everything gains less than .003.
CANDIDATES = 200
#: A document that shares less of the query than this is no answer; below ``WEAK`` it is a weak one.
LEAST_SHARE = 0.05
#: What a heading with an implied word shares at least: enough to be found, and always weak.
IMPLIED_SHARE = 0.1
WEAK = 0.34
