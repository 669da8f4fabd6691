"""A column of Japanese laid down as a row, so that a recogniser for rows reads upright characters.

The column is cut into its character cells, which stand side by side afterwards. What vertical type sets otherwise is
set back: full stop and comma, top right in a column, go bottom left; brackets, dashes and long vowel marks, which
columns turn, are turned back.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.recognise.cell_cuts import cells_of
from kbtool.recognise.raster import Grey

#: White above and below the type of a row, as a share of its size: a recogniser reads soft type best when it is small
#: (measured; with .12 there are twice the errors).
_RIM = 0.33
#: Ink is darker than its paper by so much, once grain is averaged out.
_DARKER = 25
#: What is darker than this share of a character's darkest is within its outline, however soft the scan.
_INK = 0.4
#: Type smaller than this, in pixels, is softened by its scan. Grain is taken out of it and strokes are sharpened by
#: so much, over these shares of its size.
_SOFT_PX, _GRAIN, _STROKE, _SHARPER = 34, 0.03, 0.075, 1.5
#: Small kana stand so much farther right and up in a column than in a row, as a share of the type's size.
_SMALL_KANA = 0.12
#: Type is this much larger than its ink is broad.
_BODY = 1.06

Places = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LaidColumn:
    """The row, and where its pieces came from: a place ``row_edges[i]`` along it was at ``column_edges[i]``.

    ``length`` is the column's, ``size`` that of its type, in pixels.
    """

    image: Grey
    row_edges: Places
    column_edges: Places
    length: int
    size: int

    def in_column(self, places: Places) -> Places:
        """Pixels along the row to pixels down the column."""
        return np.asarray(np.interp(places, self.row_edges, self.column_edges), np.float64)


def lay_down(column: Grey) -> LaidColumn | None:
    """Lay a column's characters side by side; None where no ink is."""
    paper = round(float(np.percentile(column, 85)))
    even = cv2.blur(column, (3, 3))
    ink = np.clip(paper - _DARKER - even.astype(np.float64), 0, None)
    if not ink.any():
        return None
    left, right = _extent(ink.sum(axis=0))
    cells, pitch = cells_of(ink.sum(axis=1), right - left)
    if not cells:
        return None
    side = max(6, right - left, round(min(pitch, _BODY * (right - left))))
    start = (left + right - side) // 2
    body = _across(_clear(column, side), start, side, paper)
    depth = _across(np.clip(paper - even.astype(np.int16), 0, 255).astype(np.uint8), start, side, 0)
    pieces = [_upright(body[a:b], depth[a:b], side, paper) for a, b in cells]
    row_edges = np.repeat(np.arange(len(cells) + 1) * side, 2)[1:-1].astype(np.float64)
    return LaidColumn(np.hstack(pieces), row_edges, np.array(cells, np.float64).ravel(), len(column), side)


def turn_down(column: Grey) -> Grey:
    """A column whose letters lie on their side (Latin words in vertical writing), as the row it is."""
    return np.asarray(cv2.rotate(column, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)


def _extent(profile: Places) -> tuple[int, int]:
    """From where to where there is ink."""
    inked = np.flatnonzero(profile > 0.02 * profile.max())
    return int(inked[0]), int(inked[-1]) + 1


def _clear(column: Grey, side: int) -> Grey:
    """The column with its grain smoothed and its strokes sharpened, where its type is small."""
    if side > _SOFT_PX:
        return column
    smooth = cv2.GaussianBlur(column, (0, 0), _GRAIN * side).astype(np.float32)
    around = cv2.GaussianBlur(smooth, (0, 0), _STROKE * side)
    return np.asarray(np.clip(smooth + _SHARPER * (smooth - around), 0, 255), np.uint8)


def _across(column: Grey, start: int, side: int, paper: int) -> Grey:
    """The part of a column from ``start``, ``side`` broad; paper where that is outside."""
    padded = np.pad(column, ((0, 0), (side, side)), constant_values=paper)
    return np.asarray(padded[:, start + side : start + 2 * side], np.uint8)


def _upright(cell: Grey, depth: Grey, side: int, paper: int) -> Grey:
    """One character as it would stand in a row, between rims of paper; ``depth`` is how much darker its ink is."""
    rim = round(_RIM * side)
    piece = np.full((side + 2 * rim, side), paper, np.uint8)
    dark = depth > _INK * max(1.0, float(depth.max()))
    rows, columns = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
    if not len(rows):
        return piece
    ink = _Ink(rows[0], rows[-1] + 1, columns[0], columns[-1] + 1, len(cell), side)
    glyph = cell[ink.top : ink.bottom, ink.left : ink.right]
    if ink.is_stop:
        return _paste(piece, glyph, round(0.08 * side), rim + side - glyph.shape[0] - round(0.06 * side))
    if ink.is_bracket or ink.is_bar or _is_colon(dark, ink):
        # A bracket keeps its distance to the characters before and after it: rows become columns.
        turned = np.ascontiguousarray(np.rot90(glyph))
        x = ink.top if ink.is_bracket else (side - turned.shape[1]) // 2
        return _paste(piece, turned, x, rim + (side - turned.shape[0]) // 2)
    shift = round(_SMALL_KANA * side) if ink.is_small else 0
    return _paste(piece, cell, -shift, rim + (side - len(cell)) // 2 + shift)


@dataclass(frozen=True, slots=True)
class _Ink:
    """Where the ink of a cell lies, and the size of the type, in pixels."""

    top: int
    bottom: int
    left: int
    right: int
    height: int
    side: int

    @property
    def tall(self) -> float:
        """Height of the ink, as a share of the type's size."""
        return (self.bottom - self.top) / self.side

    @property
    def wide(self) -> float:
        """Breadth of the ink, as a share of the type's size."""
        return (self.right - self.left) / self.side

    @property
    def is_stop(self) -> bool:
        """Whether it is a full stop or comma: small, top right."""
        in_corner = self.left + self.right > 1.1 * self.side and self.top + self.bottom < 0.9 * self.height
        return self.tall < 0.58 and self.wide < 0.58 and in_corner

    @property
    def is_small(self) -> bool:
        """Whether it may be one of the small kana: less than full size, and on the right."""
        small = 0.25 < self.tall < 0.77 and 0.35 < self.wide < 0.78
        return small and self.left + self.right > 1.12 * self.side

    @property
    def is_bracket(self) -> bool:
        """Whether it is a bracket: broad, and only in one half of its cell, as no character is."""
        in_half = self.bottom <= 0.54 * self.height or self.top >= 0.46 * self.height
        return in_half and self.wide >= 0.5 and self.tall >= 0.15

    @property
    def is_bar(self) -> bool:
        """Whether it is a long vowel mark or dash: a thin bar down the middle."""
        amid = abs(self.left + self.right - self.side) < 0.3 * self.side
        return amid and self.wide < 0.28 and self.tall > max(0.6, 2.5 * self.wide)


def _is_colon(dark: npt.NDArray[np.bool_], ink: _Ink) -> bool:
    """Whether two dots stand side by side."""
    if ink.tall > 0.25 or not 0.3 < ink.wide < 0.75:
        return False
    third = (ink.right - ink.left) // 3
    return not dark[:, ink.left + third : ink.right - third].any()


def _paste(piece: Grey, glyph: Grey, x: int, y: int) -> Grey:
    """Put a glyph down, whatever sticks out cut off."""
    from_x, from_y, x, y = max(0, -x), max(0, -y), max(0, x), max(0, y)
    glyph = glyph[from_y : from_y + piece.shape[0] - y, from_x : from_x + piece.shape[1] - x]
    piece[y : y + glyph.shape[0], x : x + glyph.shape[1]] = glyph
    return piece
