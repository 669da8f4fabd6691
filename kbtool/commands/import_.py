"""``kbtool import``: entries from a spreadsheet, from JSON Lines or from Markdown files."""

from dataclasses import asdict
from pathlib import Path

import click

from kbtool.commands.session import Session, global_options, session
from kbtool.errors import ExitCode, UsageError
from kbtool.knowledge import Brought, ImportItem, KnowledgeBase
from kbtool.recipes.exchange import Format, format_of, take

_QUIET = (Brought.UNCHANGED, Brought.KEPT)


@click.command("import")
@click.option("--format", "kind", type=click.Choice(list(map(str, Format))), help="形式（省くとファイル名から）")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@global_options
def command(file: Path, kind: str | None) -> int:
    """項目を取り込む。1か所でも誤りがあれば、何も書き込まない。"""
    run = session()
    chosen = Format(kind) if kind else format_of(file)
    report = take(KnowledgeBase(run.project), file, chosen, dry_run=run.dry_run)
    run.problems(report.problems)
    run.result(report.counts | {"format": chosen.value, **asdict(report)})
    if report.errors:
        raise UsageError("import_refused", count=report.errors)
    for item in report.items:
        _show(run, item)
    total = len(report.items)
    changed, same = len(report.changed), len(report.unchanged)
    run.say("import_done", total=total, added=len(report.added), changed=changed, unchanged=same)
    if report.conflicts:
        run.say("import_conflicts", count=len(report.conflicts))
    run.say("import_next")
    return ExitCode.FINDINGS if report.conflicts else ExitCode.OK


def _show(run: Session, item: ImportItem) -> None:
    if item.result not in _QUIET:
        fields = "、".join(item.conflicts or item.fields).replace("sections.", "")
        code = f"import_{item.result.value}"
        run.say(code, id=item.entry, question=item.question, fields=fields, change=item.change or "－")
