"""The search of the command line, on a desk of twenty entries."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kbtool.entry import Audience, Status
from kbtool.search import Fixed, SearchIndex, open_index
from tests.search.desk import DOCUMENTS, SYNONYMS

QUERIES = [
    line.split("\t")[:2]
    for line in Path(__file__).with_name("queries.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    with open_index(tmp_path_factory.mktemp("index"), Fixed(DOCUMENTS), SYNONYMS) as opened:
        yield opened


@pytest.mark.parametrize(("query", "first"), QUERIES)
def test_first_result(index: SearchIndex, query: str, first: str) -> None:
    assert index.search(query).entries[0].id in first.split()


def test_a_single_kanji(index: SearchIndex) -> None:
    assert {"KB-0010", "KB-0011"} <= {hit.id for hit in index.search("水").entries}


@pytest.mark.parametrize("query", ["", "   ", "。", "ペンギン", "弁護士"])
def test_nothing_is_found_for_what_nobody_wrote(index: SearchIndex, query: str) -> None:
    assert index.search(query).entries == ()


def test_the_archive_is_a_group_of_its_own(index: SearchIndex) -> None:
    results = index.search("解約")
    assert [hit.id for hit in results.archive] == ["manual:5"]
    assert "manual:5" not in {hit.id for hit in results.entries}
    assert index.search("解約", archive=False).archive == ()


def test_filters(index: SearchIndex) -> None:
    assert {hit.id for hit in index.search("電源 プラグ", category="エラー表示").entries} == {"KB-0012"}
    assert {hit.id for hit in index.search("エラー表示", product="そよぎ").entries} == {"KB-0012", "KB-0013"}
    assert {hit.id for hit in index.search("10日前", status=Status.PUBLISHED).entries} == {"KB-0001"}


def test_a_reader_sees_what_its_audience_may(index: SearchIndex) -> None:
    assert {hit.id for hit in index.search("10日前", audience=Audience.PUBLIC).entries} == {"KB-0001"}
    assert {hit.id for hit in index.search("10日前", audience=Audience.INTERNAL).entries} >= {"KB-0001", "KB-0002"}


def test_a_hit_says_where_it_comes_from(index: SearchIndex) -> None:
    hit = index.search("E03").entries[0]
    assert (hit.document, hit.page, hit.category, hit.coverage, hit.matched) == (
        "soyogi-manual",
        14,
        "エラー表示",
        1.0,
        ("e03",),
    )


def test_limit(index: SearchIndex) -> None:
    assert len(index.search("したい お電話 マイページ", limit=2).entries) == 2


def test_a_long_inquiry_may_be_pasted(index: SearchIndex) -> None:
    text = "いつもお世話になっております。" * 300 + "解約したい"
    assert index.search("解約したい。" + text).entries[0].id == "KB-0001"
