"""Any edits at the desk and any edits in the sheet: no word of either side is lost, none is overwritten silently."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.entry import Section
from kbtool.knowledge import Brought, Editions, KnowledgeBase, export_csv, import_csv, open_conflicts, select
from kbtool.project import Project
from tests.knowledge.conftest import tree
from tests.knowledge.exchange.test_spreadsheet_in import edited
from tests.knowledge.samples import entry

HEADINGS = {
    "question": "質問",
    "owner": "担当",
    "category": "分類",
    "sections.回答": "回答",
    "sections.社内メモ": "社内メモ",
}
VALUES = {name: [f"{heading}{n}" for n in range(3)] for name, heading in HEADINGS.items()}
edits = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})
START = entry(
    "KB-0001",
    "質問0",
    sections=(Section("回答", "回答0"), Section("社内メモ", "社内メモ0")),
    category="分類0",
    owner="担当0",
)


def values(kb: KnowledgeBase) -> dict[str, str]:
    now = kb.entry("KB-0001")
    return {name: now.section(name[9:]) if "." in name else str(getattr(now, name)) for name in HEADINGS}


def at_the_desk(kb: KnowledgeBase, changes: dict[str, str]) -> None:
    now: dict[str, Any] = values(kb) | changes
    sections = tuple(Section(name[9:], now.pop(name)) for name in list(now) if "." in name)
    kb.save(replace(kb.entry("KB-0001"), sections=sections, **now))


@given(edits, edits, edits, st.booleans())
@settings(max_examples=100, deadline=None)
def test_no_edit_is_lost(
    tmp_path_factory: pytest.TempPathFactory,
    desk: dict[str, str],
    sheet: dict[str, str],
    later: dict[str, str],
    sent_again: bool,
) -> None:
    kb = KnowledgeBase(Project(tmp_path_factory.mktemp("project")))
    kb.save(START)
    chosen = select(kb).entries
    Editions(kb).keep(chosen)
    content = edited(export_csv(chosen).content, {HEADINGS[name]: value for name, value in sheet.items()})
    at_the_desk(kb, desk)
    if sent_again:
        Editions(kb).keep(select(kb).entries)
    before, base = values(kb), {name: found[0] for name, found in VALUES.items()}
    report = import_csv(kb, content, "qa.csv", by="a.mihon")
    after, waiting = values(kb), open_conflicts(kb)
    for name, here in before.items():
        there = sheet.get(name, base[name])
        if here == base[name]:
            assert after[name] == there
        else:
            assert after[name] == here
            assert (there in (base[name], here)) == (name not in report.items[0].conflicts)
    assert set(report.items[0].conflicts) == set(waiting["KB-0001"].fields if waiting else ())
    again = tree(kb)
    import_csv(kb, content, "qa.csv", by="a.mihon")
    assert tree(kb) == again
    at_the_desk(kb, later)
    settled = values(kb)
    assert import_csv(kb, content, "qa.csv", by="a.mihon").items[0].result in (Brought.KEPT, Brought.UNCHANGED)
    assert values(kb) == settled
