"""The words of Markdown as a person reads them, line by line."""

from kbtool.text import plain

STEPS = """お電話で**承ります**。
[手順書](documents/x.md)もご覧ください。

1. 品番を確かめる
2. `E03` を消す

- タンク
- キャップ

| 原因 | 処置 |
| --- | --- |
| 水がない | 給水する |
|  | 差し直す |

## 注意
<b>危険</b>
"""


def test_signs_go_and_words_stay() -> None:
    assert plain.lines(STEPS) == [
        "お電話で承ります。",
        "手順書もご覧ください。",
        "1. 品番を確かめる",
        "2. E03 を消す",
        "・タンク",
        "・キャップ",
        "原因  処置",
        "水がない  給水する",
        "  差し直す",
        "注意",
        "<b>危険</b>",
    ]


def test_tables_may_be_left_out() -> None:
    found = plain.lines(STEPS, tables=False)
    assert "水がない  給水する" not in found
    assert found[-2:] == ["注意", "<b>危険</b>"]


def test_code_keeps_its_lines() -> None:
    assert plain.lines("```\nkbtool run\nkbtool serve\n```\n") == ["kbtool run", "kbtool serve"]


def test_nothing_says_nothing() -> None:
    assert plain.lines("") == []
