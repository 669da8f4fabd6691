"""Whoosh and tantivy find the same; what is wanted adds up exactly in either."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kbtool.search import Fixed, Group, SearchIndex, open_index
from kbtool.search.engine import Filter, Wanted
from kbtool.search.engines import LARGE, choose
from tests.search.desk import DOCUMENTS, SYNONYMS
from tests.search.test_machine_search import QUERIES


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
    folder = tmp_path_factory.mktemp(request.param)
    with open_index(folder, Fixed(DOCUMENTS), SYNONYMS, engine=request.param) as opened:
        yield opened


def test_worth_is_the_sum_of_what_is_found_and_equals_keep_their_order(index: SearchIndex) -> None:
    wanted = [Wanted.of("words", "解約", 2.0), Wanted.of("words", "変更", 1.0), Wanted.of("words", "無い言葉", 9.0)]
    rows = index.collection.candidates(wanted, Filter(Group.ENTRY), 2)
    assert [index.collection.document(int(row)).id for row in rows] == ["KB-0001", "KB-0003"]


def test_filters_leave_out_and_add_nothing(index: SearchIndex) -> None:
    only = Filter(Group.ENTRY, category="エラー表示", product="そよぎ")
    rows = index.collection.candidates([Wanted.of("words", "表示", 1.0)], only, 10)
    assert {index.collection.document(int(row)).id for row in rows} == {"KB-0012", "KB-0013"}


@pytest.mark.parametrize(("query", "first"), QUERIES)
def test_first_result(index: SearchIndex, query: str, first: str) -> None:
    assert index.search(query).entries[0].id in first.split()


def test_both_give_the_same(tmp_path: Path) -> None:
    pytest.importorskip("tantivy")
    both = [open_index(tmp_path / name, Fixed(DOCUMENTS), SYNONYMS, engine=name) for name in ("whoosh", "tantivy")]
    for query, _ in QUERIES:
        assert both[0].search(query) == both[1].search(query)
    for each in both:
        each.close()


def test_small_collections_are_whooshs() -> None:
    assert choose("auto", LARGE).name.startswith("whoosh")
    assert choose("whoosh", LARGE + 1).name.startswith("whoosh")
