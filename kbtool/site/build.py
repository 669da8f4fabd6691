"""One site, from its content to a whole tree in an empty folder.

Reads from the top: project, shell, pages, stamp, everything else. Auditing, the log and the swap are the recipe's.
"""

import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from kbtool import durable
from kbtool.errors import PublishRefused
from kbtool.site import feeds, images, pages, search, shell
from kbtool.site.audit import Own
from kbtool.site.chrome import Chrome, chrome
from kbtool.site.content import SiteContent
from kbtool.site.page import SitePage
from kbtool.site.projection import Projection, project
from kbtool.site.stamp import Stamp


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    ``changed`` are the addresses of pages made anew, ``own`` what this audience is meant to get, which the audit
    subtracts.
    """

    entries: int
    pages: int
    changed: tuple[str, ...]
    images: int
    seconds: float
    own: Own


def build(content: SiteContent, out: Path, cache: Path) -> BuildReport:
    """Build the site of one audience into ``out``, which is emptied first.

    ``cache`` keeps the shell and the pages of earlier builds; what did not change is taken from there. The bytes
    do not depend on the cache.
    """
    begun = time.monotonic()
    projection = project(content)
    frame = chrome(content)
    shells = shell.build(content.look, content.audience, content.settings.categories, content.settings.language, cache)
    all_pages = pages.lay_out(projection, frame.wording)
    texts = feeds.files(projection, all_pages, frame)
    _refuse_outside((*shells.assets, *(page.address for page in all_pages), *texts))
    durable.fresh_folder(out)
    for address, path in shells.assets.items():
        durable.hard_link(path, out / address)
    changed = _stamp(Stamp(frame, shells), all_pages, out, cache / "pages" / content.audience)
    for address, text in texts.items():
        durable.write(out / address, text)
    search.place(projection, out, cache / "search" / content.audience)
    placed = images.place(projection, out)
    return BuildReport(
        entries=len(projection.entries),
        pages=len(all_pages),
        changed=changed,
        images=placed,
        seconds=time.monotonic() - begun,
        own=Own(
            own_text(projection, all_pages, frame, shells),
            {address: hashlib.sha256(path.read_bytes()).hexdigest() for address, path in shells.assets.items()},
        ),
    )


def _refuse_outside(addresses: Iterable[str]) -> None:
    """Refuse an address that would lead out of the tree, wherever it came from."""
    for address in addresses:
        if not address or "\\" in address or any(part in ("", ".", "..") for part in address.split("/")):
            raise PublishRefused("site_address_outside", address=address)


def own_text(projection: Projection, all_pages: Iterable[SitePage], frame: Chrome, shells: shell.Shell) -> str:
    """Everything this audience is meant to read, without what the templates and the stamp made of it."""
    words = [frame.wording.all(), *(frame.text for frame in shells.frames.values())]
    words += _strings((projection.entries, projection.operator, projection.log, projection.tombstones))
    words += _strings((projection.documents, frame.company, frame.navigation, frame.title, frame.url, frame.public_url))
    if projection.operator:
        words += _strings((projection.source.contacts, projection.source.glossary))
    words += [page.description for page in all_pages]
    return "\n".join(words)


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [str(value)]
    if isinstance(value, tuple):
        return [text for item in value for text in _strings(item)]
    if is_dataclass(value):
        return [text for item in fields(value) for text in _strings(getattr(value, item.name))]
    return []


def _stamp(stamp: Stamp, all_pages: tuple[SitePage, ...], out: Path, cache: Path) -> tuple[str, ...]:
    """Write every page, from the cache where its key and its bytes are there; returns the addresses made anew."""
    index = _read_index(cache / "index.json")
    kept: dict[str, str] = {}
    changed = []
    for page in all_pages:
        key = stamp.key(page)
        stored = cache / key[:2] / f"{key}.html"
        digest = _digest(stored) if key in index else ""
        if not digest or digest != index[key]:
            durable.write(stored, stamp.render(page))
            digest = _digest(stored)
            changed.append(page.address)
        kept[key] = digest
        durable.hard_link(stored, out / page.address)
    for key in set(index) - set(kept):
        (cache / key[:2] / f"{key}.html").unlink(missing_ok=True)
    durable.write(cache / "index.json", json.dumps(kept))
    return tuple(changed)


def _read_index(path: Path) -> dict[str, str]:
    """Key → hash of the cached page."""
    try:
        found = json.loads(path.read_bytes())
        return {str(key): str(digest) for key, digest in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _digest(path: Path) -> str:
    """Hash of a cached page, empty where there is none; an edit in the site reaches the cache through the link."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
