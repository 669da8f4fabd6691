import random

import pytest
from benchmarks.reading.metrics import (
    Errors,
    Hits,
    by_block,
    cells,
    confusions,
    fold,
    in_order,
    interval,
    neighbours,
)
from benchmarks.reading.truth import TrueCell
from rapidfuzz.distance import Levenshtein


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＫＤ－Ｈ５００", "KD-H500"),
        ("100 ― 200", "100-200"),
        ("“はい”", '"はい"'),
        ("①　電源", "1電源"),
        ("☑電話", "□電話"),
    ],
)
def test_spellings_that_mean_the_same_are_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("カ", "力"), ("ー", "一"), ("ー", "-"), ("は", "ば")])
def test_other_characters_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_order_matters_in_order_only() -> None:
    truth = ["はじめに読む", "次に読む"]
    swapped = "次に読む\nはじめに読む"
    assert in_order(truth, "はじめに読む 次に読む") == Errors(0, 10)
    assert in_order(truth, swapped).edits > 0
    assert by_block(truth, swapped) == Errors(0, 10)


def test_a_lost_block_costs_its_length_and_an_extra_one_nothing() -> None:
    assert by_block(["電源", "保証"], "電源") == Errors(2, 4)
    assert by_block(["電源"], "まえ電源あと") == Errors(0, 2)
    assert in_order(["電源"], "まえ電源あと") == Errors(4, 2)


def test_the_nearest_part_is_the_best_of_all_parts() -> None:
    rng = random.Random(0)
    for _ in range(60):
        pattern = "".join(rng.choices("あいう", k=rng.randint(1, 7)))
        text = "".join(rng.choices("あいう", k=rng.randint(0, 12)))
        parts = [text[a:b] for a in range(len(text) + 1) for b in range(a, len(text) + 1)]
        assert by_block([pattern], text).edits == min(Levenshtein.distance(pattern, part) for part in parts)


def test_cells_are_right_only_in_their_place() -> None:
    truth = (TrueCell(0, 0, "区分", row_span=2), TrueCell(0, 1, "期限"), TrueCell(1, 1, ""))
    shifted = (TrueCell(0, 0, "区分"), TrueCell(0, 1, "期 限"))
    assert cells(truth, [truth]) == Hits(2, 2, 2)
    assert cells(truth, [shifted]) == Hits(1, 2, 2)
    assert cells(truth, []) == Hits(0, 0, 2)
    assert Hits(1, 2, 2).f1 == 0.5


def test_confusions_name_what_became_what() -> None:
    assert confusions(["カ行の一覧"], "力行の一覧") == {("カ", "力"): 1}


def test_the_interval_tells_better_from_equal() -> None:
    better, worse = [Errors(1, 100)] * 20, [Errors(5, 100)] * 20
    assert interval(better, worse) == pytest.approx((-0.04, -0.04))
    mixed = [Errors(n % 7, 100) for n in range(20)]
    low, high = interval(mixed, mixed[::-1])
    assert low < 0 < high


def test_neighbours_are_blocks_that_follow_each_other_as_they_truly_do() -> None:
    first, second, third = "はじめに電源を入れます。", "次に水を目盛りまで注ぎます。", "最後にふたを閉めて待ちます。"
    assert neighbours([first, second, third], first + second + third) == Hits(2, 2, 2)
    assert neighbours([first, second, third], first + third + second) == Hits(0, 2, 2)
    assert neighbours([first, second, third], third + first + second) == Hits(1, 2, 2)


def test_neighbours_are_judged_of_what_was_found_and_can_be_told_apart() -> None:
    first, lost, third = "はじめに電源を入れます。", "次に水を目盛りまで注ぎます。", "最後にふたを閉めて待ちます。"
    misread = third.replace("ふた", "ぶた")
    assert neighbours([first, lost, third], first + misread) == Hits(1, 1, 1)
    assert neighbours([first, first, third, "注意"], first + first + "注意" + third) == Hits(0, 0, 0)
