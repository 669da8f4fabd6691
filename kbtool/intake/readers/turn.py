"""Turning what stands on a page by quarter turns, clockwise."""

from dataclasses import replace

import numpy as np

from kbtool.intake.readers.characters import Characters, Numbers
from kbtool.intake.readers.objects import Matrix, moved
from kbtool.intake.readers.opened import Lines


def turning(degrees: int, width: float, height: float) -> Matrix:
    """The matrix that turns a ``width`` × ``height`` page clockwise by ``degrees``."""
    return np.array(
        {
            0: (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
            90: (0.0, 1.0, -1.0, 0.0, height, 0.0),
            180: (-1.0, 0.0, 0.0, -1.0, width, height),
            270: (0.0, -1.0, 1.0, 0.0, 0.0, width),
        }[degrees]
    )


def turned_size(size: tuple[float, float], degrees: int) -> tuple[float, float]:
    """Width and height of the turned page."""
    return size if degrees % 180 == 0 else size[::-1]


def turned_boxes(boxes: Numbers, degrees: int, size: tuple[float, float]) -> Numbers:
    """Boxes (rows of x0, y0, x1, y1) on the turned page."""
    return moved(boxes, turning(degrees, *size)) if degrees else boxes


def turned_characters(characters: Characters, degrees: int, size: tuple[float, float]) -> Characters:
    """The characters on the turned page."""
    if not degrees:
        return characters
    boxes = turned_boxes(characters.boxes, degrees, size)
    return replace(characters, boxes=boxes, angles=(characters.angles - degrees) % 360)


def turned_lines(lines: Lines, degrees: int, size: tuple[float, float]) -> Lines:
    """The lines of a page of ``size`` once it is turned; a row becomes a column where it then runs down or up."""
    if not degrees or not lines.texts:
        return lines
    matrix = turning(degrees, *size)
    frames = lines.frames.copy()
    frames[:, :4] = moved(frames[:, :4], matrix)
    vertical = np.repeat(np.array(lines.vertical), [len(text) for text in lines.texts])
    zero = np.zeros_like(lines.spans[:, 0])
    along = np.stack([lines.spans[:, 0], zero, lines.spans[:, 1], zero], axis=1)
    along[vertical] = along[vertical][:, [1, 0, 3, 2]]
    turned = moved(along, matrix)
    sideways = degrees % 180 != 0
    spans = np.where((vertical != sideways)[:, None], turned[:, [1, 3]], turned[:, [0, 2]])
    return Lines(lines.texts, spans, frames, [flag != sideways for flag in lines.vertical], lines.bold)
