"""How surely a rule runs along a stretch of the page, at each height: the measure that lattices are seen again by.

A rule is darker than the paper at both its sides in every piece of its length; its sureness is the mean of these
differences over their standard error, as in Student's t. Type gives large differences in some pieces, and none in
others; the paler and the more broken a rule, the less it is darker, but still all along.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kbtool.recognise.grounds import step_of
from kbtool.recognise.raster import Grey

#: Inches: pieces a stretch is averaged in, and how far beside a rule its paper is looked for.
_PIECE_IN, _ASIDE_IN = 0.08, 0.02
_FEWEST_PIECES = 8
#: A rule may climb or fall by so much over its length.
_SLANT = 0.004
#: Differences of less than a grey level say nothing.
_UNIT = 1.0
#: A step of the ground (grey levels) is as sure as it is high, but no surer than this.
_MOST_STEP = 24.0
#: In half of its pieces anything is darker than its sides by chance; a rule is in three of four.
_BY_CHANCE, _STEADY = 0.5, 0.75

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Of each height of a stretch: how surely a rule runs there, how dark it is, and by how many pixels it falls.

    ``depth`` is in grey levels below the paper beside it.
    """

    sureness: Floats
    depth: Floats
    fall: npt.NDArray[np.int_]


def stretch(grey: Grey, dpi: float, toned: Grey | None = None) -> Stretch:
    """Measure a stretch of the page, as wide as the rule would be long; ``toned`` is the same with its tints."""
    height, width = grey.shape
    count = min(width, max(_FEWEST_PIECES, round(width / (dpi * _PIECE_IN))))
    edges = np.linspace(0, width, count + 1).round().astype(int)
    pieces = np.add.reduceat(grey, edges[:-1], axis=1, dtype=np.float32) / np.diff(edges).astype(np.float32)
    aside = max(2, round(dpi * _ASIDE_IN))
    around = np.pad(pieces, ((aside, aside), (0, 0)), mode="edge")
    below = np.minimum(around[: -2 * aside], around[2 * aside :]) - pieces
    depth = np.ascontiguousarray(below.T, np.float32)
    middles = (edges[:-1] + edges[1:]) / (2 * width) - 0.5
    sureness, deepest = np.full(height, -np.inf, np.float32), np.zeros(height, np.float32)
    fall = np.zeros(height, int)
    most = max(1, round(width * _SLANT))
    twice, slanted = np.concatenate([depth, depth], axis=1), np.empty_like(depth)
    for pixels in range(-most, most + 1):
        for at, shift in enumerate(np.round(middles * pixels).astype(int) % height):
            slanted[at] = twice[at, shift : shift + height]
        mean = np.asarray(slanted.mean(axis=0), np.float32)
        found = _sureness(slanted, mean)
        better = found > sureness
        sureness[better], deepest[better], fall[better] = found[better], mean[better], pixels
    step = step_of(grey if toned is None else toned, dpi)
    return Stretch(np.maximum(sureness, np.minimum(step, _MOST_STEP)), np.maximum(deepest, step), fall)


def _sureness(depth: Floats, mean: Floats) -> Floats:
    """Of pieces × heights, by height."""
    darker = np.count_nonzero(depth > 0, axis=0) / len(depth)
    steady = np.clip((darker - _BY_CHANCE) / (_STEADY - _BY_CHANCE), 0, 1)
    error = depth.std(axis=0, mean=mean[None]) / np.sqrt(len(depth))
    return np.asarray(steady * mean / (error + _UNIT), np.float32)
