"""What scanners, fax machines and telephones do to a clean page: one function a condition, each by seed.

The numbers are set so that plain Tesseract scores about as in ``reference.ROWS``; see there.
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Rng = np.random.Generator


def severity(seed: int, number: int) -> float:
    """Return how bad a page has it, from 0 to 1: any run of pages covers the whole range evenly.

    A random draw would leave a condition's mean to a few bad pages. The golden ratio's multiples, modulo 1, lie as
    evenly as a sequence of unknown length can, and fall in step with no cycle of layouts or typefaces.
    """
    return (0.5 + 0.37 * seed + number * (5**0.5 - 1) / 2) % 1


def clean(page: Pixels, severity: float, rng: Rng) -> Pixels:
    """300 dpi, as good as paper gets."""
    return _scanned(page, rng, blur=_between(0.8, 1.2, severity), noise=2.0)


def scan200(page: Pixels, severity: float, rng: Rng) -> Pixels:
    """An office scan at 200 dpi, soft and grainy."""
    return _scanned(_at(page, 200), rng, blur=_between(1.0, 1.4, severity), noise=5.0)


def skew(page: Pixels, severity: float, rng: Rng) -> Pixels:
    """A 200 dpi scan of a sheet fed 1.9 to 2.85° askew, either way."""
    turned = _tilted(page, _between(1.9, 2.85, severity) * float(rng.choice((-1, 1))))
    return _scanned(_at(turned, 200), rng, blur=0.7, noise=4.0)


def scan150(page: Pixels, severity: float, rng: Rng) -> Pixels:
    """A coarse scan at 150 dpi."""
    return _scanned(_at(page, 150), rng, blur=_between(0.6, 0.85, severity), noise=5.0)


def vertical(page: Pixels, severity: float, rng: Rng) -> Pixels:
    """A coarse, soft scan at 150 dpi."""
    return _scanned(_at(page, 150), rng, blur=_between(1.22, 1.52, severity), noise=7.8)


def pale(page: Pixels, severity: float, rng: Rng) -> Pixels:
    """Worn toner on grey paper: little contrast, strokes with gaps, 200 dpi."""
    worn = _at(_worn(page, _between(0.33, 0.56, severity), rng), 200)
    return _scanned(worn, rng, blur=0.9, noise=3.0, black=135, white=215)


def _worn(page: Pixels, depth: float, rng: Rng) -> Pixels:
    """Lighten the ink by blotches of the size of a stroke; ``depth`` is what one standard deviation takes away."""
    blotches = cv2.GaussianBlur(rng.normal(0, 1, page.shape).astype(np.float32), (0, 0), 1.2)
    kept = np.clip(1 - depth * np.maximum(blotches / blotches.std(), 0), 0, 1)
    return _grey(255 - (255 - page.astype(np.float32)) * kept)


def fold(page: Pixels, severity: float, rng: Rng) -> Pixels:
    """A 200 dpi scan of a sheet folded in three and bound: grainy shadows of both creases and of the inner edge."""
    small = _at(page, 200)
    height, width = small.shape
    down, across = np.arange(height)[:, None] / height, np.arange(width) / width
    nearest = np.minimum(np.abs(down - rng.uniform(0.3, 0.36)), np.abs(down - rng.uniform(0.63, 0.7)))
    crease = 1 - 0.47 * np.exp(-((nearest / 0.0063) ** 2))
    gutter = 1 - 0.69 / (1 + np.exp((across - _between(0.07, 0.09, severity)) / 0.012))
    shaded = _scanned(small, rng, blur=0.9, noise=3.0) * crease * gutter
    return _grey(shaded + rng.normal(0, 1, small.shape) * (4 + 16 * (1 - gutter) + 10 * (1 - crease)))


def stamp(page: Pixels, severity: float, rng: Rng) -> Pixels:
    """Red seals over the words of a 200 dpi colour scan."""
    return _sealed(page, rng, seals=3)


def _sealed(page: Pixels, rng: Rng, seals: int) -> Pixels:
    small = _scanned(_at(page, 200), rng, blur=0.9, noise=4.0)
    height, width = small.shape
    ink = np.zeros((height, width), np.uint8)
    for _ in range(seals):
        _seal(ink, (int(rng.uniform(0.15, 0.85) * width), int(rng.uniform(0.12, 0.85) * height)), rng)
    soft = cv2.GaussianBlur(ink, (0, 0), 0.8).astype(np.float32)[..., None] / 255
    colour = np.repeat(small[..., None], 3, axis=2).astype(np.float32)
    return _grey(colour * (1 - soft * (1 - np.array([0.84, 0.25, 0.22], np.float32))))


def _seal(ink: Pixels, centre: tuple[int, int], rng: Rng) -> None:
    """A double ring with bars across, as a date stamp has."""
    radius = int(rng.uniform(62, 94))
    cv2.circle(ink, centre, radius, 235, 7)
    cv2.circle(ink, centre, radius - 14, 235, 3)
    for offset in (-radius // 4, radius // 4):
        half = int((radius**2 - offset**2) ** 0.5) - 8
        cv2.line(ink, (centre[0] - half, centre[1] + offset), (centre[0] + half, centre[1] + offset), 235, 4)
    for text, lower in (("26.4.1", 0.1), ("OK", -0.55), ("RECV", 0.75)):
        (wide, high), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, radius / 70, 4)
        start = (centre[0] - wide // 2, centre[1] + int(lower * radius) + high // 2)
        cv2.putText(ink, text, start, cv2.FONT_HERSHEY_SIMPLEX, radius / 70, 235, 4)


def form(page: Pixels, severity: float, rng: Rng) -> Pixels:
    """A sheet as copiers and scanners hand it on: 97 to 103 % of its size, up to 1.5° askew; a seal on every third.

    Copied slips are coarser: as soft and grainy as ``scan200``.
    """
    height, width = page.shape
    across, down = rng.uniform(0.97, 1.03, 2)
    right, below = rng.uniform(-20, 20, 2)
    matrix = np.array([[across, 0, right + width * (1 - across) / 2], [0, down, below + height * (1 - down) / 2]])
    sized = np.asarray(cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_AREA, borderValue=255), np.uint8)
    laid = _tilted(sized, float(rng.uniform(-1.5, 1.5)))
    if rng.random() < 1 / 3:
        return _sealed(laid, rng, seals=1)
    return scan200(laid, severity, rng)


def fax(page: Pixels, severity: float, rng: Rng) -> Pixels:
    """A fine fax (204 × 196 dpi): black or white, with specks and lost lines."""
    small = np.asarray(cv2.GaussianBlur(_at(page, 200), (0, 0), 0.6), np.float32)
    grain = cv2.GaussianBlur(rng.normal(0, 1, small.shape).astype(np.float32), (0, 0), 0.8)
    black = small + 18 * grain < 150
    black ^= rng.random(small.shape) < 0.0004
    for row in rng.integers(0, small.shape[0], 6):
        black[row] = False
    return np.where(black, 0, 255).astype(np.uint8)


def photo(page: Pixels, severity: float, rng: Rng) -> Pixels:
    """A page photographed on a desk: perspective, uneven light, soft focus, in colour."""
    height, width = 2900, 2200
    source = np.array([[0, 0], [page.shape[1], 0], [page.shape[1], page.shape[0]], [0, page.shape[0]]], np.float32)
    inset = np.array([[0.06, 0.05], [0.94, 0.05], [0.94, 0.95], [0.06, 0.95]]) + rng.uniform(-0.055, 0.055, (4, 2))
    target = (inset * [width, height]).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    view = cv2.warpPerspective(page, matrix, (width, height), flags=cv2.INTER_AREA, borderValue=96)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    slope = np.cos(angle) * (x / width - 0.5) + np.sin(angle) * (y / height - 0.5)
    lit = cv2.GaussianBlur(view, (0, 0), 2.0) * (0.72 - 0.66 * slope)
    colour = np.stack([lit * 1.0, lit * 0.97, lit * 0.9], axis=2)
    return _noisy(colour, rng, 6.0)


def _tilted(page: Pixels, degrees: float) -> Pixels:
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return _grey(cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255))


def _between(least: float, most: float, severity: float) -> float:
    return least + (most - least) * severity


def _at(page: Pixels, dpi: int) -> Pixels:
    size = (round(page.shape[1] * dpi / 300), round(page.shape[0] * dpi / 300))
    return _grey(cv2.resize(page, size, interpolation=cv2.INTER_AREA))


def _scanned(page: Pixels, rng: Rng, *, blur: float, noise: float, black: int = 22, white: int = 248) -> Pixels:
    soft = cv2.GaussianBlur(page, (0, 0), blur).astype(np.float32)
    return _noisy(black + soft * (white - black) / 255, rng, noise)


def _noisy(page: npt.NDArray[np.floating], rng: Rng, noise: float) -> Pixels:
    grain = rng.normal(0, noise, page.shape[:2]).astype(np.float32)
    return _grey(page + (grain if page.ndim == 2 else grain[..., None]))


def _grey(page: npt.ArrayLike) -> Pixels:
    clipped: Pixels = np.clip(np.asarray(page), 0, 255).astype(np.uint8)
    return clipped


#: Damage by condition, with the resolution that the image then has.
DAMAGES: dict[str, tuple[Callable[[Pixels, float, Rng], Pixels], int]] = {
    "clean": (clean, 300),
    "scan200": (scan200, 200),
    "skew": (skew, 200),
    "scan150": (scan150, 150),
    "pale": (pale, 200),
    "fold": (fold, 200),
    "stamp": (stamp, 200),
    "fax": (fax, 200),
    "photo": (photo, 260),
}
