import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from kbtool.entry import Audience, Entry, EntryType, Escalation, Product, Section, Status
from kbtool.errors import UsageError
from kbtool.knowledge import entry_file
from tests.knowledge.strategies import entries

CASES = Path(__file__).parent / "refused_entries.txt"
SMALL = "---\nid: KB-0001\ntype: qa\nquestion: 休みたい\ncategory: その他\n---\n\n## 回答\n\n10日前までに。\n"


@given(entries)
@settings(max_examples=300, deadline=None)
def test_what_is_written_reads_back_the_same(entry: Entry) -> None:
    text = entry_file.render(entry)
    assert entry_file.parse(text, "x.md") == entry
    assert entry_file.render(entry_file.parse(text, "x.md")) == text


def refused() -> list[tuple[str, str]]:
    """Cases of the text file: '=== expected code line' and below it the file."""
    parts = re.split(r"^=== (.*)\n", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize(("expected", "text"), refused(), ids=lambda value: value.split("\n")[0])
def test_odd_files_are_refused_with_file_and_line(expected: str, text: str) -> None:
    with pytest.raises(UsageError) as refusal:
        entry_file.parse(text, "kb/entries/other/KB-0001.md")
    assert f"{refusal.value.code} {refusal.value.params['line']}" == expected
    assert refusal.value.params["where"] == "kb/entries/other/KB-0001.md"


def test_everything_starts_internal_and_draft() -> None:
    entry = entry_file.parse(SMALL, "x.md")
    assert (entry.audience, entry.status) == (Audience.INTERNAL, Status.DRAFT)
    assert entry.answer == "10日前までに。"


def test_audience_and_status_are_always_written() -> None:
    text = entry_file.render(entry_file.parse(SMALL, "x.md"))
    assert "\naudience: internal\nstatus: draft\n" in text
    assert "owner" not in text


def test_windows_line_ends_and_byte_order_mark_are_read() -> None:
    assert entry_file.parse("\ufeff" + SMALL.replace("\n", "\r\n"), "x.md") == entry_file.parse(SMALL, "x.md")


def test_short_hand_of_people_is_understood() -> None:
    text = SMALL.replace(
        "category", "products: [青汁]\nescalation: {when: 発疹, to: 品質保証課, within: 即時}\nvalid_to: null\ncategory"
    )
    entry = entry_file.parse(text, "x.md")
    assert entry.products == (Product("青汁"),)
    assert entry.escalation == (Escalation("発疹", "品質保証課", "即時"),)
    assert entry.valid_to is None


def test_a_heading_inside_a_text_stays_inside_it() -> None:
    entry = Entry("KB-1", EntryType.QA, "問い", (Section("回答", "はい\n## 社内メモ\nいいえ"),), "その他")
    read = entry_file.parse(entry_file.render(entry), "x.md")
    assert [part.heading for part in read.sections] == ["回答"]


@pytest.mark.parametrize("line", ["##社内メモ", "＃＃ 社内メモ", "  ## 社内メモ ##", "## 社内メモ　"])
def test_a_hurried_heading_still_opens_its_section(line: str) -> None:
    entry = entry_file.parse(f"{SMALL}\n{line}\n秘密\n", "x.md")
    assert entry.section("回答") == "10日前までに。"
    assert entry.section("社内メモ") == "秘密"
