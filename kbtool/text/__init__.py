"""Words: folding, Japanese analysis, similarity and personal data, as pure functions over strings.

Used by everything that compares words, so that an entry, a question and a slip are cut alike. Similarity and
personal data are modules of their own: ``similarity.alike``, ``personal_data.find``.
"""

from kbtool.text.analysis import reading, words
from kbtool.text.folding import fold
from kbtool.text.grams import grams

__all__ = ["fold", "grams", "reading", "words"]
