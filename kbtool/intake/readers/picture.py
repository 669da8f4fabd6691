"""A page, or a part of it, as a fresh WebP picture: pixels only, nothing of the source's own bytes."""

import io
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image

from kbtool.document import Mesh
from kbtool.intake.readers.opened import Pixels

_QUALITY = 80
_FINEST_DPI = 600.0
#: Whatever a mesh says, a page is not drawn larger than this share asks for.
_LEAST_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a page, as ``page_image`` says it."""

    width_px: int
    rotation: int
    mesh: Mesh
    aspect: float
    crop: tuple[float, float, float, float]


def fitting_dpi(sketch: Pixels, wanted: Wanted) -> float:
    """The resolution at which the crop of the straight page becomes as wide as wanted; ``sketch`` gives its size."""
    upright_pt = sketch.width_pt if wanted.rotation in (0, 180) else sketch.height_pt
    share = max((row[-1][0] - row[0][0] for row in wanted.mesh), default=1.0) * (wanted.crop[2] - wanted.crop[0])
    return min(_FINEST_DPI, wanted.width_px * 72 / (upright_pt * max(share, _LEAST_SHARE)))


def encode(page: Pixels, wanted: Wanted) -> bytes:
    """Turn, set straight, cut out, encode as WebP."""
    image = Image.fromarray(page.array)
    crop, width_px = wanted.crop, wanted.width_px
    if wanted.rotation:
        image = image.rotate(-wanted.rotation, expand=True)
    if wanted.mesh:
        image = _straight(image, wanted.mesh, wanted.aspect, round(width_px / (crop[2] - crop[0])))
    if crop != (0.0, 0.0, 1.0, 1.0):
        image = image.crop(_pixels(crop, *image.size))
    if abs(image.width - width_px) > 1:
        height_px = max(1, round(image.height * width_px / image.width))
        image = image.resize((width_px, height_px), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=_QUALITY, method=4)
    return buffer.getvalue()


def _straight(image: Image.Image, mesh: Mesh, aspect: float, width_px: int) -> Image.Image:
    """Draw each field of the mesh from where it lies in the picture."""
    size = width_px, max(1, round(width_px * aspect))
    ys, xs = (
        [round(length * i / (count - 1)) for i in range(count)]
        for length, count in ((size[1], len(mesh)), (size[0], len(mesh[0])))
    )
    places = [[(x * image.width, y * image.height) for x, y in row] for row in mesh]
    fields = [
        ((xs[c], ys[r], xs[c + 1], ys[r + 1]), (*upper[c], *lower[c], *lower[c + 1], *upper[c + 1]))
        for r, (upper, lower) in enumerate(pairwise(places))
        for c in range(len(upper) - 1)
    ]
    return image.transform(size, Image.Transform.MESH, fields, Image.Resampling.BICUBIC, fillcolor="white")


def _pixels(crop: tuple[float, float, float, float], width: int, height: int) -> tuple[int, int, int, int]:
    left, top = int(crop[0] * width), int(crop[1] * height)
    return left, top, max(left + 1, round(crop[2] * width)), max(top + 1, round(crop[3] * height))
