"""Which characters a reader of the page sees: not what is transparent, off the page, white on white or covered up."""

from collections.abc import Iterable

import numpy as np

from kbtool.document import Box
from kbtool.intake.readers.characters import Characters, Flags, Numbers
from kbtool.intake.readers.drawn import Drawn


def shown(characters: Characters, drawn: Drawn, size: tuple[float, float]) -> Flags:
    """Tell for each character whether it shows on a page of ``size``."""
    x, y = characters.centres
    seen = ~characters.invisible & (x >= 0) & (x <= size[0]) & (y >= 0) & (y <= size[1])
    white = np.flatnonzero(seen & characters.white)
    if len(white):
        behind = [area.box for area in drawn.areas if area.dark] + [picture.box for picture in drawn.pictures]
        seen[white] = inside(x[white], y[white], behind)
    return np.asarray(seen & ~_covered(characters, drawn, x, y))


def _covered(characters: Characters, drawn: Drawn, x: Numbers, y: Numbers) -> Flags:
    """Where something opaque was drawn over the character later."""
    covered = np.zeros(len(characters), np.bool_)
    over = [(area.place, area.box) for area in drawn.areas if area.opaque]
    over += [(picture.place, picture.box) for picture in drawn.pictures if picture.opaque]
    if not over or not len(characters):
        return covered
    changes = np.diff(characters.runs, prepend=-1) != 0
    firsts, owner = np.flatnonzero(changes), np.cumsum(changes) - 1
    ranks = drawn.places()
    places = np.array([ranks.get(address, 0) for address in characters.objects[firsts].tolist()])
    earliest = places[places > 0].min(initial=len(ranks) + 1)
    for place, box in over:
        if place > earliest:
            before = (places < place) & (places > 0)
            covered |= before[owner] & inside(x, y, [box])
    return covered


def inside(x: Numbers, y: Numbers, boxes: Iterable[Box]) -> Flags:
    """Which points lie in one of the boxes."""
    found = np.zeros(len(x), np.bool_)
    for box in boxes:
        found |= (x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1)
    return found
