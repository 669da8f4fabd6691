"""What is marked in the original although the form differs."""

import pytest

from kbtool.search.highlight import SNIPPET_CHARACTERS, Marker, snippet


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("かいやく", "定期コースを解約したい", ["解約"]),
        ("みずもれ", "水漏れのとき", ["水漏れ"]),
        ("e03", "表示 Ｅ０３ が出る", ["Ｅ０３"]),
        ("ﾌｨﾙﾀ", "集じんフィルターの交換", ["フィルター"]),
        ("漏れました", "水が漏れる", ["漏れる"]),
        ("もれる", "水が漏れる", ["漏れる"]),
        ("kzr120w", "型番は KZR-120W です", ["KZR-120W"]),
        ("03", "103番", []),
        ("解約", "お届けの間隔", []),
    ],
)
def test_marks(query: str, text: str, marked: list[str]) -> None:
    assert [text[span.start : span.end] for span in Marker.of(query).marks(text)] == marked


def test_a_snippet_shows_the_sentence_that_matched() -> None:
    text = "はじめにお読みください。" * 20 + "解約は10日前までにお電話ください。" + "そのほか。" * 40
    found = snippet(text, Marker.of("解約"))
    assert found.startswith("解約は10日前まで")
    assert len(found) <= SNIPPET_CHARACTERS


def test_a_short_text_is_its_own_snippet() -> None:
    assert snippet(" 短い文。\n", Marker.of("解約")) == "短い文。"
