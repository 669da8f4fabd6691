"""The command group: finds the command, turns an error into its sentence and exit code, and nothing else."""

import importlib
import sys
import tempfile
import traceback
from pathlib import Path

import click

from kbtool import __version__, durable, messages
from kbtool.commands.session import global_options
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
    "publish": "publish",
    "log": "log",
    "status": "status",
    "export": "export",
    "import": "import_",
    "serve": "serve",
}


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
        error.show()
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo(messages.say("interrupted"), err=True)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        return ExitCode.OK
    except Exception:  # the outermost boundary: a bug becomes a report a person can paste
        click.echo(messages.say("bug", report=_bug_report()), err=True)
        return ExitCode.BUG


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
