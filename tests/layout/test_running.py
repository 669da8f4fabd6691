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


def printed(number: int, *blocks: tuple[str, float]) -> Page:
    where = [
        Provenance("d", number, Box(0.1, y, 0.6, y + 0.014), Method.TEXT_LAYER, "pdfium", 100, 100) for _, y in blocks
    ]
    found = [Block(Kind.PARAGRAPH, text, place) for (text, _), place in zip(blocks, where, strict=True)]
    return Page(number, 595, 842, Method.TEXT_LAYER, tuple(found))


def running(pages: list[Page]) -> list[list[str]]:
    kinds = (Kind.PAGE_HEADER, Kind.PAGE_FOOTER)
    return [[block.text for block in page.blocks if block.kind in kinds] for page in layout.settle(pages)]


def test_names_of_chapters_that_change_are_headers_and_first_lines_are_not() -> None:
    chapters = ["準備", "準備", "準備", "使い方", "使い方", "使い方", "お手入れ", "お手入れ"]
    firsts = ["箱から出す", "置き場所", "電源をつなぐ", "運転する", "止める", "予約", "水を捨てる", "洗う"]
    pages = [
        printed(n, (chapter, 0.04), (first, 0.08), ("本文の段落です。", 0.3))
        for n, (chapter, first) in enumerate(zip(chapters, firsts, strict=True), 1)
    ]
    assert running(pages) == [[chapter] for chapter in chapters]


def test_footers_that_count_the_pages_are_found_on_either_side_and_in_roman() -> None:
    numbers = ["vi", "vii", "viii", "ix"]
    front = [printed(n + 1, ("本文です。", 0.3), (f"目次 {number}", 0.95)) for n, number in enumerate(numbers)]
    names = ["取り付け", "配線", "設定", "点検", "修理"]
    body = [
        printed(n + 5, ("本文です。", 0.3), (f"{n + 1} 第{n + 1}章" if n % 2 else f"{name} {n + 1}", 0.95))
        for n, name in enumerate(names)
    ]
    assert all(len(found) == 1 for found in running([*front, *body]))


def test_a_first_page_may_be_without_the_header() -> None:
    pages = [printed(1, ("表題", 0.2)), *(printed(n, ("製品のしおり", 0.04), ("本文です。", 0.3)) for n in (2, 3))]
    assert running(pages) == [[], ["製品のしおり"], ["製品のしおり"]]


def test_full_pages_that_end_in_numbers_keep_their_last_lines() -> None:
    ends = ["合計は 120", "品番は 7", "長さは 45", "残りは 3", "重さは 18"]
    pages = [printed(n, ("本文です。", 0.3), (end, 0.93)) for n, end in enumerate(ends, 1)]
    assert running(pages) == [[], [], [], [], []]
