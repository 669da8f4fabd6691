"""``kbtool run``: ingest, index and publish the operator site in one."""

import click

from kbtool.commands import ingest as ingest_command
from kbtool.commands import publish as publish_command
from kbtool.commands.progress import page_progress
from kbtool.commands.session import global_options, session
from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.run import run as run_all


@click.command("run")
@click.option("--jobs", type=click.IntRange(1, 256), help="並べて読む数（省くとコアの数）")
@click.option("--cluster", metavar="tcp://HOST:PORT", help="Daskのクラスターで読む（schedulerの場所）")
@global_options
def command(jobs: int | None, cluster: str | None) -> int:
    """資料を読み、索引をつくり、オペレーター用サイトを更新する。"""
    run = session()
    with page_progress(run) as on_page:
        report = run_all(
            KnowledgeBase(run.project),
            jobs=jobs,
            cluster=cluster,
            dry_run=run.dry_run,
            on_progress=lambda at: on_page(at.source, at.done, at.total),
        )
    ingest_command.show(run, report.ingest)
    run.say("run_indexed", count=report.indexed)
    publish_command.show(run, report.published)
    run.say("run_next")
    run.result({"ingest": ingest_command.as_data(report.ingest), "publish": publish_command.as_data(report.published)})
    return report.ingest.exit_code
