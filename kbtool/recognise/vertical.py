"""A column of Japanese laid down as a row, so that a recogniser for rows reads upright characters.

The column is cut into its character cells, which stand side by side afterwards. Full stop and comma, top right in a
column, go bottom left; dashes and long vowel marks, which columns turn, are turned back.
"""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.raster import Grey

Profile = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LaidColumn:
    """The row, and where its pieces came from: a place ``row_edges[i]`` along it was at ``column_edges[i]``."""

    image: Grey
    row_edges: npt.NDArray[np.float64]
    column_edges: npt.NDArray[np.float64]

    def in_column(self, places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Pixels along the row to pixels down the column."""
        return np.asarray(np.interp(places, self.row_edges, self.column_edges), np.float64)


def lay_down(column: Grey) -> LaidColumn | None:
    """Lay a column's characters side by side; None where no ink is."""
    paper = float(np.percentile(column, 85))
    ink = np.clip(paper - 40 - column.astype(np.float64), 0, None)
    if not ink.any():
        return None
    broad = _extent(ink.sum(0))
    cells = _cells(ink.sum(1), broad)
    if not cells:
        return None
    height = max(column.shape[1], round(broad * 1.12))
    pieces = [_upright(column[a:b], broad, height, round(paper)) for a, b in cells]
    row_edges, column_edges, at = [], [], 0
    for (a, b), piece in zip(cells, pieces, strict=True):
        row_edges += [at, at + piece.shape[1] - 1]
        column_edges += [a, b]
        at += piece.shape[1]
    return LaidColumn(np.hstack(pieces), np.array(row_edges, float), np.array(column_edges, float))


def _extent(profile: Profile) -> int:
    """How broad the ink is."""
    inked = np.flatnonzero(profile > 0.02 * profile.max())
    return int(inked[-1] - inked[0] + 1)


def _cells(profile: Profile, broad: int) -> list[tuple[int, int]]:
    """Cut between characters: at the pitch of the column, moved to the least ink nearby."""
    length = len(profile)
    pitch = _pitch(profile, broad)
    phase = min(range(pitch), key=lambda start: float(profile[start::pitch].mean()))
    cuts = [0]
    at = phase if phase > pitch // 2 else phase + pitch
    while at < length:
        low, high = max(cuts[-1] + 1, at - pitch // 5), min(length, at + pitch // 5 + 1)
        near = profile[low:high] + 0.002 * profile.max() * np.abs(np.arange(low, high) - at)
        cuts.append(low + int(near.argmin()) if len(near) else at)
        at = cuts[-1] + pitch
    cuts.append(length)
    inked = 0.05 * profile.max()
    return [(a, b) for a, b in pairwise(cuts) if b - a >= 3 and profile[a:b].sum() > inked]


def _pitch(profile: Profile, broad: int) -> int:
    """Distance from character to character: the lag at which the ink repeats itself best."""
    lags = np.arange(max(6, int(0.8 * broad)), max(8, int(1.5 * broad) + 1))
    if len(profile) <= 3 * int(lags[-1]):
        return max(6, round(1.05 * broad))
    wave = profile - profile.mean()
    likeness = [float((wave[:-lag] * wave[lag:]).mean()) for lag in lags]
    return int(lags[int(np.argmax(likeness))])


def _upright(cell: Grey, broad: int, height: int, paper: int) -> Grey:
    """One character as it would stand in a row."""
    side = max(cell.shape[0], broad)
    piece = np.full((height, side), paper, np.uint8)
    dark = cell < paper - 40
    rows, columns = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
    if not len(rows):
        return piece
    glyph = cell[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    tall, wide = glyph.shape
    small = tall < 0.45 * broad and wide < 0.45 * broad
    if small and columns.mean() > 0.5 * cell.shape[1] and rows.mean() < 0.55 * cell.shape[0]:
        return _paste(piece, glyph, int(0.08 * side), height - tall - int(0.06 * height))
    if wide < 0.28 * broad and tall > 0.6 * broad:
        turned = np.ascontiguousarray(np.rot90(glyph))
        return _paste(piece, turned, (side - turned.shape[1]) // 2, (height - turned.shape[0]) // 2)
    return _paste(piece, cell, (side - cell.shape[1]) // 2, (height - cell.shape[0]) // 2)


def _paste(piece: Grey, glyph: Grey, x: int, y: int) -> Grey:
    """Put a glyph down, whatever sticks out cut off."""
    from_x, from_y, x, y = max(0, -x), max(0, -y), max(0, x), max(0, y)
    glyph = glyph[from_y : from_y + piece.shape[0] - y, from_x : from_x + piece.shape[1] - x]
    piece[y : y + glyph.shape[0], x : x + glyph.shape[1]] = glyph
    return piece


def turn_down(column: Grey) -> Grey:
    """A column whose letters lie on their side (Latin words in vertical writing), as the row it is."""
    return np.asarray(cv2.rotate(column, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)
