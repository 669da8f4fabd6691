"""Titles and editions told from file names."""

import pytest

from kbtool.intake.titles import title_and_edition


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("業務マニュアル第4版.pdf", ("業務マニュアル", "第4版")),
        ("そよぎ_KD-H500_取扱説明書.pdf", ("そよぎ KD-H500 取扱説明書", "")),
        ("sub/受付の手引き（第１２版）.pdf", ("受付の手引き", "第12版")),
        ("guide_Ver.2.1.pdf", ("guide", "Ver.2.1")),
        ("2026年版 料金表.pdf", ("料金表", "2026年版")),
        ("第3版.pdf", ("第3版", "第3版")),
    ],
)
def test_title_and_edition(name: str, expected: tuple[str, str]) -> None:
    assert title_and_edition(name) == expected
