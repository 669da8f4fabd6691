"""業務マニュアル第4版.pdf: an in-house manual of 2019 that was printed, stamped, corrected, copied and scanned.

What became of each page is a table here, because each line is a difficulty that reading a real manual brings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from PIL import Image

from samples import damage, paper, stamps
from samples.manual_pages import Wording, clean_pages
from samples.sheet import Style

NAME = "業務マニュアル第4版.pdf"
WORDING = Path(__file__).parent / "wording" / "operations_manual.yml"
SEED = 20191001

CONFIDENTIAL = Style("gothic", 14, bold=True)
CORRECTION = Style("gothic", 7.5, bold=True, leading=1.3)


@dataclass(frozen=True, slots=True)
class Fate:
    """What happened to one sheet between the printer and the file."""

    skew_deg: float = 0.0
    quarter_turns: int = 0
    staple: bool = False
    copier_band: bool = False
    corrected_at_mm: tuple[float, float] | None = None
    contrast: float = 0.92


FATES = {
    4: Fate(skew_deg=0.8),
    6: Fate(staple=True),
    7: Fate(corrected_at_mm=(196.0, 64.0)),
    8: Fate(copier_band=True),
    9: Fate(quarter_turns=1),
    12: Fate(contrast=0.8),
}
UNTOUCHED = Fate()


def draw(out: Path) -> None:
    """Draw the manual into the folder `out`."""
    paper.images_to_pdf(scanned_pages(read_wording()), out / NAME)


def read_wording() -> Wording:
    """Read the words of the manual."""
    wording: Wording = yaml.safe_load(WORDING.read_text(encoding="utf-8"))
    return wording


def scanned_pages(wording: Wording) -> Iterator[Image.Image]:
    """Yield the scans of all pages in order."""
    for number, page in enumerate(clean_pages(wording), start=1):
        yield scanned(page, FATES.get(number, UNTOUCHED), paper.generator(SEED, number), wording)


def scanned(page: Image.Image, fate: Fate, rng: np.random.Generator, wording: Wording) -> Image.Image:
    """Return the scan of one printed page after what `fate` says befell it."""
    if fate.copier_band:
        page = damage.copier_band(page, left_mm=112, width_mm=16)
    page = _marked_confidential(page, rng, wording["confidential"])
    if fate.corrected_at_mm:
        page = _corrected(page, rng, wording["correction"], fate.corrected_at_mm)
    if fate.staple:
        page = damage.stapled(page)
    return paper.scan(page, rng, skew_deg=fate.skew_deg, quarter_turns=fate.quarter_turns, contrast=fate.contrast)


def _marked_confidential(page: Image.Image, rng: np.random.Generator, word: str) -> Image.Image:
    """Press the red stamp above the header's rule, where no text stands, as unevenly as a hand does."""
    width_mm = page.width / paper.DPI * 25.4
    askew = [int(n) for n in rng.integers(-10, 11, 3)]
    centre_mm = (width_mm - 38 + askew[0] / 5, 13 + askew[1] / 10)
    return stamps.press(page, rng, [word], CONFIDENTIAL, centre_mm=centre_mm, tilt_deg=askew[2] / 4)


def _corrected(
    page: Image.Image, rng: np.random.Generator, lines: list[str], centre_mm: tuple[float, float]
) -> Image.Image:
    """Press a small stamp in the margin beside the words it corrects."""
    return stamps.press(page, rng, lines, CORRECTION, centre_mm=centre_mm, tilt_deg=-3, pad_mm=1, frame_mm=0.35)
