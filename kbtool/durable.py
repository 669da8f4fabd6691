"""The only code that opens for writing, syncs, renames or locks.

Two strengths: ``commit`` for what cannot be derived (kb/): after it returns, the bytes survive a power cut;
``write`` and ``swap_tree`` for what can (.kbtool/, site/): one sync before the swap. Every writer of the project
goes through here, so that faults can be injected in one place.
"""

import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident

from kbtool.errors import Busy, CannotWrite, DiskFull, UsageError

MANIFEST = ".manifest.json"
#: Names that ``_beside`` gives, and nobody else.
_TEMPORARY = re.compile(r"\.[0-9a-f]{12}\.[0-9]+\.[0-9]+\.tmp")


def commit(path: Path, content: str | bytes) -> bool:
    """Put ``content`` at ``path`` all or nothing and durably; False when it was there already."""
    data = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    with _disk_errors(path):
        _make_parents(path.parent)
        temporary = _beside(path)
        try:
            _write_synced(temporary, data)
            os.replace(temporary, path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    return True


def commit_many(contents: Mapping[Path, str | bytes]) -> int:
    """Put many files at their places, each all or nothing, syncing every folder once; the number that changed.

    All bytes are on the disk before the first name appears. A cut leaves some files new and the rest as they were:
    the caller's order of commits decides what that means.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, content in contents.items():
            data = content.encode() if isinstance(content, str) else content
            if path.is_file() and path.read_bytes() == data:
                continue
            with _disk_errors(path):
                _make_parents(path.parent)
                temporary = _beside(path)
                waiting.append((temporary, path))
                _write_synced(temporary, data)
        for temporary, path in waiting:
            with _disk_errors(path):
                os.replace(temporary, path)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    for folder in {path.parent for _, path in waiting}:
        with _disk_errors(folder):
            _sync_folder(folder)
    return len(waiting)


def remove(path: Path) -> None:
    """Delete a file durably; it may be gone already."""
    with _disk_errors(path):
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            _sync_folder(path.parent)


def move(source: Path, target: Path) -> None:
    """Rename a file durably, keeping its bytes."""
    with _disk_errors(target):
        _make_parents(target.parent)
        os.replace(source, target)
        _sync_folder(target.parent)
        _sync_folder(source.parent)


def write(path: Path, content: str | bytes) -> None:
    """Write a file that can be derived again; atomic for readers, not synced."""
    data = content.encode() if isinstance(content, str) else content
    with _disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _beside(path)
        try:
            temporary.write_bytes(data)
            os.replace(temporary, path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise


def hard_link(source: Path, target: Path) -> None:
    """Give an unchanged file of an older tree a place in a new one, copying where links are not possible."""
    with _disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can read."""
    with _disk_errors(path):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
    return path


def fresh_folder(path: Path) -> Path:
    """Make an empty folder, throwing away what an interrupted run left there."""
    with _disk_errors(path):
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
    return path


def swap_tree(tree: Path, link: Path) -> bool:
    """Let ``link`` show ``tree`` from now on, in one rename; the older tree is removed.

    Writes a manifest of hashes into the tree and syncs it once before the swap, so readers see the old tree
    or the new one, whole. Where the older tree has the same bytes it stays, ``tree`` goes, and the answer is False.
    """
    if link.exists() and not link.is_symlink():  # not ours to remove
        raise UsageError("path_in_the_way", path=_told(link))
    older = link.resolve() if link.is_symlink() else None
    if older != tree.resolve() and not tree_differs(tree, link):
        shutil.rmtree(tree)
        return False
    with _disk_errors(tree):
        write(tree / MANIFEST, json.dumps(_hashes(tree), indent=0, sort_keys=True))
        os.sync()
        temporary = _beside(link)
        temporary.unlink(missing_ok=True)
        link.parent.mkdir(parents=True, exist_ok=True)
        temporary.symlink_to(os.path.relpath(tree, link.parent))
        os.replace(temporary, link)
        _sync_folder(link.parent)
    if older and older != tree.resolve():
        shutil.rmtree(older, ignore_errors=True)
    return True


def tree_differs(tree: Path, link: Path) -> bool:
    """Whether ``link`` shows other bytes than ``tree`` holds, or nothing."""
    return not link.is_dir() or _hashes(link.resolve()) != _hashes(tree)


def seal(tree: Path) -> None:
    """Write a manifest of hashes into a finished tree that can be derived again, for ``tree_is_whole``."""
    write(tree / MANIFEST, json.dumps(_hashes(tree), indent=0, sort_keys=True))


def tree_is_whole(tree: Path) -> bool:
    """Whether a sealed or swapped tree still holds exactly the bytes it had then."""
    manifest = tree / MANIFEST
    if not manifest.is_file():
        return False
    try:
        promised: object = json.loads(manifest.read_bytes())
    except ValueError:
        return False
    return promised == _hashes(tree)


@contextmanager
def lock(path: Path, command: str, wait_s: float = 1.0, *, note: Path | None = None) -> Iterator[None]:
    """Hold a lock; raise ``Busy`` naming the holder when it is not free within ``wait_s``.

    ``path`` is a file, or with ``note`` a folder: the lock then lies on the folder itself, which cannot be cleaned away
    as a file in a cache can, ``note`` only says who holds it, and what cut writers left below the folder is swept.
    flock dies with its holder, so a killed run never leaves the project locked.
    """
    said = note or path
    with _disk_errors(path):
        (path if note else path.parent).mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDONLY if note else os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _wait_for(descriptor, said, time.monotonic() + wait_s)
        with _disk_errors(said):
            said.parent.mkdir(parents=True, exist_ok=True)  # a cache may have been deleted while we waited
            said.write_text(json.dumps({"pid": os.getpid(), "since": time.strftime("%H:%M:%S"), "command": command}))
            if note:
                _sweep(path)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, said: Path, deadline: float) -> None:
    while not _try_lock(descriptor):
        if time.monotonic() >= deadline:
            raise Busy("busy", **_holder(said))
        time.sleep(0.05)


def _sweep(folder: Path) -> None:
    """Remove what writers that were cut off left; whoever writes here holds the lock, so nobody is at work on it."""
    for place, _, names in os.walk(folder):
        for name in names:
            if _TEMPORARY.fullmatch(name):
                Path(place, name).unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    """A temporary name in the same folder, of this thread alone; short, because the name itself may be long."""
    return path.with_name(f".{hashlib.sha256(path.name.encode()).hexdigest()[:12]}.{os.getpid()}.{get_ident()}.tmp")


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(path: Path) -> dict[str, object]:
    try:
        holder = json.loads(path.read_text())
    except (OSError, ValueError):
        holder = {}
    return {"pid": holder.get("pid", "?"), "since": holder.get("since", "?"), "command": holder.get("command", "?")}


def _make_parents(folder: Path) -> None:
    if not folder.is_dir():
        _make_parents(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _hashes(tree: Path) -> dict[str, str]:
    files = (path for path in tree.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(tree).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull("disk_full", path=path.name) from error
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise CannotWrite("cannot_write", path=_told(path), detail=error.strerror) from error
        if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
            found = next((each for each in (path, *path.parents) if each.is_file()), path)
            raise UsageError("path_in_the_way", path=_told(found)) from error
        raise


def _told(path: Path) -> str:
    """A place as people see it, without what lies above the project."""
    return "/".join(path.parts[-2:])
