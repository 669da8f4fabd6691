"""A site with personal data that nobody decided about is refused before it is built, and built once that is done."""

from datetime import date
from pathlib import Path

import pytest

from kbtool import messages
from kbtool.entry import Audience, Entry, EntryType, Section
from kbtool.knowledge import KnowledgeBase, approve, redaction
from kbtool.knowledge import publish as release
from kbtool.project import Project
from kbtool.recipes.publish import publish

TODAY = date(2026, 11, 2)
A, B = "a.mihon", "b.reiji"
OWN = "allowed_contacts: ['03-0000-0001']\n"


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """An entry that was published while its number counted as the company's own."""
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "settings.yml").write_text(OWN, encoding="utf-8")
    kb = KnowledgeBase(Project(tmp_path, given_date=TODAY))
    kb.save(Entry("KB-0001", EntryType.QA, "修理を頼みたい", (Section("回答", "03-0000-0001 へどうぞ。"),), "その他"))
    approve(kb, "KB-0001", B, TODAY)
    release(kb, "KB-0001", Audience.PUBLIC, A, TODAY)
    (folder / "settings.yml").write_text("language: ja\n", encoding="utf-8")
    return KnowledgeBase(Project(tmp_path, given_date=TODAY))


@pytest.mark.parametrize("audience", [Audience.PARTNER, Audience.PUBLIC])
def test_it_names_file_line_field_entry_and_what_to_do(kb: KnowledgeBase, audience: Audience) -> None:
    (problem,) = publish(kb, audience).problems
    sentence = messages.say(problem.code, **problem.params)
    assert problem.code == "publish_personal"
    for part in ("KB-0001.md:", "回答", "〔電話1〕", "kbtool entry personal KB-0001"):
        assert part in sentence
    assert "0000-0001" not in sentence
    assert not (kb.project.site / audience).exists()


def test_what_is_mended_needs_an_approval_and_no_decision(kb: KnowledgeBase) -> None:
    redaction.decide(kb, "KB-0001", redaction.MASK, B, TODAY)
    (problem,) = publish(kb, Audience.PUBLIC).problems
    assert problem.code == "publish_personal_mended"
    assert "kbtool entry approve KB-0001" in messages.say(problem.code, **problem.params)


def test_it_is_built_once_somebody_said_that_it_names_nobody(kb: KnowledgeBase) -> None:
    redaction.decide(kb, "KB-0001", redaction.NOT_PERSONAL, B, TODAY)
    assert publish(kb, Audience.PUBLIC, dry_run=True).problems == ()
