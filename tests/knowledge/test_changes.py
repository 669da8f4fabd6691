import time

import pytest

from kbtool.knowledge.changes import in_words
from tests.knowledge.samples import entry


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("8日以内にお手続きください。", "7日以内にお手続きください。", "8日 → 7日"),
        ("8日以内です。\nお電話ください。", "7日以内です。\nお電話ください。", "8日 → 7日"),
        ("お電話ください。", "お電話ください。\n電話は無料です。", "－ → 電話は無料です。"),
        ("一\n二の手順\n三", "一\n三", "二の手順 → －"),
        ("赤、青、緑、白", "紅、藍、翠、黒", "赤 → 紅、青 → 藍、緑 → 翠 …"),
        ("赤、" * 2000 + "8日", "赤、" * 2000 + "7日", "8日 → 7日"),
        ("赤", "赤", ""),
    ],
)
def test_changes_are_told_in_few_words(before: str, after: str, told: str) -> None:
    assert in_words(entry(answer=before), entry(answer=after)) == told


@pytest.mark.parametrize("rows", [300, 301])
def test_a_long_table_that_changed_in_every_row_is_told_at_once(rows: int) -> None:
    before = "\n".join(f"| E{n:04} | 給水タンクの残量が{n}mLです | {n % 7}分お待ちください |" for n in range(300))
    after = "\n".join(f"| E{n:04} | 給湯タンクの残量が{n}mLです | {n % 7}分お待ちください |" for n in range(rows))
    started_s = time.process_time()
    assert in_words(entry(answer=before), entry(answer=after)).startswith("給水 → 給湯、給水 → 給湯、給水 → 給湯")
    assert time.process_time() - started_s < 2.0
