"""What pages of a born-digital PDF say: which characters are seen, what they mean, and how they make lines."""

import unicodedata
from typing import Any

import numpy as np
import pytest

from kbtool.document import Box
from kbtool.intake.readers import glyphs
from kbtool.intake.readers.characters import Characters
from kbtool.intake.readers.figures import figures_of
from kbtool.intake.readers.opened import Pixels, Words
from kbtool.intake.readers.pdf import PdfReader
from kbtool.intake.readers.quality import Layer, is_trustworthy
from tests.intake.papers import FONT, pdf

PROSE = "お客様からのお問い合わせには、取扱説明書の該当するページをお知らせしてください。"


def words(*pages: list[tuple[float, float, str]], draw: Any = None) -> Words:
    page = PdfReader(pdf(*(pages or ([],)), draw=draw)).page(0, 100)
    assert isinstance(page, Words)
    return page


def texts(page: Words) -> list[str]:
    return list(page.lines.texts)


def draw_string(paper: Any, x: float, y: float, text: str, size: float = 11) -> None:
    paper.setFont(FONT, size)
    paper.drawString(x, 842 - y, text)


def characters(text: str, boxes: list[Box] | None = None) -> Characters:
    """Units of UTF-16 as pdfium gives them, each in a square of its own unless told otherwise."""
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16).astype(np.uint32)
    count = len(codes)
    squares = boxes or [Box(10.0 * n, 0, 10.0 * n + 10, 10) for n in range(count)]
    no = np.zeros(count, np.bool_)
    whole = np.zeros(count, np.int64)
    return Characters(
        codes, np.array(squares, float), np.full(count, 10.0), whole, whole, whole.astype(np.uint64), no, no, no, no, no
    )


def meant(text: str) -> str:
    return "".join(map(chr, glyphs.settled(characters(text)).codes.tolist()))


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("利⽤⽅法⼀覧", "利用方法一覧"),
        ("⻑⻘⻄⻩⺠⻝⻨⻭⻲", "長青西黄民食麦歯亀"),
        ("か\u3099き\u3099は\u309aう\u3099", "がぎぱゔ"),
        ("e\u0301", "é"),
        ("︵注︶﹁水﹂", "（注）「水」"),
        ("𠮷野家と😀", "𠮷野家と😀"),
        ("葛\U000e0100飾", "葛飾"),
        ("不\uf967 料\uf9be", "不不 料料"),
        ("ｶﾅＡＢＣ①㈱﨑髙～", "ｶﾅＡＢＣ①㈱﨑髙～"),
        ("\ud842", "\ufffd"),
    ],
)
def test_forms_become_what_they_mean_and_what_was_chosen_stays(drawn: str, read: str) -> None:
    assert meant(drawn) == read


def test_every_radical_becomes_an_ideograph() -> None:
    for radical in map(chr, range(0x2F00, 0x2FD6)):
        assert unicodedata.name(meant(radical)).startswith("CJK UNIFIED IDEOGRAPH")


def test_the_letters_of_a_ligature_share_its_box() -> None:
    box = Box(20, 0, 32, 10)
    read = glyphs.settled(
        characters(
            "oﬃce".replace("ﬃ", "ffi"),
            [Box(10, 0, 20, 10), box, box, box, *[Box(32, 0, 40, 10)] * 1, Box(40, 0, 50, 10)],
        )
    )
    assert read.boxes[1:4, 0].tolist() == [20, 24, 28]
    assert read.boxes[1:4, 2].tolist() == [24, 28, 32]


def test_ruby_is_kept_apart_and_names_its_ideographs() -> None:
    def ruby(paper: Any) -> None:
        draw_string(paper, 104, 91, "むせんとじ", 5.5)
        draw_string(paper, 60, 111, "ちいさな仮名", 5.5)

    page = words([(60, 100, "用紙は、無線綴じにします。"), (60, 130, PROSE)], draw=ruby)
    assert [(ruby.base, ruby.text) for ruby in page.ruby] == [("無線綴", "むせんとじ")]
    assert texts(page) == ["用紙は、無線綴じにします。", "ちいさな仮名", PROSE]


def test_small_kana_that_stand_beside_nothing_stay_in_the_text() -> None:
    page = words([(60, 100, PROSE)], draw=lambda paper: draw_string(paper, 60, 400, "ちいさいかな", 5.5))
    assert texts(page) == [PROSE, "ちいさいかな"]
    assert not page.ruby


def test_what_is_covered_up_is_not_seen_and_what_stands_on_colour_is() -> None:
    def patches(paper: Any) -> None:
        draw_string(paper, 60, 200, "修正液の下の文字")
        paper.setFillGray(1)
        paper.rect(50, 842 - 205, 200, 20, stroke=0, fill=1)
        paper.setFillGray(0.9)
        paper.rect(50, 842 - 245, 200, 20, stroke=0, fill=1)
        paper.setFillGray(0)
        draw_string(paper, 60, 240, "色の上の文字")

    assert texts(words([(60, 100, PROSE)], draw=patches)) == [PROSE, "色の上の文字"]


def test_a_bracket_or_frame_drawn_as_a_filled_shape_hides_nothing() -> None:
    def shapes(paper: Any) -> None:
        draw_string(paper, 60, 200, "かぎの間の文")
        draw_string(paper, 60, 300, "枠の中の文")
        draw_string(paper, 60, 400, "黒丸の下の文")
        bracket = paper.beginPath()
        for turn in (1, -1):
            x = 50 if turn > 0 else 250
            bracket.moveTo(x + 8 * turn, 650)
            for dx, dy in ((0, 650), (0, 630), (8, 630), (8, 631), (1, 631), (1, 649), (8, 649)):
                bracket.lineTo(x + dx * turn, dy)
            bracket.close()
        paper.drawPath(bracket, stroke=0, fill=1)
        frame = paper.beginPath()
        for x, y, width, height in ((50, 535, 200, 20), (51, 536, 198, 18)):
            frame.rect(x, y, width, height)
        paper.drawPath(frame, stroke=0, fill=1, fillMode=0)
        paper.circle(100, 440, 60, stroke=0, fill=1)

    assert texts(words([(60, 100, PROSE)], draw=shapes)) == [PROSE, "かぎの間の文", "枠の中の文"]


def test_white_words_show_only_on_something_dark() -> None:
    def white(paper: Any) -> None:
        paper.setFillGray(0.2)
        paper.rect(50, 842 - 205, 200, 20, stroke=0, fill=1)
        paper.setFillGray(1)
        draw_string(paper, 60, 200, "白抜きの見出し")
        draw_string(paper, 60, 300, "白い紙の白い文字")

    assert texts(words([(60, 100, PROSE)], draw=white)) == [PROSE, "白抜きの見出し"]


def test_values_of_filled_fields_are_read() -> None:
    def filled(paper: Any) -> None:
        paper.linkURL("https://kakuudo.example", (60, 300, 160, 320))
        paper.acroForm.textfield(name="model", value="KD-H500W", x=60, y=600, width=200, height=20)

    page = words([(60, 100, PROSE)], draw=filled)
    assert texts(page) == [PROSE, "KD-H500W"]
    assert [link.address for link in page.links] == ["https://kakuudo.example"]


def test_what_is_cut_off_is_not_seen() -> None:
    def cut(paper: Any) -> None:
        paper.setCropBox((0, 400, 595, 842))
        draw_string(paper, 60, 600, "切り落とされた文")

    assert texts(words([(60, 100, PROSE)], draw=cut)) == [PROSE]


def test_words_that_run_up_the_page_make_a_line_of_their_own() -> None:
    def upward(paper: Any) -> None:
        paper.saveState()
        paper.translate(30, 300)
        paper.rotate(90)
        paper.setFont(FONT, 11)
        paper.drawString(0, 0, "資料の番号")
        paper.restoreState()

    page = words([(60, 100, PROSE), (60, 120, PROSE)], draw=upward)
    assert texts(page) == [PROSE, PROSE, "資料の番号"]
    assert page.lines.vertical == [False, False, True]
    x0, y0, _, y1 = page.lines.frames[2, :4]
    assert y1 - y0 == pytest.approx(55, abs=1)
    assert x0 == pytest.approx(20, abs=2)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_the_file_turns_is_read_as_it_is_shown(turn: int) -> None:
    page = words([(60, 400, PROSE)], draw=lambda paper: paper.setPageRotation(turn))
    assert texts(page) == [PROSE]
    assert page.rotation == 360 - turn
    assert sorted((page.width_pt, page.height_pt)) == [595, 842]


def test_shading_in_strips_of_one_colour_is_no_table() -> None:
    def shaded(paper: Any) -> None:
        paper.setFillGray(0.9)
        for n in range(4):
            paper.rect(50, 842 - 220 - 15 * n, 300, 15, stroke=0, fill=1)
        paper.setFillGray(0)
        for n in range(4):
            draw_string(paper, 60, 217 + 15 * n, f"$ command {n}")

    (grid,) = words([(60, 100, PROSE)], draw=shaded).grids
    assert len(grid.cells) == 1


def test_a_box_with_round_corners_is_a_box() -> None:
    page = words([(60, 100, PROSE)], draw=lambda paper: paper.roundRect(50, 500, 300, 100, 12))
    (grid,) = page.grids
    assert [round(side) for side in grid.box] == [50, 242, 350, 342]


def test_pieces_of_one_picture_are_one_figure_and_a_background_is_none() -> None:
    strips = [Box(100, 100 + 20 * n, 300, 120 + 20 * n) for n in range(5)]
    assert figures_of([*strips, Box(0, 0, 595, 842)], np.empty((0, 4)), (), (595, 842)) == [Box(100, 100, 300, 200)]


def test_a_drawing_of_many_shapes_is_a_figure_and_a_few_are_none() -> None:
    drawing = [Box(100 + 12 * n, 300 + 12 * n, 115 + 12 * n, 318 + 12 * n) for n in range(10)]
    apart = [Box(500, 100 + 200 * n, 520, 120 + 200 * n) for n in range(3)]
    assert figures_of((), np.array([*drawing, *apart], np.float64), (), (595, 842)) == [Box(100, 300, 223, 426)]


def test_kana_that_a_wrong_table_mixed_up_are_not_believed() -> None:
    kana = [code for code in range(0x3041, 0x3094)]
    wrong = dict(zip(kana, kana[37:] + kana[:37], strict=True))
    right = PROSE * 4
    for text, trusted in ((right, True), (right.translate(wrong), False)):
        codes = np.array(list(map(ord, text)), np.uint32)
        assert is_trustworthy(Layer(codes, 0, 0, 0.0)) is trusted


def test_a_page_of_nothing_but_hidden_words_is_drawn() -> None:
    def hidden(paper: Any) -> None:
        paper.setFillGray(1)
        draw_string(paper, 60, 300, PROSE)

    assert isinstance(PdfReader(pdf([], draw=hidden)).page(0, 72), Pixels)
