import csv
import io

from kbtool.entry import Entry, Escalation, Product, Section
from kbtool.knowledge import export_csv
from kbtool.knowledge.exchange.spreadsheet import Lost
from tests.knowledge.samples import entry


def rows(content: bytes, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline="")))


def rich() -> Entry:
    return entry(
        variants=("来月は要らない", "休止"),
        products=(Product("みどりノート青汁 30包"), Product("そよぎ", ("KD-H500", "KD-H500W"))),
        escalation=(Escalation("体調の変化", "品質保証課", "即時", "内線"),),
        sections=(Section("回答", "お電話で。\n\n- 平日\n- 土曜"), Section("社内メモ", "引き止めない")),
        tags=("must_know",),
    )


def test_a_sheet_opens_in_excel() -> None:
    content = export_csv([rich()]).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    (row,) = rows(content)
    names = list(row)
    assert (names[0], names[1], names[-1]) == ("番号", "質問", "版（変更しない）")
    assert row["言い換え（1行に1つ）"] == "来月は要らない\n休止"
    assert row["商品（1行に1つ: 商品名 | 型番 | 型番）"] == "みどりノート青汁 30包\nそよぎ | KD-H500 | KD-H500W"
    assert row["エスカレーション（1行に1つ: 条件 | 先 | 期限 | 手段）"] == "体調の変化 | 品質保証課 | 即時 | 内線"
    assert (row["回答"], row["社内メモ"]) == ("お電話で。\n\n- 平日\n- 土曜", "引き止めない")
    assert (row["種類"], row["状態（見るだけ）"], row["見せる相手（見るだけ）"]) == ("質問と回答", "下書き", "社内")


def test_headings_say_what_is_not_read_back() -> None:
    (row,) = rows(export_csv([rich()]).content)
    marked = [name for name in row if "見るだけ" in name or "変更しない" in name]
    assert len(marked) == 5


def test_numbers_keep_their_zeros_and_nothing_is_a_formula() -> None:
    (row,) = rows(export_csv([entry("0042", "0120", "=1+1")]).content)
    assert (row["番号"], row["質問"], row["回答"]) == ("'0042", "'0120", "'=1+1")


def test_cp932_says_what_it_loses_and_where() -> None:
    sheet = export_csv([entry("KB-0001", "10〜20分", "5€です。"), entry("KB-0002", "髙島")], "cp932")
    assert sheet.lost == (Lost("KB-0001", "質問", {"〜": "～"}), Lost("KB-0001", "回答", {"€": "〓"}))
    assert [row["質問"] for row in rows(sheet.content, "cp932")] == ["10～20分", "髙島"]


def test_a_cell_too_long_for_excel_is_named() -> None:
    assert export_csv([entry(answer="あ" * 32_767)]).too_long == (("KB-0001", "回答"),)
    assert not export_csv([entry(answer="あ" * 32_766)]).too_long
