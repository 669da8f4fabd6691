"""Which boxes stand side by side."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kbtool.document import Box
from kbtool.layout.beside import side_by_side

top, height = st.integers(0, 40), st.integers(1, 12)
boxes = st.builds(lambda x, y, h: Box(x, y, x + 5, y + h), top, top, height)


@given(st.lists(boxes, max_size=30))
def test_every_pair_that_shares_a_height_is_found_once(some: list[Box]) -> None:
    shared = {
        frozenset(pair): min(some[n].y1 for n in pair) - max(some[n].y0 for n in pair)
        for pair in combinations(range(len(some)), 2)
    }
    found = [(frozenset((first, second)), common) for first, second, common in side_by_side(some)]
    assert len(found) == len(dict(found))
    assert dict(found) == {pair: common for pair, common in shared.items() if common > 0}
