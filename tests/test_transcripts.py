"""Sessions at the command line, as a person would read them (tests/transcripts/*.txt).

``$`` begins a command, the lines below it are what it prints (standard output, then standard error), ``<*>`` stands
for anything, ``[3]`` is an exit code other than 0, and ``#`` begins a remark. Each session runs in Japanese, where
every line counts, and in English, where the exit codes must be the same and nothing may be left in Japanese by the
catalogue.
"""

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Answer

SESSIONS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@dataclass
class Step:
    line: int
    command: list[str]
    expected: list[str]
    code: int = 0


def steps(text: str) -> Iterator[Step]:
    step: Step | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("$ "):
            if step:
                yield step
            step = Step(number, shlex.split(line[2:]), [])
        elif step and (code := re.fullmatch(r"\[(\d+)\]", line)):
            step.code = int(code[1])
        elif step and line and not line.startswith("# "):
            step.expected.append(line)
    if step:
        yield step


def matches(expected: list[str], printed: str) -> bool:
    pattern = "\n".join(re.escape(line).replace(re.escape("<*>"), ".*") for line in expected)
    return re.fullmatch(pattern, "\n".join(line for line in printed.splitlines() if line.strip())) is not None


@pytest.mark.parametrize("session", SESSIONS, ids=lambda path: path.stem)
def test_session_in_japanese(
    session: Path, demo: Path, kbtool: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KBTOOL_LANG", "ja")
    for step in steps(session.read_text(encoding="utf-8")):
        answer = kbtool(*step.command[1:])
        where = f"{session.name}:{step.line}: {shlex.join(step.command)}\n{answer.out}{answer.err}"
        assert answer.code == step.code, where
        assert matches(step.expected, answer.out + answer.err), where


@pytest.mark.parametrize("session", SESSIONS, ids=lambda path: path.stem)
def test_session_in_english_ends_alike(
    session: Path, demo: Path, kbtool: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KBTOOL_LANG", "en")
    for step in steps(session.read_text(encoding="utf-8")):
        answer = kbtool(*step.command[1:])
        assert answer.code == step.code, f"{session.name}:{step.line}: {answer.out}{answer.err}"
        assert "。" not in re.sub(r"[「『].*?[」』]|(?m:^(KB-|    |  ).*$)", "", answer.err), answer.err
