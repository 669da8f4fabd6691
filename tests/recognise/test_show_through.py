"""Words that shine through from the back, told from worn print by how surely they read."""

import numpy as np
import pytest

from kbtool.recognise.engines.line import OcrLine, upright_quad
from kbtool.recognise.raster import Grey
from kbtool.recognise.show_through import of_this_side

#: Sureness in percent and paleness (0 ink, 255 paper) of each line of ten characters; which are of this side.
PAGES = {
    "print, its other side": ([(96, 20), (95, 30), (60, 200), (40, 210)], [0, 1]),
    "print, some of it read badly": ([(96, 20), (95, 30), (60, 60), (40, 90)], [0, 1, 2, 3]),
    "an empty page's other side": ([(60, 200), (40, 210), (55, 205)], []),
    "worn all over, read more or less": ([(85, 195), (75, 200), (60, 200), (45, 205)], [0, 1, 2, 3]),
    "worn all over, its other side": ([(85, 150), (75, 155), (60, 225), (45, 230)], [0, 1]),
}


@pytest.mark.parametrize("name", PAGES)
def test_lines_of_this_side(name: str) -> None:
    told, kept = PAGES[name]
    page: Grey = np.full((50 * len(told), 400), 255, np.uint8)
    lines = []
    for row, (sure, pale) in enumerate(told):
        page[50 * row + 10 : 50 * row + 40, 10:390:3] = pale
        spans = tuple((10.0 + 38 * i, 48.0 + 38 * i) for i in range(10))
        box = upright_quad(10, 50 * row + 10, 390, 50 * row + 40)
        lines.append(OcrLine("受付時間のご案内です", box, sure, spans, (sure,) * 10))
    assert [lines.index(line) for line in of_this_side(tuple(lines), page)] == kept
