from dataclasses import replace
from datetime import date

import pytest

from kbtool.entry import Audience, Entry, Escalation, Product, Section, Status
from kbtool.knowledge import content_hash, seen_hash
from tests.knowledge.samples import entry

SAID = [
    {"question": "別"},
    {"sections": ()},
    {"products": (Product("青汁"),)},
    {"channels": ("電話",)},
    {"safety": True},
    {"category": "その他"},
    {"valid_to": date(2027, 1, 1)},
]
INSIDE = [
    {"sections": (*entry().sections, Section("社内メモ", "x"))},
    {"escalation": (Escalation("発疹", "品質保証課", "即時"),)},
    {"variants": ("休止",)},
    {"tags": ("must_know",)},
]
NOT_SAID = [
    {"status": Status.APPROVED},
    {"audience": Audience.PUBLIC},
    {"owner": "x"},
    {"verified_on": date(2027, 1, 1)},
    {"needs_review": ("numbers",)},
    {"public_id": "q0001"},
    {"id": "KB-0002"},
]


def changed(change: dict[str, object]) -> Entry:
    return replace(entry(), **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [*SAID, *INSIDE])
def test_every_word_counts_for_approval(change: dict[str, object]) -> None:
    assert content_hash(changed(change)) != content_hash(entry())


@pytest.mark.parametrize("change", NOT_SAID)
def test_what_becomes_of_an_entry_does_not_count(change: dict[str, object]) -> None:
    assert content_hash(changed(change)) == content_hash(entry())


@pytest.mark.parametrize("change", SAID)
def test_the_public_date_moves_with_what_the_public_sees(change: dict[str, object]) -> None:
    assert seen_hash(changed(change), Audience.PUBLIC) != seen_hash(entry(), Audience.PUBLIC)


@pytest.mark.parametrize("change", [*INSIDE, *NOT_SAID])
def test_the_public_date_stays_with_the_rest(change: dict[str, object]) -> None:
    assert seen_hash(changed(change), Audience.PUBLIC) == seen_hash(entry(), Audience.PUBLIC)
