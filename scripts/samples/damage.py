"""Marks that handling leaves on a sheet: the shadow of a staple, the band of a dirty photocopier.

Both only darken, so that what is printed below stays what it was.
"""

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from samples import paper

BAND_GREY = 218


def copier_band(page: Image.Image, *, left_mm: float, width_mm: float) -> Image.Image:
    """Return `page` with a grey band from top to bottom, soft at both edges."""
    shade = Image.new("L", page.size, 255)
    box = [paper.px(left_mm), 0, paper.px(left_mm + width_mm), page.height]
    ImageDraw.Draw(shade).rectangle(box, BAND_GREY)
    return _darkened(page, shade.filter(ImageFilter.BoxBlur(paper.px(2))))


def stapled(page: Image.Image) -> Image.Image:
    """Return `page` with a staple in its upper left corner, its shadow, and the fold that it left."""
    shade = Image.new("L", page.size, 255)
    draw = ImageDraw.Draw(shade)
    draw.polygon(_in_px((0, 0), (24, 0), (0, 24)), 226)
    draw.line(_in_px((9.0, 17.5), (17.5, 9.0)), 120, paper.px(2.2))
    shade = shade.filter(ImageFilter.GaussianBlur(paper.px(0.7)))
    ImageDraw.Draw(shade).line(_in_px((8.5, 16.5), (16.5, 8.5)), 70, paper.px(0.6))
    return _darkened(page, shade)


def _in_px(*points_mm: tuple[float, float]) -> list[tuple[int, int]]:
    return [(paper.px(x), paper.px(y)) for x, y in points_mm]


def _darkened(page: Image.Image, shade: Image.Image) -> Image.Image:
    return ImageChops.multiply(page, shade.convert(page.mode))
