"""Look at the machine: everything that reading, searching and publishing need, and what to do where it is missing."""

import importlib.metadata
import importlib.util
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from kbtool import messages, recognise
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase
from kbtool.project import Project, find
from kbtool.search.engines import LARGE, has_tantivy

#: Below this a run of a few hundred scanned pages may fill the disk.
_FREE_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: found or not, needed or merely better to have, and what to do."""

    name: str
    ok: bool
    needed: bool
    found: str
    remedy: str = ""


def diagnose(folder: Path) -> tuple[Check, ...]:
    """Everything worth knowing before work begins, in the order a person would mend it."""
    return (
        _python(),
        *_engines(),
        _cluster(),
        _sudachi(),
        _search(folder),
        _mkdocs(),
        _console(),
        _disk(folder),
        _project(folder),
    )


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", sys.version_info >= (3, 11), True, version, messages.say("doctor_python"))


def _engines() -> list[Check]:
    return [_engine(status) for status in recognise.engine_status()]


def _engine(status: recognise.EngineStatus) -> Check:
    """Tesseract must be there; PP-OCR makes reading better and quicker."""
    remedy = messages.say(status.hint, **dict(status.params)) if status.hint else ""
    found = " ".join((status.version, *status.languages)) or "-"
    return Check(f"OCR {status.name}", status.available, status.name == "tesseract", found, remedy)


def _cluster() -> Check:
    """Needed only where pages are read on other machines."""
    found = importlib.util.find_spec("distributed") is not None
    version = importlib.metadata.version("distributed") if found else "-"
    return Check(messages.say("doctor_name_cluster"), found, False, version, messages.say("doctor_cluster"))


def _sudachi() -> Check:
    found = importlib.util.find_spec("sudachidict_core") is not None
    return Check("Sudachi", found, False, "core" if found else "-", messages.say("doctor_sudachi"))


def _search(folder: Path) -> Check:
    """Whoosh is always there; a large knowledge base is better off with tantivy."""
    name = messages.say("doctor_name_search")
    try:
        paths = KnowledgeBase(find(folder)).paths()
    except UsageError:
        paths = []
    enough = has_tantivy() or len(paths) <= LARGE
    found = "tantivy" if has_tantivy() else "Whoosh"
    return Check(name, enough, False, found, messages.say("doctor_search", count=len(paths)))


def _mkdocs() -> Check:
    found = importlib.util.find_spec("material") is not None
    return Check("MkDocs Material", found, True, "✓" if found else "-", messages.say("doctor_mkdocs"))


def _console() -> Check:
    encoding = (sys.stdout.encoding or "?").lower()
    return Check(
        messages.say("doctor_name_console"), encoding.startswith("utf"), False, encoding, messages.say("doctor_console")
    )


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    return Check(
        messages.say("doctor_name_disk"), free > _FREE_BYTES, False, f"{free / 1e9:.1f} GB", messages.say("doctor_disk")
    )


def _project(folder: Path) -> Check:
    name = messages.say("doctor_name_project")
    try:
        project: Project = find(folder)
        found = f"{project.root} ({project.settings.language})"
    except UsageError as error:
        return Check(name, False, False, "-", messages.say(error.code, **error.params))
    return Check(name, True, False, found)
