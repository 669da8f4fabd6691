"""Which boxes stand side by side: what ``order``, ``columns`` and ``rivers`` all ask of every page.

Separate so that it is asked once, in one sweep down the page, instead of of every box for every other: pages with
hundreds of pieces (tables of contents, dense forms) would take seconds.
"""

from collections.abc import Iterator, Sequence

from kbtool.document import Box


def side_by_side(boxes: Sequence[Box]) -> Iterator[tuple[int, int, float]]:
    """Yield each pair of positions whose heights overlap, the higher first, and by how much."""
    reached: list[tuple[float, int]] = []
    for number in sorted(range(len(boxes)), key=lambda number: boxes[number].y0):
        _, y0, _, y1 = boxes[number]
        reached = [(bottom, other) for bottom, other in reached if bottom > y0]
        for bottom, other in reached:
            yield other, number, min(bottom, y1) - y0
        reached.append((y1, number))
