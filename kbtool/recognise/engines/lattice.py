"""What the recogniser saw along a line, step by step, read out.

Separate from the engine because here a line is nothing but chances (steps × characters, 0 the blank between two), and
because what was nearly seen matters too: words decide between the likely ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kbtool.recognise.engines.ppocr_models import Floats

#: A character seen more surely than this has no others beside it.
_PLAIN = 0.995
#: Others count from this chance on, so many of them at most.
_LEAST, _MOST = 0.004, 5
#: Where nothing was read but this much of a character was seen, one may have been lost; a mark at the head of a line
#: is lost more easily.
_LOST, _LOST_AT_HEAD = 0.1, 0.03


@dataclass(frozen=True, slots=True)
class Seen:
    """A character, or "" where one was nearly seen.

    ``at`` is its middle in steps, ``chance`` from 0 to 1 how likely it is, ``others`` what else it may be, likeliest
    first.
    """

    character: str
    at: float
    chance: float
    others: tuple[tuple[str, float], ...] = ()


def read_out(chances: Floats, characters: Sequence[str]) -> list[Seen]:
    """Join equal neighbours and drop blanks (greedy CTC: A. Graves et al., ICML 2006)."""
    classes = chances.argmax(axis=1)
    starts = np.flatnonzero(np.concatenate([[True], classes[1:] != classes[:-1]]))
    ends = np.concatenate([starts[1:], [len(classes)]])
    most = chances[np.arange(len(chances)), classes]
    found: list[Seen] = []
    for start, end in zip(starts, ends, strict=True):
        if classes[start]:
            chance = float(most[start:end].max())
            others = () if chance > _PLAIN else tuple(_others(chances[start:end].max(axis=0), int(classes[start])))
            told = tuple((characters[i], other) for i, other in others)
            found.append(Seen(characters[classes[start]], float(start + end) / 2, min(chance, 1.0), told))
        else:
            found += _lost(chances[start:end], int(start), characters, _LOST if found else _LOST_AT_HEAD)
    return [one for i, one in enumerate(found) if one.character or _is_new(found, i)]


def _lost(blank: Floats, start: int, characters: Sequence[str], least: float) -> Iterator[Seen]:
    """The character that was seen best where nothing was read."""
    doubtful = np.flatnonzero(blank[:, 0] < 1 - least)
    if not len(doubtful):
        return
    rest = blank[doubtful, 1:]
    step, character = np.unravel_index(int(rest.argmax()), rest.shape)
    if rest[step, character] >= least:
        at = int(doubtful[step])
        lost = (characters[int(character) + 1], float(rest[step, character]))
        yield Seen("", start + at + 0.5, float(blank[at, 0]), (lost,))


def _is_new(found: Sequence[Seen], i: int) -> bool:
    """Whether what was lost is more than the edge of a neighbour."""
    beside = {one.character for one in (*found[max(0, i - 1) : i], *found[i + 1 : i + 2])}
    return not beside & {character for character, _ in found[i].others}


def _others(chances: Floats, best: int) -> Iterator[tuple[int, float]]:
    likely = np.argpartition(-chances, _MOST + 2)[: _MOST + 2]
    for i in likely[np.argsort(-chances[likely])]:
        if chances[i] >= _LEAST and i not in (0, best):
            yield int(i), float(chances[i])
