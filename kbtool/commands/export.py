"""``kbtool export``: entries as a file for a spreadsheet, for programs or for editors of text."""

from dataclasses import asdict
from pathlib import Path

import click

from kbtool.commands.session import Session, global_options, session
from kbtool.entry import Audience, Status
from kbtool.errors import ExitCode, PublishRefused
from kbtool.knowledge import ENCODINGS, KnowledgeBase, Lost
from kbtool.outcome import Problem
from kbtool.recipes.exchange import Format, format_of, send, store, store_project
from kbtool.recipes.publish import plain_project

#: So many losses are listed; all are in --json.
_SHOWN = 50


@click.command("export")
@click.option("--format", "kind", type=click.Choice(list(map(str, Format))), help="形式（省くと --out の名前から）")
@click.option("--out", type=click.Path(path_type=Path), help="書き出すファイル（md はフォルダ、省くと標準出力）")
@click.option(
    "--audience",
    type=click.Choice([each.value for each in Audience]),
    default=Audience.INTERNAL.value,
    show_default=True,
    help="だれに見せるファイルか",
)
@click.option("--category", help="分類でしぼる（settings.yml の名前）")
@click.option("--status", type=click.Choice([each.value for each in Status]), help="状態でしぼる")
@click.option("--encoding", type=click.Choice(ENCODINGS), default=ENCODINGS[0], show_default=True, help="文字コード")
@click.option("--fail-on-loss", is_flag=True, help="その文字コードにない文字があれば、書き出さない")
@click.option("--mkdocs", type=click.Path(path_type=Path), help="公開の中身をMkDocsとして書き出すフォルダ")
@global_options
def command(
    kind: str | None,
    out: Path | None,
    audience: str,
    category: str | None,
    status: str | None,
    encoding: str,
    mkdocs: Path | None,
    *,
    fail_on_loss: bool,
) -> int:
    """項目を書き出す。"""
    run = session()
    kb, reader = KnowledgeBase(run.project), Audience(audience)
    if mkdocs is not None:
        return _mkdocs(run, kb, mkdocs)
    chosen = Format(kind) if kind else format_of(out)
    wanted = Status(status) if status else None
    sent = send(kb, chosen, reader, category=category, status=wanted, encoding=encoding)
    _refuse_personal(run, sent.problems, reader)
    refused = fail_on_loss and bool(sent.lost)
    if not refused:
        store(kb, sent, chosen, out, dry_run=run.dry_run)
    if out is None and not refused:
        click.echo(sent.contents[""], nl=False)
        return ExitCode.OK
    _report_losses(run, sent.lost)
    for id_, column in sent.too_long:
        run.say("export_too_long", id=id_, column=column)
    count, left_out = len(sent.selection.entries), sent.selection.left_out
    run.say("export_refused" if refused else "export_done", count=count, path=str(out))
    run.say(f"export_for_{reader.value}", left_out=left_out)
    about = {"entries": count, "left_out": left_out, "path": str(out), "format": chosen.value}
    lost = [asdict(each) for each in sent.lost]
    run.result(about | {"audience": reader.value, "lost": lost, "too_long": sent.too_long, "written": not refused})
    return ExitCode.FINDINGS if refused else ExitCode.OK


def _mkdocs(run: Session, kb: KnowledgeBase, folder: Path) -> int:
    files, problems = plain_project(kb)
    _refuse_personal(run, problems, Audience.PUBLIC)
    store_project(files, folder, dry_run=run.dry_run)
    run.say("export_mkdocs", count=len(files), path=str(folder))
    run.result({"files": len(files), "path": str(folder), "format": "mkdocs", "audience": Audience.PUBLIC.value})
    return ExitCode.OK


def _refuse_personal(run: Session, problems: tuple[Problem, ...], audience: Audience) -> None:
    if problems:
        run.problems(problems)
        raise PublishRefused("export_personal_refused", count=len(problems), audience=audience.value)


def _report_losses(run: Session, lost: tuple[Lost, ...]) -> None:
    for each in lost[:_SHOWN]:
        signs = "、".join(f"{sign} → {other}" for sign, other in each.characters.items())
        run.say("export_lost", id=each.id, column=each.column, characters=signs)
    if lost:
        run.say("export_lost_count", count=len(lost), more=max(0, len(lost) - _SHOWN))
