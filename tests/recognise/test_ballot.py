"""Several readings of one line, and the one they make."""

import pytest

from kbtool.recognise.engines import wording
from kbtool.recognise.engines.ballot import agree


def said(*readings: tuple[str, float], words: bool = False) -> str:
    letters = [[(character, sure) for character in text] for text, sure in readings]
    return "".join(one.character for one in agree(letters, wording.load() if words else None))


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([("保証期間", 0.9)], "保証期間"),
        ([("保証期問", 0.9), ("保証期間", 0.8), ("保証期間", 0.8)], "保証期間"),
        ([("受付時閒内", 0.9), ("受付時間内", 0.3)], "受付時閒内"),
        ([("受け付時間", 0.8), ("受付時間", 0.8), ("受付時間", 0.8), ("受付時間", 0.7)], "受付時間"),
        ([("受付時", 0.8), ("受付時間", 0.8), ("受付時間", 0.8)], "受付時間"),
        ([("電源を切る", 0.7), ("WMII-O", 0.7), ("OOCGS", 0.7)], "電源を切る"),
    ],
)
def test_most_votes_hold(readings: list[tuple[str, float]], expected: str) -> None:
    assert said(*readings) == expected


def test_words_decide_between_two() -> None:
    two = ("お買い上げの販亮店", 0.82), ("お買い上げの販売店", 0.8)
    assert said(*two) == "お買い上げの販亮店"
    assert said(*two, words=True) == "お買い上げの販売店"


def test_figures_are_no_words() -> None:
    assert said(("型番はWRT8127です", 0.8), ("型番はWRT8727です", 0.7), words=True) == "型番はWRT8127です"


def test_letters_say_where_they_stand_in_the_first() -> None:
    letters = [[(character, 0.8) for character in text] for text in ("受付時", "受付時間", "受付時間")]
    assert [(one.character, one.at) for one in agree(letters, None)] == [("受", 0), ("付", 1), ("時", 2), ("間", 3)]
