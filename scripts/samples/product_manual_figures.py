"""The figures of the product manual: line drawings of the appliance and its parts, without a word in them.

Separate from the pages because a figure is only shapes: each is a function that draws into a box of one unit by one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

INK = HexColor("#303030")
SHADE = HexColor("#e6e9ec")
WATER = HexColor("#cfe3f2")
WHITE = HexColor("#ffffff")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws with units of the figure's box; (0, 0) is its lower left corner."""

    canvas: Canvas
    width_pt: float
    height_pt: float

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: Color = WHITE,
        radius_pt: float = 4,
    ) -> None:
        self.canvas.setFillColor(fill)
        self.canvas.roundRect(
            x * self.width_pt,
            y * self.height_pt,
            width * self.width_pt,
            height * self.height_pt,
            radius_pt,
            fill=1,
        )

    def line(self, *points: Point) -> None:
        path = self.canvas.beginPath()
        path.moveTo(*self._at(points[0]))
        for point in points[1:]:
            path.lineTo(*self._at(point))
        self.canvas.drawPath(path)

    def circle(self, x: float, y: float, radius_pt: float, fill: Color = WHITE) -> None:
        self.canvas.setFillColor(fill)
        self.canvas.circle(*self._at((x, y)), radius_pt, fill=1)

    def curve(self, start: Point, bend_1: Point, bend_2: Point, end: Point) -> None:
        points = (self._at(point) for point in (start, bend_1, bend_2, end))
        self.canvas.bezier(*(number for point in points for number in point))

    def _at(self, point: Point) -> Point:
        return point[0] * self.width_pt, point[1] * self.height_pt


def appliance(pen: Pen) -> None:
    """The appliance from the front."""
    pen.box(0.18, 0.02, 0.10, 0.05, SHADE, 2)
    pen.box(0.72, 0.02, 0.10, 0.05, SHADE, 2)
    pen.box(0.12, 0.05, 0.76, 0.88, WHITE, 14)
    pen.box(0.20, 0.93, 0.60, 0.05, SHADE, 3)
    for step in range(9):
        x = 0.25 + step * 0.0625
        pen.line((x, 0.94), (x, 0.97))
    pen.box(0.22, 0.80, 0.56, 0.09, SHADE, 6)
    for step in range(4):
        pen.circle(0.32 + step * 0.12, 0.845, 4)
    pen.circle(0.62, 0.745, 5, WATER)
    pen.box(0.20, 0.12, 0.60, 0.58, WHITE, 8)
    for step in range(8):
        y = 0.17 + step * 0.03
        pen.line((0.28, y), (0.72, y))


def inside(pen: Pen) -> None:
    """The appliance opened: filters, tank, tray and float drawn apart."""
    pen.box(0.04, 0.24, 0.10, 0.70, WHITE, 6)
    pen.box(0.20, 0.26, 0.12, 0.66, SHADE, 2)
    for step in range(10):
        y = 0.30 + step * 0.06
        pen.line((0.21, y), (0.31, y + 0.03))
    pen.box(0.40, 0.30, 0.10, 0.58, WHITE, 2)
    for step in range(11):
        y = 0.34 + step * 0.048
        pen.line((0.41, y), (0.455, y + 0.02), (0.49, y))
    pen.box(0.62, 0.34, 0.26, 0.56, WHITE, 8)
    pen.box(0.63, 0.35, 0.24, 0.34, WATER, 6)
    pen.box(0.70, 0.28, 0.10, 0.06, SHADE, 2)
    pen.box(0.40, 0.03, 0.50, 0.18, WHITE, 5)
    pen.box(0.41, 0.04, 0.48, 0.07, WATER, 3)
    pen.box(0.55, 0.08, 0.09, 0.08, SHADE, 3)


def room(pen: Pen) -> None:
    """The appliance on the floor of a room, away from the wall."""
    pen.line((0.02, 0.10), (0.98, 0.10))
    pen.line((0.08, 0.10), (0.08, 0.96))
    pen.box(0.34, 0.10, 0.16, 0.52, WHITE, 6)
    pen.box(0.37, 0.16, 0.10, 0.26, SHADE, 3)
    pen.box(0.72, 0.10, 0.20, 0.34, SHADE, 3)
    pen.line((0.10, 0.34), (0.32, 0.34))
    pen.line((0.10, 0.34), (0.13, 0.37))
    pen.line((0.10, 0.34), (0.13, 0.31))
    pen.line((0.32, 0.34), (0.29, 0.37))
    pen.line((0.32, 0.34), (0.29, 0.31))
    for step in range(3):
        x = 0.38 + step * 0.04
        pen.curve((x, 0.66), (x - 0.03, 0.74), (x + 0.06, 0.82), (x + 0.02, 0.92))


def plug(pen: Pen) -> None:
    """A mains plug in front of a wall socket."""
    pen.box(0.66, 0.12, 0.14, 0.76, WHITE, 5)
    pen.line((0.72, 0.40), (0.72, 0.60))
    pen.line((0.75, 0.40), (0.75, 0.60))
    pen.box(0.36, 0.34, 0.14, 0.32, SHADE, 5)
    pen.line((0.50, 0.44), (0.57, 0.44))
    pen.line((0.50, 0.56), (0.57, 0.56))
    pen.curve((0.36, 0.50), (0.26, 0.50), (0.26, 0.14), (0.14, 0.16))


def level(pen: Pen) -> None:
    """The appliance standing level, and beside it a slanting floor crossed out."""
    pen.line((0.06, 0.12), (0.44, 0.12))
    pen.box(0.18, 0.12, 0.14, 0.62, WHITE, 6)
    pen.circle(0.25, 0.90, 9)
    pen.line((0.58, 0.10), (0.94, 0.30))
    pen.canvas.saveState()
    pen.canvas.translate(0.70 * pen.width_pt, 0.18 * pen.height_pt)
    pen.canvas.rotate(8)
    pen.canvas.setFillColor(WHITE)
    pen.canvas.roundRect(0, 0, 0.14 * pen.width_pt, 0.58 * pen.height_pt, 6, fill=1)
    pen.canvas.restoreState()
    pen.line((0.58, 0.84), (0.64, 0.98))
    pen.line((0.58, 0.98), (0.64, 0.84))


def filter_sheet(pen: Pen) -> None:
    """A pleated filter and the vacuum nozzle that cleans it."""
    pen.box(0.18, 0.08, 0.34, 0.84, WHITE, 3)
    for step in range(12):
        x = 0.20 + step * 0.026
        pen.line((x, 0.12), (x + 0.012, 0.50), (x, 0.88))
    pen.box(0.32, 0.92, 0.06, 0.05, SHADE, 2)
    pen.box(0.58, 0.40, 0.06, 0.30, SHADE, 3)
    pen.box(0.64, 0.50, 0.10, 0.10, WHITE, 2)
    pen.curve((0.74, 0.55), (0.86, 0.55), (0.84, 0.22), (0.94, 0.20))


def tank(pen: Pen) -> None:
    """The water tank over its tray with the float."""
    pen.box(0.28, 0.40, 0.30, 0.50, WHITE, 8)
    pen.box(0.29, 0.41, 0.28, 0.30, WATER, 6)
    pen.box(0.36, 0.92, 0.14, 0.05, SHADE, 3)
    pen.box(0.38, 0.33, 0.10, 0.07, SHADE, 2)
    pen.line((0.43, 0.30), (0.43, 0.24))
    pen.line((0.41, 0.26), (0.43, 0.24), (0.45, 0.26))
    pen.box(0.18, 0.05, 0.62, 0.16, WHITE, 5)
    pen.box(0.19, 0.06, 0.60, 0.07, WATER, 3)
    pen.box(0.66, 0.09, 0.08, 0.09, SHADE, 3)


def panel(pen: Pen) -> None:
    """The control panel: five buttons, their lamps and the display window."""
    pen.box(0.04, 0.20, 0.92, 0.60, SHADE, 10)
    pen.box(0.08, 0.34, 0.18, 0.32, WHITE, 4)
    for step in range(5):
        x = 0.36 + step * 0.13
        pen.circle(x, 0.46, 9)
        pen.circle(x, 0.68, 2.5, WATER)


def humidity(pen: Pen) -> None:
    """Drops over a bar of three steps."""
    for step in range(3):
        pen.box(0.24 + step * 0.18, 0.12, 0.14, 0.16 + step * 0.14, SHADE, 2)
        x = 0.31 + step * 0.18
        top = 0.50 + step * 0.14
        pen.circle(x, top + 0.04, 6, WATER)
        pen.line((x - 0.018, top + 0.09), (x, top + 0.20), (x + 0.018, top + 0.09))


FIGURES: dict[str, tuple[Callable[[Pen], None], float]] = {
    "appliance": (appliance, 0.66),
    "inside": (inside, 1.1),
    "room": (room, 1.7),
    "plug": (plug, 2.0),
    "level": (level, 1.8),
    "filter": (filter_sheet, 1.3),
    "tank": (tank, 1.3),
    "panel": (panel, 2.1),
    "humidity": (humidity, 1.5),
}
"""Name in the wording → drawing and its width for a height of one."""


def draw_figure(canvas: Canvas, name: str, x_pt: float, y_pt: float, height_pt: float) -> None:
    """Draw the figure `name` with its lower left corner at (x, y), all in points."""
    shape, aspect = FIGURES[name]
    canvas.saveState()
    canvas.translate(x_pt, y_pt)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.8)
    shape(Pen(canvas, aspect * height_pt, height_pt))
    canvas.restoreState()


def width_of(name: str, height_pt: float) -> float:
    """Return the width in points of the figure `name` drawn `height_pt` high."""
    return FIGURES[name][1] * height_pt
