"""``kbtool log``: the dated update log."""

from dataclasses import asdict

import click

from kbtool import messages
from kbtool.commands.session import global_options, session
from kbtool.entry import Audience
from kbtool.errors import ExitCode
from kbtool.knowledge import KnowledgeBase, LedgerLine, LineKind, ledger
from kbtool.knowledge.freshness import silence
from kbtool.recipes.rehearsal import rehearsal

_AUDIENCE = click.option(
    "--audience",
    type=click.Choice([each.value for each in Audience]),
    default="public",
    show_default=True,
    help="だれ向けの履歴か",
)


@click.group("log")
def command() -> None:
    """更新履歴を見る・書き足す。"""


@command.command("show")
@_AUDIENCE
@global_options
def show(audience: str) -> None:
    """更新履歴を新しい順に見る。"""
    run = session()
    lines = ledger.lines(run.project, Audience(audience))[::-1]
    for line in lines:
        run.line(f"{line.date}  {messages.say(f'log_{line.kind}')}  {line.title}  {line.public}".rstrip())
    if not lines:
        run.say("log_empty", audience=audience)
    run.result([asdict(line) for line in lines])


@command.command("add")
@click.argument("title")
@click.option("--say", "sentence", default="", help="読む人への一文")
@click.option(
    "--kind",
    type=click.Choice([LineKind.NOTICE.value, LineKind.CHECKED.value]),
    default=LineKind.NOTICE.value,
    show_default=True,
    help="notice: お知らせ　checked: 定期点検",
)
@_AUDIENCE
@click.option("--note", default="", help="社内向けのメモ（履歴に残る）")
@global_options
def add(title: str, sentence: str, kind: str, audience: str, note: str) -> None:
    """お知らせや定期点検の行を、今日の日付で加える（日付はさかのぼれない）。"""
    run = session()
    project = run.project
    line = LedgerLine(
        *(project.today, Audience(audience), "", LineKind(kind)),
        title=title,
        public=sentence,
        note=note,
        by=project.actor,
    )
    if run.dry_run:
        with rehearsal(project) as copy:
            is_new = ledger.announce(copy, line)
    else:
        is_new = ledger.announce(KnowledgeBase(project), line)
    run.say(
        "log_added_line" if is_new else "log_known_line", date=line.date, kind=messages.say(f"log_{kind}"), title=title
    )
    run.result({"added": is_new, "date": line.date, "kind": kind, "title": title})


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
