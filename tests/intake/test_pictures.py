"""Picture files of every kind a scanner, a fax or a telephone makes."""

import io

import numpy as np
import pytest
from PIL import Image

from kbtool.intake.readers.image import ImageReader
from kbtool.intake.readers.opened import Pixels

WIDTH, HEIGHT = 300, 400


def page() -> Image.Image:
    """White, a dark bar along the top third, a grey one along the bottom."""
    values = np.full((HEIGHT, WIDTH), 255, np.uint8)
    values[:130], values[300:] = 20, 128
    return Image.fromarray(values)


def opened(image: Image.Image, kind: str, **options: object) -> Pixels:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return ImageReader(stream.getvalue()).pixels(0, 300.0)


def wide(kind: type[np.generic], factor: float) -> Image.Image:
    return Image.fromarray((np.asarray(page(), np.float64) * factor).astype(kind))


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (page(), "PNG"),
        (page().convert("RGB").convert("CMYK"), "JPEG"),
        (page().convert("RGB").convert("CMYK"), "TIFF"),
        (page().convert("P"), "PNG"),
        (page().convert("RGBA"), "PNG"),
        (wide(np.uint16, 257), "PNG"),
        (wide(np.uint16, 257), "TIFF"),
        (wide(np.int32, 257), "TIFF"),
        (wide(np.float32, 1), "TIFF"),
        (wide(np.float32, 1 / 255), "TIFF"),
    ],
    ids=["grey", "CMYK JPEG", "CMYK TIFF", "palette", "alpha", "16 bits", "16 bits TIFF", "32 bits", "float", "unit"],
)
def test_every_kind_of_pixels_gives_the_same_page(image: Image.Image, kind: str) -> None:
    array = opened(image, kind).array
    assert array.shape[:2] == (HEIGHT, WIDTH)
    assert [round(float(array[y].mean())) for y in (60, 200, 350)] == pytest.approx([20, 255, 128], abs=6)


def test_one_bit_pages_of_a_fax() -> None:
    stream = io.BytesIO()
    pages = [page().convert("1"), page().rotate(180).convert("1")]
    pages[0].save(stream, "TIFF", compression="group4", save_all=True, append_images=pages[1:], dpi=(204, 196))
    reader = ImageReader(stream.getvalue())
    assert reader.page_count == 2
    assert [reader.pixels(n, 300.0).array[60].mean() < 60 for n in range(2)] == [True, False]


def test_what_is_seen_through_is_paper() -> None:
    clear = page().convert("RGBA")
    clear.putalpha(0)
    assert opened(clear, "PNG").array.min() == 255


@pytest.mark.parametrize(("orientation", "turn"), [(1, 0), (3, 180), (6, 90), (8, 270)])
def test_a_telephone_says_which_way_it_was_held(orientation: int, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = page().rotate(turn, expand=True)
    array = opened(stored, "JPEG", exif=exif).array
    assert array.shape[:2] == (HEIGHT, WIDTH)
    assert array[60].mean() < 60


def test_previews_in_a_photograph_are_no_pages() -> None:
    stream = io.BytesIO()
    page().save(stream, "MPO", save_all=True, append_images=[page().resize((30, 40))])
    assert ImageReader(stream.getvalue()).page_count == 1


@pytest.mark.parametrize(
    ("size", "written", "dpi"),
    [
        ((1240, 1754), None, 150),  # A4 as scanned
        ((1654, 1165), None, 200),  # A5, on its side
        ((2024, 2867), None, 200),  # B4
        ((1700, 2200), None, 200),  # Letter
        ((1700, 2200), (300, 300), 300),
        ((3024, 4032), (72, 72), 365.8),  # a telephone: as if the picture were A4
        ((800, 600), None, 100),
    ],
)
def test_resolution(size: tuple[int, int], written: tuple[int, int] | None, dpi: float) -> None:
    options = {"dpi": written} if written else {}
    stream = io.BytesIO()
    Image.new("L", size, 255).save(stream, "PNG", **options)
    pixels = ImageReader(stream.getvalue()).pixels(0, 600.0)
    assert pixels.dpi == pytest.approx(dpi, rel=0.002)
    assert pixels.width_pt == pytest.approx(size[0] * 72 / dpi, rel=0.002)
