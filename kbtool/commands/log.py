"""``kbtool log``: the dated update log."""

from dataclasses import asdict

import click

from kbtool import messages
from kbtool.commands.session import global_options, session
from kbtool.entry import Audience
from kbtool.errors import ExitCode
from kbtool.knowledge import ledger
from kbtool.knowledge.freshness import silence

_AUDIENCE = click.option(
    "--audience",
    type=click.Choice([each.value for each in Audience]),
    default="public",
    show_default=True,
    help="だれ向けの履歴か",
)


@click.group("log")
def command() -> None:
    """更新履歴を見る。"""


@command.command("show")
@_AUDIENCE
@global_options
def show(audience: str) -> None:
    """更新履歴を新しい順に見る。"""
    run = session()
    lines = ledger.lines(run.project, Audience(audience))[::-1]
    for line in lines:
        run.line(f"{line.date}  {messages.say(f'log_{line.kind}')}  {line.title}  {line.public}")
    run.result([asdict(line) for line in lines])


@command.command("check")
@global_options
def check() -> int:
    """公開の更新履歴が途絶えていないかを調べる。"""
    run = session()
    public = ledger.lines(run.project, Audience.PUBLIC)
    found = silence(public, run.project.today, run.project.settings.freshness)
    run.say(f"freshness_{found.state}", days=found.days, limit=found.limit)
    run.result({"state": found.state, "days": found.days, "limit": found.limit})
    return ExitCode.OK if found.state == "fresh" else ExitCode.FINDINGS
