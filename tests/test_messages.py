"""Both catalogues say the same things, and every code in the programs has its sentence."""

import ast
import re
import string
from collections.abc import Callable
from pathlib import Path

import click
import pytest
import yaml

import kbtool
from kbtool import cli, errors, messages
from kbtool.errors import KbError
from tests.conftest import Answer

ROOT = Path(kbtool.__file__).parent
JA, EN = (messages.catalogue(language) for language in messages.LANGUAGES)


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_both_languages_have_the_same_codes() -> None:
    assert sorted(JA) == sorted(EN)


@pytest.mark.parametrize("code", sorted(JA))
def test_both_languages_have_the_same_placeholders(code: str) -> None:
    assert placeholders(JA[code]) == placeholders(EN[code])
    assert all(name.isidentifier() for name in placeholders(JA[code]))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_code_is_written_twice(language: str) -> None:
    text = (ROOT / "messages" / f"{language}.yml").read_text(encoding="utf-8")
    codes = re.findall(r"^([a-zA-Z_0-9]+):", text, flags=re.MULTILINE)
    assert sorted(codes) == sorted(set(codes))
    assert all(isinstance(value, str) for value in yaml.safe_load(text).values())


def raised() -> list[tuple[str, str, frozenset[str], bool]]:
    """Every call of a kbtool error with a literal code: place, code, names of its parameters, whether open-ended."""
    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, KbError)}
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    names = frozenset(each.arg for each in node.keywords if each.arg)
                    is_open = any(each.arg is None for each in node.keywords)
                    found.append((f"{path.relative_to(ROOT)}:{node.lineno}", str(code.value), names, is_open))
    return found


@pytest.mark.parametrize(("place", "code", "names", "is_open"), raised(), ids=lambda value: str(value)[:60])
def test_every_error_has_its_sentence_and_all_it_needs(
    place: str, code: str, names: frozenset[str], is_open: bool
) -> None:
    assert code in JA, place
    assert is_open or placeholders(JA[code]) <= names, place


def test_the_language_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KBTOOL_LANG", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert messages.language() == "ja"
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert messages.language() == "en"
    monkeypatch.setenv("KBTOOL_LANG", "ja")
    assert messages.language() == "ja"
    messages.choose("en")
    assert messages.say("date_format", value="x").startswith("Cannot read the date 'x'")
    messages.choose(None)
    assert messages.say("date_format", value="x").startswith("日付「x」")


def help_texts(command: click.Command, context: click.Context) -> set[str]:
    """Everything that the help of a command and of those below it says in the words of the programs."""
    texts = {command.help or ""}
    for parameter in command.params:
        texts |= {parameter.metavar or "", getattr(parameter, "help", None) or ""}
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            texts |= help_texts(below, context)
    return texts


def test_every_help_text_has_its_english() -> None:
    texts = help_texts(cli.kbtool, click.Context(cli.kbtool))
    japanese = {text for text in texts if re.search(r"[ぁ-ヿ一-鿿]", text)}
    assert japanese == set(messages.catalogue("help.en"))


@pytest.mark.parametrize("command", [(), ("ingest",), ("entry",), ("entry", "decide"), ("export",), ("search",)])
def test_help_speaks_the_language_asked_for(kbtool: Callable[..., Answer], command: tuple[str, ...]) -> None:
    english = kbtool("--lang", "en", *command, "--help").out
    assert english.startswith("Usage: ") and not re.search(r"[ぁ-ヿ一-鿿]", english.replace("手順", ""))
    japanese = kbtool("--lang", "ja", *command, "--help").out
    assert japanese.startswith("使い方: ")
    assert not re.search(r"Options|Commands|Show|default|required", japanese)
