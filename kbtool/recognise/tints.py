"""Tinted cells made white, so that the rules in and around them stand out as they do on paper.

Separate from the light of a page, which changes slowly and everywhere: a tint is one grey with sharp sides, as the
heads of tables and the labels of forms have. Dark bars are left alone; their letters are white.
"""

import math

import cv2
import numpy as np

from kbtool.recognise.inked import Bits, blocks_of, pieces, window_of
from kbtool.recognise.levels import median
from kbtool.recognise.raster import Grey

#: Wider than a rule or a stroke of type, narrower than a cell (inches).
_DETAIL_IN = 0.09
#: So much darker than its paper a tint is at least, of 255, and so dark at most.
_LEAST, _DARKEST = 10.0, 150.0
#: The smallest tinted cell, in inches.
_LOWEST_IN, _NARROWEST_IN = 0.1, 0.15
#: Grain breaks a pale tint into pieces; what is nearer than so many details belongs together.
_JOINED = 3
#: Words in a tinted cell may be as long as this.
_WORDS_IN = 0.5
#: A larger part of a page, or one that reaches its edge, is paper in another light: beside a fold, under a cover.
_LARGEST = 0.25

#: A tint's ground is of one grey, within so much, over this share of it at least; words stand on the rest.
_EVEN, _MOSTLY = 16.0, 0.5


def without_tints(grey: Grey, dpi: float) -> tuple[Grey, Bits]:
    """The page with the ground of tinted cells as white as its paper, and where they were.

    What stands on them keeps its contrast.
    """
    detail = round(dpi * _DETAIL_IN) | 1
    # A narrow blur first: the brightest grain of a cell would otherwise pass for its ground.
    calm = np.asarray(cv2.blur(grey, (3, 3)), np.uint8)
    ground = np.asarray(cv2.morphologyEx(calm, cv2.MORPH_CLOSE, np.ones((detail, detail), np.uint8)), np.uint8)
    paper = median(ground[::3, ::3])  # enough to judge by
    grounds = cv2.inRange(ground, _DARKEST, math.ceil(paper - _LEAST) - 1)
    least = round(dpi * _LOWEST_IN), round(dpi * _NARROWEST_IN)
    tinted = _even(blocks_of(np.asarray(grounds, np.uint8), *least), calm, ground)
    near = _JOINED * detail
    words = np.ones((1, round(dpi * _WORDS_IN)), np.uint8)  # dense words hide the ground they stand on
    tints: Bits = np.zeros(grey.shape, np.uint8)
    place = window_of(tinted, near + words.size)
    if place is None:
        return grey, tints
    white, joined = grey.copy(), np.zeros_like(tints)
    joined[place] = cv2.morphologyEx(tinted[place], cv2.MORPH_CLOSE, np.ones((near, near), np.uint8))
    for piece in pieces(joined):
        far = (grey.shape[1] - piece.x - piece.width, grey.shape[0] - piece.y - piece.height)
        at_edge = min(piece.x, piece.y, *far) < detail
        if at_edge or piece.area > _LARGEST * grey.size:
            continue
        part = piece.place
        own = piece.own & (tinted[part] > 0)
        shift = round(paper - median(ground[part][own]))
        white[part][own] = np.minimum(255, white[part][own].astype(np.int16) + shift)
        tints[part] |= piece.own
    tints[place] = cv2.morphologyEx(tints[place], cv2.MORPH_CLOSE, words)
    return white, tints


def _even(tinted: Grey, calm: Grey, ground: Grey) -> Grey:
    """The pieces of one grey; soft type, closed, looks like a ground too, but hardly any of it is of that grey."""
    even = tinted.copy()
    for piece in pieces(tinted):
        like_ground = cv2.absdiff(calm[piece.place], ground[piece.place]) < _EVEN
        if np.count_nonzero(like_ground & piece.own) < _MOSTLY * piece.area:
            even[piece.place][piece.own] = 0
    return even
