"""Fixtures that several rooms' tests share."""

import contextlib
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kbtool import cli, messages

PRODUCT_MANUAL = "そよぎ_KD-H500_取扱説明書.pdf"


@dataclass(frozen=True)
class Answer:
    """What a command line said."""

    code: int
    out: str
    err: str


@pytest.fixture
def kbtool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Answer]]:
    """Run the command line in this process: ``kbtool("search", "解約")``."""

    def run(*arguments: str | Path) -> Answer:
        messages.choose(None)
        messages.prefer(None)
        monkeypatch.setattr(sys, "argv", ["kbtool", *map(str, arguments)])
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.main()
        return Answer(int(code), *(stream.buffer.getvalue().decode() for stream in (out, err)))

    yield run
    messages.choose(None)
    messages.prefer(None)


@pytest.fixture
def demo(kbtool: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo project with the born-digital manual alone, on the demo's day; it is the current folder."""
    monkeypatch.setenv("KBTOOL_DATE", "2026-07-15")
    project = tmp_path / "demo"
    assert kbtool("init", "--demo", project).code == 0
    for path in (project / "source_manuals").iterdir():
        if path.name != PRODUCT_MANUAL:
            path.unlink()
    monkeypatch.chdir(project)
    return project
