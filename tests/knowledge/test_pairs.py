"""Which entries ask the same, and which of them contradict each other."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kbtool.entry import Entry, EntryType, Escalation, Product, Status
from kbtool.knowledge.pairs import Pair, pairs
from tests.knowledge.samples import entry

_LINES = Path(__file__).with_name("pair_cases.tsv").read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t") for line in _LINES if not line.startswith("#")]

EIGHT = entry("KB-0001", "商品を返品したい", "到着後8日以内にご連絡ください。")
SEVEN = entry("KB-0002", "商品を返品したい", "到着後7日以内にご連絡ください。")


def told(*entries: Entry) -> list[str]:
    return [pair.kind.value for pair in pairs(entries)]


@pytest.mark.parametrize(("verdict", "question", "answer", "other_question", "other_answer"), CASES)
def test_two_entries(verdict: str, question: str, answer: str, other_question: str, other_answer: str) -> None:
    one, other = entry("KB-0001", question, answer), entry("KB-0002", other_question, other_answer)
    assert told(one, other) == [verdict] * (verdict != "-")


def test_a_contradiction_names_the_values_of_both() -> None:
    assert [(pair.here, pair.there) for pair in pairs([EIGHT, SEVEN])] == [(("8日",), ("7日",))]


@pytest.mark.parametrize(
    "apart",
    [
        {"products": (Product("そよぎ", ("KD-H500",)),)},
        {"valid_from": date(2027, 1, 1)},
        {"lang": "en"},
        {"status": Status.RETIRED},
        {"type": EntryType.NOTICE},
    ],
)
def test_what_is_about_something_else_is_no_pair(apart: dict[str, object]) -> None:
    one = replace(EIGHT, products=(Product("みどり"),), valid_to=date(2026, 12, 31))
    assert told(one, replace(SEVEN, **apart)) == []  # type: ignore[arg-type]


def test_one_product_with_two_models_has_two_answers() -> None:
    one = replace(EIGHT, products=(Product("そよぎ", ("KD-H500",)),))
    assert told(one, replace(SEVEN, products=(Product("そよぎ", ("KD-H700",)),))) == []
    assert told(one, replace(SEVEN, products=(Product("そよぎ", ("KD-H500", "KD-H700")),))) == ["contradiction"]
    assert told(one, replace(SEVEN, products=(Product("そよぎ"),))) == ["contradiction"]


def test_a_variant_that_is_a_question_counts_and_a_search_word_does_not() -> None:
    other = entry("KB-0002", "買った物を送り返す", "7日以内です。", variants=("休止", "商品の返品をしたい"))
    assert told(replace(EIGHT, variants=("休止",)), other) == ["contradiction"]
    assert told(replace(EIGHT, variants=("休止",)), replace(other, variants=("休止",))) == []


def test_rules_of_escalation_contradict_too() -> None:
    one, other = (
        replace(EIGHT, id=id, sections=(), escalation=(Escalation("発煙", "室長", within),))
        for id, within in (("KB-0001", "1時間以内"), ("KB-0002", "2時間以内"))
    )
    assert told(one, other) == ["contradiction"]


def test_the_key_changes_with_the_values_and_not_with_other_words() -> None:
    def keys(one: Entry, other: Entry) -> tuple[str, ...]:
        found: list[Pair] = pairs([one, other])
        return tuple(found[0].keys.values())

    reworded = replace(SEVEN, sections=entry(answer="届いてから7日以内に、お電話ください。").sections)
    nine = replace(SEVEN, sections=entry(answer="9日以内です。").sections)
    assert keys(EIGHT, SEVEN) == keys(SEVEN, EIGHT) == keys(EIGHT, reworded)
    assert keys(EIGHT, SEVEN)[0] == keys(EIGHT, nine)[0]
    assert keys(EIGHT, SEVEN)[1] != keys(EIGHT, nine)[1]


def test_planted_pairs_among_a_thousand_entries_are_found() -> None:
    things = ["届け先", "支払い", "定期コース", "返品", "保証", "会員証", "領収書", "部品", "電池", "配送日"]
    acts = ["変えたい", "知りたい", "止めたい", "申し込みたい", "取り消したい"]
    crowd = [
        entry(f"KB-{number:04d}", f"{thing}と{other}を{act}（{part}棟）", f"{number}番の窓口でお待ちください。")
        for number, (thing, other, act, part) in enumerate(
            ((a, b, c, d) for a in things for b in things for c in acts for d in "東西"), start=10
        )
    ]
    found = pairs([EIGHT, *crowd, SEVEN])
    assert ("KB-0001", "KB-0002", "contradiction") in {(each.one.id, each.other.id, each.kind) for each in found}
