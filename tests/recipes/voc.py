"""The demo's twenty slips and the entries they ask for, as a knowledge base, from tests/truth and DOMAIN's wording."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from kbtool.entry import Entry, EntryType, Section
from kbtool.inquiry import FieldState, FieldValue, Inquiry
from kbtool.knowledge import KnowledgeBase, inquiries
from kbtool.project import Project

TRUTH: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "truth" / "slips.yml").read_text(encoding="utf-8"))
HERE = Path(__file__).parent
ENTRIES: dict[str, dict[str, str]] = yaml.safe_load((HERE / "voc_entries.yml").read_text(encoding="utf-8"))
CATEGORIES = {"M": "定期コース", "P": "そよぎ"}
SETTINGS = """\
categories:
- {name: 定期コース, slug: course}
- {name: そよぎ, slug: soyogi}
- {name: 返品・交換, slug: returns}
- {name: その他, slug: other}
allowed_contacts: [0120-000-000]
"""


def knowledge_base(root: Path) -> KnowledgeBase:
    """A project with the twenty slips and nine of the entries."""
    folder = root / "kb"
    folder.mkdir()
    (folder / "settings.yml").write_text(SETTINGS, encoding="utf-8")
    kb = KnowledgeBase(Project(root))
    kb.save_all(
        Entry(id, EntryType.QA, said["question"], (Section("回答", said["answer"]),), CATEGORIES[id[0]])
        for id, said in ENTRIES.items()
    )
    inquiries.save(kb, [record(number, spec) for number, spec in TRUTH["records"].items()])
    return kb


def record(number: str, spec: dict[str, Any]) -> Inquiry:
    """A record as reading the slip should make it."""
    values = {
        name: value["value"] if isinstance(value, dict) else value
        for name, value in (spec["typed"] | spec["marks"]).items()
    }
    return Inquiry(number, "inquiry_v1", "slips", (spec["page"],), {name: field(each) for name, each in values.items()})


def field(value: str | int | None) -> FieldValue:
    """A value that was read surely."""
    return FieldValue(str(value or ""), value, 99.0, FieldState.OK, 1, (0.0, 0.0, 1.0, 1.0))


def with_content(record: Inquiry, content: str) -> Inquiry:
    """The record with other words."""
    return replace(record, fields=record.fields | {"content": field(content)})
