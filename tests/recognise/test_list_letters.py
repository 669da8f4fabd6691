"""Letters of lists in brackets are known by the page."""

import pytest

from kbtool.recognise.list_letters import settle_lists


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (
            ["(イ)火災による故障", "(口)地震", "(八)落雷", "(二)水害"],
            ["(イ)火災による故障", "(ロ)地震", "(ハ)落雷", "(ニ)水害"],
        ),
        (["（口） 輸送による損傷"], ["（ロ） 輸送による損傷"]),
    ],
)
def test_kanji_become_letters_of_a_list(read: list[str], meant: list[str]) -> None:
    assert settle_lists(read) == meant


@pytest.mark.parametrize(
    "texts",
    [
        ["(一)受付", "(二)点検", "(八)返却"],
        ["申込数(口)", "出資は一人三（口）まで"],
        ["(イ)吸込口", "金額(二)"],
    ],
)
def test_kanji_stay(texts: list[str]) -> None:
    assert settle_lists(texts) == texts
