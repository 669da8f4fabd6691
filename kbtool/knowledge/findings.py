"""Personal data in the knowledge base: where it stands, and what a person decided about it.

Separate from the rules that find it (``text.personal_data``) and from who refuses because of it (``inside``, the
recipe of publishing). A value is never kept: a finding shows its line with the value masked, and a decision names it
by a hash that holds for this very text alone, so that a changed text asks again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from kbtool import safe_yaml
from kbtool.entry import Entry
from kbtool.knowledge import decisions, inquiries, passages
from kbtool.knowledge.decisions import DecisionKind
from kbtool.knowledge.passages import FILE, Passage
from kbtool.knowledge.store import KnowledgeBase
from kbtool.project import Project
from kbtool.settings import Settings
from kbtool.text import personal_data

#: What a person may decide: it names nobody, put a mask in its place, take it out.
NOT_PERSONAL, MASK, REMOVE = "none", "mask", "remove"
#: Characters of its line on either side, enough to know the place again.
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class PersonalFinding:
    """One piece of personal data that nobody decided about.

    ``where`` and ``line`` (from 1, 0 where a file has no lines) name the file, ``owner`` the entry, record or document,
    ``field`` its part, ``page`` the page of a document. ``shown`` is the line with every value masked. ``key`` is what
    a decision is kept under, ``handle`` its end, short enough to type.
    """

    where: str
    line: int
    owner: str
    field: str
    kind: personal_data.Kind
    shown: str
    confidence: float
    key: str
    page: int = 0

    @property
    def handle(self) -> str:
        """What a person types to mean this finding."""
        return self.key.rpartition(" ")[2][:8]


def personal_findings(kb: KnowledgeBase) -> tuple[PersonalFinding, ...]:
    """All personal data in ``kb/`` that nobody decided about, in the order of its files."""
    return _undecided(kb, passages.all_passages(kb))


def personal_findings_of(kb: KnowledgeBase, entry: Entry, where: str = "") -> tuple[PersonalFinding, ...]:
    """What nobody decided about in one entry as it is given; ``where`` is its file, where that is another one."""
    return _undecided(kb, passages.of_entry(entry, where or kb.where(kb.files()[entry.id])))


def personal_findings_in(kb: KnowledgeBase, files: Mapping[str, Entry]) -> tuple[PersonalFinding, ...]:
    """What nobody decided about in these entries, each given by the file it stands in."""
    return _undecided(kb, (each for where, entry in files.items() for each in passages.of_entry(entry, where)))


def values_of(kb: KnowledgeBase, texts: Iterable[Passage], keys: Collection[str]) -> frozenset[str]:
    """The values in these texts that the findings under ``keys`` are about, spelt as they compare (``value_key``)."""
    known = _known(kb)
    return frozenset(
        personal_data.value_key(passage.text[found.start : found.end])
        for passage in texts
        for found in known.found(passage)
        if _key(passage, found) in keys
    )


def harmless(kb: KnowledgeBase, entries: Iterable[Entry]) -> frozenset[str]:
    """The very values in these entries of which a person said that they name nobody; for comparing only."""
    known = _known(kb)
    return frozenset(
        passage.text[found.start : found.end]
        for entry in entries
        for passage in passages.of_entry(entry, "")
        for found in known.found(passage)
        if known.is_decided(passage, found)
    )


def own_values(kb: KnowledgeBase) -> tuple[str, ...]:
    """The company's own numbers and addresses: those of the settings, and how the desk's contacts are reached."""
    return (*own_contacts(kb.project.settings), *_extensions(kb.project))


def own_contacts(settings: Settings) -> tuple[str, ...]:
    """The company's own numbers and addresses, as the settings name them."""
    return tuple(value for value in (*settings.allowed_contacts, settings.company.phone) if value)


def _extensions(project: Project) -> Iterator[str]:
    path = project.kb / "contacts.yml"
    if path.is_file():
        contacts = safe_yaml.load_file(path, "kb/contacts.yml").values()
        yield from (str(each["extension"]) for each in contacts if isinstance(each, dict) and each.get("extension"))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is no news: the decisions in force, the company's own values, and the numbers of its records."""

    said: Mapping[str, str]
    own: tuple[str, ...]
    numbers: tuple[str, ...]

    def found(self, passage: Passage) -> tuple[personal_data.Finding, ...]:
        """All personal data in a passage, decided about or not."""
        return _found(passage.text, (*self.own, *passage.own, *(self.numbers if passage.inside else ())))

    def is_decided(self, passage: Passage, found: personal_data.Finding) -> bool:
        """Whether a person said that this names nobody."""
        return self.said.get(_key(passage, found)) == NOT_PERSONAL


def _known(kb: KnowledgeBase) -> _Known:
    in_force = decisions.in_force(kb.project, DecisionKind.PERSONAL)
    said = {key: each.decision for key, each in in_force.items()}
    return _Known(said, own_values(kb), tuple(inquiries.records(kb)))


def _undecided(kb: KnowledgeBase, texts: Iterable[Passage]) -> tuple[PersonalFinding, ...]:
    known, lines = _known(kb), _Lines(kb)
    return tuple(found for passage in texts for found in _findings(passage, known, lines))


#: The room of reviews looks at every entry again on every page.
@lru_cache(maxsize=100_000)
def _found(text: str, own: tuple[str, ...]) -> tuple[personal_data.Finding, ...]:
    return personal_data.find(text, own)


def _key(passage: Passage, found: personal_data.Finding) -> str:
    value = passage.text[found.start : found.end]
    return decisions.finding_key(passage.owner or passage.where, passage.field, f"{value}\n{passage.text}")


def _findings(passage: Passage, known: _Known, lines: "_Lines") -> Iterator[PersonalFinding]:
    every = known.found(passage)
    for found in every:
        if not known.is_decided(passage, found):
            yield PersonalFinding(
                where=_told(passage),
                line=passage.line or lines.line(passage, found.start),
                owner=passage.owner,
                field=passage.field,
                kind=found.kind,
                shown=_shown(passage, found, every),
                confidence=found.confidence,
                key=_key(passage, found),
                page=passage.page,
            )


def _told(passage: Passage) -> str:
    """The file as a report may name it: a value in its very name is masked there too."""
    if passage.field != FILE:
        return passage.where
    folder, _, name = passage.where.rpartition("/")
    stem = personal_data.mask(passage.text, personal_data.find(passage.text))
    return f"{folder}/{stem}{name.removeprefix(passage.text)}"


def _shown(passage: Passage, found: personal_data.Finding, every: Iterable[personal_data.Finding]) -> str:
    """The words around a finding on its line, every value in them masked."""
    text = passage.text
    begin = max(text.rfind("\n", 0, found.start) + 1, found.start - _SHOWN)
    end = text.find("\n", found.end)
    end = min(end if end >= 0 else len(text), found.end + _SHOWN)
    near = [each for each in every if each.start < end and each.end > begin]
    begin, end = min(begin, near[0].start), max(end, near[-1].end)
    inside = [replace(each, start=each.start - begin, end=each.end - begin) for each in near]
    masked = personal_data.mask(text[begin:end], inside)
    before = "…" if begin and text[begin - 1] != "\n" else ""
    after = "…" if end < len(text) and text[end] != "\n" else ""
    return f"{before}{masked.strip()}{after}"


class _Lines:
    """Finds the line of a file that a passage's line stands in; each file is read once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._root = kb.project.root
        self._files: dict[str, list[str]] = {}

    def line(self, passage: Passage, start: int) -> int:
        """The line from 1; 0 for a file's name, the first line where it is written otherwise (folded YAML)."""
        if passage.field == FILE:
            return 0
        lines = self._read(passage.where)
        wanted = _line_at(passage.text, start)
        from_heading = next((at for at, line in enumerate(lines) if line == f"## {passage.field}"), 0)
        numbered: Iterator[int] = (at for at in range(from_heading, len(lines)) if wanted in lines[at])
        named = (at for at, line in enumerate(lines) if line.startswith(f"{passage.field}:"))
        return 1 + next(numbered, next(named, 0))

    def _read(self, where: str) -> list[str]:
        if where not in self._files:
            path = self._root / where
            self._files[where] = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        return self._files[where]


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[text.rfind("\n", 0, start) + 1 : end if end >= 0 else None].strip()
