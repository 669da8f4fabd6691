"""The part of the ranking that travels with a site: words over fields, coverage and precision of the heading.

The browser has kilobytes, not columns, so it ranks by fewer summands than ``ranking``; their weights are its own.
"""

import math
from typing import Protocol

from kbtool.search.quality import Field

COVERAGE = 4.0
PRECISION = 3.0
BREVITY = 0.5
SOUND = 15.0
#: A document that shares less of the query than this is no answer.
LEAST_SHARE = 0.05

FIELDS = {"title": Field(0.6, 0.8, 0.75), "asked": Field(0.8, 1.2, 0.3), "words": Field(1.0, 1.2, 0.6)}


class Statistics(Protocol):
    """What ranking asks of the whole index."""

    def weight(self, field: str, term: str) -> float:
        """How much a term says, by its rarity (``idf``)."""

    def average_length(self, field: str) -> float:
        """Mean number of terms of a document in a field."""


def idf(documents: int, containing: int) -> float:
    """Weight of a term by its rarity (Robertson and Spärck Jones, kept from being negative)."""
    return math.log(1 + (documents - containing + 0.5) / (containing + 0.5))


def word_score(term: str, name: str, count: int, length: int, statistics: Statistics) -> float:
    """What ``count`` occurrences of a term in a field of ``length`` terms add to the match (BM25)."""
    field = FIELDS[name]
    damping = field.k1 * (1 - field.b + field.b * length / (statistics.average_length(name) or 1.0))
    return field.weight * statistics.weight(name, term) * count * (field.k1 + 1) / (count + damping)
