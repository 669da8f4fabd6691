"""Where one character of a column ends and the next begins, told by the ink along it.

Separate because it knows nothing of pictures. Type stands at an even pitch, but not quite: commas and brackets may be
set closer, and lines are spread to end flush. So the cuts are found all at once, the cheapest way down the column
between little ink at each cut and even steps (dynamic programming; R. Bellman, 1957).
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

Profile = npt.NDArray[np.float64]

#: The pitch of type, in breadths of its ink; what is shorter than ``_TELLING`` pitches is taken to have ``_USUAL``,
#: which is the likelier the less a column tells.
_CLOSEST, _WIDEST, _USUAL, _SPREAD, _TELLING = 0.88, 1.6, 1.06, 0.25, 4
#: Steps of the spectrum in which the pitch is looked for: about .02 pixels at a pitch of 20.
_SPECTRUM = 1 << 14
#: So far, in pitches, a cut may lie from where an even pitch would have it.
_DRIFT = 1.5
#: What a step of another length costs, by the square of its share of the pitch, in mean ink.
_UNEVEN = 25.0
#: What a cut costs that lies off the even pitch, by the square of its share: where white alone would not tell.
_ASTRAY = 0.4
#: Cells with less ink than this share of the usual are white, and those of fewer pixels none at all.
_LEAST_INK, _LEAST_PX = 0.004, 3


def cells_of(profile: Profile, broad: int) -> tuple[list[tuple[int, int]], float]:
    """First and last pixel of each character's room down a column, and the pitch, in pixels.

    ``profile``: ink of each row; ``broad``: how broad the column's ink is.
    """
    pitch, start = _pitch(profile, broad)
    cuts = _cuts(profile / max(1e-9, float(profile[profile > 0].mean())), pitch, start)
    inked = _LEAST_INK * profile.sum() * pitch / len(profile)
    rooms = [(max(0, a), min(len(profile), b)) for a, b in pairwise(cuts)]
    return [(a, b) for a, b in rooms if b - a >= _LEAST_PX and profile[a:b].sum() > inked], pitch


def _pitch(profile: Profile, broad: int) -> tuple[float, float]:
    """The distance from character to character at which the ink swings most, and where the first cut then lies."""
    swings = np.fft.rfft(profile - profile.mean(), _SPECTRUM)
    least, most = max(6.0, _CLOSEST * broad), max(8.0, _WIDEST * broad)
    if len(profile) < _TELLING * least:
        least = most = max(6.0, _USUAL * broad)
    first, last = int(_SPECTRUM / most), int(np.ceil(_SPECTRUM / least))
    pitches = _SPECTRUM / np.arange(first, last + 1)
    likely = np.exp(-0.5 * ((pitches / broad - _USUAL) / _SPREAD) ** 2)
    best = first + int((np.abs(swings[first : last + 1]) * likely).argmax())
    pitch = _SPECTRUM / best
    crest = -float(np.angle(swings[best])) / (2 * np.pi) * pitch
    return pitch, (crest + pitch / 2) % pitch


def _cuts(ink: Profile, pitch: float, start: float) -> list[int]:
    """The cheapest cuts, the first before the column's beginning and the last after its end."""
    count = int(np.ceil((len(ink) - start) / pitch)) + 5
    even = start + (np.arange(count) - 3) * pitch
    drift = np.arange(-round(_DRIFT * pitch), round(_DRIFT * pitch) + 1)
    places = np.rint(even[:, None] + drift).astype(np.intp)
    inside = (places >= 0) & (places < len(ink))
    here = np.where(inside, ink[np.clip(places, 0, len(ink) - 1)], 0.0) + _ASTRAY * (drift / pitch) ** 2
    steps = _UNEVEN * ((drift[:, None] - drift[None, :]) / pitch) ** 2
    costs, came_from = here[0], []
    for row in here[1:]:
        ways = costs[None, :] + steps
        came_from.append(ways.argmin(axis=1))
        costs = ways.min(axis=1) + row
    at = int(costs.argmin())
    chosen = [at]
    for back in reversed(came_from):
        at = int(back[at])
        chosen.append(at)
    return [int(places[i, at]) for i, at in enumerate(reversed(chosen))]
