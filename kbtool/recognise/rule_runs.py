"""Long, thin, dark runs of a page: rules as far as shape alone tells.

Soft and pale scans leave a hairline little of its ink and noise breaks it, so grey is averaged along the rule and
asked how it stands against ink, paper and grain of its own page.
"""

import math

import cv2
import numpy as np

from kbtool.recognise.inked import near_ink, pieces, runs_of
from kbtool.recognise.levels import counted, darker, level, median, percentile
from kbtool.recognise.raster import Grey
from kbtool.recognise.rules import Bits

#: Ink of a filled bar.
_DARK = 170
#: Averaged along a rule over so many inches: less than the white between two letters of a heading.
_ALONG_IN = 0.04
#: A rule has this share of the page's own contrast, and stands out from the grain so many times.
_SHARE_OF_INK, _TIMES_GRAIN = 0.22, 2.5
_THICK_IN = 0.045
#: A rule has no more ink this near than where other rules cross and words touch it: on one side, on both.
_BESIDE_IN = 0.03
#: Runs stacked so high are the strokes of a line of type.
_STACK_IN = 0.08
_MOST_BESIDE, _MOST_ON_BOTH_SIDES = 0.6, 0.25
#: Rules so long, in inches, are no strokes of type.
_SURE_IN = 1.0
#: The share of a rule's length that is inked; letters of a line leave more white between them.
_UNBROKEN = 0.98
#: What runs on from edge to edge of a page is a crease of its paper.
_ACROSS = 0.97
#: Ink of a rule varies by less than this share of itself, from its palest to its darkest tenth; faded toner by .49.
_EVEN = 0.5
#: So far beside a rule there is paper; the shadow of a fold is wider.
_ASIDE_IN = 0.02


def _along(grey: Grey, dpi: float) -> Grey:
    """Grey averaged along x."""
    return np.asarray(cv2.blur(grey, (max(3, round(dpi * _ALONG_IN)), 1)), np.uint8)


def darkest_paper(grey: Grey) -> float:
    """The grey below which something is drawn, judged by the page's own paper, grain and ink."""
    counts = counted(grey[::3, ::3])  # enough to judge by
    paper = level(counts, 50)
    ink = paper - level(counts, 1)
    pale = np.zeros_like(counts)
    below = slice(math.floor(paper - ink / 2) + 1, math.ceil(paper))
    pale[below] = counts[below]
    # The median of one side of a bell, as its standard deviation.
    grain = 1.48 * (paper - level(pale, 50)) if pale.any() else 0.0
    return paper - max(_SHARE_OF_INK * ink, _TIMES_GRAIN * grain)


def long_runs(grey: Grey, darkest: float, length: float, thick: Bits, dpi: float) -> Bits:
    """Runs along x of at least ``length``; small gaps of a bad print are bridged, thick bars left out."""
    dark = darker(_along(grey, dpi), darkest)
    steady = np.asarray(cv2.dilate(dark, np.ones((3, 1), np.uint8)), np.uint8)  # a rule may step by a pixel
    every = runs_of(steady, max(3, int(length)))
    rows = near_ink(every, round(dpi * _STACK_IN) + 1)  # no look goes further from a run
    long: Bits = np.zeros(grey.shape, np.uint8)
    if not len(rows):
        return long
    runs = every[rows]
    sure = _unbroken(runs, grey[rows], darkest, dpi)
    runs = _alone(runs - sure, dark[rows], dpi) | sure
    bridged = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, max(3, int(dpi * 0.15))), np.uint8))
    long[rows] = cv2.subtract(bridged, thick[rows])
    return long


def even_runs(runs: Bits, grey: Grey, dpi: float) -> Bits:
    """The runs as dark at one place as at another.

    On a coarse scan the strokes of vertical writing run into each other all down their column, but not evenly.
    """
    paper = median(grey[::3, ::3])
    along = _along(grey, dpi)
    even = runs.copy()
    for run in pieces(runs):
        ink = paper - along[run.place].min(axis=0).astype(np.float32)
        pale, usual, dark = (float(share) for share in np.percentile(ink, (10, 50, 90)))
        if dark - pale >= _EVEN * usual:
            even[run.place][run.own] = 0
    return even


def _unbroken(runs: Bits, grey: Grey, darkest: float, dpi: float) -> Bits:
    """Thin sharp runs longer than any stroke, without the gaps between letters: rules, however near type stands."""
    long, sure = runs_of(runs, round(dpi * _SURE_IN)), np.zeros_like(runs)
    if not long.any():
        return sure
    thick = cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones((max(3, round(dpi * _THICK_IN)), 1), np.uint8))
    aside = round(dpi * _ASIDE_IN)
    for run in pieces(np.asarray(cv2.subtract(long, thick), np.uint8)):
        own, (down, across) = run.own, run.place
        inked = float(((grey[run.place] < darkest) & own).any(axis=0).mean())
        sides = [grey[row, across] for row in (down.start - aside, down.stop - 1 + aside) if 0 <= row < len(grey)]
        brightest = [percentile(side, 90) for side in sides]  # words may stand along nearly all of it
        is_crease = run.width > _ACROSS * grey.shape[1]
        if inked >= _UNBROKEN and min(brightest, default=255.0) >= darkest and not is_crease:
            sure[run.place][own] = 1
    reach = np.ones((max(3, round(dpi * _THICK_IN)), 1), np.uint8)
    return np.asarray(cv2.dilate(sure, reach), np.uint8) & runs  # all of a rule that lies a little askew


def _alone(runs: Bits, dark: Bits, dpi: float) -> Bits:
    """The runs with white above and below; strokes of a line of type have others beside them all along."""
    near, deep = (np.ones((max(3, round(dpi * size)), 1), np.uint8) for size in (_THICK_IN, _STACK_IN))
    stacks = cv2.morphologyEx(cv2.morphologyEx(runs, cv2.MORPH_CLOSE, near), cv2.MORPH_OPEN, deep)
    runs = np.asarray(cv2.subtract(runs, stacks), np.uint8)
    beside = max(2, round(dpi * _BESIDE_IN))
    for run in pieces(runs):
        down, across = run.place
        sides = (slice(max(0, down.start - beside), down.start), slice(down.stop, down.stop + beside))
        shares = [np.count_nonzero(dark[side, across].any(axis=0)) / run.width for side in sides]
        if max(shares) >= _MOST_BESIDE or min(shares) >= _MOST_ON_BOTH_SIDES:
            runs[run.place][run.own] = 0
    return runs


def thick_areas(grey: Grey, dpi: float) -> Bits:
    """Filled areas, thicker than any rule."""
    dark = darker(grey, _DARK)
    side = max(3, round(dpi * _THICK_IN))
    bars = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    return np.asarray(cv2.dilate(bars, np.ones((3, 3), np.uint8)), np.uint8)
