"""Titles and editions told from file names."""

import pytest

from kbtool.intake.titles import manual_name, title_and_edition


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("業務マニュアル第4版.pdf", ("業務マニュアル", "第4版")),
        ("そよぎ_KD-H500_取扱説明書.pdf", ("そよぎ KD-H500 取扱説明書", "")),
        ("sub/受付の手引き（第１２版）.pdf", ("受付の手引き", "第12版")),
        ("guide_Ver.2.1.pdf", ("guide", "Ver.2.1")),
        ("2026年版 料金表.pdf", ("料金表", "2026年版")),
        ("第3版.pdf", ("第3版", "第3版")),
        ("料金表（2026年4月版）.xlsx", ("料金表", "2026年4月版")),
        ("返品規程_令和8年4月1日改訂.docx", ("返品規程", "令和8年4月1日改訂")),
        ("manual_v2.pdf", ("manual", "v2")),
        ("手順書 改訂版.pdf", ("手順書", "改訂版")),
        ("KD-V2 取扱説明書.pdf", ("KD-V2 取扱説明書", "")),
        ("お知らせ_2026年4月.pdf", ("お知らせ 2026年4月", "")),
    ],
)
def test_title_and_edition(name: str, expected: tuple[str, str]) -> None:
    assert title_and_edition(name) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("業務マニュアル第4版.pdf", "業務マニュアル_第5版（2026年4月改訂）.pdf"),
        ("料金表.xlsx", "料金表 (2).xlsx"),
        ("Guide v1.pdf", "guide_Ver.2.1 - コピー.pdf"),
        ("規程（令和7年度版）.docx", "規程 R8.4版.pdf"),
        ("手引き初版.pdf", "手引き増補改訂版.pdf"),
    ],
)
def test_editions_of_one_manual_have_one_name(one: str, other: str) -> None:
    assert manual_name(one) == manual_name(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KD-H500 取扱説明書.pdf", "KD-H600 取扱説明書.pdf"),
        ("お知らせ_2026年4月.pdf", "お知らせ_2026年5月.pdf"),
        ("KD-V2 取扱説明書.pdf", "KD-V3 取扱説明書.pdf"),
        ("お問い合わせ票_202604.pdf", "お問い合わせ票_202605.pdf"),
    ],
)
def test_other_papers_have_other_names(one: str, other: str) -> None:
    assert manual_name(one) != manual_name(other)


@pytest.mark.parametrize("name", ["scan0001.pdf", "IMG_2041.jpg", "20260401.pdf", "第3版.pdf", "無題.docx"])
def test_a_name_that_says_nothing_is_like_no_other(name: str) -> None:
    assert manual_name(name) == ""
