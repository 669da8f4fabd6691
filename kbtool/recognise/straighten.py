"""A page set straight: the sheet cut out of its photograph, turned level, its curl undone.

Each step is taken only where the picture plainly asks for it, and all of them are drawn in one, so that a good scan
stays as sharp as it was.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from kbtool.document import Mesh
from kbtool.recognise.curl import lift_of
from kbtool.recognise.light import flatten, to_grey
from kbtool.recognise.raster import Colour, Grey, Mask, Raster
from kbtool.recognise.sheet import Sheet, find_sheet
from kbtool.recognise.skew import skew_angle
from kbtool.recognise.text_runs import Runs, text_runs
from kbtool.recognise.view import View

#: Below this a turned page is no better than the one at hand, only blurred by turning.
_MIN_ANGLE = 0.055
#: Lines are looked at on a page of this size, about 120 dpi.
_SIDE_PX = 1400
#: Type of a manual: the smallest, the usual and the largest, in points.
_TYPE_PT = (4.0, 9.0, 30.0)
#: With so many widths of a page full of lines it is clear which way they run.
_PLENTY = 6.0
#: Paper of the A and B series has these proportions; what comes near is taken for it, American letter only when close.
_ISO, _LETTER = 2**0.5, 11 / 8.5
_NEAR_ISO, _NEAR_LETTER = 0.16, 0.03
#: A photographed sheet is A4 until its type says otherwise.
_A4_SHORT_SIDE_IN = 8.27
#: Share of a sheet's width that its edge may be off: shadows along it are no rules.
_RIM = 0.008


@dataclass(frozen=True, slots=True, eq=False)
class Straight:
    """A straight page: its ``pixels``, and where the sheet is on them (``paper``; None: everywhere).

    ``mesh`` tells where its places lie in the picture; empty where they lie the same.
    """

    pixels: Colour | Grey
    dpi: float
    mesh: Mesh = ()
    paper: Mask | None = None


def straighten(raster: Raster) -> Straight:
    """Find the sheet, the skew and the curl of a page, and undo them."""
    sheet = find_sheet(raster.pixels)
    small = _Small.of(raster)
    view = _whole(raster) if sheet is None else _of_sheet(sheet)
    dpi = raster.dpi if sheet is None else min(view.width, view.height) / _A4_SHORT_SIDE_IN
    page = small.page(view, sheet is None)
    angle = skew_angle(page)
    if abs(angle) >= _MIN_ANGLE:
        turn = cv2.getRotationMatrix2D((view.width / 2, view.height / 2), angle, 1.0)
        view = replace(view, matrix=view.matrix @ np.vstack([turn, [0, 0, 1]]))
        page = small.page(view, False)
    reduced_dpi = dpi * page.shape[1] / view.width
    flat = flatten(page, reduced_dpi)
    rows = text_runs(flat)
    dpi *= _believable(rows.type_px * 72 / reduced_dpi)
    view = _unbent(view, flat, rows)
    if sheet is None and view.lift is None and abs(angle) < _MIN_ANGLE:
        return Straight(raster.pixels, dpi)
    paper = None if sheet is None else _paper(sheet, view, raster)
    return Straight(view.draw(raster.pixels), dpi, view.mesh(raster.pixels), paper)


@dataclass(frozen=True, slots=True, eq=False)
class _Small:
    """The reduced grey picture; ``scale`` is its size over that of the whole."""

    grey: Grey
    scale: float

    @classmethod
    def of(cls, raster: Raster) -> "_Small":
        scale = min(1.0, _SIDE_PX / max(raster.pixels.shape[:2]))
        small = cv2.resize(raster.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        return cls(to_grey(np.asarray(small, np.uint8)), scale)

    def page(self, view: View, is_whole: bool) -> Grey:
        """What the view shows, reduced."""
        if is_whole:
            return self.grey
        scale = min(1.0, _SIDE_PX / max(view.width, view.height))
        return view.scaled(self.scale).draw(self.grey, scale / self.scale)


def _whole(raster: Raster) -> View:
    height, width = raster.pixels.shape[:2]
    return View(width, height, np.eye(3))


def _of_sheet(sheet: Sheet) -> View:
    """The sheet alone, as large as its longest sides and of the proportions of real paper."""
    sides = np.linalg.norm(np.roll(sheet.corners, -1, axis=0) - sheet.corners, axis=1)
    width, height = float(max(sides[0], sides[2])), float(max(sides[1], sides[3]))
    aspect = _proportion(sheet.aspect)
    width, height = (height / aspect, height) if height > width * aspect else (width, width * aspect)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(target, sheet.corners.astype(np.float32))
    return View(round(width), round(height), np.asarray(matrix, np.float64))


def _proportion(aspect: float) -> float:
    """The nearest proportion of paper, height over width."""
    long = max(aspect, 1 / aspect)
    if abs(long - _LETTER) < _NEAR_LETTER:
        long = _LETTER
    elif abs(long / _ISO - 1) < _NEAR_ISO:
        long = _ISO
    return long if aspect > 1 else 1 / long


def _believable(type_pt: float) -> float:
    """By how much a page's resolution must be wrong, when its type is too small to read or as large as a poster's."""
    return 1.0 if not type_pt or _TYPE_PT[0] < type_pt < _TYPE_PT[2] else type_pt / _TYPE_PT[1]


def _unbent(view: View, flat: Grey, rows: Runs) -> View:
    """Lift what a curled or tilted sheet bends down; ``flat`` is the page so far, reduced and flattened."""
    height, width = flat.shape
    if rows.length < _PLENTY * width:
        columns = text_runs(np.ascontiguousarray(np.rot90(flat)))
        if columns.length > rows.length:
            return replace(view, lift=lift_of(columns, (height, width)), sideways=True)
    return replace(view, lift=lift_of(rows, (width, height)))


def _paper(sheet: Sheet, view: View, raster: Raster) -> Mask:
    """Where the sheet lies on its own straight page, less a rim."""
    height, width = raster.pixels.shape[:2]
    scale = min(1.0, _SIDE_PX / max(height, width))
    size = round(width * scale), round(height * scale)
    mask = cv2.resize(255 - sheet.beside, size, interpolation=cv2.INTER_LINEAR)
    drawn = view.scaled(scale).draw(np.asarray(mask, np.uint8))
    rim = max(1, round(_RIM * drawn.shape[1]))
    drawn[:rim], drawn[-rim:], drawn[:, :rim], drawn[:, -rim:] = 0, 0, 0, 0
    shrunk = cv2.erode(drawn, np.ones((2 * rim + 1, 2 * rim + 1), np.uint8))
    whole = cv2.resize(shrunk, (view.width, view.height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(whole > 127)
