"""Photographs of sheets: a camera over a desk, the sheet flat, askew or curled, in the light of a room."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """How a sheet was photographed.

    ``tilt``, ``lean``, ``roll``: degrees of the camera about the sheet's width, its height and the line of sight.
    ``curl``: height of the bulge, ``spine``: how steeply the left edge dives into a binding, both in sheet widths.
    ``fill``: share of the picture that the sheet spans. ``slope``: how much brighter one side is than the other.
    """

    tilt: float = 0.0
    lean: float = 0.0
    roll: float = 0.0
    curl: float = 0.0
    spine: float = 0.0
    fill: float = 0.85
    desk: str = "plain"
    level: float = 90.0
    slope: float = 0.3
    hand: bool = False
    light: float = 1.0
    blur: float = 1.2
    noise: float = 4.0
    seed: int = 1


def photograph(sheet: Pixels, shot: Shot, width: int = 2200, height: int = 2900) -> Pixels:
    """The picture, RGB; ``sheet`` is grey or RGB."""
    rng = np.random.default_rng(shot.seed)
    u, v = _where_on_sheet(sheet.shape[0] / sheet.shape[1], shot, width, height)
    scale = sheet.shape[1]
    finer = max(1.0, scale / (width * shot.fill))
    source = cv2.GaussianBlur(sheet, (0, 0), 0.4 * finer) if finer > 1.2 else sheet
    paper = cv2.remap(source, u * scale, v * scale, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    paper = np.asarray(paper if paper.ndim == 3 else paper[..., None], np.float32) * np.array([1.0, 0.98, 0.93])
    on = (u >= 0) & (u <= 1) & (v >= 0) & (v <= sheet.shape[0] / sheet.shape[1])
    lit = np.where(on[..., None], paper, _desk(shot, rng, height, width))
    lit = cv2.GaussianBlur(lit, (0, 0), shot.blur) * _light(shot, rng, height, width)[..., None] * shot.light
    grain = rng.normal(0, shot.noise, (height, width)).astype(np.float32)
    return np.clip(lit + grain[..., None], 0, 255).astype(np.uint8)


def _where_on_sheet(aspect: float, shot: Shot, width: int, height: int) -> tuple[Floats, Floats]:
    """For each pixel the point of the sheet it sees, in sheet widths; the sheet is a bent, never stretched, plane."""
    away = 2.6
    focal = shot.fill * away * min(width, height / aspect)
    # Smooth enough to be told at every eighth pixel.
    y, x = np.mgrid[3.5 : height + 4 : 8, 3.5 : width + 4 : 8]
    rays = np.stack([(x - width / 2) / focal, (y - height / 2) / focal, np.ones_like(x)], -1)
    turn = _turn(0, shot.tilt) @ _turn(1, shot.lean) @ _turn(2, shot.roll)
    eye, rays = turn @ np.array([0, 0, -away]), rays @ turn.T
    reach = np.full(x.shape, away)
    for _ in range(12):
        across = eye[0] + reach * rays[..., 0]
        bulge, slope = _bulge(across, shot)
        reach = reach - (eye[2] + reach * rays[..., 2] + bulge) / (rays[..., 2] + slope * rays[..., 0])
    across = eye[0] + reach * rays[..., 0]
    steps = np.linspace(-1, 1, 2001)
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(steps), np.diff(_bulge(steps, shot)[0])))])
    length -= np.interp(-0.5, steps, length)
    u = np.interp(across, steps, length, left=-1, right=3)
    v = eye[1] + reach * rays[..., 1] + aspect / 2
    whole = (8 * u.shape[1], 8 * u.shape[0])
    u, v = (cv2.resize(each.astype(np.float32), whole, interpolation=cv2.INTER_LINEAR) for each in (u, v))
    return u[:height, :width], v[:height, :width]


def _bulge(x: npt.NDArray[np.float64], shot: Shot) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Height of the sheet over the desk at ``x`` (-.5 to .5 across it), and its slope."""
    inside = np.clip(x, -0.55, 0.55)
    dive = np.exp(-(inside + 0.5) / 0.12)
    bulge = shot.curl * np.cos(np.pi * inside) - shot.spine * dive
    slope = -shot.curl * np.pi * np.sin(np.pi * inside) + shot.spine * dive / 0.12
    return bulge, slope


def _turn(axis: int, degrees: float) -> npt.NDArray[np.float64]:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    a, b = [i for i in range(3) if i != axis]
    matrix = np.eye(3)
    matrix[a, a], matrix[a, b], matrix[b, a], matrix[b, b] = c, -s, s, c
    return matrix


def _desk(shot: Shot, rng: np.random.Generator, height: int, width: int) -> Floats:
    colour = np.array([1.0, 0.82, 0.6] if shot.desk == "wood" else [1.0, 1.0, 1.0], np.float32)
    desk = np.full((height, width), shot.level, np.float32)
    if shot.desk == "wood":
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        wave = np.sin(x / 37 + 3 * np.sin(y / 900)) + 0.6 * np.sin(x / 11 + 2 * np.sin(y / 300))
        desk += 14 * wave
        desk[:, :: width // 5] *= 0.4
    if shot.desk == "cloth":
        small = rng.normal(0, 1, (height // 6 + 1, width // 6 + 1)).astype(np.float32)
        desk += 22 * cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    if shot.desk == "things":  # a keyboard and a pen beside the sheet
        keys = np.asarray(desk, np.uint8)
        for row in range(0, height, 130):
            for column in range(0, width, 130):
                cv2.rectangle(keys, (column, row), (column + 100, row + 100), int(shot.level * 0.45), -1)
                cv2.putText(keys, chr(65 + (row + column) % 26), (column + 25, row + 70), 0, 1.6, 220, 4)
        desk = keys.astype(np.float32)
    return np.asarray(desk[..., None] * colour, np.float32)


def _light(shot: Shot, rng: np.random.Generator, height: int, width: int) -> Floats:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    light = 0.85 - 2 * shot.slope * (np.cos(angle) * (x / width - 0.5) + np.sin(angle) * (y / height - 0.5))
    if shot.hand:
        shade = np.zeros((height, width), np.float32)
        cv2.ellipse(shade, (width // 2, height), (width // 5, height // 2), 15.0, 0, 360, 1.0, -1)
        light *= 1 - 0.45 * cv2.GaussianBlur(shade, (0, 0), width / 40)
    return np.asarray(light, np.float32)
