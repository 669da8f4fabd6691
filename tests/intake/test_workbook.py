"""Excel sheets: plain lists, graph-paper forms, merged and hidden parts, numbers as they are shown."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from kbtool import drafting
from kbtool.intake.readers.sheet_numbers import number_text
from kbtool.intake.readers.sheet_values import date_text
from kbtool.settings import Settings
from tests.intake.offices import boxed, read, said, spans, with_parts, workbook

DECISIONS = [
    (0, 0, 1, 1, "商品"),
    (0, 1, 1, 1, "状態"),
    (0, 2, 1, 1, "対応"),
    (1, 0, 2, 1, "青汁"),
    (1, 1, 1, 1, "未開封"),
    (1, 2, 1, 1, "受ける"),
    (2, 1, 1, 1, "開封済み"),
    (2, 2, 1, 1, ""),
]


@pytest.mark.parametrize("merge", [True, False])
def test_boxes_on_graph_paper_are_the_cells_that_people_see(tmp_path: Path, merge: bool) -> None:
    def write(book: Workbook) -> None:
        sheet = book.active
        sheet.title = "判定"
        sheet["B2"] = "■ 返品の判定"
        places = ("B4:F5", "G4:M5", "N4:T5", "B6:F9", "G6:M7", "N6:T7", "G8:M9", "N8:T9")
        for place, (*_, text) in zip(places, DECISIONS, strict=True):
            boxed(sheet, place, text, merge=merge)
        sheet["B11"] = "迷うときは、次のページの表で担当の部署を確かめてか"
        sheet["B12"] = "ら電話をつなぎます。"

    page = read(tmp_path, "a.xlsx", workbook(write)).pages[0]
    heading, line, table, note = page.blocks
    assert (heading.text, line.text) == ("判定", "■ 返品の判定")
    assert spans(table) == DECISIONS
    assert table.name == "判定!B4:T9"
    assert table.provenance.box.y0 == pytest.approx(2 / 11, abs=1e-4)
    assert note.text == "迷うときは、次のページの表で担当の部署を確かめてか\nら電話をつなぎます。"


def test_a_list_of_questions_without_borders_becomes_entries(tmp_path: Path) -> None:
    def write(book: Workbook) -> None:
        sheet = book.active
        sheet.title = "よくある質問"
        for row in (
            ("No", "質問", "回答"),
            (1, "領収書がほしい", "マイページから\n発行できます。"),
            (2, "休みたい", "10日前までに承ります。"),
        ):
            sheet.append(row)

    document = read(tmp_path, "faq.xlsx", workbook(write))
    entries = drafting.draft(document, Settings()).entries
    assert [entry.question for entry in entries] == ["領収書がほしい", "休みたい"]
    assert entries[0].source[0].method == "file"


def test_each_sheet_is_a_page_and_a_hidden_one_says_so(tmp_path: Path) -> None:
    def write(book: Workbook) -> None:
        book.active["A1"] = "一枚めの文です。"
        book.create_sheet("控え")["A1"] = "見せない"
        book.worksheets[1].sheet_state = "hidden"
        book.create_sheet("Sheet3")["A1"] = "三枚めの文です。"

    document = read(tmp_path, "a.xlsx", workbook(write))
    assert [said(page) for page in document.pages] == [
        [("paragraph", "一枚めの文です。")],
        [],
        [("paragraph", "三枚めの文です。")],
    ]
    assert document.pages[1].problems[0].code == "intake_hidden_sheet"


def test_numbered_rows_are_a_list_and_no_table(tmp_path: Path) -> None:
    def write(book: Workbook) -> None:
        for row in (("①", "電源を切る"), ("②", "水を捨てる"), ("③", "布でふく")):
            book.active.append(row)

    page = read(tmp_path, "a.xlsx", workbook(write)).pages[0]
    assert said(page) == [("list_item", "① 電源を切る"), ("list_item", "② 水を捨てる"), ("list_item", "③ 布でふく")]


def test_larger_type_is_a_heading(tmp_path: Path) -> None:
    def write(book: Workbook) -> None:
        sheet = book.active
        sheet["A1"] = "お手入れのしかた"
        sheet["A1"].font = Font(sz=16)
        sheet["A3"] = "月に一度、フィルターを水で洗ってください。"
        sheet["A5"] = "洗ったあとは、日かげで一日乾かします。"

    assert said(read(tmp_path, "a.xlsx", workbook(write)).pages[0])[0] == ("heading", "お手入れのしかた")


def test_a_sheet_formatted_to_its_last_row_costs_nothing(tmp_path: Path) -> None:
    def write(book: Workbook) -> None:
        sheet = book.active
        boxed(sheet, "A1:B1", "左", merge=False)
        boxed(sheet, "XFC1048576:XFD1048576", "", merge=False)

    assert said(read(tmp_path, "a.xlsx", workbook(write)).pages[0]) == [("paragraph", "左")]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1980, "General", "1980"),
        (1980, "#,##0", "1,980"),
        (1980, '#,##0"円"', "1,980円"),
        (1980, '"¥"#,##0', "¥1,980"),
        (1980, "[$¥-411]#,##0;[Red]-#,##0", "¥1,980"),
        (-1980, "#,##0;▲#,##0", "▲1,980"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (12345, '#,##0,"千円"', "12千円"),
        (0.125, "0.00", "0.13"),
        (120000000, "0000-000-000", "0120-000-000"),
        (312345678, "0##-####-####", "03-1234-5678"),
        (5, '[>=1]0"件";0', "5"),
        (0.5, "# ?/?", "0.5"),
        (8, '"到着後"0"日以内"', "到着後8日以内"),
        (1980, "_ ¥* #,##0_ ;_ ¥* -#,##0_ ", "¥1,980"),
        (-5, "0.0", "-5.0"),
        (0.085, "0.0%", "8.5%"),
        (7, "000", "007"),
        (0.1 + 0.2, "General", "0.3"),
        (12, "@", "12"),
    ],
)
def test_numbers_are_shown_by_their_format(value: float, number_format: str, shown: str) -> None:
    assert number_text(value, number_format) == shown


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (date(2026, 4, 2), "yyyy/m/d", "2026/4/2"),
        (datetime(2026, 4, 2), 'yyyy"年"m"月"d"日"', "2026年4月2日"),
        (datetime(2026, 4, 2), 'm"月"d"日"', "4月2日"),
        (datetime(2026, 4, 2, 9, 5), "yyyy/m/d h:mm", "2026/4/2 9:05"),
        (datetime(2026, 4, 2, 9, 5), "h:mm", "9:05"),
        (date(2026, 4, 2), '[$-411]ggge"年"m"月"d"日"', "令和8年4月2日"),
        (date(1989, 1, 7), "[$-411]ge.m.d", "S64.1.7"),
        (date(2026, 4, 2), "m/d(aaa)", "4/2(木)"),
        (date(2026, 4, 2), "yyyy/m", "2026/4"),
    ],
)
def test_dates_are_shown_as_people_write_them(value: date, number_format: str, shown: str) -> None:
    assert date_text(value, number_format) == shown


def test_what_is_hidden_is_not_read_and_the_report_says_so(tmp_path: Path) -> None:
    def write(book: Workbook) -> None:
        sheet = book.active
        for row in (
            ("質問", "回答", "原価"),
            ("休みたい", "10日前までに。", "300円"),
            ("古い質問", "古い回答。", "200円"),
        ):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    page = read(tmp_path, "a.xlsx", workbook(write)).pages[0]
    assert [cell.text for cell in page.blocks[0].cells] == ["質問", "回答", "休みたい", "10日前までに。"]
    assert [problem.code for problem in page.problems] == ["intake_hidden_cells"]


def test_words_in_shapes_are_read_where_they_lie(tmp_path: Path) -> None:
    def write(book: Workbook) -> None:
        book.active.title = "受付"
        book.active["A1"] = "受付の流れ"
        book.active["A20"] = "終わりのあいさつをする。"

    text = "<a:p><a:r><a:t>まずお名前を</a:t></a:r><a:r><a:t>うかがう。</a:t></a:r></a:p><a:p/>"
    body = f"<xdr:txBody><a:bodyPr/>{text}</xdr:txBody>"
    place = "<xdr:from><xdr:col>2</xdr:col><xdr:row>4</xdr:row></xdr:from>"
    names = (
        'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    group = f"<xdr:grpSp><xdr:sp>{body}</xdr:sp></xdr:grpSp>"
    drawing = f"<xdr:wsDr {names}><xdr:twoCellAnchor>{place}{group}</xdr:twoCellAnchor></xdr:wsDr>"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    data = with_parts(
        workbook(write),
        {"xl/drawings/drawing1.xml": drawing, "xl/worksheets/_rels/sheet1.xml.rels": relations},
    )
    page = read(tmp_path, "a.xlsx", data).pages[0]
    assert [(block.text, block.name) for block in page.blocks[1:]] == [
        ("受付の流れ", "受付!A1"),
        ("まずお名前をうかがう。", "受付!C5"),
        ("終わりのあいさつをする。", "受付!A20"),
    ]


def test_an_entry_names_sheet_and_cells(tmp_path: Path) -> None:
    def write(book: Workbook) -> None:
        book.active.title = "料金"
        for row in (("質問", "回答"), ("送料はいくら", "650円です。"), ("休みたい", "10日前までに承ります。")):
            book.active.append(row)

    entries = drafting.draft(read(tmp_path, "faq.xlsx", workbook(write)), Settings()).entries
    assert {entry.source[0].place for entry in entries} == {"料金!A1:B3"}


def test_formulas_that_nobody_calculated_are_told(tmp_path: Path) -> None:
    def write(book: Workbook) -> None:
        for row in (("品名", "送料"), ("青汁", "=300+350")):
            book.active.append(row)

    page = read(tmp_path, "a.xlsx", workbook(write)).pages[0]
    assert [problem.code for problem in page.problems] == ["intake_uncalculated"]
