"""The empty site: MkDocs with Material, run as a child process over pages that hold only placeholders.

MkDocs never sees a word that somebody wrote: titles, categories and texts are set in afterwards (``stamp``). So nothing
planted in an entry can run in its templates or abort its build, and the shell is built again only when the looks, the
categories' addresses or the theme change. This is the only module that knows MkDocs; its successor would change here.
"""

import errno
import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kbtool import durable, safe_yaml
from kbtool.entry import Audience
from kbtool.errors import DiskFull, EnvironmentMissing
from kbtool.settings import Category
from kbtool.site import look as looks
from kbtool.site.placeholders import Frame, frame
from kbtool.site.wording import Wording

_THEME = Path(__file__).parent / "theme"
#: What MkDocs writes that a site does not need: source maps, its own search engine and index, empty pages.
_LEFT_OUT = (".map", ".gz")
#: How the system words a full disk; the child cannot hand over the error itself.
_DISK_FULL = os.strerror(errno.ENOSPC)
_LEFT_OUT_FOLDERS = ("search/", "assets/javascripts/lunr/", "assets/javascripts/workers/")


@dataclass(frozen=True, slots=True)
class Shell:
    """A built shell: its page frames by name, its other files by address, and a hash of all of it."""

    frames: dict[str, Frame]
    assets: dict[str, Path]
    fingerprint: str


def build(look: str, audience: Audience, categories: tuple[Category, ...], language: str, cache: Path) -> Shell:
    """Build the shell, or take it from ``cache`` where nothing about it changed."""
    wording = Wording(language)
    pages = looks.placeholders(audience, categories)
    configuration = looks.configuration(look, audience, pages, wording)
    fingerprint = _fingerprint(configuration, pages)
    folder = cache / "shell" / fingerprint
    if not durable.tree_is_whole(folder):  # its files are linked into sites, where people can edit them
        _run_mkdocs(configuration, pages, durable.fresh_folder(folder))
        durable.seal(folder)
    site = folder / "site"
    frames = {page.name: frame(page.name, (site / f"{page.name}.html").read_text(encoding="utf-8")) for page in pages}
    return Shell(frames, dict(_assets(site)), fingerprint)


def _fingerprint(configuration: dict[str, object], pages: tuple[looks.Placeholder, ...]) -> str:
    digest = hashlib.sha256(json.dumps(configuration, sort_keys=True, ensure_ascii=False).encode())
    digest.update(repr(pages).encode())
    for name in ("mkdocs", "mkdocs-material"):
        digest.update(f"{name} {importlib.metadata.version(name)}".encode())
    for path in sorted(_THEME.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def _run_mkdocs(configuration: dict[str, object], pages: tuple[looks.Placeholder, ...], folder: Path) -> None:
    for page in pages:
        head = {"title": looks.token("title"), "hide": list(page.hide), "parent": f"{page.parent}.md"}
        durable.write(folder / "docs" / f"{page.name}.md", f"---\n{safe_yaml.dump(head)}---\n")
    theme = configuration["theme"]
    assert isinstance(theme, dict)
    placed = {**configuration, "docs_dir": str(folder / "docs"), "site_dir": str(folder / "site")}
    placed["theme"] = {**theme, "custom_dir": str(_THEME)}
    durable.write(folder / "mkdocs.yml", safe_yaml.dump(placed))
    _child(folder)


def _child(folder: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0"}
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--strict",
        "--config-file",
        str(folder / "mkdocs.yml"),
    ]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EnvironmentMissing("site_mkdocs_failed", detail=type(error).__name__) from error
    if done.returncode:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        shutil.rmtree(folder, ignore_errors=True)
        if any(_DISK_FULL in line for line in lines):
            raise DiskFull("disk_full", path=folder.name)
        raise EnvironmentMissing("site_mkdocs_failed", detail=lines[-1] if lines else f"exit {done.returncode}")


def _assets(site: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(site.rglob("*")):
        address = path.relative_to(site).as_posix()
        page = path.suffix in (".html", ".xml")
        if path.is_file() and not page and path.suffix not in _LEFT_OUT and not address.startswith(_LEFT_OUT_FOLDERS):
            yield address, path
