"""Running headers and footers over a whole document."""

from dataclasses import replace

from kbtool import layout
from kbtool.document import Block, Box, Kind, Method, Page, Provenance


def block(text: str, y: float, page: int) -> Block:
    return Block(Kind.PARAGRAPH, text, Provenance("d", page, Box(0.1, y, 0.5, y + 0.02), Method.OCR, "e", 90, 80))


def document(*headers: str) -> list[Page]:
    pages = []
    for number, header in enumerate(headers, 1):
        blocks = (
            block(header, 0.04, number),
            block(f"{number}枚めの本文です。", 0.3, number),
            block(f"- {number} -", 0.94, number),
        )
        pages.append(Page(number, 595, 842, Method.OCR, blocks))
    return pages


def test_headers_are_found_despite_digits_and_slips_of_recognition() -> None:
    settled = layout.settle(
        document("業務マニュアル 第4版 1", "業務マニュアル 第4版 2", "業務マニユアル 第4版 3", "業務マ二ュアル 第4販 4")
    )
    assert all(page.blocks[0].kind is Kind.PAGE_HEADER for page in settled)
    assert layout.plain_text(settled) == "".join(f"{n}枚めの本文です。\n" for n in (1, 2, 3, 4))


def test_page_numbers_are_footers_even_once() -> None:
    (page,) = layout.settle(document("この一枚だけの題")[:1])
    assert [b.kind for b in page.blocks] == [Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.PAGE_FOOTER]


def test_what_stands_there_on_two_of_many_pages_stays() -> None:
    settled = layout.settle(document("故障かな", "故障かな", "エラー表示", "仕様", "保証", "索引", "付録", "奥付"))
    assert settled[0].blocks[0].kind is Kind.PARAGRAPH


def test_a_failed_page_stays_in_its_place() -> None:
    pages = document("頭書き", "頭書き", "頭書き", "頭書き")
    pages[1] = replace(pages[1], blocks=())
    assert [page.number for page in layout.settle(pages)] == [1, 2, 3, 4]
