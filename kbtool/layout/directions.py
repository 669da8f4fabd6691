"""Level and vertical writing on one page: which pieces belong together, and which way each group runs.

A page has one main direction. On a vertical page level lines, such as a heading over the columns, stand in bands of
their own; on a level page vertical columns stand in clusters, each read from right to left as one thing.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from kbtool.document import Box
from kbtool.layout.pieces import Piece, turned

#: In em (height of type). Columns farther apart are not one text.
_NEXT_COLUMN = 2.5
#: A single column of fewer characters is a label of its level neighbours.
_LABEL = 6


def directed(piece: Piece, *, sideways: bool) -> Piece:
    """The piece as read along the lines of level or vertical (``sideways``) writing."""
    return replace(piece, flow=turned(piece.box) if sideways else piece.box)


def bands(boxes: Sequence[Box], vertical: Sequence[bool]) -> list[tuple[bool, list[int]]]:
    """Positions of boxes in bands from the top, with white between them: whether vertical, and which.

    A band with anything vertical in it is vertical; neighbouring bands of one direction are one.
    """
    rows: list[list[int]] = []
    bottom = 0.0
    for index in sorted(range(len(boxes)), key=lambda index: boxes[index].y0):
        if not rows or boxes[index].y0 >= bottom:
            rows.append([])
        rows[-1].append(index)
        bottom = max(bottom, boxes[index].y1) if len(rows[-1]) > 1 else boxes[index].y1
    told = [(any(vertical[index] for index in row), row) for row in rows]
    return [(way, [n for _, row in run for n in row]) for way, run in groupby(told, key=lambda band: band[0])]


def clusters(pieces: Sequence[Piece]) -> tuple[list[list[Piece]], list[Piece]]:
    """Texts of vertical columns on a level page, and all other pieces."""
    columns = sorted((piece for piece in pieces if piece.vertical), key=lambda piece: -piece.box.x1)
    groups: list[list[Piece]] = []
    for piece in columns:
        home = next((group for group in groups if any(_are_neighbours(piece, other) for other in group)), None)
        if home is None:
            groups.append([piece])
        else:
            home.append(piece)
    texts = [group for group in groups if len(group) > 1 or len(group[0].text) >= _LABEL]
    clustered = {id(piece) for group in texts for piece in group}
    return texts, [piece for piece in pieces if id(piece) not in clustered]


def _are_neighbours(first: Piece, second: Piece) -> bool:
    gap = max(first.box.x0 - second.box.x1, second.box.x0 - first.box.x1)
    common = min(first.box.y1, second.box.y1) - max(first.box.y0, second.box.y0)
    return gap <= _NEXT_COLUMN * max(first.size_pt, second.size_pt) and common > 0
