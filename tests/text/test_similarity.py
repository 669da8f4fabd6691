"""Likeness of texts, guarded by their numbers."""

import pytest

from kbtool.text.similarity import alike, numbers, similarity


def test_the_same_words_in_other_spellings_are_the_same() -> None:
    assert similarity("フィルターの交換", "ﾌｨﾙﾀの交換") == 1.0


def test_nothing_in_common() -> None:
    assert similarity("解約したい", "水漏れ") == 0.0


def test_two_empty_texts() -> None:
    assert similarity("", "") == 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("３日以内に1,980円", ("3", "1980")),
        ("八日以内、二十五回", ("8", "25")),
        ("2.50 と 02", ("2.50", "2")),
        ("一人前の統一", ("1",)),
        ("2-3日", ("2", "3")),
    ],
)
def test_numbers(text: str, expected: tuple[str, ...]) -> None:
    assert numbers(text) == expected


def test_another_number_is_another_answer() -> None:
    one, other = "到着後8日以内にご連絡ください", "到着後7日以内にご連絡ください"
    assert similarity(one, other) > 0.8
    assert not alike(one, other)
    assert alike(one, "到着後八日以内にご連絡ください。", threshold=0.7)
