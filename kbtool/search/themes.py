"""What the best documents are about, in a few themes: finds what is meant although no word is shared.

Latent semantic analysis (Deerwester and others, JASIS 41(6), 1990) of the best candidates alone (Hull, SIGIR 1994):
it needs nothing in the index, so that an index that has grown ranks as one built anew.
"""

from dataclasses import dataclass

import numpy as np

from kbtool.search import quality
from kbtool.search.columns import Numbers

_NOTHING = 1e-9
#: Rounds of subspace iteration; the themes of so few documents settle in two or three.
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near documents are in their themes: to the query, and to the best documents (cosines)."""

    to_query: Numbers
    to_best: Numbers


def nearness(documents: Numbers, query: Numbers, scores: Numbers) -> Nearness:
    """Compare documents (rows by words, of length 1, best first) with a query over the same words.

    ``scores`` say how good each document is by itself.
    """
    strengths, themes = _themes(documents @ documents.T)
    sizes = np.sqrt(strengths)
    asked = (themes / sizes).T @ (documents @ query)
    placed = unit(themes * sizes)
    trust = np.exp((scores - scores.max()) / quality.TRUST_SOFTNESS)
    return Nearness(placed @ unit(asked[None])[0], placed @ (trust / trust.sum() @ placed))


def unit(rows: Numbers) -> Numbers:
    """Rows of length 1; one of zeros stays as it is."""
    found: Numbers = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _NOTHING)
    return found


def _themes(alike: Numbers) -> tuple[Numbers, Numbers]:
    """The greatest eigenvalues and their vectors (columns) of what documents have in common.

    By subspace iteration from the best documents: matrices this narrow are never spread over threads, which on a busy
    machine costs a hundred times what the arithmetic does.
    """
    most = min(quality.THEMES, len(alike) // quality.DOCUMENTS_PER_THEME)
    basis = alike[:, :most]
    for _ in range(_ROUNDS):
        basis, _ = np.linalg.qr(alike @ basis)
    values, turns = np.linalg.eigh(basis.T @ alike @ basis)
    kept = values > _NOTHING
    return values[kept], basis @ turns[:, kept]
