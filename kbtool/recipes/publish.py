"""Publish a site: choose what its audience may see, build it, audit the bytes, write the log, swap.

The log is planned before the build and appended after the audit, so that a refused site leaves no line behind, and a
crash between log and swap is finished by the next run.
"""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kbtool import durable, safe_yaml, site
from kbtool.entry import Audience, Entry, Status
from kbtool.errors import UsageError
from kbtool.knowledge import (
    KnowledgeBase,
    LedgerLine,
    effective_status,
    inquiries,
    ledger,
    personal_findings_of,
    published,
)
from kbtool.knowledge.findings import harmless, own_contacts, personal_findings_in
from kbtool.knowledge.redaction import told
from kbtool.knowledge.undecided import refuse_contradictions
from kbtool.outcome import Problem
from kbtool.recipes import find
from kbtool.recipes.pictures import shown_documents
from kbtool.settings import Settings
from kbtool.site import Contact, LogLine, ShownEntry, SiteContent, Term, Tombstone
from kbtool.site.hidden import PEOPLE, HiddenContent, HiddenText, hidden_texts

#: Shorter ones are words of every text.
_SHORTEST_NAME = 3
#: Lies in a folder that ``--out`` filled, so that the next copy may empty it.
_COPY_MARK = ".kbtool-site"


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did; with ``problems`` nothing was published. ``folder`` is where the site lies.

    ``swapped`` says whether another site is shown now, or after a dry run whether it would be.
    """

    audience: Audience
    folder: Path
    entries: int
    pages: int
    lines: int
    swapped: bool
    proof: site.Proof | None
    problems: tuple[Problem, ...] = ()


def publish(kb: KnowledgeBase, audience: Audience, *, out: Path | None = None, dry_run: bool = False) -> Published:
    """Build and swap in the site of one audience; ``out`` also gets a plain copy.

    With ``dry_run`` the site is built, audited and compared with the one shown, then thrown away.
    """
    target = kb.project.site / audience
    if target.exists() and not target.is_symlink():
        raise UsageError("path_in_the_way", path=f"site/{audience}")
    if out is not None:
        _refuse_folder(kb.project.root, out)
    with kb.writing("publish"):
        shown = shown_to(kb, audience)
        if audience is not Audience.INTERNAL:
            refuse_contradictions(kb, shown)
        unsettled = () if audience is Audience.INTERNAL else tuple(_personal(kb, shown, audience))
        if unsettled:
            return Published(audience, target, 0, 0, 0, swapped=False, proof=None, problems=unsettled)
        planned = ledger.plan(kb, audience, shown, kb.project.today)
        tree = kb.project.site / ".builds" / f"{audience}-next"
        built = site.build(_content(kb, audience, shown, planned), tree, kb.project.cache / "site")
        proof = None if audience is Audience.INTERNAL else site.prove(tree, _hidden(kb, shown, audience), built.own)
        problems = proof.problems if proof else ()
        lines, swapped = len(planned), False
        if problems or dry_run:
            swapped = not problems and durable.tree_differs(tree, target)
            shutil.rmtree(tree)
        else:
            lines = ledger.append(kb, planned)
            swapped = durable.swap_tree(_numbered(tree), target)
            if out is not None:
                _copy(target.resolve(), out)
    return Published(audience, target, built.entries, built.pages, lines, swapped, proof, problems)


def plain_project(kb: KnowledgeBase) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The public site as a plain MkDocs project, file name → text; with problems there is none.

    Only what the log has told already is in it: what was approved since goes out with the next publish.
    """
    shown = shown_to(kb, Audience.PUBLIC)
    refuse_contradictions(kb, shown)
    problems = tuple(_personal(kb, shown, Audience.PUBLIC))
    return ({}, problems) if problems else (site.plain_project(_content(kb, Audience.PUBLIC, shown, ())), ())


def _personal(kb: KnowledgeBase, shown: Mapping[str, Entry], audience: Audience) -> Iterable[Problem]:
    """Personal data in what leaves the machine that nobody decided about, in whatever field of an entry it stands."""
    frozen = {_frozen_file(kb, id_, audience): entry for id_, entry in shown.items()}
    for found in personal_findings_in(kb, frozen):
        # what was mended since stands only in the frozen text: it needs an approval, not a decision
        is_open = found.key in {each.key for each in personal_findings_of(kb, kb.entry(found.owner))}
        code = "publish_personal" if is_open else "publish_personal_mended"
        yield Problem(code, found.where, params={"entry": found.owner, "audience": audience.value, **told(found)})


def _frozen_file(kb: KnowledgeBase, id_: str, audience: Audience) -> str:
    """The file a shown text was read from: of its frozen copies the one nearest to the audience."""
    paths = [kb.frozen_folder(each) / f"{id_}.md" for each in Audience if audience.includes(each)]
    return kb.where(next((path for path in reversed(paths) if path.is_file()), paths[-1]))


def shown_to(kb: KnowledgeBase, audience: Audience) -> dict[str, Entry]:
    """What an audience gets to read.

    Partners and the public get texts frozen at approval and nothing else, none before its first valid day. Operators
    get the text as it stands, drafts included, under the status that counts: a draft that is marked as one helps more
    than a missing page.
    """
    if audience is Audience.RESTRICTED:
        raise UsageError("publish_restricted")
    if audience is not Audience.INTERNAL:
        frozen, today = published(kb, audience), kb.project.today
        return {id_: entry for id_, entry in frozen.items() if not (entry.valid_from and entry.valid_from > today)}
    entries = kb.entries().values()
    live = (entry for entry in entries if entry.status is not Status.RETIRED)
    return {
        entry.id: replace(entry, status=effective_status(entry))
        for entry in live
        if entry.audience is not Audience.RESTRICTED
    }


def _content(
    kb: KnowledgeBase, audience: Audience, shown: Mapping[str, Entry], planned: Iterable[LedgerLine]
) -> SiteContent:
    project = kb.project
    lines = [*ledger.lines(project, audience), *planned]
    dates = ledger.dates(lines)
    look = project.root / "mkdocs.yml"
    return SiteContent(
        audience=audience,
        settings=_with_categories(kb, shown.values(), audience),
        today=project.today,
        entries=tuple(_shown(entry, audience, dates) for entry in shown.values()),
        log=tuple(_log_line(line, shown, audience) for line in lines),
        documents=() if audience is not Audience.INTERNAL else shown_documents(kb),
        tombstones=tuple(_tombstones(kb, lines, shown, audience)),
        contacts=() if audience is Audience.PUBLIC else _contacts(kb, audience),
        glossary=() if audience is Audience.PUBLIC else _glossary(kb),
        synonyms=tuple(tuple(group) for group in find.synonyms(project)),
        look=look.read_text(encoding="utf-8") if look.is_file() else "",
    )


def _with_categories(kb: KnowledgeBase, entries: Iterable[Entry], audience: Audience) -> Settings:
    """The settings with the categories this site has: outside the house only those that have something to read.

    Categories of imported entries that the settings do not name yet come last.
    """
    settings = kb.project.settings
    used = dict.fromkeys(entry.category for entry in entries)
    known = [each for each in settings.categories if audience is Audience.INTERNAL or each.name in used]
    new = [kb.category(name) for name in used if settings.category(name) is None]
    return replace(settings, categories=(*known, *new) or settings.categories[-1:])


def _shown(entry: Entry, audience: Audience, dates: Mapping[str, tuple[date, date]]) -> ShownEntry:
    first, last = dates.get(entry.id, (None, None))
    public = site.address(Audience.PUBLIC, entry) if entry.public_id else ""
    return ShownEntry(entry, site.address(audience, entry), first, last, public)


def _log_line(line: LedgerLine, shown: Mapping[str, Entry], audience: Audience) -> LogLine:
    entry = shown.get(line.entry)
    return LogLine(
        date=line.date,
        kind=line.kind,
        title=line.title,
        sentence=line.public,
        address=site.address(audience, entry) if entry else "",
        entry_id=line.entry,
        by=line.by,
        note=line.note,
    )


def _tombstones(
    kb: KnowledgeBase, lines: Iterable[LedgerLine], shown: Mapping[str, Entry], audience: Audience
) -> Iterable[Tombstone]:
    """What was shown once and is no more keeps its address."""
    latest = {line.entry: line for line in lines if line.entry}
    entries = kb.entries()
    for line in latest.values():
        if line.entry in shown or (audience is Audience.PUBLIC and not line.public_id):
            continue
        successor = shown.get(entries[line.entry].replaced_by) if line.entry in entries else None
        address = f"q/{line.public_id}.html" if audience is Audience.PUBLIC else f"e/{line.entry}.html"
        yield Tombstone(address, line.title, line.date, site.address(audience, successor) if successor else "")


def _hidden(kb: KnowledgeBase, shown: Mapping[str, Entry], audience: Audience) -> HiddenContent:
    """Everything this audience must not see, from every corner of the knowledge base."""
    exact = [HiddenText(id_, PEOPLE, text) for id_, text in _people(kb.project.people)]
    for contact in _contacts(kb, Audience.INTERNAL):
        hidden = [contact.reach] if audience is Audience.PARTNER else [contact.reach, contact.name, contact.note]
        exact += [HiddenText("", "contacts", text) for text in hidden if len(text) >= _SHORTEST_NAME]
    for number, values in inquiries.private_values(kb).items():
        exact += [HiddenText(number, name, value) for name, value in values.items() if len(value) > 1]
    allowed = (*own_contacts(kb.project.settings), *harmless(kb, shown.values()))
    return HiddenContent(
        texts=hidden_texts(kb.entries().values(), shown.values(), audience),
        exact=tuple(each for each in exact if each.text not in allowed),
        allowed=allowed,
    )


def _people(people: Mapping[str, Mapping[str, safe_yaml.Value]]) -> Iterable[tuple[str, str]]:
    """Ids, names and addresses of the people who act; a name of two characters is also a word and is left out."""
    for id_, person in people.items():
        for text in (id_, *(str(person.get(key) or "") for key in ("name", "email"))):
            if text == id_ or len(text) >= _SHORTEST_NAME:
                yield id_, text


def _contacts(kb: KnowledgeBase, audience: Audience) -> tuple[Contact, ...]:
    """Where operators hand cases on; extensions stay in the house."""
    house = audience is Audience.INTERNAL
    return tuple(
        Contact(name, value.get("extension", "") if house else "", value.get("hours", ""), value.get("note", ""))
        for name, value in _named_texts(kb.project.kb / "contacts.yml").items()
    )


def _glossary(kb: KnowledgeBase) -> tuple[Term, ...]:
    terms = _named_texts(kb.project.kb / "glossary.yml")
    without = next((word for word, text in terms.items() if not text.get("meaning")), None)
    if without is not None:
        raise UsageError("glossary_format", word=without)
    return tuple(Term(word, text["meaning"]) for word, text in terms.items())


def _named_texts(path: Path) -> dict[str, dict[str, str]]:
    """A hand-written mapping of names to texts; a plain text counts as its ``meaning``."""
    if not path.is_file():
        return {}
    mapping = safe_yaml.load_file(path, f"kb/{path.name}")
    return {
        name: {key: str(text or "") for key, text in value.items()}
        if isinstance(value, dict)
        else {"meaning": str(value)}
        for name, value in mapping.items()
    }


def _numbered(tree: Path) -> Path:
    """Give a finished tree a name of its own, so that the one on show stays until the swap."""
    taken = {path.name for path in tree.parent.iterdir()}
    stem = tree.name.removesuffix("-next")
    number = next(n for n in range(1, len(taken) + 2) if f"{stem}-{n}" not in taken)
    numbered = tree.with_name(f"{stem}-{number}")
    durable.move(tree, numbered)
    return numbered


def _refuse_folder(root: Path, out: Path) -> None:
    """A copy empties its folder first: refuse one that holds anything but an earlier copy, or that is the project."""
    here, root = out.resolve(), root.resolve()
    strangers = out.is_dir() and any(out.iterdir()) and not (out / _COPY_MARK).is_file()
    if out.is_symlink() or here == root or here in root.parents or root in here.parents or strangers:
        raise UsageError("publish_out", path=str(out))


def _copy(tree: Path, out: Path) -> None:
    durable.fresh_folder(out)
    durable.write(out / _COPY_MARK, "")
    for path in sorted(path for path in tree.rglob("*") if path.is_file() and path.name != durable.MANIFEST):
        durable.write(out / path.relative_to(tree), path.read_bytes())
