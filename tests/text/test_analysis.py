"""Words and readings, with and without Sudachi's dictionary."""

import pytest

from kbtool.text import analysis
from kbtool.text.grams import content_grams, grams, kanji, skeleton


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("解約したいのですが、どうすればいいですか", ["解約"]),
        ("給水タンク", ["給水", "たんく"]),
        ("ﾌｨﾙﾀｰの交換", ["ふいるた", "交換"]),
        ("フィルタの交換方法を教えてください", ["ふいるた", "交換"]),
        ("Ｅ０３が消えない", ["e03", "消える"]),
        ("KZR-120W", ["kzr120w"]),
        ("水が漏れる", ["水", "漏れる"]),
        ("水がもれる", ["水", "漏れる"]),
        ("ゴミの日", ["ごみ", "日"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert analysis.words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("解約", "かいやく"),
        ("水漏れ", "みずもれ"),
        ("保証期間", "ほしようきかん"),
        ("髙橋", "たかはし"),
        ("E03", "e03"),
    ],
)
def test_reading(text: str, expected: str) -> None:
    assert analysis.reading(text) == expected


def test_a_long_text_is_cut_in_pieces() -> None:
    assert analysis.words("解約" * 30_000).count("解約") >= 29_900


def test_without_the_dictionary_pairs_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_tokenizer", lambda: None)
    assert analysis.words("フィルタ交換") == ["ふい", "いる", "るた", "た交", "交換", "交", "換"]
    assert analysis.reading("解約フォーム") == "解約ふおむ"
    assert analysis.tagged("田中") == []


def test_grams() -> None:
    assert grams("Ｅ０３の水") == ["e03", "の水"]
    assert grams("水") == ["水"]
    assert kanji("健康診断を") == ["健", "康", "診", "断"]
    assert content_grams("コースを変えたい") == ["こす", "変"]


def test_okurigana_may_vary() -> None:
    assert skeleton("申し込み書") == skeleton("申込み書") == skeleton("申込書") == ["申込", "込書"]


def test_places_where_words_begin_are_those_of_the_original() -> None:
    text = "ﾌｨﾙﾀｰは国内線"
    assert {text.index(word) for word in ("ﾌｨﾙﾀｰ", "は", "国内", "線")} == analysis.starts(text)
