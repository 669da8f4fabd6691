"""Look-alikes are settled by their neighbours, and nothing else is touched."""

from pathlib import Path

import pytest

from kbtool.recognise.look_alikes import doubted, settle, undecided

CASES = Path(__file__).parent / "cases"


def lines(name: str) -> list[str]:
    return [line for line in (CASES / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("case", lines("look_alikes.txt"))
def test_case(case: str) -> None:
    read, meant = (part.strip() for part in case.split("|"))
    assert settle(read) == meant
    assert len(read) == len(meant)


@pytest.mark.parametrize("text", lines("look_alikes_stay.txt"))
def test_what_is_right_stays(text: str) -> None:
    assert settle(text) == text


@pytest.mark.parametrize("case", lines("look_alikes.txt"))
def test_settled_is_settled(case: str) -> None:
    assert settle(settle(case)) == settle(case)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("注ぎ口カバー", (2,)),
        ("東京ー大阪", (2,)),
        ("型番はKD5O", (6,)),
        ("〇印の欄", (0,)),
        ("〇〇様", ()),
        ("二〇二六年", ()),
        ("第一章 はじめに", ()),
        ("3l入り", (1,)),
        ("窓口とロビー", ()),
    ],
)
def test_what_cannot_be_decided_is_named(text: str, places: tuple[int, ...]) -> None:
    assert undecided(text) == places


def test_a_person_looks_at_what_cannot_be_decided() -> None:
    assert doubted("東京ー大阪", (96.0, 95.0, 97.0, 94.0, 93.0)) == (96.0, 95.0, 50.0, 94.0, 93.0)
