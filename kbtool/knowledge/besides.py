"""Besides that only repeat or contradict an entry: ``besides.jsonl`` beside the drafts of their document.

They are no entries, and nothing is lost of them either: a person decides what each is. One that a person made an entry
of is drafted like any other from then on.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kbtool import durable
from kbtool.entry import Entry
from kbtool.knowledge import plain
from kbtool.knowledge.decisions import DecisionKind
from kbtool.knowledge.documents import DocumentStore


@dataclass(frozen=True, slots=True)
class Beside:
    """A passage as a draft without an id; ``of`` is the entry concerned: its id, or its key before ids are given."""

    kind: DecisionKind
    of: str
    draft: Entry


def load(documents: DocumentStore) -> list[tuple[str, Beside]]:
    """The passages of all documents, each with the slug of its document."""
    return [
        (slug, passage)
        for slug in documents.slugs()
        for passage in plain.load_file(Beside, _path(documents, slug), f"{slug}/besides.jsonl")
    ]


def save(documents: DocumentStore, slug: str, found: Iterable[Beside], ids: Mapping[str, str]) -> None:
    """Write the passages of one document, naming entries by id; without any the file goes."""
    _write(documents, slug, [replace(each, of=ids[each.of]) for each in found if each.of in ids])


def drop(documents: DocumentStore, slug: str, origin_key: str) -> None:
    """Let go of a passage that is an entry now."""
    _write(
        documents, slug, [each for of, each in load(documents) if of == slug and each.draft.origin_key != origin_key]
    )


def sort(found: Sequence[Beside], entries: Collection[str]) -> tuple[list[Entry], list[Beside]]:
    """Tell those whose origin keys ``entries`` have, which are drafts, from the others."""
    drafts = [each.draft for each in found if each.draft.origin_key in entries]
    return drafts, [each for each in found if each.draft.origin_key not in entries]


def _write(documents: DocumentStore, slug: str, found: Iterable[Beside]) -> None:
    path, text = _path(documents, slug), plain.json_lines(found)
    if text:
        durable.commit(path, text)
    elif path.is_file():
        durable.remove(path)


def _path(documents: DocumentStore, slug: str) -> Path:
    return documents.folder(slug, documents.record(slug).private) / "besides.jsonl"
