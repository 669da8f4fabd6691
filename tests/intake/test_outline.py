"""Bookmarks and links of a PDF: they say what words are, add none, and cost nothing where they are made to harm."""

import io
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from kbtool.document import Document, Kind
from kbtool.intake import PageReader, untrusted
from kbtool.intake.frames import BadFrame
from kbtool.intake.readers.pdf import PdfReader
from kbtool.limits import DEEPEST_BOOKMARK, LONGEST_BOOKMARK, MAX_BOOKMARKS
from kbtool.reading import Bookmark
from kbtool.recognise import RecogniseOptions
from tests.intake.papers import FONT, pdf, source

BODY = ["電源プラグを抜いてから始めます。", "ぬるま湯で洗い、よく乾かします。", "元のとおりに取り付けます。"]
#: Title, level from 0, page from 1, points from the top or None.
Entry = tuple[str, int, int, float | None]


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[PageReader]:
    with PageReader(RecogniseOptions(), 1, tmp_path / ".kbtool") as opened:
        yield opened


def outlined(pages: list[list[tuple[float, float, str]]], outline: list[Entry]) -> bytes:
    """A PDF of 11-point lines (x, y from the top, text) with an outline."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    paper = canvas.Canvas(buffer, pagesize=(595, 842), invariant=1)
    for number, page in enumerate(pages, 1):
        for n, (_, _, at, top) in enumerate(outline):
            if at == number and top is None:
                paper.bookmarkPage(f"k{n}")
            elif at == number and top is not None:
                paper.bookmarkPage(f"k{n}", fit="XYZ", left=0, top=842 - top)
        paper.setFont(FONT, 11)
        for x, y, text in page:
            paper.drawString(x, 842 - y, text)
        paper.showPage()
    for n, (title, level, _, _) in enumerate(outline):
        paper.addOutlineEntry(title, f"k{n}", level)
    paper.save()
    return buffer.getvalue()


def page_of(start: float, *lines: str) -> list[tuple[float, float, str]]:
    return [(60, start + 18 * n, line) for n, line in enumerate(lines)]


def kinds(document: Document, page: int = 1) -> list[tuple[str, int, str]]:
    return [(str(block.kind), block.level, block.text) for block in document.pages[page - 1].blocks]


def read(reader: PageReader, folder: Path, data: bytes) -> Document:
    return reader.read(source(folder, "a.pdf", data), slug="a")


def test_a_line_that_a_bookmark_names_is_a_heading_though_it_is_set_like_the_rest(
    tmp_path: Path, reader: PageReader
) -> None:
    lines = page_of(150, "ﾌｨﾙﾀｰの お手入れをする", *BODY, "２. 保管するときは", *BODY)
    data = outlined(
        [lines], [("お手入れ", 0, 1, None), ("フィルターのお手入れをする", 1, 1, 140), ("保管するときは", 1, 1, None)]
    )
    plain = kinds(read(reader, tmp_path, pdf(lines)))
    assert not [each for each in plain if each[0] == "heading"]
    headings = [each for each in kinds(read(reader, tmp_path, data)) if each[0] == "heading"]
    assert headings == [("heading", 1, "ﾌｨﾙﾀｰの お手入れをする"), ("heading", 1, "２. 保管するときは")]


def test_a_bookmark_adds_no_words_and_works_on_its_own_page_only(tmp_path: Path, reader: PageReader) -> None:
    pages = [page_of(150, "保管", *BODY), page_of(150, *BODY)]
    plain, marked = pdf(*pages), outlined(pages, [("保管", 0, 2, None), ("点検", 0, 1, None)])
    assert kinds(read(reader, tmp_path, marked)) == kinds(read(reader, tmp_path, plain))
    assert kinds(read(reader, tmp_path, marked), 2) == kinds(read(reader, tmp_path, plain), 2)


def test_of_two_lines_alike_the_one_is_meant_that_the_bookmark_leads_to(tmp_path: Path, reader: PageReader) -> None:
    lines = [*page_of(150, "保管", *BODY), *page_of(400, "保管", *BODY)]
    found = kinds(read(reader, tmp_path, outlined([lines], [("保管", 0, 1, 390)])))
    assert [n for n, each in enumerate(found) if each[0] == "heading"] == [len(found) // 2]


def test_a_heading_over_two_lines_is_one(tmp_path: Path, reader: PageReader) -> None:
    lines = page_of(150, "長い期間お使いに", "ならないときの保管", *BODY)
    found = kinds(read(reader, tmp_path, outlined([lines], [("長い期間お使いにならないときの保管", 0, 1, None)])))
    assert found[0] == ("heading", 1, "長い期間お使いにならないときの保管")


def test_where_one_bookmark_holds_all_others_it_is_the_document() -> None:
    outline: list[Entry] = [
        ("取扱説明書", 0, 1, None),
        ("準備", 1, 1, None),
        ("設置", 2, 1, None),
        ("修理", 1, 1, None),
    ]
    found = PdfReader(outlined([[]], outline)).outline()
    assert [(each.title, each.level) for each in found] == [("取扱説明書", 1), ("準備", 1), ("設置", 2), ("修理", 1)]


def objects(*bodies: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    parts = [b"%PDF-1.7\n", *(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(bodies, 1))]
    *places, start = itertools.accumulate(map(len, parts))
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start)
    return b"".join([*parts, head, table, tail])


def with_items(*items: bytes) -> bytes:
    """A page and the items of an outline, the first of which is object 5."""
    catalogue = b"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return objects(catalogue, pages, page, b"<</Type/Outlines/First 5 0 R/Last 5 0 R>>", *items)


def test_an_outline_that_leads_back_to_itself_ends() -> None:
    around = with_items(
        b"<</Title(a)/Parent 4 0 R/Next 6 0 R/First 5 0 R/Dest[3 0 R/Fit]>>",
        b"<</Title(b)/Parent 4 0 R/Next 5 0 R/First 6 0 R/Dest[3 0 R/Fit]>>",
    )
    assert {each.title for each in PdfReader(around).outline()} == {"a", "b"}


def test_no_more_bookmarks_are_read_than_any_manual_has() -> None:
    count = 100_000
    items = [b"<</Title(%d)/Parent 4 0 R/Next %d 0 R/Dest[3 0 R/Fit]>>" % (n, n + 6) for n in range(count)]
    deep = [b"<</Title(%d)/Parent %d 0 R/First %d 0 R/Dest[3 0 R/Fit]>>" % (n, n + 4, n + 6) for n in range(1000)]
    assert len(PdfReader(with_items(*items)).outline()) == MAX_BOOKMARKS
    assert len(PdfReader(with_items(*deep)).outline()) <= DEEPEST_BOOKMARK


def test_a_bookmark_without_end_or_with_nowhere_to_go_is_none() -> None:
    huge = b"<</Title(" + b"a" * 1_000_000 + b")/Parent 4 0 R/Next 6 0 R/Dest[3 0 R/Fit]>>"
    nowhere = b"<</Title(b)/Parent 4 0 R/Next 7 0 R/Dest[9 0 R/Fit]>>"
    good = b"<</Title(c)/Parent 4 0 R/Next 8 0 R/Dest[3 0 R/XYZ 0 null null]>>"
    untitled = b"<</Parent 4 0 R/Dest 4 0 R>>"
    assert PdfReader(with_items(huge, nowhere, good, untitled)).outline() == [Bookmark("c", 1, 1)]


@pytest.mark.parametrize(
    "change",
    [
        ["", 1, 1, None],
        ["題" * (LONGEST_BOOKMARK + 1), 1, 1, None],
        ["題", 0, 1, None],
        ["題", DEEPEST_BOOKMARK + 1, 1, None],
        ["題", 1, 3, None],
        ["題", 1, 0, None],
        ["題", 1, 1, 1.5],
        ["題", 1, 1, float("nan")],
        ["題", 1, 1],
        "題",
    ],
)
def test_what_is_no_bookmark_of_the_file_is_refused(change: Any) -> None:
    with pytest.raises(BadFrame):
        untrusted.outline({"pages": 2, "outline": [["題", 1, 1, 0.5], change]})


def test_too_many_bookmarks_are_refused() -> None:
    with pytest.raises(BadFrame):
        untrusted.outline({"pages": 2, "outline": [["題", 1, 1, None]] * (MAX_BOOKMARKS + 1)})


def linked(*places: tuple[float, float, float, str]) -> Any:
    """Draw links over (x, y from the top, length): to an address, or to the page with that bookmark."""

    def draw(paper: Any) -> None:
        for x, y, length, to in places:
            box = (x, 842 - y - 3, x + length, 842 - y + 10)
            if to.startswith("#"):
                paper.linkRect("", to[1:], box)
            else:
                paper.linkURL(to, box)
        for key in {to[1:] for *_, to in places if to.startswith("#")}:
            paper.bookmarkPage(key)

    return draw


def test_an_address_that_the_words_do_not_show_is_told(tmp_path: Path, reader: PageReader) -> None:
    lines = page_of(150, "詳しくはこちらをご覧ください。", "www.example.jp/help をご覧ください。", "ここを押します。")
    draw = linked(
        (104, 150, 33, "https://www.example.jp/faq?id=3"),
        (60, 168, 100, "https://www.example.jp/help/"),
        (60, 186, 22, "javascript:alert(1)"),
    )
    text = "".join(text for *_, text in kinds(read(reader, tmp_path, pdf(lines, draw=draw))))
    assert "詳しくはこちら（https://www.example.jp/faq?id=3）をご覧ください。" in text
    assert text.count("https://") == 1
    assert "javascript" not in text


def test_lines_that_lead_to_other_pages_are_the_contents(tmp_path: Path, reader: PageReader) -> None:
    titles = ["安全のために", "各部の名前", "使いかた", "お手入れ"]
    contents = [(60.0, 150 + 18.0 * n, title) for n, title in enumerate(titles)]
    contents += [(400.0, 150 + 18.0 * n, str(n + 2)) for n in range(4)]
    buffer = io.BytesIO()
    paper = canvas.Canvas(buffer, pagesize=(595, 842), invariant=1)
    for number, page in enumerate([contents, page_of(150, "使いかた", *BODY)]):
        paper.setFont(FONT, 11)
        paper.bookmarkPage(f"p{number}")
        for x, y, text in page:
            paper.drawString(x, 842 - y, text)
            if not number:
                paper.linkRect("", "p1", (60, 842 - y - 3, 420, 842 - y + 10))
        paper.showPage()
    paper.save()
    document = read(reader, tmp_path, buffer.getvalue())
    assert [(kind, text.split()[0]) for kind, _, text in kinds(document)] == [("contents", title) for title in titles]
    assert Kind.CONTENTS not in {block.kind for block in document.pages[1].blocks}
