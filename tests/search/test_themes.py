"""Documents that are about the same come near each other, whatever words they use for it."""

import numpy as np
import pytest

from kbtool.search.columns import Numbers
from kbtool.search.themes import nearness, unit

#: Words: 解約 退会 手続き 期限 | 洗浄 清掃 フィルター 水洗い.
ABOUT_LEAVING = [[1, 1, 1, 0], [1, 0, 1, 1], [1, 1, 0, 1], [0, 1, 1, 1], [1, 1, 1, 1]]
ONLY_OTHER_WORDS = [0, 1, 0, 1]


@pytest.fixture
def documents() -> Numbers:
    leaving = [[*row, 0, 0, 0, 0] for row in (*ABOUT_LEAVING, ONLY_OTHER_WORDS)]
    cleaning = [[0, 0, 0, 0, *row] for row in ABOUT_LEAVING]
    return unit(np.array(leaving + cleaning, np.float32))


def test_a_document_without_the_word_is_near_the_query(documents: Numbers) -> None:
    word = np.eye(8)[0]
    near = nearness(documents, word, documents @ word)
    without = len(ABOUT_LEAVING)
    assert documents[without] @ word == 0
    assert near.to_query[without] > 0.9
    assert near.to_query[without + 1 :].max() < 0.1


def test_a_document_is_near_the_best_ones(documents: Numbers) -> None:
    scores = np.array([10.0] * 3 + [0.0] * (len(documents) - 3))
    near = nearness(documents, np.zeros(8), scores)
    assert near.to_best[: len(ABOUT_LEAVING) + 1].min() > 0.8
    assert near.to_best[len(ABOUT_LEAVING) + 1 :].max() < 0.1


@pytest.mark.parametrize("count", range(1, 6))
def test_a_few_documents_have_few_themes_or_none(documents: Numbers, count: int) -> None:
    near = nearness(documents[:count], np.ones(8), np.zeros(count))
    assert near.to_query.shape == near.to_best.shape == (count,)
    assert np.isfinite(near.to_query).all()
