"""What every command shares: the project it works on, and how it speaks."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import click

from kbtool import messages, project
from kbtool.errors import KbError
from kbtool.outcome import Problem, Severity

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Session:
    """The global options of one run; they may stand before or after the command."""

    directory: Path = field(default_factory=Path.cwd)
    date: str | None = None
    by: str | None = None
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    dry_run: bool = False
    announced: bool = False

    @cached_property
    def project(self) -> project.Project:
        """The project the command works on."""
        found = project.find(self.directory)
        given = project.parse_date(self.date) if self.date else None
        messages.prefer(found.settings.language)
        return project.Project(found.root, given, self.by)

    def settle_language(self) -> None:
        """Speak as the project does, where there is one: for what must be said before a command needs it."""
        with suppress(KbError, OSError):
            messages.prefer(project.find(self.directory).settings.language)

    def announce(self) -> None:
        """Say once, before anything else, that a dry run writes nothing."""
        if self.dry_run and not self.announced:
            self.announced = True
            self.settle_language()
            self.say("dry_run")

    def say(self, code: str, **params: object) -> None:
        """Tell a person something; silent with --json and -q."""
        if not (self.as_json or self.quiet):
            click.echo(messages.say(code, **params))

    def line(self, text: str = "") -> None:
        """Print a line of content; silent with --json."""
        if not self.as_json:
            click.echo(text)

    def problems(self, problems: tuple[Problem, ...]) -> None:
        """Print problems to standard error, each with its sentence."""
        marks = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "·"}
        for problem in problems:
            if not (self.quiet and problem.severity is Severity.INFO):
                sentence = messages.say(problem.code, **{"where": problem.where} | problem.params)
                click.echo(f"{marks[problem.severity]} {sentence}", err=True)

    def result(self, data: object) -> None:
        """Print the machine-readable result with --json, and nothing else."""
        if self.as_json:
            click.echo(json.dumps(data, ensure_ascii=False, default=str))


def session() -> Session:
    """The session of the running command."""
    found = click.get_current_context().find_object(Session)
    assert found is not None
    found.announce()
    return found


def global_options(command: Command) -> Command:
    """Add the global options to a command; a value given after the command wins."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    kept = context.find_object(Session)
    if kept is None:
        kept = context.obj = Session()
    if value is None or value is False:
        return
    if parameter.name == "lang":
        messages.choose(value)
    else:
        setattr(kept, str(parameter.name), value)


def _option(*names: str, **settings: Any) -> Callable[[Command], Command]:
    return click.option(*names, expose_value=False, callback=_keep, is_eager=True, **settings)


_OPTIONS: list[Callable[[Any], Any]] = [
    _option("-C", "directory", type=click.Path(path_type=Path, resolve_path=True), help="プロジェクトの場所"),
    _option("--date", metavar="YYYY-MM-DD", help="今日とみなす日付"),
    _option("--lang", type=click.Choice(messages.LANGUAGES), help="メッセージの言語"),
    _option("--by", metavar="ID", help="操作する人（kb/people.yml のID）"),
    _option("--json", "as_json", is_flag=True, help="結果をJSONで出す"),
    _option("-q", "--quiet", "quiet", is_flag=True, help="途中経過を出さない"),
    _option("-v", "--verbose", "verbose", is_flag=True, help="くわしく出す"),
    _option("--dry-run", "dry_run", is_flag=True, help="書き込まずに、何が起こるかを示す"),
]
