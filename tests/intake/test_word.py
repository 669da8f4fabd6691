"""Word documents as people write them: styles, lists, merged cells, text boxes, tracked changes."""

import io
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kbtool import drafting
from kbtool.document import Kind, Method
from kbtool.intake.readers.word_numbers import number_text
from kbtool.settings import Settings
from tests.intake.offices import read, repacked, said, spans, with_parts, word
from tests.intake.papers import picture

NAMESPACES = nsdecls("w", "wp", "a")


def added(document: WordDocument, inner: str) -> None:
    """A paragraph of raw XML at the end."""
    document.element.body.insert(-1, parse_xml(f"<w:p {NAMESPACES}>{inner}</w:p>"))


def test_sections_are_pages_and_headings_keep_their_depth(tmp_path: Path) -> None:
    def write(document: WordDocument) -> None:
        document.add_heading("返品の受け方", 0)
        document.add_heading("受付", 1)
        document.add_paragraph("お名前を伺います。")
        document.add_heading("電話のとき", 2)
        document.add_paragraph("三回鳴る前に出ます。")
        document.add_heading("期間", 1)
        document.add_paragraph("到着後8日以内です。")

    document = read(tmp_path, "返品.docx", word(write))
    assert [said(page) for page in document.pages] == [
        [("title", "返品の受け方")],
        [
            ("heading", "受付"),
            ("paragraph", "お名前を伺います。"),
            ("heading", "電話のとき"),
            ("paragraph", "三回鳴る前に出ます。"),
        ],
        [("heading", "期間"), ("paragraph", "到着後8日以内です。")],
    ]
    assert [block.level for block in document.pages[1].blocks] == [1, 0, 2, 0]
    assert {page.method for page in document.pages} == {Method.FILE}
    place = document.pages[1].blocks[1].provenance
    assert (place.engine, place.page, place.confidence) == ("python-docx", 2, 100.0)
    assert (place.box.y0, place.box.y1) == (0.25, 0.5)


def test_list_items_carry_the_numbers_that_word_shows(tmp_path: Path) -> None:
    def write(document: WordDocument) -> None:
        document.add_paragraph("次の順に行います。")
        for step in ("名乗る", "伺う", "復唱する"):
            document.add_paragraph(step, style="List Number")
        document.add_paragraph("メモを取る", style="List Bullet")

    document = read(tmp_path, "a.docx", word(write))
    assert said(document.pages[0])[1:] == [
        ("list_item", "1. 名乗る"),
        ("list_item", "2. 伺う"),
        ("list_item", "3. 復唱する"),
        ("list_item", "・メモを取る"),
    ]


@pytest.mark.parametrize(
    ("style", "number", "shown"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 21, "21"),
        ("aiueoFullWidth", 2, "イ"),
        ("irohaFullWidth", 3, "ハ"),
        ("japaneseCounting", 10, "十"),
        ("japaneseCounting", 23, "二十三"),
        ("lowerRoman", 4, "iv"),
        ("upperRoman", 1990, "MCMXC"),
        ("upperLetter", 2, "B"),
        ("none", 5, ""),
    ],
)
def test_numbers_are_written_as_their_style_says(style: str, number: int, shown: str) -> None:
    assert number_text(style, number) == shown


def test_merged_cells_come_once_with_their_spans(tmp_path: Path) -> None:
    def write(document: WordDocument) -> None:
        table = document.add_table(3, 3)
        for row, texts in enumerate((("商品", "状態", "対応"), ("青汁", "未開封", "受ける"), ("", "開封済み", ""))):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(1, 0).merge(table.cell(2, 0)).text = "青汁"
        table.cell(2, 1).merge(table.cell(2, 2)).text = "開封済みは断る"

    block = read(tmp_path, "a.docx", word(write)).pages[0].blocks[0]
    assert block.kind is Kind.TABLE
    assert spans(block) == [
        (0, 0, 1, 1, "商品"),
        (0, 1, 1, 1, "状態"),
        (0, 2, 1, 1, "対応"),
        (1, 0, 2, 1, "青汁"),
        (1, 1, 1, 1, "未開封"),
        (1, 2, 1, 1, "受ける"),
        (2, 1, 1, 2, "開封済みは断る"),
    ]
    merged = next(cell for cell in block.cells if cell.row_span == 2)
    assert merged.box.height == pytest.approx(2 / 3, abs=1e-4)


def test_a_box_of_one_column_is_no_table(tmp_path: Path) -> None:
    def write(document: WordDocument) -> None:
        table = document.add_table(1, 1)
        table.cell(0, 0).text = "警告：水をかけないでください。"

    assert said(read(tmp_path, "a.docx", word(write)).pages[0]) == [("paragraph", "警告：水をかけないでください。")]


def test_only_what_a_reader_sees_is_read(tmp_path: Path) -> None:
    def write(document: WordDocument) -> None:
        added(document, "<w:r><w:t>残る</w:t></w:r><w:del><w:r><w:delText>消した</w:delText></w:r></w:del>")
        added(
            document, "<w:ins><w:r><w:t>足した</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隠し</w:t></w:r>"
        )
        ruby = "<w:rt><w:r><w:t>かにゅう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>加入</w:t></w:r></w:rubyBase>"
        added(document, f"<w:r><w:ruby>{ruby}</w:ruby></w:r><w:r><w:t>する</w:t></w:r>")

    page = read(tmp_path, "a.docx", word(write)).pages[0]
    assert [block.text for block in page.blocks] == ["残る", "足した", "加入する"]


def test_words_in_text_boxes_follow_their_paragraph_once(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>箱の文です。</w:t></w:r></w:p></w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    data = word(lambda document: added(document, f"<w:r><w:t>本文です。</w:t></w:r>{both}"))
    assert [block.text for block in read(tmp_path, "a.docx", data).pages[0].blocks] == ["本文です。", "箱の文です。"]


def test_a_secret_word_in_the_header_locks_the_document(tmp_path: Path) -> None:
    def write(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "社外秘 相談室"
        document.add_paragraph("本文です。")

    document = read(tmp_path, "a.docx", word(write))
    assert document.locked_internal
    assert said(document.pages[0]) == [("page_header", "社外秘 相談室"), ("paragraph", "本文です。")]


def test_a_bold_line_is_a_heading_unless_all_is_bold(tmp_path: Path) -> None:
    def write(everything: bool) -> Any:
        def writer(document: WordDocument) -> None:
            document.add_paragraph().add_run("お手入れのしかた").bold = True
            document.add_paragraph().add_run("柔らかい布で、乾いたままふいてください。").bold = everything

        return writer

    kinds = [
        [kind for kind, _ in said(read(tmp_path, "a.docx", word(write(everything))).pages[0])]
        for everything in (False, True)
    ]
    assert kinds == [["heading", "paragraph"], ["paragraph", "paragraph"]]


def test_a_document_with_macros_is_read_as_words(tmp_path: Path) -> None:
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    data = word(lambda document: document.add_paragraph("本文です。"))
    data = repacked(data, "[Content_Types].xml", lambda part: part.replace(plain, macros))
    assert said(read(tmp_path, "a.docm", data).pages[0]) == [("paragraph", "本文です。")]


def test_footnotes_follow_their_paragraph(tmp_path: Path) -> None:
    def write(document: WordDocument) -> None:
        added(document, '<w:r><w:t>8日以内です。</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>')
        document.add_paragraph("次の段落です。")

    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>到着日を含みます。</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {NAMESPACES}>{note}</w:footnotes>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    data = with_parts(word(write), {"word/footnotes.xml": notes})
    data = repacked(
        data, "word/_rels/document.xml.rels", lambda part: part.replace(b"</Relationships>", relation.encode())
    )
    known = f'<Override PartName="/word/footnotes.xml" ContentType="{main}"/></Types>'
    data = repacked(data, "[Content_Types].xml", lambda part: part.replace(b"</Types>", known.encode()))
    texts = [block.text for block in read(tmp_path, "a.docx", data).pages[0].blocks]
    assert texts == ["8日以内です。", "※到着日を含みます。", "次の段落です。"]


def test_a_secret_word_in_a_table_or_drawn_across_the_page_locks_the_document(tmp_path: Path) -> None:
    def in_table(document: WordDocument) -> None:
        document.sections[0].header.add_table(1, 1, 100).cell(0, 0).text = "社外秘"
        document.add_paragraph("本文です。")

    def drawn(document: WordDocument) -> None:
        mark = (
            '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="社外秘"/></v:shape></w:pict>'
        )
        header = document.sections[0].first_page_header
        header.is_linked_to_previous = False
        header._element.append(parse_xml(f"<w:p {NAMESPACES}><w:r>{mark}</w:r></w:p>"))
        document.add_paragraph("本文です。")

    for number, write in enumerate((in_table, drawn)):
        document = read(tmp_path, f"{number}.docx", word(write))
        assert document.locked_internal
        assert said(document.pages[0]) == [("page_header", "社外秘"), ("paragraph", "本文です。")]


def test_a_text_box_in_a_cell_is_read_once_and_a_deleted_row_not_at_all(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>箱の文。</w:t></w:r></w:p></w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    def write(document: WordDocument) -> None:
        table = document.add_table(2, 2)
        for at, text in enumerate(("商品", "対応", "消した", "行")):
            table.cell(at // 2, at % 2).text = text
        table.cell(0, 1).paragraphs[0]._p.append(parse_xml(both.replace("<w:r>", f"<w:r {NAMESPACES}>", 1)))
        table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {NAMESPACES}/>"))

    (block,) = read(tmp_path, "a.docx", word(write)).pages[0].blocks
    assert spans(block) == [(0, 0, 1, 1, "商品"), (0, 1, 1, 1, "対応\n箱の文。")]


def test_an_entry_names_its_paragraphs(tmp_path: Path) -> None:
    def write(document: WordDocument) -> None:
        document.add_heading("返品", 1)
        document.add_paragraph("Q. 返品したい")
        document.add_paragraph("A. 到着後8日以内にご連絡ください。")

    (entry,) = drafting.draft(read(tmp_path, "a.docx", word(write)), Settings()).entries
    assert entry.source[0].place == "¶2–3"


def test_pasted_paper_is_told(tmp_path: Path) -> None:
    def write(document: WordDocument) -> None:
        document.add_picture(io.BytesIO(picture()))

    page = read(tmp_path, "a.docx", word(write)).pages[0]
    assert (page.blocks, [problem.code for problem in page.problems]) == ((), ["intake_only_pictures"])
