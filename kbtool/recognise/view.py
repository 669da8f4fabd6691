"""How a straight page is drawn from its picture: perspective, turn and curl in one step, so that it blurs but once.

Separate from finding the geometry, because the same mapping also tells where each place of the straight page lies in
the picture that came (``mesh``), for those who show it.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from kbtool.document import Mesh
from kbtool.recognise.curl import Lift
from kbtool.recognise.raster import Colour, Grey

#: Points a side at which a curled page is measured exactly; between them it is as good as plane.
_NODES = 65
#: Points a side of the mesh that is handed on: between four points of it all places lie evenly.
_MESH_BENT, _MESH_TILTED, _MESH_TURNED = 25, 9, 2

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A straight page of ``width`` × ``height`` pixels and where each of its places lies in the picture.

    ``matrix``: 3×3, from the page to the picture, pixels to pixels. ``lift`` bends the page first, measured on a page
    of its own size; where lines run down the page (``sideways``), it was measured on the page turned anticlockwise.
    """

    width: int
    height: int
    matrix: Floats
    lift: Lift | None = None
    sideways: bool = False

    def draw(self, picture: Colour | Grey, scale: float = 1.0) -> Colour | Grey:
        """The straight page; ``scale`` below 1 draws it smaller."""
        size = max(1, round(self.width * scale)), max(1, round(self.height * scale))
        if self.lift is None:
            matrix = self.matrix @ np.diag([self.width / size[0], self.height / size[1], 1.0])
            flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
            drawn = cv2.warpPerspective(picture, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
            return np.asarray(drawn, np.uint8)
        nodes = self._nodes(_NODES, _NODES)
        x, y = (_spread(nodes[..., i], size) for i in range(2))
        return np.asarray(cv2.remap(picture, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8)

    def scaled(self, factor: float) -> "View":
        """The same page, made of a picture ``factor`` times as large."""
        matrix = np.diag([factor, factor, 1.0]) @ self.matrix @ np.diag([1 / factor, 1 / factor, 1.0])
        return replace(self, width=round(self.width * factor), height=round(self.height * factor), matrix=matrix)

    def mesh(self, picture: Colour | Grey) -> Mesh:
        """Where evenly spaced points of the page lie in the picture, both in fractions; rows from the top."""
        is_turned = bool(np.abs(self.matrix[2, :2]).max() < 1e-9)
        count = _MESH_BENT if self.lift is not None else _MESH_TURNED if is_turned else _MESH_TILTED
        places = self._nodes(count, count) / np.array(picture.shape[1::-1])
        return tuple(tuple((round(float(x), 5), round(float(y), 5)) for x, y in row) for row in places)

    def _nodes(self, rows: int, columns: int) -> Floats:
        """Places in the picture of evenly spaced points of the page: rows × columns × (x, y)."""
        x, y = np.meshgrid(np.linspace(0, self.width, columns), np.linspace(0, self.height, rows))
        if self.lift is not None:
            x, y = self._bent(x, y)
        flat = np.stack([x, y, np.ones_like(x)], -1) @ self.matrix.T
        return np.asarray(flat[..., :2] / flat[..., 2:])

    def _bent(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        if self.lift is None:
            return x, y
        if self.sideways:
            along, across = self._lowered(y, self.width - x, (self.height, self.width))
            return self.width - across, along
        return self._lowered(x, y, (self.width, self.height))

    def _lowered(self, x: Floats, y: Floats, size: tuple[int, int]) -> tuple[Floats, Floats]:
        """Undo the lift, which is told where things are, for a place they shall come to."""
        if self.lift is None:
            return x, y
        across, down = size[0] / self.lift.size[0], size[1] / self.lift.size[1]
        before = y
        for _ in range(6):
            before = y - down * self.lift.at(x / across, before / down)
        return x, before


def turned_mesh(mesh: Mesh, degrees: int) -> Mesh:
    """The mesh of a page and its picture, both turned clockwise by a multiple of 90 degrees."""
    for _ in range(degrees // 90 % 4 if mesh else 0):
        mesh = tuple(tuple((1 - y, x) for x, y in column) for column in zip(*mesh[::-1], strict=True))
    return mesh


def _spread(nodes: Floats, size: tuple[int, int]) -> npt.NDArray[np.float32]:
    """Values at evenly spaced nodes, drawn out to every pixel's middle."""
    width, height = size
    rows, columns = (_between(length, count) for length, count in zip((height, width), nodes.shape, strict=True))
    # Nodes count from the edge of the first pixel, remap from its middle.
    return np.asarray(rows @ nodes.astype(np.float32) @ columns.T - 0.5, np.float32)


def _between(length: int, nodes: int) -> npt.NDArray[np.float32]:
    """Length × nodes: the share that each node has in each pixel."""
    place = (np.arange(length) + 0.5) / length * (nodes - 1)
    return np.asarray(np.clip(1 - np.abs(place[:, None] - np.arange(nodes)[None]), 0, 1), np.float32)
