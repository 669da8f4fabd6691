"""Killed or interrupted anywhere: nothing works on for nobody, and the next run goes on with the next page."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kbtool.intake import PageReader, Source, desk, opening, sources
from kbtool.recognise import RecogniseOptions
from tests.intake import recogniser_fake
from tests.intake.papers import source
from tests.intake.recogniser_fake import HANG, READ, SLOW

PAGES = 12
#: For each of two recognisers a page at work, and one whose reading is being written.
ON_THEIR_WAY = 4
PROGRAM = """
import sys
from pathlib import Path
from kbtool.cli import main
from kbtool.intake import PageReader, desk, source
from kbtool.recognise.raster import RecogniseOptions
desk.COMMAND = {recogniser!r}
given = source(Path({source!r}))
def show(page, total):
    print(page.number, flush=True)
{body}
"""
READING = """
with PageReader(RecogniseOptions(), 2, Path({cache!r})) as reader:
    reader.read(given, slug="a", on_page=show)
"""
COMMAND_LINE = """
sys.argv = ["kbtool", "-C", {project!r}, "--lang", "en", "ingest", "--jobs", "2"]
sys.exit(main())
"""


def scan(folder: Path, *what: int, name: str = "scan.tif") -> Source:
    """Pages whose first pixel says what becomes of them, each other than the others."""
    pages = []
    for number, does in enumerate(what):
        page = Image.new("L", (300, 200), 255)
        page.putpixel((0, 0), does)
        page.putpixel((1, 0), number)
        pages.append(page)
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200))
    return source(folder, name, buffer.getvalue())


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    command = [sys.executable, recogniser_fake.__file__, str(tmp_path)]
    monkeypatch.setattr(desk, "COMMAND", command)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    return command


def started(fake: list[str], given: Source, body: str, **places: str) -> subprocess.Popen[str]:
    program = PROGRAM.format(recogniser=fake, source=str(given.path), body=body.format(**places))
    return subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1
    )


def children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for path in told for child in path.read_text().split()]


def runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def within(seconds: float, is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not is_so():
        time.sleep(0.02)
    return is_so()


def pages_begun(folder: Path) -> list[int]:
    return [int(line.split()[0]) for line in (folder / "pages").read_text().splitlines()]


def requests(monkeypatch: pytest.MonkeyPatch) -> list[set[int]]:
    """The page numbers that every opener from now on is asked for."""
    asked: list[set[int]] = []
    send = opening.Opener.send

    def listened(opener: opening.Opener, request: dict[str, Any], payload: bytes = b"") -> None:
        if "pages" in request:
            asked.append({index + 1 for index in request["pages"]})
        send(opener, request, payload)

    monkeypatch.setattr(opening.Opener, "send", listened)
    return asked


def read(given: Source, cache: Path) -> int:
    with PageReader(RecogniseOptions(), 2, cache) as reader:
        return len(reader.read(given, slug="a").pages)


def test_after_a_kill_only_the_pages_in_flight_are_read_again(
    tmp_path: Path, fake: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given, cache = scan(tmp_path, *[SLOW] * PAGES), tmp_path / "cache"
    running = started(fake, given, READING, cache=str(cache))
    assert running.stdout
    while running.stdout.readline().strip() != "5":
        pass
    running.kill()
    running.communicate()
    kept = {int(path.name.partition(".")[0]) for path in (cache / "pages" / "drawn").glob("*/*")}
    assert len(kept) >= 5
    asked = requests(monkeypatch)
    assert read(given, cache) == read(given, cache) == PAGES
    begun = pages_begun(tmp_path)
    assert set(begun) == set(range(1, PAGES + 1))
    assert len(begun) <= PAGES + ON_THEIR_WAY
    assert all(begun.count(page) == 1 for page in kept)
    assert not kept & asked[0]  # nor drawn
    assert not asked[1] & set(range(1, PAGES + 1))


@pytest.mark.parametrize("what", [HANG, SLOW])
def test_children_end_with_a_parent_that_is_killed(tmp_path: Path, fake: list[str], what: int) -> None:
    given = scan(tmp_path, READ, *[what] * PAGES)
    running = started(fake, given, READING, cache=str(tmp_path / "cache"))
    assert running.stdout
    running.stdout.readline()
    left = children(running.pid)
    assert len(left) >= 2
    running.kill()
    running.communicate()
    assert within(5, lambda: not any(map(runs, left)))


def test_ctrl_c_ends_at_once_with_130_and_the_next_run_finishes(tmp_path: Path, fake: list[str]) -> None:
    project = tmp_path / "project"
    subprocess.run([sys.executable, "-m", "kbtool", "init", str(project)], check=True, capture_output=True)
    given = scan(project / "source_manuals", *[SLOW] * PAGES)
    running = started(fake, given, COMMAND_LINE, project=str(project))
    assert within(30, lambda: len(list((project / ".kbtool").rglob("*.json"))) >= 3)
    left = children(running.pid)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=10)
    assert (running.returncode, "Traceback" in said) == (130, False)
    assert not any(map(runs, left))
    again = started(fake, given, COMMAND_LINE, project=str(project))
    assert again.communicate(timeout=60)[0]
    assert again.returncode == 0
    assert len(pages_begun(tmp_path)) <= PAGES + 2


def test_sources_are_opened_ahead_and_come_in_their_order(tmp_path: Path, fake: list[str]) -> None:
    given = [scan(tmp_path, SLOW, name=f"{letter}.tif") for letter in "abcd"]
    for number, each in enumerate(given):  # alike pages would be read once
        page = Image.open(each.path)
        page.putpixel((2, 0), number)
        page.save(each.path, dpi=(200, 200))
    found = [sources.source(each.path) for each in given]
    with PageReader(RecogniseOptions(), 2, tmp_path / "cache") as reader:
        reader.look_ahead(found)
        assert within(20, lambda: (tmp_path / "pages").exists() and len(pages_begun(tmp_path)) == 4)
        read = [reader.read(each, slug=each.name[0]) for each in found[1:]]
    assert [(document.slug, len(document.pages)) for document in read] == [("b", 1), ("c", 1), ("d", 1)]
