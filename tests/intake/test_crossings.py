"""Cells between rules are those that pdfplumber finds."""

import random

import pytest
from pdfplumber import table

from kbtool.intake.readers.crossings import cells_between

_STEP_PT, _NEAR_PT = 20.0, 2.5


@pytest.mark.parametrize("seed", range(40))
def test_cells_are_those_of_pdfplumber(seed: int) -> None:
    rng = random.Random(seed)
    rules = [_rule(rng) for _ in range(rng.randrange(4, 60))]
    tolerances = (_NEAR_PT,) * 2
    crossings = table.edges_to_intersections(table.merge_edges(rules, *tolerances, *tolerances), *tolerances)
    assert cells_between(crossings) == table.intersections_to_cells(crossings)


def _rule(rng: random.Random) -> dict[str, object]:
    """A rule that lies near a line of graph paper, and may begin and end at any other."""
    x, y = (_STEP_PT * rng.randrange(8) + rng.gauss(0, 0.2) for _ in range(2))
    reach = _STEP_PT * rng.randrange(1, 6)
    if rng.random() < 0.5:
        return {"x0": x, "x1": x + reach, "top": y, "bottom": y, "orientation": "h", "width": reach, "height": 0}
    return {"x0": x, "x1": x, "top": y, "bottom": y + reach, "orientation": "v", "width": 0, "height": reach}
