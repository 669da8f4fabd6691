"""Searching a knowledge base on disk: it is followed file by file, and learns from what customers say."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kbtool.entry import Section
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase, answered, searches
from kbtool.project import Project
from kbtool.recipes.find import open_index, suggest, unmatched
from tests.knowledge.samples import entry
from tests.recipes import voc


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    kb = KnowledgeBase(Project(tmp_path / "project", date(2026, 4, 15)))
    (tmp_path / "project" / "kb").mkdir(parents=True)
    kb.save(entry("KB-0001", "次回のお届けを休みたい"))
    kb.save(entry("KB-0002", "給水タンクから水が漏れる", "タンクのふたを締め直してください。"))
    return kb


def _found(kb: KnowledgeBase, query: str) -> list[str]:
    with open_index(kb) as index:
        return [hit.id for hit in index.search(query).entries]


def test_an_edited_entry_is_found_at_the_next_search(kb: KnowledgeBase) -> None:
    assert _found(kb, "解約") == []
    kb.save(replace(kb.entry("KB-0001"), question="定期コースを解約したい"))
    assert _found(kb, "解約") == ["KB-0001"]


def test_a_file_edited_by_hand_is_noticed_and_a_touched_one_costs_nothing(kb: KnowledgeBase) -> None:
    assert _found(kb, "水漏れ")[:1] == ["KB-0002"]
    path = next(path for path in kb.paths() if path.stem == "KB-0002")
    path.touch()
    assert _found(kb, "水漏れ")[:1] == ["KB-0002"]
    assert not list((kb.project.cache / "index").glob("small-*"))
    path.write_text(path.read_text(encoding="utf-8").replace("給水タンク", "加湿トレイ"), encoding="utf-8")
    assert _found(kb, "加湿トレイ") == ["KB-0002"]
    path.unlink()
    assert _found(kb, "加湿トレイ") == []


def test_a_search_in_vain_is_counted_without_personal_data(kb: KnowledgeBase) -> None:
    assert searches.record_miss(kb, "山茶花の苗 090-1234-5678")
    assert searches.record_miss(kb, "山茶花の苗 090-1234-5678")
    (path,) = (kb.project.kb / "searches").iterdir()
    assert path.name == "2026-04.jsonl"
    assert "1234" not in path.read_text(encoding="utf-8")
    assert searches.misses(kb) == {"山茶花の苗 〔電話1〕": 2}


def test_a_long_text_is_not_kept(kb: KnowledgeBase) -> None:
    assert not searches.record_miss(kb, "あ" * 300)
    assert searches.misses(kb) == {}


def test_what_was_searched_in_vain_proposes_synonyms_until_it_is_found(kb: KnowledgeBase) -> None:
    kb.save(entry("KB-0003", "商品を返品したい"))
    searches.record_miss(kb, "変品")
    (found,) = unmatched(kb)
    assert (found.query, found.count, found.synonyms) == ("変品", 1, (("変品", "返品"),))
    (kb.project.kb / "synonyms.yml").write_text("- [返品, 変品]\n", encoding="utf-8")
    assert unmatched(kb) == ()


def test_a_suggestion_shows_the_sentence_that_answers(kb: KnowledgeBase) -> None:
    more = Section("回答", "まず電源を切ります。漏れるときはタンクのふたを締め直してください。床は拭いてください。")
    kb.save(replace(kb.entry("KB-0002"), sections=(more,)))
    found = suggest(kb, "お世話になります。タンクから水が漏れてしまいます。どうしたらよいですか。")
    assert found.entries[0].hit.id == "KB-0002"
    assert found.entries[0].answer == "漏れるときはタンクのふたを締め直してください。"


def test_what_customers_said_finds_the_entry_that_answered(tmp_path: Path) -> None:
    kb = voc.knowledge_base(tmp_path)
    number = "T260408-002"
    said = "箱の開け口が固くて開けにくい"
    target = sorted(kb.entries())[-1]
    before = _found(kb, said)
    answered.link(kb, number, target)
    assert answered.links(kb) == {number: target}
    after = _found(kb, said)
    assert after[0] == target
    assert before[:1] != [target]


def test_only_what_exists_can_be_linked(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError):
        answered.link(kb, "T000000-000", "KB-0001")


def test_what_is_only_guessed_at_is_shown_and_yet_counts_as_a_miss(kb: KnowledgeBase) -> None:
    kb.save(entry("KB-0003", "料金を知りたい"))
    with open_index(kb) as index:
        guessed, known = index.search("いくらですか"), index.search("料金はいくらですか")
    assert [hit.id for hit in guessed.entries] == ["KB-0003"]
    assert guessed.is_miss
    assert not known.is_miss
