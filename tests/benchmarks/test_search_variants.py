"""The other spellings that the benchmark of search asks for."""

import unicodedata

import pytest
from benchmarks.search import variants


@pytest.mark.parametrize("kind", ["compound", "katakana", "okurigana", "width", "reading", "typo"])
def test_thirty_of_each_kind_ask_for_an_entry(kind: str) -> None:
    known = {entry.id: entry.question for entry in variants.entries()}
    asked = variants.questions()[kind]
    assert len(asked) == variants.EACH
    assert all(wanted in known and known[wanted] != question for wanted, question in asked.values())


def test_half_width_letters_are_the_same_letters() -> None:
    for wanted, question in variants.questions()["width"].values():
        assert question.isascii() is False
        assert unicodedata.normalize("NFKC", question).replace(" ", "-") == wanted


def test_the_large_site_is_as_large_as_said() -> None:
    assert 10_000 <= len({entry.id for entry in variants.large_site()}) <= 11_000
