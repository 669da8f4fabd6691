"""The numbers that the quality of ranking hangs on, in one place.

Chosen by cross-validation over judged questions to a city's FAQ (``scripts/benchmark search``), where results are
flat around them, and then left alone: they are not tuned to any one desk.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """How much a field counts, and how BM25 treats repetition (``k1``) and length (``b``) in it."""

    weight: float
    k1: float = 1.2
    b: float = 0.75


#: BM25 of the query's words in the question, in the text below it, and in the words of customers.
QUESTION = Field(0.7, 0.8)
BODY = Field(0.5)
ASKED = Field(0.8, 1.2, 0.3)
#: Pieces of words that need no dictionary.
PAIRS = Field(0.15, 1.2, 0.6)
KANJI = Field(0.2, 1.2, 0.6)
#: Words of one meaning where the word itself is missing: in the headings, in the text.
MEANING_OF_HEADING = Field(0.35, 0.8)
MEANING = Field(0.3)
#: Words that the form of the question implies.
IMPLIED_IN_QUESTION = Field(0.8, 0.8)
IMPLIED_IN_BODY = Field(0.4)
#: Words that stand in the best entries but not in the query.
RELATED_IN_QUESTION = Field(0.35, 0.8)
RELATED_IN_BODY = Field(0.5)

#: Share of the query's weight (idf) that the document speaks of; a word of the same meaning counts this much of it.
COVERAGE = 8.0
SAME_MEANING = 0.6
#: Share of the best heading that the query names.
PRECISION = 5.0
#: A shorter question is the more general one.
BREVITY = 0.8
#: Share of a kana query that the readings of the headings have, cubed: half a sound is no sound.
SOUND = 15.0

#: Groups of synonyms that this share of the documents has say nothing.
COMMON_MEANING = 0.1
#: So many of the best entries say which words are related, softly by how good they are; so many words are taken.
FEEDBACK_ENTRIES = 10
FEEDBACK_WORDS = 30
FEEDBACK_SOFTNESS = 4.0

#: So many candidates of the index are ranked; ranking everything gains less than .003.
CANDIDATES = 200
#: A document that shares less of the query than this is no answer; below ``WEAK`` it is a weak one.
LEAST_SHARE = 0.05
WEAK = 0.34
