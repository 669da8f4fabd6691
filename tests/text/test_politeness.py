import pytest

from kbtool.text.politeness import is_plain


@pytest.mark.parametrize(
    "sentence",
    [
        "電源を切る。",
        "電源を切った。",
        "保証書が要る。",
        "対象は本体である。",
        "対象は本体だ。",
        "15日は選べない。",
        "色が違うことが多い（春用）から、確認した方がよい。",
        "お電話で聞きたい。",
    ],
)
def test_plain(sentence: str) -> None:
    assert is_plain(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "電源を切ります。",
        "お選びいただけません。",
        "電源を切ってください（赤いボタン）。",
        "よろしいでしょうか。",
        "お申し出くださいませ。",
        "ありがとう。",
        "変更は翌日から。",
        "送料は無料。",
        "次のとおり。",
        "「はい」。",
        "承りますが。",
        "",
    ],
)
def test_polite_or_neither(sentence: str) -> None:
    assert not is_plain(sentence)
