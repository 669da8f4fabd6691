"""Characters that only the page can tell from their twins; what neighbours decide is left alone."""

import pytest

from kbtool.text.look_alikes import undecided


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ロを閉める", ("ロを閉める",)),
        ("加湿カを強める", ("加湿カを強める",)),
        ("スイッチ力を押す", ("スイッチ力を押す",)),
        ("工ラーが出る", ("工ラーが出",)),
        ("入力スイッチを押す", ()),
        ("口を閉める", ()),
        ("3カ月に1回、2カ所で", ()),
        ("ハガキで連絡する", ()),
        ("工場へ送る。スタッフ一同", ()),
        ("カタログとトレーとエアコン", ()),
        ("力を入れずに押す", ()),
    ],
)
def test_what_is_undecided(text: str, expected: tuple[str, ...]) -> None:
    assert undecided(text) == expected
