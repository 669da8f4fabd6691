"""Steps of the ground along a stretch: the sides of tints and worn heads, not words and not shadows."""

import cv2
import numpy as np

from kbtool.recognise.grounds import step_of
from kbtool.recognise.raster import Grey
from tests.recognise.paper import DPI, Sheet

TOP, BOTTOM = 60, 100


def paper() -> Grey:
    noise = np.random.default_rng(3).normal(0, 3, (160, 300))
    return np.clip(250 + noise, 0, 255).astype(np.uint8)


def test_both_sides_of_a_tint_are_steps() -> None:
    tinted = paper()
    tinted[TOP:BOTTOM] -= 30
    steps = step_of(tinted, DPI)
    assert all(steps[side - 1 : side + 2].min() > 15 for side in (TOP, BOTTOM))
    assert max(steps[: TOP - 6].max(), steps[TOP + 6 : BOTTOM - 6].max(), steps[BOTTOM + 6 :].max()) < 3


def test_a_worn_ground_has_sides_in_spite_of_its_specks() -> None:
    worn = paper()
    grain = cv2.GaussianBlur(np.random.default_rng(5).normal(0, 1, (BOTTOM - TOP, 300)), (0, 0), 0.8)
    worn[TOP:BOTTOM] = np.where(grain > 0.8 * grain.std(), 235, 160)
    assert all(step_of(worn, DPI)[side - 1 : side + 2].max() > 40 for side in (TOP, BOTTOM))


def test_words_and_shadows_are_no_steps() -> None:
    sheet = Sheet(300, 160)
    sheet.text(0, 60, "国際電話口座取扱説明書国際電話口座", 24)
    words = sheet.raster().pixels
    words = words if words.ndim == 2 else words[..., 0]
    shade = 1 - 0.4 * np.exp(-(((np.arange(160) - 80) / 40.0) ** 2))
    shadow = (paper() * shade[:, None]).astype(np.uint8)
    assert max(step_of(np.ascontiguousarray(words), DPI).max(), step_of(shadow, DPI).max()) < 3
