"""How far the work is: numbers that reconcile with the files, and a pace that only the history decides."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kbtool.knowledge import KnowledgeBase, approve
from kbtool.project import Project
from kbtool.recipes.progress import Pace, Pages, Progress, progress
from tests.conftest import Answer
from tests.knowledge.checks import clean


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Read on 5 October; four entries approved on 1 November, three of them published; today is 2 November."""
    clean.make(tmp_path)
    return tmp_path


def state(root: Path, today: date = clean.TODAY) -> Progress:
    return progress(KnowledgeBase(Project(root, today)))


def test_pages_are_counted_by_how_far_their_entries_are(root: Path) -> None:
    manual = next(each for each in state(root).documents if each.slug == "manual-1")
    # page 2: KB-0001 published, KB-0002 a draft; page 3: KB-0004 approved, KB-0003 and KB-0005 drafts
    assert manual.pages == Pages(4, read=4, set_aside=2, drafted=2, reviewed=0, approved=0, published=0)
    kb = KnowledgeBase(Project(root, clean.TODAY))
    approve(kb, "KB-0002", clean.B, clean.TODAY, checked=True)
    for id in ("KB-0003", "KB-0005"):
        kb.save(replace(kb.entry(id), needs_review=("numbers",)))
    manual = next(each for each in state(root).documents if each.slug == "manual-1")
    assert manual.pages == Pages(4, read=4, set_aside=2, drafted=2, reviewed=1, approved=1, published=0)


def test_a_page_that_could_not_be_read_is_registered_and_not_read(root: Path) -> None:
    path = root / "kb/documents/manual-1/document.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("instructions", "failed"), encoding="utf-8")
    manual = next(each for each in state(root).documents if each.slug == "manual-1")
    assert (manual.pages.registered, manual.pages.read, manual.pages.set_aside) == (4, 3, 1)
    assert manual.outcomes == {"cover": 1, "drafted": 2, "failed": 1}


def test_the_numbers_reconcile_with_the_files(root: Path) -> None:
    found = state(root)
    files = list((root / "kb/entries").glob("*/*.md"))
    statuses = Counter(line for path in files for line in path.read_text("utf-8").splitlines() if "status: " in line)
    assert {f"status: {name}": count for name, count in found.entries.items() if count} == statuses
    of_documents: Counter[str] = Counter()
    for document in found.documents:
        of_documents.update(document.entries)
    assert dict(of_documents) == found.entries
    assert sum(document.left for document in found.documents) == found.left == 4
    assert found.pages.registered == sum(document.pages.registered for document in found.documents)
    assert found.pages.read == found.pages.set_aside + found.pages.drafted


def test_what_was_not_taken_in_yet_is_named(root: Path) -> None:
    manuals = root / "source_manuals"
    names = {path.name for path in manuals.iterdir()}
    (manuals / "新しい案内.md").write_text("# 案内\n\n新しい案内です。\n", encoding="utf-8")
    # The two files of the tree are not those that its documents were made from: their hashes differ.
    assert {"新しい案内.md"} <= set(state(root).unread) <= {*names, "新しい案内.md"}


def test_the_pace_is_what_the_history_says(root: Path) -> None:
    found = state(root)
    assert found.pace == Pace(entries=4, days=29, worked_days=1)
    assert found.hours_left == 2.0  # four are left, four were done on one day of two hours
    assert found.expected == date(2026, 12, 1)  # another 29 days
    assert state(root, date(2026, 11, 10)).pace == Pace(entries=4, days=37, worked_days=1)


def test_the_pace_forgets_what_is_long_ago(root: Path) -> None:
    later = state(root, date(2027, 6, 1))
    assert later.pace == Pace(entries=0, days=84, worked_days=0)
    assert (later.expected, later.hours_left) == (None, None)


def test_a_second_approval_is_no_new_work(root: Path) -> None:
    kb = KnowledgeBase(Project(root, clean.TODAY))
    changed = replace(kb.entry("KB-0004"), question="だれに引き継ぐか")
    kb.save(changed)
    assert state(root).left == 5
    approve(kb, "KB-0004", clean.C, clean.TODAY)
    assert state(root).left == 4
    assert state(root).pace.entries == 4


@pytest.mark.parametrize(("handover", "late"), [("2026-11-30", True), ("2026-12-01", False)])
def test_the_expected_day_is_held_against_the_handover(root: Path, handover: str, late: bool) -> None:
    with (root / "kb/settings.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"handover_date: {handover}\n")
    assert state(root).late is late


def test_documents_are_expected_in_the_order_they_are_shown(root: Path) -> None:
    days = [document.expected for document in state(root).documents]
    assert days == sorted(day for day in days if day)
    assert days[-1] == state(root).expected


def test_what_is_due_and_what_is_overdue(root: Path) -> None:
    # review_by: 2027-04-30 for three entries, 2027-11-01 for one
    assert (state(root, date(2027, 4, 15)).due, state(root, date(2027, 4, 16)).due) == (0, 3)
    assert (state(root, date(2027, 4, 30)).stale, state(root, date(2027, 5, 1)).stale) == (0, 3)


def test_nothing_left_is_done_today() -> None:
    assert (Pace(0, 1, 0).days_for(0), Pace(0, 1, 0).hours_for(0, 2.0)) == (0, 0.0)
    assert (Pace(3, 10, 2).days_for(4), Pace(3, 10, 2).hours_for(3, 2.5)) == (14, 5.0)


def test_it_is_told_as_a_table(root: Path, kbtool: Callable[..., Answer]) -> None:
    said = kbtool("-C", root, "--date", "2026-11-02", "--lang", "ja", "status").out
    manual = next(line for line in said.splitlines() if line.strip().startswith("業務マニュアル"))
    assert manual.split() == ["業務マニュアル", "4", "4", "2", "2", "0", "0", "0", "3", "2026-11-24"]
    assert "この速さなら 2026-12-01 に終わります" in said
