"""The skew of a page, against the angle it was laid down at."""

import pytest

from kbtool.recognise.light import to_grey
from kbtool.recognise.skew import skew_angle
from tests.recognise.paper import MINCHO, Sheet, scanned


@pytest.mark.parametrize("degrees", [-3.0, -0.7, 0.0, 0.3, 1.5, 5.0])
@pytest.mark.parametrize("upright", [False, True], ids=["rows", "columns"])
def test_angle_of_a_page(degrees: float, upright: bool) -> None:
    sheet = Sheet(1200, 1200)
    for i in range(12):
        if upright:
            sheet.column(1060 - 85 * i, 80, "定期コースの解約は十日前までにお電話ください", 36)
        else:
            sheet.text(80, 80 + 85 * i, "解約は次回お届け予定日の10日前までにお電話ください。"[: 26 - i], 36, MINCHO)
    scan = scanned(sheet.raster(), degrees=degrees, noise=6, shadow=True)
    assert skew_angle(to_grey(scan.pixels)) == pytest.approx(-degrees, abs=0.1)


def test_a_page_without_lines_is_straight() -> None:
    assert skew_angle(to_grey(Sheet(400, 400).raster().pixels)) == 0.0
