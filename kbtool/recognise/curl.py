"""How the lines of a curled sheet bend, and how far each place must be lifted so that they run straight.

Each line of words should have one height all along. The lift that brings this about is a smooth field over the page:
cubic splines across, a polynomial down, fitted to all lines at once by least squares with the height of each line
free (splines with a penalty: P. Eilers and B. Marx, Statistical Science 11, 1996). Bending by the curvature of text
lines is the way of D. Bloomberg's Leptonica ("dewarp") and of A. Ulges, C. Lampert and T. Breuel, "Document image
dewarping using robust estimation of curled text lines" (ICDAR 2005).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kbtool.recognise.text_runs import Floats, Run, Runs

_SPLINES, _POWERS = 9, 3
#: The higher the power, the less it is believed.
_STIFF = (1.0, 2.0, 6.0)
#: Weight of smoothness against the lines; small enough that a binding's edge can be followed.
_SMOOTH = 0.0002
_ROUNDS = 4
#: So many lines, as long together as so many widths of the page, tell how it bends.
_LEAST_RUNS, _LEAST_LENGTH = 6, 3.0
#: A page is bent when its lines leave their height by this much (pixels, and heights of type), and lines that the
#: field has not seen come out this much straighter.
_LEAST_BEND_PX, _LEAST_BEND = 1.0, 0.1
_STRAIGHTER = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Lift:
    """How far up each place of a page must move, in pixels of that page; ``size`` is its width and height."""

    weights: Floats
    size: tuple[int, int]

    def at(self, x: Floats, y: Floats) -> Floats:
        """The lift at these places."""
        return np.asarray((_terms(x, y, self.size) @ self.weights.ravel()).reshape(np.shape(x)))


def lift_of(runs: Runs, size: tuple[int, int]) -> Lift | None:
    """The lift that makes the lines of a page straight; None where they are straight, or too few to tell."""
    lines = runs.runs
    if len(lines) < _LEAST_RUNS or runs.length < _LEAST_LENGTH * size[0]:
        return None
    lift = _fit(lines, size)
    bend = np.concatenate([_centred(lift.at(run.x, run.y)) for run in lines])
    if np.percentile(np.abs(bend), 95) < max(_LEAST_BEND_PX, _LEAST_BEND * runs.type_px):
        return None
    return lift if _holds(lines, size) else None


def _holds(lines: tuple[Run, ...], size: tuple[int, int]) -> bool:
    """Whether half of the lines foretell how the other half bends."""
    lift = _fit(lines[::2], size)
    others = lines[1::2]
    before = np.concatenate([_centred(run.y) for run in others])
    after = np.concatenate([_centred(run.y + lift.at(run.x, run.y)) for run in others])
    return bool(np.median(np.abs(after)) < _STRAIGHTER * np.median(np.abs(before)))


def _fit(lines: tuple[Run, ...], size: tuple[int, int]) -> Lift:
    x, y = (np.concatenate([getattr(run, name) for run in lines]) for name in ("x", "y"))
    line = np.repeat(np.arange(len(lines), dtype=np.intp), [len(run.x) for run in lines])
    terms, penalty = _terms(x, y, size), _SMOOTH * len(x) * _penalty()
    trust: Floats = np.ones(len(x))
    weights: Floats = np.zeros(terms.shape[1])
    for _ in range(_ROUNDS):
        a, b = _off_line(terms, line, trust), _off_line(y[:, None], line, trust).ravel()
        square = (a * trust[:, None]).T @ a
        weights = np.asarray(np.linalg.solve(square + penalty, -(a * trust[:, None]).T @ b), np.float64)
        left = np.abs(b + a @ weights)
        usual = max(0.3, 1.5 * float(np.median(left)))
        trust = np.asarray(1 / (1 + (left / (2 * usual)) ** 2) ** 2, np.float64)
    return Lift(weights.reshape(_POWERS, _SPLINES), size)


def _off_line(values: Floats, line: npt.NDArray[np.intp], trust: Floats) -> Floats:
    """Each value less the mean of its own line, whose height is not known."""
    weight = np.bincount(line, trust)
    means = np.stack([np.bincount(line, trust * column) / weight for column in values.T], axis=1)
    return np.asarray(values - means[line])


def _centred(values: Floats) -> Floats:
    return np.asarray(values - values.mean())


def _terms(x: Floats, y: Floats, size: tuple[int, int]) -> Floats:
    """Every spline across times every power down, at each point."""
    across = _splines(np.ravel(x) / size[0])
    down = np.ravel(y) / size[1] * 2 - 1
    return np.concatenate([across * (down**power)[:, None] for power in range(_POWERS)], axis=1)


def _splines(share: Floats) -> Floats:
    """Uniform cubic B-splines over 0 to 1, less their mean: a lift that is the same all across cannot be seen."""
    place = np.clip(share, 0, 1)[:, None] * (_SPLINES - 3) - (np.arange(_SPLINES) - 3)[None]
    distance = np.abs(place - 2)
    inner = 2 / 3 - distance**2 + distance**3 / 2
    outer = np.clip(2 - distance, 0, None) ** 3 / 6
    return np.where(distance < 1, inner, outer) - 1 / _SPLINES


def _penalty() -> Floats:
    """Against wavy fields, and a little against any: where no line tells, a page is flat."""
    bends = np.diff(np.eye(_SPLINES), 2, axis=0)
    smooth = bends.T @ bends + 1e-3 * np.eye(_SPLINES)
    return np.asarray(np.kron(np.diag(_STIFF), smooth), np.float64)
