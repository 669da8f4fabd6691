"""``kbtool export``: entries as JSON Lines."""

from pathlib import Path

import click

from kbtool import durable
from kbtool.commands.session import global_options, session
from kbtool.knowledge import KnowledgeBase, export_jsonl


@click.command("export")
@click.option("--format", "format_", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="形式")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="書き出すファイル（省くと標準出力）")
@global_options
def command(format_: str, out: Path | None) -> None:
    """すべての項目を書き出す。"""
    run = session()
    lines = list(export_jsonl(KnowledgeBase(run.project).entries().values()))
    if out is None:
        click.echo("".join(lines), nl=False)
        return
    if not run.dry_run:
        durable.commit(out, "".join(lines))
    run.say("export_done", count=len(lines), path=str(out))
    run.result({"entries": len(lines), "path": str(out), "format": format_})
