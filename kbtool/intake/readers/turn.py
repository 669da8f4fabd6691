"""Turning a page's boxes by quarter turns, clockwise."""

from dataclasses import replace

from kbtool.document import Box
from kbtool.intake.readers.characters import Character
from kbtool.reading import Grid


def turned_box(box: Box, degrees: int, width: float, height: float) -> Box:
    """Where a box of a ``width`` × ``height`` page lies once the page is turned clockwise by ``degrees``."""
    if degrees == 90:
        return Box(height - box.y1, box.x0, height - box.y0, box.x1)
    if degrees == 180:
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    if degrees == 270:
        return Box(box.y0, width - box.x1, box.y1, width - box.x0)
    return box


def turned_character(character: Character, degrees: int, width: float, height: float) -> Character:
    """The character on the turned page."""
    if degrees == 0:
        return character
    return replace(
        character,
        box=turned_box(character.box, degrees, width, height),
        angle=(character.angle - degrees) % 360,
    )


def turned_grid(grid: Grid, degrees: int, width: float, height: float) -> Grid:
    """The grid on the turned page, its rows and columns counted anew."""
    if degrees == 0:
        return grid
    from kbtool.intake.readers.ruled import grid_of

    return grid_of([turned_box(cell.box, degrees, width, height) for cell in grid.cells])
