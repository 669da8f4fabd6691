"""Markdown, HTML, CSV and text files, in the encodings that Japanese offices use."""

from pathlib import Path

import pytest

from kbtool import drafting
from kbtool.errors import SourceError
from kbtool.intake import page_image
from kbtool.settings import Settings
from tests.intake.offices import read, said, spans

MEMO = """■ 電話の受け方
三回鳴る前に出て、
社名を名乗ります。

1. 用件を伺う
2. 復唱する

----------
終わりのごあいさつ
==================
お電話ありがとうございました。
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"])
def test_text_in_every_encoding_of_the_office(tmp_path: Path, encoding: str) -> None:
    first, second = read(tmp_path, "memo.txt", MEMO.replace("\n", "\r\n").encode(encoding)).pages
    assert [*said(first), *said(second)] == [
        ("heading", "■ 電話の受け方"),
        ("paragraph", "三回鳴る前に出て、\n社名を名乗ります。"),
        ("list_item", "1. 用件を伺う"),
        ("list_item", "2. 復唱する"),
        ("heading", "終わりのごあいさつ"),
        ("paragraph", "お電話ありがとうございました。"),
    ]


def test_a_form_feed_ends_a_page(tmp_path: Path) -> None:
    assert len(read(tmp_path, "a.txt", "一枚め\f二枚め\f".encode()).pages) == 2


def test_what_no_encoding_fits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="intake_encoding"):
        read(tmp_path, "a.txt", b"abc \xff\xff \x81\x20\xfd")


@pytest.mark.parametrize(("name", "mark"), [("faq.csv", ","), ("faq.tsv", "\t"), ("faq.csv", ";")])
def test_a_list_of_questions_becomes_entries(tmp_path: Path, name: str, mark: str) -> None:
    rows = (
        ("質問", "回答"),
        ("領収書がほしい", '"マイページ""購入履歴""から、\r\n発行できます。"'),
        ("休みたい", "10日前までに承ります。"),
    )
    data = "\r\n".join(mark.join(row) for row in rows).encode("cp932")
    document = read(tmp_path, name, data)
    assert spans(document.pages[0].blocks[0])[3] == (1, 1, 1, 1, 'マイページ"購入履歴"から、\n発行できます。')
    entries = drafting.draft(document, Settings()).entries
    assert [entry.question for entry in entries] == ["領収書がほしい", "休みたい"]


def test_markdown(tmp_path: Path) -> None:
    text = """---
title: 表には出ない
---
# 定期コースの手引き

## 解約したい
マイページか
**お電話**で[受けます](https://kakuudo.example/)。

| 理由 | 対応 |
| --- | --- |
| 在庫が余る | 間隔を変える |

## 休みたい
1. 開く
2. 押す
   - 一度だけ

<p>直書きの<b>文</b>です。</p><script>alert(1)</script>
"""
    document = read(tmp_path, "guide.md", text.encode())
    assert [said(page) for page in document.pages] == [
        [("title", "定期コースの手引き")],
        [
            ("heading", "解約したい"),
            ("paragraph", "マイページかお電話で受けます。"),
            ("table", "理由\t対応\n在庫が余る\t間隔を変える"),
        ],
        [
            ("heading", "休みたい"),
            ("list_item", "1. 開く"),
            ("list_item", "2. 押す"),
            ("list_item", "・一度だけ"),
            ("paragraph", "直書きの文です。"),
        ],
    ]
    assert [block.level for block in document.pages[2].blocks] == [2, 1, 1, 2, 0]


def test_a_question_and_its_answer_on_wrapped_lines_of_markdown_stay_two(tmp_path: Path) -> None:
    text = "問1 送料はいくら\nですか。\n答1 全国一律\n500円です。\n\n**Q.** 夜は\n**A.** 休みです。\n"
    document = read(tmp_path, "faq.md", text.encode())
    assert [said(page) for page in document.pages] == [
        [("paragraph", "問1 送料はいくらですか。\n答1 全国一律500円です。"), ("paragraph", "Q. 夜は\nA. 休みです。")]
    ]
    asked = [(entry.question, entry.sections[0].text) for entry in drafting.draft(document, Settings()).entries]
    assert asked == [("送料はいくらですか。", "全国一律500円です。"), ("夜は", "休みです。")]


def test_html(tmp_path: Path) -> None:
    text = """<!doctype html><meta charset="Shift_JIS"><title>題</title><style>p{}</style>
<nav>メニュー</nav><h1>送料とお届け</h1><script>alert("動かない")</script>
<p>送料は<b>550円</b>で、
<ruby>離島<rt>りとう</rt></ruby>も同じです。<br>税込みです。</p>
<h2>よくある質問</h2>
<dl><dt>何日で届きますか</dt><dd>三日です。</dd></dl>
<ol start="2"><li>選ぶ<ul><li>色</li></ul></li><li>押す</li></ol>
<table><caption>大きさ</caption><tr><th rowspan="2">色</th><th colspan="2">箱</th></tr>
<tr><td>大</td><td>小</td></tr></table>
<footer>見本データ</footer>"""
    document = read(tmp_path, "a.html", text.encode("cp932"))
    blocks = [block for page in document.pages for block in page.blocks]
    assert [(block.kind.value, block.level, block.text) for block in blocks if not block.cells] == [
        ("title", 1, "送料とお届け"),
        ("paragraph", 0, "送料は550円で、離島も同じです。\n税込みです。"),
        ("heading", 2, "よくある質問"),
        ("heading", 7, "何日で届きますか"),
        ("paragraph", 0, "三日です。"),
        ("list_item", 1, "2. 選ぶ"),
        ("list_item", 2, "・色"),
        ("list_item", 1, "3. 押す"),
        ("caption", 0, "大きさ"),
        ("page_footer", 0, "見本データ"),
    ]
    table = next(block for block in blocks if block.cells)
    assert spans(table) == [(0, 0, 2, 1, "色"), (0, 1, 1, 2, "箱"), (1, 1, 1, 1, "大"), (1, 2, 1, 1, "小")]


def test_a_file_without_paper_has_no_picture(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("本文です。", "utf-8")
    with pytest.raises(SourceError, match="intake_no_picture"):
        page_image(tmp_path / "a.txt", 1, width_px=200)


def test_a_table_of_nothing_is_an_empty_page(tmp_path: Path) -> None:
    assert [page.blocks for page in read(tmp_path, "a.csv", b",,,\r\n,,,\r\n").pages] == [()]


def test_signs_of_the_office_machine_stay_as_they_are(tmp_path: Path) -> None:
    data = '質問,回答\r\n①㈱髙島の領収書,"はい。\r\n℡で承ります。"\r\n'.encode("cp932")
    assert spans(read(tmp_path, "a.csv", data).pages[0].blocks[0])[2:] == [
        (1, 0, 1, 1, "①㈱髙島の領収書"),
        (1, 1, 1, 1, "はい。\n℡で承ります。"),
    ]
