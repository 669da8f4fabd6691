"""The command group: finds the command, turns an error into its sentence and exit code, and nothing else.

Click's own errors are in English; here they get their sentences from the catalogues, with what to do now.
"""

import ast
import importlib
import re
import sys
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from kbtool import __version__, durable, messages
from kbtool.commands.help import HelpFormatter
from kbtool.commands.session import Session, global_options
from kbtool.errors import ExitCode, KbError

#: Command → module of ``kbtool.commands``; imported only when asked for, so that a cold start stays quick.
COMMANDS = {
    "doctor": "doctor",
    "init": "init",
    "run": "run",
    "ingest": "ingest",
    "read": "read",
    "rules": "rules",
    "review": "review",
    "entry": "entry",
    "inquiry": "inquiry",
    "search": "search",
    "suggest": "suggest",
    "check": "check",
    "publish": "publish",
    "log": "log",
    "status": "status",
    "export": "export",
    "import": "import_",
    "serve": "serve",
}


#: Click hands a formatter down to no command, so the one default of all contexts is set.
click.Context.formatter_class = HelpFormatter


class LazyGroup(click.Group):
    """A click group whose commands are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kbtool.commands.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kbtool")
@global_options
def kbtool() -> None:
    """紙とPDFのマニュアル、お問い合わせ票から、生きたナレッジベースをつくる。"""


def main() -> int:
    """Run the command line; return the exit code documented in the README."""
    _survive_any_console()
    try:
        result = kbtool.main(standalone_mode=False)
        return int(result) if isinstance(result, int) else ExitCode.OK
    except KbError as error:
        click.echo("✗ " + messages.say(error.code, **error.params), err=True)
        return error.exit_code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        _explain(error)
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo(messages.say("interrupted"), err=True)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        return ExitCode.OK
    except Exception:  # the outermost boundary: a bug becomes a report a person can paste
        click.echo(messages.say("bug", report=_bug_report()), err=True)
        return ExitCode.BUG


#: How click quotes the value it refuses: ``'x' is not …``, ``File 'x' does not exist.``, ``9 is not in the range …``
_REFUSED = re.compile(r"""(?:File |Directory |Path )?('.*'|".*"|\S+) (?:is|does)\b""")


def _explain(error: click.ClickException) -> None:
    """Print what is wrong with the call, what would be right, and where the help is."""
    if not isinstance(error, click.UsageError) or isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    context = error.ctx or click.Context(kbtool, info_name="kbtool")
    (context.find_object(Session) or Session()).settle_language()
    first, *others = _sentences(error, context)
    click.echo("\n".join(("✗ " + first, *(f"  {line}" for line in others))), err=True)
    click.echo("  " + messages.say("usage_help", command=context.command_path), err=True)


def _sentences(error: click.UsageError, context: click.Context) -> Iterator[str]:
    command = context.command
    match error:
        case click.exceptions.NoSuchCommand():
            yield messages.say("usage_no_command", name=error.command_name)
            assert isinstance(command, click.Group)
            yield _instead(error.command_name, command.list_commands(context))
        case click.NoSuchOption():
            yield messages.say("usage_no_option", name=error.option_name)
            yield _instead(error.option_name, _options(command.get_params(context)))
        case click.BadOptionUsage():
            code = "usage_value_missing" if "requires" in error.message else "usage_value_extra"
            yield messages.say(code, name=error.option_name)
        case click.MissingParameter(param=click.Parameter() as missing):
            yield messages.say("usage_missing", name=_name(missing))
            yield from _allowed(missing.type)
        case click.BadParameter(param=click.Parameter() as wrong):
            value = _refused(error.message)
            yield messages.say("usage_value", name=_name(wrong), value=value)
            yield from _allowed(wrong.type, value)
        case _ if isinstance(command, click.Group):
            yield messages.say("usage_command_missing")
            yield _instead("", command.list_commands(context))
        case _:
            yield messages.say("usage_too_many", extra=error.format_message().partition("(")[2].rstrip(")"))


def _instead(name: str, known: Iterable[str]) -> str:
    """The likely ones, or all where none is near."""
    known = list(known)
    near = get_close_matches(name, known, cutoff=0.7)
    code = "usage_near" if near else "usage_known"
    return messages.say(code, known=messages.say("usage_or" if near else "usage_and").join(near or known))


def _options(parameters: Iterable[click.Parameter]) -> list[str]:
    return [name for each in parameters for name in each.opts + each.secondary_opts if name.startswith("--")]


def _name(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.human_readable_name.rstrip(".")


def _refused(message: str) -> str:
    found = _REFUSED.match(message)
    quoted = found[1] if found else message
    return str(ast.literal_eval(quoted)) if quoted[0] in "'\"" else quoted


def _allowed(kind: "click.ParamType[Any]", value: str = "") -> Iterator[str]:
    """What a value of this kind must be, where click's type says it."""
    match kind:
        case click.Choice():
            yield messages.say("usage_choice", known=messages.say("usage_or").join(map(str, kind.choices)))
        case click.IntRange():
            yield messages.say("usage_range", low=kind.min, high=kind.max)
        case click.Path() if value:
            yield messages.say(_path_remedy(kind, Path(value)))


def _path_remedy(kind: click.Path, path: Path) -> str:
    if not path.exists():
        return "usage_path_missing"
    if path.is_dir():
        return "usage_path_unreadable" if kind.dir_okay else "usage_path_folder"
    return "usage_path_unreadable" if kind.file_okay else "usage_path_file"


def _survive_any_console() -> None:
    """Print Japanese as UTF-8 and never die of a console that cannot show a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def _bug_report() -> Path:
    report = Path(tempfile.mkdtemp(prefix="kbtool-")) / "bug-report.txt"
    command = " ".join(sys.argv[:2])
    durable.write(report, f"kbtool {__version__}, Python {sys.version}\n{command}\n\n{traceback.format_exc()}")
    return report
