"""All pairs of near texts among many, without comparing each with each.

Prefix filtering (Chaudhuri, Ganti and Kaushik, "A primitive operator for similarity joins in data cleaning", ICDE 2006;
Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", WWW 2007): order the pieces of every text by how rare
they are; two texts that reach the threshold must share one of their few rarest. Only such pairs are compared.
"""

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from kbtool.text.folding import fold
from kbtool.text.grams import folded_grams

#: A piece that more texts than this have among their rarest tells nothing.
_MOST_SHARING = 500
#: A text that is near more earlier ones than this is made from the same mould; it is told with this many of them.
MOST_NEAR = 10
#: A long text is known by the smallest hashes of its runs of letters; resembling texts share some of them.
_RUN, _SKETCH, _SHARED, _MOST_RUNS = 5, 16, 2, 100


def near_pairs(texts: Sequence[str], threshold: float) -> Iterator[tuple[int, int, float]]:
    """Every pair of places (the lower first) whose ``similarity`` is at least ``threshold``, with that similarity.

    Texts without any letters are near nothing. Texts made from one mould by the hundreds are told only with some of
    their like.
    """
    pieces = [_pieces(fold(text)) for text in texts]
    common = Counter(piece for found in pieces for piece in found)
    least = threshold / (2 - threshold)  # what the smaller may be of the larger: Dice's coefficient allows no less
    sharing: defaultdict[str, list[int]] = defaultdict(list)
    for place in sorted(range(len(texts)), key=lambda place: (len(pieces[place]), place)):
        mine = pieces[place]
        smallest = math.ceil(least * len(mine) - 1e-9)
        prefix = sorted(mine, key=lambda piece: (common[piece], piece))[: len(mine) - smallest + 1]
        near = 0
        for other in dict.fromkeys(other for piece in prefix for other in sharing[piece]):
            score = 2 * len(mine & pieces[other]) / (len(mine) + len(pieces[other]))
            if score >= threshold and near < MOST_NEAR:
                near += 1
                yield min(place, other), max(place, other), score
        for piece in prefix:
            if len(sharing[piece]) < _MOST_SHARING:
                sharing[piece].append(place)


def resembling(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of places of long texts that probably say much the same, for a caller that compares them.

    Broder, "On the resemblance and containment of documents" (1997): a sketch of the smallest hashes of all runs of
    letters stands for a text. What hundreds of texts say tells none apart and is not counted.
    """
    holding: defaultdict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        folded = "".join(filter(str.isalnum, fold(text)))
        runs = {zlib.crc32(folded[at : at + _RUN].encode()) for at in range(len(folded) - _RUN + 1)}
        for run in sorted(runs)[:_SKETCH]:
            holding[run].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holding.values():
        if 1 < len(places) <= _MOST_RUNS:
            shared.update((one, other) for at, one in enumerate(places) for other in places[at + 1 :])
    yield from (pair for pair, many in shared.items() if many >= _SHARED)


def _pieces(folded: str) -> frozenset[str]:
    """The pairs of letters of a text, each occurrence a piece of its own, so that a text is a set."""
    counted = Counter(folded_grams(folded))
    return frozenset(f"{gram} {number}" for gram, many in counted.items() for number in range(many))
