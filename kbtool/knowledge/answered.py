"""Which entry answered which inquiry: ``kb/answered.jsonl``, as people decided.

The customers' own words of an inquiry then help to find its entry. The file holds numbers and ids only.
"""

from dataclasses import dataclass

from kbtool import durable
from kbtool.errors import UsageError
from kbtool.knowledge import inquiries, plain
from kbtool.knowledge.findings import own_contacts
from kbtool.knowledge.store import KnowledgeBase
from kbtool.text import personal_data

#: Where the decisions lie below ``kb/``.
FILE = "answered.jsonl"
#: The field of a slip that holds what the customer said.
CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Answered:
    """One decision: the inquiry ``number`` is answered by the entry of this id."""

    number: str
    entry: str


def links(kb: KnowledgeBase) -> dict[str, str]:
    """Number of an inquiry → id of the entry that answered it."""
    path = kb.project.kb / FILE
    if not path.is_file():
        return {}
    return {each.number: each.entry for each in plain.load_file(Answered, path, f"kb/{FILE}")}


def link(kb: KnowledgeBase, number: str, entry: str) -> None:
    """Say that an entry answered an inquiry; ``UsageError`` where either does not exist."""
    with kb.writing("inquiry link"):
        if number not in inquiries.records(kb):
            raise UsageError("inquiry_none", number=number)
        decided = links(kb) | {number: kb.entry(entry).id}
        lines = plain.json_lines(Answered(*each) for each in sorted(decided.items()))
        durable.commit(kb.project.kb / FILE, lines)


def past_inquiries(kb: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    """Id of an entry → what customers wrote when it answered them, without personal data."""
    decided = links(kb)
    if not decided:
        return {}
    records, allowed = inquiries.records(kb), own_contacts(kb.project.settings)
    found: dict[str, list[str]] = {}
    for number, entry in sorted(decided.items()):
        record = records.get(number)
        text = record.value(CONTENT) if record else None
        if isinstance(text, str):
            found.setdefault(entry, []).append(personal_data.mask(text, personal_data.find(text, allowed)))
    return {entry: tuple(texts) for entry, texts in found.items()}
