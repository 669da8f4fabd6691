"""Red rubber stamps: a frame with a few lines of text, pressed on a page slightly askew and unevenly inked."""

import numpy as np
from PIL import Image, ImageDraw

from samples import paper
from samples.sheet import Colour, Style

VERMILION: Colour = (216, 48, 56)


def press(
    page: Image.Image,
    rng: np.random.Generator,
    lines: list[str],
    style: Style,
    *,
    centre_mm: tuple[float, float],
    tilt_deg: float = 0.0,
    pad_mm: float = 1.6,
    frame_mm: float = 0.6,
) -> Image.Image:
    """Return `page` with a stamp of `lines` on it: its middle at `centre_mm`, turned clockwise by `tilt_deg`."""
    mask = _plate(lines, style, pad_mm, frame_mm)
    mask = mask.rotate(-tilt_deg, Image.Resampling.BICUBIC, expand=True)
    mask = _unevenly_inked(mask, rng)
    left, top = (paper.px(mm) - side // 2 for mm, side in zip(centre_mm, mask.size, strict=True))
    pressed = page.copy()
    pressed.paste(VERMILION, (left, top), mask)
    return pressed


def _plate(lines: list[str], style: Style, pad_mm: float, frame_mm: float) -> Image.Image:
    """Draw the stamp's face: white (255) prints."""
    pad = paper.px(pad_mm)
    step = paper.px(style.line_mm)
    widest = max(round(style.font.getlength(line)) for line in lines)
    height = step * (len(lines) - 1) + paper.px(style.size_mm)
    plate = Image.new("L", (widest + 2 * pad, height + 2 * pad), 0)
    draw = ImageDraw.Draw(plate)
    draw.rounded_rectangle([0, 0, plate.width - 1, plate.height - 1], pad // 2, None, 255, paper.px(frame_mm))
    for number, line in enumerate(lines):
        left = (plate.width - round(style.font.getlength(line))) // 2
        draw.text((left, pad + number * step), line, 255, style.font, stroke_width=1)
    return plate


def _unevenly_inked(mask: Image.Image, rng: np.random.Generator) -> Image.Image:
    patches = rng.integers(150, 256, (7, 13), dtype=np.uint8)
    ink = Image.fromarray(patches).resize(mask.size, Image.Resampling.BICUBIC)
    inked = np.asarray(mask, dtype=np.uint16) * np.asarray(ink, dtype=np.uint16) // 255
    return Image.fromarray(inked.astype(np.uint8))
