"""How drafts are judged by a text written by hand."""

from pathlib import Path

from benchmarks.drafting import notation, truth

from kbtool.entry import Entry, EntryType, Section

TRUTH = """? 送料はいくらですか
: qa
= 全国一律500円です。
> 返品したい

? 返品したい
= 8日以内

? おまけ
~

! 社外秘
"""
MANUAL = """title: 試験
header: 見出し

== page | columns
# 第1章
Ｑ．本文
| a | b |
| ^ | < |

| 別の表 | c |
== next
! 警告
! 触らない。
== page
~ 解約 … 5
"""


def entry(question: str, text: str, related: tuple[str, ...] = ()) -> Entry:
    return Entry("", EntryType.QA, question, (Section("回答", text),), "", origin_key=question, related=related)


def score(tmp_path: Path, *entries: Entry) -> truth.Score:
    path = tmp_path / "truth.txt"
    path.write_text(TRUTH, encoding="utf-8")
    return truth.score(truth.read(path), entries)


def test_what_was_expected_counts_for_both(tmp_path: Path) -> None:
    asked = entry("送料は いくらですか", "全国一律５００円です。", ("返品したい",))
    found = score(tmp_path, asked, entry("返品したい", "8日以内です。"), entry("おまけ", "x"))
    assert (found.precision, found.recall, found.misses) == (1.0, 1.0, ())


def test_every_fault_is_named(tmp_path: Path) -> None:
    found = score(tmp_path, entry("送料はいくらですか", "社外秘です。"), entry("挨拶", "こんにちは。"))
    assert (found.precision, found.recall) == (0.0, 0.0)
    assert found.misses == (
        "送料はいくらですか: lacks 「全国一律500円です。」",
        "送料はいくらですか: holds 「社外秘」",
        "送料はいくらですか: is not related to 「返品したい」",
        "返品したい: no entry",
        "not expected: 挨拶 (qa)",
    )


def test_a_manual_is_read_block_by_block(tmp_path: Path) -> None:
    path = tmp_path / "manual.txt"
    path.write_text(MANUAL, encoding="utf-8")
    manual = notation.read(path)
    assert manual.look == {"title": "試験", "header": "見出し"}
    (left, right), (only,) = (page.columns for page in manual.pages)
    assert [(block.shape.name, len(block.lines)) for block in left] == [
        ("CHAPTER", 1),
        ("TEXT", 1),
        ("TABLE", 2),
        ("TABLE", 1),
    ]
    assert [(block.shape.name, block.lines) for block in (*right, *only)] == [
        ("BOX", ("警告", "触らない。")),
        ("LEADER", ("解約 … 5",)),
    ]
