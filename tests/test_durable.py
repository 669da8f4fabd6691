"""The promises of writing: all or nothing, durable, one at a time."""

import errno
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kbtool import durable
from kbtool.errors import Busy, CannotWrite, DiskFull, ExitCode, UsageError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_commit_writes_once(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "入口.md"
    assert durable.commit(path, "はい")
    stamp = path.stat().st_mtime_ns
    assert not durable.commit(path, "はい".encode())
    assert path.stat().st_mtime_ns == stamp
    assert durable.commit(path, b"\r\n")
    assert path.read_bytes() == b"\r\n"
    assert names(path.parent) == ["入口.md"]


def test_commit_syncs_the_bytes_before_the_name_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    synced, renamed = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        steps.append("sync folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "sync file")
        synced(descriptor)

    def replace(source: Path, target: Path) -> None:
        steps.append("rename")
        renamed(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    durable.commit(tmp_path / "x", "1")
    assert steps == ["sync file", "rename", "sync folder"]
    steps.clear()
    assert durable.commit_many({tmp_path / "x": "1", tmp_path / "y": "2", tmp_path / "z": "3"}) == 2
    assert steps == ["sync file", "sync file", "rename", "rename", "sync folder"]


def fail_at(monkeypatch: pytest.MonkeyPatch, name: str, nth: int, error: int) -> None:
    real: Callable[..., object] = getattr(os, name)
    calls = iter(range(1, 1000))

    def failing(*args: object) -> object:
        if next(calls) == nth:
            raise OSError(error, os.strerror(error))
        return real(*args)

    monkeypatch.setattr(os, name, failing)


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: int
) -> None:
    path = tmp_path / "x"
    durable.commit(path, "old")
    with monkeypatch.context() as patch:
        fail_at(patch, call, 1, error)
        with pytest.raises(DiskFull) as full:
            durable.commit(path, "new")
    assert full.value.exit_code is ExitCode.DISK
    assert (path.read_text(), names(tmp_path)) == ("old", ["x"])


@pytest.mark.parametrize(("call", "nth"), [("fsync", 1), ("fsync", 2), ("replace", 1)])
def test_many_files_stay_as_they_were_until_all_bytes_are_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int
) -> None:
    durable.commit(tmp_path / "x", "old")
    with monkeypatch.context() as patch:
        fail_at(patch, call, nth, errno.ENOSPC)
        with pytest.raises(DiskFull):
            durable.commit_many({tmp_path / "x": "new", tmp_path / "y": "new"})
    assert (tmp_path / "x").read_text() == "old"
    assert names(tmp_path) == ["x"]


def test_other_errors_are_not_taken_for_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_at(monkeypatch, "fsync", 1, errno.EIO)
    with pytest.raises(OSError, match="Input/output"):
        durable.commit(tmp_path / "x", "1")
    assert names(tmp_path) == []


def test_remove_and_move(tmp_path: Path) -> None:
    durable.commit(tmp_path / "a" / "x", "1")
    durable.move(tmp_path / "a" / "x", tmp_path / "b" / "c" / "x")
    assert (tmp_path / "b" / "c" / "x").read_text() == "1"
    for _ in range(2):
        durable.remove(tmp_path / "b" / "c" / "x")
    durable.remove(tmp_path / "never" / "x")
    assert names(tmp_path / "b" / "c") == []


def test_commit_replaces_a_link_and_leaves_its_target_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("kept")
    (tmp_path / "x").symlink_to(outside)
    durable.commit(tmp_path / "x", "new")
    assert (outside.read_text(), (tmp_path / "x").is_symlink()) == ("kept", False)


def test_private_and_fresh_folders(tmp_path: Path) -> None:
    folder = durable.private_folder(tmp_path / "private")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    durable.write(tmp_path / "fresh" / "old", "x")
    assert names(durable.fresh_folder(tmp_path / "fresh")) == []


def test_a_swapped_tree_is_seen_whole_and_the_older_one_goes(tmp_path: Path) -> None:
    link = tmp_path / "site" / "public"
    for build in ("1", "2"):
        tree = durable.fresh_folder(tmp_path / "site" / ".builds" / build)
        durable.write(tree / "sub" / "index.html", build)
        durable.swap_tree(tree, link)
        assert (link / "sub" / "index.html").read_text() == build
        assert durable.tree_is_whole(link)
    assert names(tmp_path / "site" / ".builds") == ["2"]
    assert not link.readlink().is_absolute()


def test_a_tree_of_the_same_bytes_is_not_swapped(tmp_path: Path) -> None:
    link = tmp_path / "public"
    for build, expected in (("1", True), ("2", False)):
        tree = tmp_path / "builds" / build
        durable.write(tree / "index.html", "same")
        assert durable.swap_tree(tree, link) is expected
    assert names(tmp_path / "builds") == ["1"]
    assert durable.tree_is_whole(link)


@pytest.mark.parametrize("damage", ["changed", "missing", "added", "manifest", "no manifest"])
def test_a_damaged_tree_is_noticed(tmp_path: Path, damage: str) -> None:
    tree, link = tmp_path / "builds" / "1", tmp_path / "public"
    durable.write(tree / "a", "a")
    durable.swap_tree(tree, link)
    if damage == "changed":
        (tree / "a").write_text("b")
    elif damage == "missing":
        (tree / "a").unlink()
    elif damage == "added":
        (tree / "b").write_text("b")
    elif damage == "manifest":
        (tree / durable.MANIFEST).write_text("{")
    else:
        (tree / durable.MANIFEST).unlink()
    assert not durable.tree_is_whole(link)


def test_hard_links_share_bytes(tmp_path: Path) -> None:
    durable.write(tmp_path / "a", "1")
    durable.hard_link(tmp_path / "a", tmp_path / "new" / "a")
    assert (tmp_path / "a").stat().st_ino == (tmp_path / "new" / "a").stat().st_ino


HOLD = """
import sys, time
from pathlib import Path
from kbtool import durable
with durable.lock(Path(sys.argv[1]), "ingest"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_holder_is_named_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        start = time.monotonic()
        with pytest.raises(Busy) as busy, durable.lock(path, "second", wait_s=0.2):
            pass
        assert time.monotonic() - start < 1
        assert (busy.value.params["pid"], busy.value.params["command"]) == (holder.pid, "ingest")
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
    with durable.lock(path, "next"):
        assert json.loads(path.read_text())["command"] == "next"


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    entered = threading.Event()

    def hold() -> None:
        with durable.lock(path, "first"):
            entered.set()
            time.sleep(0.2)

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait(5)
    with durable.lock(path, "second", wait_s=5):
        assert "second" in path.read_text()
    thread.join()


def test_a_lock_outlives_the_cache(tmp_path: Path) -> None:
    kb, note = tmp_path / "kb", tmp_path / ".kbtool" / "lock"
    with durable.lock(kb, "first", note=note):
        shutil.rmtree(note.parent)
        with pytest.raises(Busy), durable.lock(kb, "second", wait_s=0.1, note=note):
            pass
    with durable.lock(kb, "third", note=note):
        assert "third" in note.read_text()


def test_what_cut_writers_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    stale, kept = kb / "entries" / ".0123456789ab.77.88.tmp", kb / "entries" / ".mine.tmp"
    for path in (stale, kept):
        durable.commit(path, "x")
    with durable.lock(kb, "ingest", note=tmp_path / "lock"):
        assert names(kb / "entries") == [kept.name]


def syncs_that_fail(folder: Path) -> list[Callable[[], object]]:
    return [
        lambda: durable.remove(folder / "x"),
        lambda: durable.move(folder / "x", folder / "y"),
        lambda: durable.commit_many({folder / "z": "1"}),
    ]


@pytest.mark.parametrize("act", range(3))
@pytest.mark.parametrize(("error", "kind"), [(errno.ENOSPC, DiskFull), (errno.EROFS, CannotWrite)])
def test_a_folder_that_cannot_be_synced_has_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: int, error: int, kind: type[Exception]
) -> None:
    durable.commit(tmp_path / "x", "1")
    fail_at(monkeypatch, "fsync", 2 if act == 2 else 1, error)
    with pytest.raises(kind):
        syncs_that_fail(tmp_path)[act]()


@pytest.mark.parametrize("error", [errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("act", ["commit", "write", "fresh_folder", "private_folder", "lock"])
def test_a_place_where_nothing_may_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str, error: int
) -> None:
    fail_at(monkeypatch, "mkdir", 1, error)
    place = tmp_path / "new" / "x"
    acts: dict[str, Callable[[], object]] = {
        "commit": lambda: durable.commit(place, "1"),
        "write": lambda: durable.write(place, "1"),
        "fresh_folder": lambda: durable.fresh_folder(place),
        "private_folder": lambda: durable.private_folder(place),
        "lock": lambda: durable.lock(place, "ingest").__enter__(),
    }
    with pytest.raises(CannotWrite) as refusal:
        acts[act]()
    assert refusal.value.exit_code is ExitCode.ENVIRONMENT


def test_what_is_in_the_way_is_left_alone(tmp_path: Path) -> None:
    durable.write(tmp_path / "site" / "public" / "mine", "x")
    durable.write(tmp_path / "tree" / "index.html", "1")
    with pytest.raises(UsageError, match="site/public"):
        durable.swap_tree(tmp_path / "tree", tmp_path / "site" / "public")
    assert (tmp_path / "site" / "public" / "mine").read_text() == "x"
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match=r"path_in_the_way.*/file"):
        durable.fresh_folder(tmp_path / "file" / ".builds" / "public-next")
