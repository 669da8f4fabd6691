"""Each finding names a command that mends it, and that command is one."""

import importlib
import re

import click

from kbtool import messages
from kbtool.cli import COMMANDS


def test_every_command_that_mends_exists() -> None:
    """``kbtool X`` and ``kbtool X Y`` of every sentence are commands of the command line."""
    for language in messages.LANGUAGES:
        for code, text in messages.catalogue(language).items():
            if re.fullmatch(r"check_[A-Z]\d+_mend", code):
                for name, verb in re.findall(r"kbtool ([a-z]+)(?: ([a-z]+))?", text):
                    assert name in COMMANDS, code
                    group = importlib.import_module(f"kbtool.commands.{COMMANDS[name]}").command
                    assert not isinstance(group, click.Group) or verb in group.commands, f"{code}: {name} {verb}"
