"""Send entries out of the house as a file, and take a file in: which format, which bytes, which place."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kbtool import durable, limits
from kbtool.entry import Audience, Status
from kbtool.errors import CannotWrite, UsageError
from kbtool.knowledge import (
    Editions,
    ImportReport,
    KnowledgeBase,
    Lost,
    Selection,
    export_csv,
    export_jsonl,
    export_markdown,
    import_csv,
    import_jsonl,
    import_markdown,
    select,
)
from kbtool.knowledge.findings import personal_findings_in
from kbtool.knowledge.redaction import told
from kbtool.knowledge.undecided import refuse_contradictions
from kbtool.outcome import Problem

#: Who brings JSON Lines where nobody is named: another program.
_PROGRAM = "kbtool"
_MARKDOWN = ".md"


class Format(StrEnum):
    """How entries are written: for a spreadsheet, for programs, for editors of text."""

    CSV = "csv"
    JSONL = "jsonl"
    MARKDOWN = "md"


@dataclass(frozen=True, slots=True)
class Sent:
    """An export: its entries, file name → bytes ("" for a single file), and what was lost or is too long in them.

    ``problems`` are personal data that nobody decided about: a file with them does not leave the house.
    """

    selection: Selection
    contents: Mapping[str, bytes]
    lost: tuple[Lost, ...] = ()
    too_long: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def format_of(path: Path | None) -> Format:
    """The format a file's name speaks of; JSON Lines where it says nothing."""
    suffix = path.suffix.lower() if path else ""
    if suffix in (".csv", ".tsv", ".txt"):
        return Format.CSV
    return Format.MARKDOWN if suffix == _MARKDOWN or (path and path.is_dir()) else Format.JSONL


def send(
    kb: KnowledgeBase,
    kind: Format,
    audience: Audience,
    *,
    category: str | None = None,
    status: Status | None = None,
    encoding: str = "utf-8-sig",
) -> Sent:
    """Write the entries of an audience; nothing is stored yet.

    ``PublishRefused`` where customers or partners would get texts that contradict each other.
    """
    selection = select(kb, audience, category=category, status=status)
    problems = _unsettled(kb, selection)
    if problems:
        return Sent(selection, {}, problems=problems)
    if kind is Format.CSV:
        sheet = export_csv(selection.entries, encoding, audience)
        return Sent(selection, {"": sheet.content}, sheet.lost, sheet.too_long)
    if kind is Format.MARKDOWN:
        texts = export_markdown(selection.entries)
        return Sent(selection, {name: text.encode() for name, text in texts.items()})
    return Sent(selection, {"": "".join(export_jsonl(selection.entries)).encode()})


def store(kb: KnowledgeBase, sent: Sent, kind: Format, out: Path | None, *, dry_run: bool = False) -> None:
    """Put an export in its place and remember its texts, so that corrections of them can be merged.

    ``UsageError`` where a spreadsheet holds the file open, or the folder for Markdown holds other files.
    """
    if kind is Format.MARKDOWN and out is None:
        raise UsageError("export_folder_needed")
    if out is not None:
        _demand_free(out, kind)
    if dry_run:
        return
    Editions(kb).keep(sent.selection.entries)
    if out is not None:
        try:
            durable.commit_many({out / name if name else out: content for name, content in sent.contents.items()})
        except CannotWrite as error:
            if out.is_file():
                raise UsageError("exchange_open", path=out.name) from error
            raise


def store_project(files: Mapping[str, str], folder: Path, *, dry_run: bool = False) -> None:
    """Put the files of a MkDocs project in an empty folder."""
    _demand_free(folder, Format.MARKDOWN)
    if not dry_run:
        durable.commit_many({folder / name: text for name, text in files.items()})


def take(kb: KnowledgeBase, path: Path, kind: Format, *, dry_run: bool = False) -> ImportReport:
    """Take in a file, or a folder of Markdown files."""
    by = _who(kb, kind, dry_run)
    if kind is Format.CSV:
        return import_csv(kb, _bytes(path), path.name, by=by, dry_run=dry_run)
    if kind is Format.MARKDOWN:
        paths = sorted(path.rglob(f"*{_MARKDOWN}")) if path.is_dir() else [path]
        if not paths:
            raise UsageError("import_no_markdown", path=path.name)
        texts = {str(each.relative_to(path.parent)): _text(each) for each in paths}
        return import_markdown(kb, texts, by=by, dry_run=dry_run)
    return import_jsonl(kb, _text(path).split("\n"), path.name, by=by, dry_run=dry_run)


def _unsettled(kb: KnowledgeBase, selection: Selection) -> tuple[Problem, ...]:
    """What keeps a file in the house, as it would keep a site from being published."""
    if selection.audience not in (Audience.PUBLIC, Audience.PARTNER):
        return ()
    refuse_contradictions(kb, {entry.id: entry for entry in selection.entries})
    folder = kb.frozen_folder(selection.audience)
    files = {kb.where(folder / f"{entry.id}.md"): entry for entry in selection.entries}
    return tuple(
        Problem("export_personal", found.where, params={"entry": found.owner, **told(found)})
        for found in personal_findings_in(kb, files)
    )


def _who(kb: KnowledgeBase, kind: Format, dry_run: bool) -> str:
    """Sheets and texts are a person's words; JSON Lines are a program's unless somebody is named."""
    named = kb.project.given_by is not None
    return kb.project.actor if named or (kind is not Format.JSONL and not dry_run) else _PROGRAM


def _demand_free(out: Path, kind: Format) -> None:
    if kind is Format.MARKDOWN:
        if out.is_dir() and any(out.iterdir()):
            raise UsageError("export_folder_full", path=str(out))
    elif any((out.parent / lock).exists() for lock in (f"~${out.name}", f".~lock.{out.name}#")):
        raise UsageError("exchange_open", path=out.name)


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise UsageError("import_folder", path=path.name)
    try:
        if path.stat().st_size > limits.MAX_SOURCE_BYTES:
            raise UsageError("exchange_too_large", where=path.name, limit=limits.MAX_SOURCE_BYTES // 2**20)
        return path.read_bytes()
    except PermissionError as error:
        raise UsageError("exchange_open", path=path.name) from error


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("import_encoding", path=path.name) from error
