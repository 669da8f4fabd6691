"""Draws the filled inquiry slips of the demo: 20 slips and one that was scanned twice, images only.

Separate from the printed form and from the pen. It promises the same bytes on every draw; what stands on the slips,
with the faults that slips have (two rings, a blank scale, handwriting), is said in `wording/slips.yml`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from PIL import Image, ImageDraw

from . import paper
from .slips_form import DPI, Field, Form, printed
from .slips_ink import Hand

NAME = "お問い合わせ票_202604.pdf"
WORDING = Path(__file__).parent / "wording" / "slips.yml"
SEED = 202604
SCAN_SEED = 202605
"""Another seed than the filling's: a slip scanned twice is filled alike and scanned differently."""
JPEG_QUALITY = 50
MAX_SHIFT_PX = 24
MAX_SKEW_HUNDREDTHS = 70


def draw(out: Path) -> None:
    """Write the inquiry slips into the folder `out`."""
    wording = yaml.safe_load(WORDING.read_text(encoding="utf-8"))
    paper.images_to_pdf(_scans(wording), out / NAME, dpi=DPI, quality=JPEG_QUALITY)


def _scans(wording: dict[str, Any]) -> Iterator[Image.Image]:
    form = Form.load()
    empty = printed(form, wording)
    slips = wording["slips"]
    for page, slip in enumerate(slips, start=1):
        yield _scan(_filled(empty, form, slip, page), page, contrast=0.9)
    numbers = [slip["fields"]["number"] for slip in slips]
    twice = numbers.index(wording["scanned_twice"])
    yield _scan(_filled(empty, form, slips[twice], twice + 1), len(slips) + 1, contrast=0.55)


def _filled(empty: Image.Image, form: Form, slip: dict[str, Any], page: int) -> Image.Image:
    sheet = empty.copy()
    hand = Hand(ImageDraw.Draw(sheet), paper.generator(SEED, page))
    for field in form.fields:
        characters = slip["ink"].get("handwriting", {}).get(field.name)
        if characters:
            hand.scribble(characters, field.box)
        elif field.name in slip["fields"]:
            _fill(hand, field, slip["fields"][field.name], slip["ink"])
    return sheet


def _fill(hand: Hand, field: Field, value: Any, ink: dict[str, Any]) -> None:
    if not field.mark:
        hand.type(value, field.box, ink["face"])
        return
    marked = value if isinstance(value, list) else [value]
    mark = hand.ring if field.mark == "ring" else {"check": hand.check, "fill": hand.fill}[ink["tick"]]
    for choice in marked:
        mark(next(option.box for option in field.options if option.value == choice))


def _scan(sheet: Image.Image, page: int, *, contrast: float) -> Image.Image:
    rng = paper.generator(SCAN_SEED, page)
    skew = int(rng.integers(-MAX_SKEW_HUNDREDTHS, MAX_SKEW_HUNDREDTHS + 1)) / 100
    return paper.scan(_shifted(sheet, rng), rng, skew_deg=skew, noise=2.0, blur=0.6, contrast=contrast)


def _shifted(sheet: Image.Image, rng: np.random.Generator) -> Image.Image:
    dx, dy = rng.integers(-MAX_SHIFT_PX, MAX_SHIFT_PX + 1, 2).tolist()
    moved = Image.new("L", sheet.size, 255)
    moved.paste(sheet, (dx, dy))
    return moved
