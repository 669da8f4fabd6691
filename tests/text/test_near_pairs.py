"""Near texts among many."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.text.near_pairs import MOST_NEAR, near_pairs
from kbtool.text.similarity import similarity

questions = st.lists(
    st.lists(
        st.sampled_from(["届け先", "を", "変え", "たい", "休み", "解約", "E03", "フィルター", "の", "交換"]),
        min_size=1,
        max_size=6,
    ).map("".join),
    max_size=14,
    unique=True,
)


@settings(max_examples=150, deadline=None)
@given(questions, st.sampled_from([0.5, 0.7, 0.8, 1.0]))
def test_it_finds_what_comparing_each_with_each_finds(texts: list[str], threshold: float) -> None:
    every = {
        (one, other)
        for one, other in combinations(range(len(texts)), 2)
        if similarity(texts[one], texts[other]) >= threshold
    }
    assert {(one, other) for one, other, _ in near_pairs(texts, threshold)} == every


def test_the_score_is_the_similarity() -> None:
    texts = ["次回のお届けを休みたい", "支払い方法を知りたい", "次回のお届けを1回休みたい"]
    assert list(near_pairs(texts, 0.7)) == [(0, 2, similarity(texts[0], texts[2]))]


def test_equal_texts_are_pairs_each_with_each() -> None:
    assert sorted(near_pairs(["休みたい"] * 3, 0.8)) == [(0, 1, 1.0), (0, 2, 1.0), (1, 2, 1.0)]


def test_hundreds_from_one_mould_are_told_with_some_of_their_like() -> None:
    assert len(list(near_pairs(["休みたい"] * 600, 0.8))) == 590 * MOST_NEAR + sum(range(MOST_NEAR))


def test_texts_without_letters_are_near_nothing() -> None:
    assert list(near_pairs(["", "。", "", "?"], 0.8)) == []
