"""The safety notes of products, as a manual's boxes print them: ``safety.jsonl`` beside the drafts of their document.

They are no entries and ask nothing; a reader of an entry about the product is shown them with their page.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kbtool import durable
from kbtool.knowledge import plain
from kbtool.knowledge.documents import DocumentStore


@dataclass(frozen=True, slots=True)
class SafetyNote:
    """One point of a 警告 or 注意 box; it belongs to the ``products``, by name, and never becomes a question."""

    products: tuple[str, ...]
    label: str
    text: str
    page: int


def load(documents: DocumentStore, slug: str) -> tuple[SafetyNote, ...]:
    """The notes of one document, in page order."""
    path = documents.folder(slug, documents.record(slug).private) / "safety.jsonl"
    return plain.load_file(SafetyNote, path, f"{slug}/safety.jsonl")


def save(documents: DocumentStore, slug: str, notes: Iterable[SafetyNote]) -> None:
    """Write the notes of one document that is no file of slips; without any the file goes."""
    path, text = documents.folder(slug, private=False) / "safety.jsonl", plain.json_lines(notes)
    if text:
        durable.commit(path, text)
    elif path.is_file():
        durable.remove(path)
