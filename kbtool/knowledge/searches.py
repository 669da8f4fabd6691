"""Searches that found nothing: ``kb/searches/YYYY-MM.jsonl``, masked, with how often each was asked.

They say what customers ask and the desk has not written, or calls otherwise. Who searched and when is not kept.
"""

from collections import Counter
from dataclasses import dataclass

from kbtool import durable
from kbtool.errors import Busy, CannotWrite
from kbtool.knowledge import plain
from kbtool.knowledge.findings import own_contacts
from kbtool.knowledge.store import KnowledgeBase
from kbtool.text import personal_data

#: What is longer is a pasted inquiry and no search.
MAX_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Miss:
    """A query without a hit, personal data masked, and how often it was asked in a month."""

    query: str
    count: int


def misses(kb: KnowledgeBase) -> dict[str, int]:
    """Every query that found nothing, the most frequent first."""
    found: Counter[str] = Counter()
    for path in sorted((kb.project.kb / "searches").glob("*.jsonl")):
        for each in plain.load_file(Miss, path, f"kb/searches/{path.name}"):
            found[each.query] += each.count
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def record_miss(kb: KnowledgeBase, query: str) -> bool:
    """Count a query that found nothing; False where it cannot be written now: a search never fails for its log."""
    allowed = own_contacts(kb.project.settings)
    masked = " ".join(personal_data.mask(query, personal_data.find(query, allowed)).split())
    if not masked or len(masked) > MAX_CHARACTERS:
        return False
    path = kb.project.kb / "searches" / f"{kb.project.today:%Y-%m}.jsonl"
    try:
        with kb.writing("search"):
            known = {each.query: each.count for each in plain.load_file(Miss, path, f"kb/searches/{path.name}")}
            known[masked] = known.get(masked, 0) + 1
            durable.commit(path, plain.json_lines(Miss(*each) for each in sorted(known.items())))
    except (Busy, CannotWrite):
        return False
    return True
