"""What a person gets beside the list: reasons, other spellings, answers to a pasted inquiry."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kbtool.search import Fixed, Searchable, SearchIndex, open_index
from kbtool.search.suggesting import suggest
from kbtool.text.implied import implied
from tests.search.desk import DOCUMENTS, SYNONYMS

INQUIRY = """いつもお世話になっております。先月から使っている者です。
定期コースを解約したいのですが、どうすればよいでしょうか。
また、領収書もいただけますか？
お忙しいところ恐れ入りますが、よろしくお願いいたします。"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    with open_index(tmp_path_factory.mktemp("index"), Fixed(DOCUMENTS), SYNONYMS) as opened:
        yield opened


def test_an_inquiry_is_answered_question_by_question(index: SearchIndex) -> None:
    found = suggest(index, INQUIRY)
    assert {"KB-0001", "KB-0009"} <= {each.hit.id for each in found.entries}
    assert found.entries[0].hit.id in ("KB-0001", "KB-0009")
    answer = next(each for each in found.entries if each.hit.id == "KB-0009")
    assert answer.answer == "マイページから印刷できます。" or "領収書" in answer.hit.question


@pytest.mark.parametrize(
    ("inquiry", "answers"),
    [
        (
            "お世話になっております。先月、定期コースを申し込んだ者です。商品は毎日使っております。ただ、来月から海外へ"
            "引っ越すため、解約したいと考えています。よろしくお願いいたします。",
            {"KB-0001": "解約したいと考えています"},
        ),
        (
            "はじめまして。\n昨日から空気清浄機の電源が入りません。\nコンセントは確認済みです。\n"
            "あと、フィルターの掃除はどれくらいの頻度でやればいいのでしょうか？\nよろしくお願いします。",
            {"KB-0016": "電源が入りません", "KB-0015": "フィルターの掃除"},
        ),
        (
            "先日届いた商品の箱がつぶれていて中身も割れていました。とても残念です。交換してもらえますか。",
            {"KB-0006": "中身も割れていました"},
        ),
    ],
)
def test_a_long_inquiry_is_answered_sentence_by_sentence(
    index: SearchIndex, inquiry: str, answers: dict[str, str]
) -> None:
    asked = {each.hit.id: each.asked for each in suggest(index, inquiry).entries}
    assert all(sentence in asked.get(id_, "") for id_, sentence in answers.items()), asked


def test_politeness_is_no_question(index: SearchIndex) -> None:
    assert not any("お世話" in asked or "よろしく" in asked for asked in suggest(index, INQUIRY).asked)
    assert suggest(index, "いつもお世話になっております。よろしくお願いいたします。").entries == ()


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("フィルクー", "フィルター"),
        ("きゅうすいたんぐ", "給水タンク"),
        ("保障期間", "保証期間"),
        ("弁護士", ""),
        ("解約", ""),
    ],
)
def test_another_spelling_is_proposed_where_it_finds_more(index: SearchIndex, query: str, meant: str) -> None:
    assert index.did_you_mean(query) == meant


def test_the_parts_of_a_score_add_up(index: SearchIndex) -> None:
    for hit in index.search("お届けの間隔を変えるにはどうすればいいですか").entries:
        assert sum(hit.parts.values()) == pytest.approx(hit.score, abs=0.01)


def test_words_of_one_meaning_find_each_other(index: SearchIndex) -> None:
    assert index.search("値段の払い方").entries[0].id == "KB-0007"


def test_what_hardly_matches_is_marked_weak(index: SearchIndex) -> None:
    hits = index.search("電源プラグの色の名前の由来と歴史を辞典で調べる").entries
    assert hits
    assert all(hit.weak for hit in hits)
    assert not index.search("電源が入らない").entries[0].weak


def test_a_word_that_is_only_implied_finds_a_weak_answer(tmp_path: Path) -> None:
    documents = [Searchable("KB-1", "鳥獣の追い払い", "担当課にご相談ください。"), Searchable("KB-2", "図書館の休館日")]
    with open_index(tmp_path, Fixed(documents)) as index:
        found = index.search("鳩が集まる").entries
    assert [(hit.id, hit.weak) for hit in found] == [("KB-1", True)]


def test_a_question_implies_words_it_does_not_say() -> None:
    assert "料金" in implied("送料はいくらですか")
    assert "料金" not in implied("料金はいくらですか")
    assert implied("電源が入らない") == {}
