"""Every text of the knowledge base with the place it stands in: which file, whose, which field.

Separate from what is looked for in it (``findings``), so that nothing is looked through by one and forgotten by
another. Pages of slips and ``kb/private/`` are left out: personal data belongs there and nowhere else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kbtool.entry import Entry
from kbtool.inquiry import Inquiry
from kbtool.knowledge import ledger_lines, plain
from kbtool.knowledge.store import KnowledgeBase

#: The field of history and log that never leaves the house.
NOTE = "note"
#: The field of a file's name.
FILE = "file"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and its place: ``owner`` is an entry, a record or a document, ``where`` the file that holds it.

    ``line`` is where the passage begins in that file, 0 where it must be looked for. ``page`` is the page of a
    document, 0 elsewhere. ``own`` are values that are no news here: the number of the record itself. A note ``inside``
    the house may name records by their numbers.
    """

    where: str
    owner: str
    field: str
    text: str
    line: int = 0
    page: int = 0
    own: tuple[str, ...] = ()
    inside: bool = False


def all_passages(kb: KnowledgeBase) -> Iterator[Passage]:
    """Every text: entries, records, pages of documents, the update log, what people voted and searched, file names."""
    files = kb.files()
    for entry in kb.scan().entries.values():
        yield from of_entry(entry, kb.where(files[entry.id]))
    yield from _records(kb)
    yield from _documents(kb)
    yield from _log(kb)
    for folder in ("feedback", "searches"):
        yield from _notes(kb, folder)
    yield from _file_names(kb)


def of_entry(entry: Entry, where: str) -> Iterator[Passage]:
    """All texts of an entry that a reader or a colleague could see; ids of people and of documents are none."""
    for field, text in _entry_texts(entry):
        if text.strip():
            yield Passage(where, entry.id, field, text, inside=field == NOTE)


def reworded(entry: Entry, change: Callable[[str], str]) -> Entry:
    """The entry with every text of ``of_entry`` that a person may change put through ``change``."""
    return replace(
        entry,
        question=change(entry.question),
        variants=tuple(map(change, entry.variants)),
        sections=tuple(replace(part, text=change(part.text)) for part in entry.sections),
        tags=tuple(map(change, entry.tags)),
        escalation=tuple(
            replace(rule, when=change(rule.when), to=change(rule.to), within=change(rule.within), how=change(rule.how))
            for rule in entry.escalation
        ),
        history=tuple(replace(item, public=change(item.public), note=change(item.note)) for item in entry.history),
        source=tuple(
            replace(each, look_at=tuple(replace(look, words=tuple(map(change, look.words))) for look in each.look_at))
            for each in entry.source
        ),
    )


def _entry_texts(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "question", entry.question
    yield from (("variants", text) for text in entry.variants)
    yield from ((part.heading, part.text) for part in entry.sections)
    yield "category", entry.category
    yield from (("tags", text) for text in entry.tags)
    for product in entry.products:
        yield from (("products", text) for text in (product.name, *product.models))
    for rule in entry.escalation:
        yield from (("escalation", text) for text in (rule.when, rule.to, rule.within, rule.how))
    for item in entry.history:
        yield from (("history", item.public), (NOTE, item.note))
    for source in entry.source:
        yield "source", source.place
        yield from (("source", word) for look in source.look_at for word in look.words)


def of_record(record: Inquiry, where: str, line: int = 0) -> Iterator[Passage]:
    """The words of a slip that lie outside ``kb/private/``, as read and as corrected."""
    for name, field in record.fields.items():
        for text in dict.fromkeys((field.raw, str(field.value or ""))):
            if text.strip():
                yield Passage(where, record.number, name, text, line, own=(record.number,))


def _records(kb: KnowledgeBase) -> Iterator[Passage]:
    for path in sorted((kb.project.kb / "inquiries").glob("*.jsonl")):
        where = kb.where(path)
        for line, record in enumerate(plain.load_file(Inquiry, path, where), start=1):
            yield from of_record(record, where, line)


def _documents(kb: KnowledgeBase) -> Iterator[Passage]:
    for slug, record in kb.documents.records().items():
        folder = kb.where(kb.documents.folder(slug, private=False))
        yield Passage(f"{folder}/document.yml", slug, "title", record.title)
        yield from (Passage(f"{folder}/document.yml", slug, "sources", file.name) for file in record.sources)
        for line, page in enumerate(() if record.private else kb.documents.load(slug).pages, start=1):
            for block in page.blocks:
                if block.text.strip():
                    yield Passage(f"{folder}/pages.jsonl", slug, block.kind.value, block.text, line, page.number)


def _log(kb: KnowledgeBase) -> Iterator[Passage]:
    for path in sorted((kb.project.kb / "updates").glob("*.jsonl")):
        where = kb.where(path)
        for number, line in enumerate(plain.load_file(ledger_lines.LedgerLine, path, where), start=1):
            for name, text in (("title", line.title), ("public", line.public), (NOTE, line.note)):
                if text.strip():
                    yield Passage(where, line.entry, name, text, number, inside=name == NOTE)


def _notes(kb: KnowledgeBase, folder: str) -> Iterator[Passage]:
    """Lines of JSON of whatever shape: all their texts."""
    for path in sorted((kb.project.kb / folder).glob("*.jsonl")):
        where = kb.where(path)
        for number, line in enumerate(plain.read_text(path, where).split("\n"), start=1):
            if line.strip():
                for name, text in _texts(plain.load_json(line, where, number)):
                    yield Passage(where, path.stem, name, text, number)


def _texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, str(key))
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, name)
    elif isinstance(value, str) and value.strip():
        yield name, value


def _file_names(kb: KnowledgeBase) -> Iterator[Passage]:
    """Names of files below ``kb/`` that people give; those of entries are their ids."""
    skipped = {kb.project.private, kb.folder, kb.project.kb / "published"}
    for path in sorted(kb.project.kb.rglob("*")):
        if skipped.isdisjoint((path, *path.parents)) and path.is_file():
            yield Passage(kb.where(path), "", FILE, path.stem)
