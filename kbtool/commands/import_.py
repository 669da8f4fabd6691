"""``kbtool import``: entries from JSON Lines."""

from pathlib import Path

import click

from kbtool.commands.session import global_options, session
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase, import_jsonl


@click.command("import")
@click.option("--format", "format_", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="形式")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@global_options
def command(file: Path, format_: str) -> None:
    """項目を取り込む。1行でも誤りがあれば、何も書き込まない。"""
    run = session()
    lines = _lines(file)
    report = import_jsonl(KnowledgeBase(run.project), lines, file.name, dry_run=run.dry_run)
    counts = {"added": len(report.added), "changed": len(report.changed), "unchanged": len(report.unchanged)}
    run.say("import_done", total=sum(counts.values()), **counts)
    run.say("import_next")
    run.result(counts | {"format": format_})


def _lines(file: Path) -> list[str]:
    """The lines of the file; only a line feed ends one, whatever else an answer holds."""
    try:
        return file.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UsageError("import_encoding", path=file.name) from error
