"""What the command line says before any command does its work: slips, dry runs, places."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Answer

Run = Callable[..., Answer]


@pytest.fixture(autouse=True)
def _in_japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KBTOOL_LANG", "ja")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("statsu",), "Did you mean: status"),
        (("status", "--jsn"), "Did you mean: --json"),
        (("publish", "everybody"), "Give internal or partner or public."),
        (("serve", "--port", "-1"), "Give a whole number from 0 to 65535."),
        (("import",), "FILE is missing."),
        (("serve", "--port"), "--port needs a value."),
    ],
)
def test_slips_are_told_in_english_too(
    kbtool: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], told: str
) -> None:
    monkeypatch.setenv("KBTOOL_LANG", "en")
    answer = kbtool(*command)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert "Help: kbtool" in answer.err


def test_a_slip_is_told_in_the_language_of_the_project(
    kbtool: Run, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KBTOOL_LANG")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "というコマンドはありません" in kbtool("statsu").err
    monkeypatch.chdir(demo.parent)
    assert "There is no command" in kbtool("statsu").err
    assert "というコマンドはありません" in kbtool("-C", demo, "statsu").err


@pytest.mark.parametrize("name", ["it's.jsonl", 'say "no".jsonl', "手順 is 1.jsonl"])
def test_a_refused_value_is_shown_as_it_was_typed(kbtool: Run, name: str) -> None:
    assert f"「{name}」" in kbtool("import", name).err


def test_help_without_a_command_stays_help(kbtool: Run) -> None:
    answer = kbtool()
    assert answer.code == 2
    assert "search" in answer.err
    assert "✗" not in answer.err


def test_a_dry_run_says_so_first_and_once(kbtool: Run, demo: Path) -> None:
    first, *others = kbtool("entry", "list", "--dry-run").out.splitlines()
    assert first == "試しの実行です。何も書き込みません。"
    assert first not in others
    assert kbtool("--dry-run", "status").out.splitlines()[0] == first


def test_a_dry_run_is_silent_for_programs(kbtool: Run, demo: Path) -> None:
    assert "試し" not in kbtool("status", "--dry-run", "-q").out
    json.loads(kbtool("status", "--dry-run", "--json").out)


def test_outside_a_project_the_real_place_is_named(
    kbtool: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert f"ここ（{tmp_path}）は" in kbtool("status").err
    assert f"ここ（{tmp_path / 'none'}）は" in kbtool("-C", "none", "status").err
