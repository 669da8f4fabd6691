"""Spaces follow the paper: what an engine sets by chance goes, what somebody set stays or comes."""

import numpy as np
import pytest

from kbtool.recognise.engines.line import OcrLine, upright_quad
from kbtool.recognise.engines.spacing import close_up, open_up
from kbtool.recognise.raster import Grey
from tests.recognise.paper import Sheet

SIZE, LEFT = 36, 40


def printed(words: str, apart: int = 0) -> tuple[Grey, dict[int, tuple[float, float]]]:
    """A line of type, its characters ``apart``, and where each stands; a space is half as broad as a kanji."""
    sheet, x, places = Sheet(900, 120), LEFT, {}
    for i, c in enumerate(words):
        step = (SIZE if ord(c) > 255 else SIZE // 2) + apart
        sheet.text(x, 40, c, SIZE)
        places[i] = (float(x), float(x + step))
        x += step
    return np.asarray(sheet.image.convert("L"), np.uint8), places


def line(read: str, words: str, apart: int = 0) -> tuple[OcrLine, Grey]:
    """``read`` as an engine gives it of ``words``, which differ in spaces alone."""
    image, places = printed(words, apart)
    spans, at = list[tuple[float, float]](), 0
    for c in read:
        while c != " " and words[at].isspace():
            at += 1
        if c == " ":
            end = places[at][0]
            spans.append((end, end))
            at += words[at].isspace()
        else:
            spans.append(places[at])
            at += 1
    quad = upright_quad(spans[0][0], 38, spans[-1][1], 40 + SIZE + 2)
    return OcrLine(read, quad, 95.0, tuple(spans), (95.0,) * len(read)), image


@pytest.mark.parametrize(
    ("read", "words"),
    [
        ("もう 一度試す", "もう一度試す"),
        ("できま す。", "できます。"),
        ("3 分待つ", "3分待つ"),
        ("Wi-Fi 接続", "Wi-Fi接続"),
        ("見本花子", "見本　花子"),
        ("第5章はじめに", "第5章　はじめに"),
        ("フィル ター", "フィルター"),
    ],
)
def test_the_paper_decides(read: str, words: str) -> None:
    told, image = line(read, words)
    opened = open_up(close_up(told), image)
    assert opened.text == words.replace("　", " ")
    assert len(opened.spans) == len(opened.confidences) == len(opened.text)


@pytest.mark.parametrize(
    ("read", "words"),
    [
        ("予防の接種を 実施 し た。", "予防の接種を実施した。"),
        ("職員43 名が修了 し た。", "職員43名が修了した。"),
        ("受 け た 例", "受けた例"),
        ("第5表 研修の課程一覧 の と お り", "第5表　研修の課程一覧のとおり"),
    ],
)
def test_characters_set_loosely_are_no_words(read: str, words: str) -> None:
    told, image = line(read, words, apart=SIZE // 5)
    assert open_up(close_up(told), image).text == words.replace("　", " ")


def test_words_in_latin_letters_stay_apart() -> None:
    told, image = line("Smart Home", "Smart Home")
    assert open_up(close_up(told), image).text == "Smart Home"
