from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.entry import Entry, Section
from kbtool.errors import UsageError
from kbtool.knowledge import Editions, KnowledgeBase, export_markdown, import_markdown
from kbtool.project import Project
from tests.knowledge.samples import entry
from tests.knowledge.strategies import entries


@given(st.lists(entries, max_size=3))
@settings(max_examples=30, deadline=None)
def test_out_and_in_again_is_the_same(tmp_path_factory: pytest.TempPathFactory, found: list[Entry]) -> None:
    kb = KnowledgeBase(Project(tmp_path_factory.mktemp("project")))
    named = [replace(each, id=f"X-{n}", category=each.category or "その他") for n, each in enumerate(found)]
    texts = export_markdown(named)
    assert import_markdown(kb, texts, by="a.mihon").added == tuple(each.id for each in named)
    assert list(kb.entries().values()) == named
    assert export_markdown(kb.entries().values()) == texts


def test_both_sides_edits_are_kept(kb: KnowledgeBase) -> None:
    kb.save(entry(answer="お電話で。いつでも。代金はかかりません。"))
    Editions(kb).keep(kb.entries().values())
    texts = {
        name: text.replace("お電話で。", "マイページで。")
        for name, text in export_markdown(kb.entries().values()).items()
    }
    kb.save(entry(answer="お電話で。いつでも。送料はかかりません。"))
    report = import_markdown(kb, texts, by="a.mihon")
    assert kb.entry("KB-0001").sections == (Section("回答", "マイページで。いつでも。送料はかかりません。"),)
    assert report.counts["merged"] == 1


def test_a_wrong_file_is_named_with_its_line(kb: KnowledgeBase) -> None:
    (text,) = export_markdown([entry()]).values()
    wrong = text.replace("audience: internal", "audience: everybody")
    with pytest.raises(UsageError) as refusal:
        import_markdown(kb, {"KB-0001.md": wrong}, by="a.mihon")
    line = wrong.split("\n").index("audience: everybody") + 1
    assert (refusal.value.params["where"], refusal.value.params["line"]) == ("KB-0001.md", line)
