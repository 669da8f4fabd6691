"""``kbtool suggest``: paste an inquiry, get the entries that answer it."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from kbtool.commands.search import heading, marked
from kbtool.commands.session import global_options, session
from kbtool.entry import Audience
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.find import suggest


@click.command("suggest")
@click.argument("inquiry", nargs=-1)
@click.option(
    "--file", "path", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="問い合わせ文のファイル"
)
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 100), help="件数")
@click.option("--audience", type=click.Choice([each.value for each in Audience]), help="見せてよい相手でしぼる")
@global_options
def command(inquiry: Sequence[str], path: Path | None, limit: int, audience: str | None) -> None:
    """問い合わせ文をそのまま貼ると、答えになる項目と、その理由を示す（文がなければ標準入力から読む）。"""
    run = session()
    if inquiry and path:
        raise UsageError("suggest_what")
    text = path.read_text(encoding="utf-8-sig") if path else " ".join(inquiry) or sys.stdin.read()
    if not text.strip():
        raise UsageError("suggest_what")
    found = suggest(KnowledgeBase(run.project), text, limit=limit, audience=Audience(audience) if audience else None)
    for each in found.entries:
        run.line(heading(each.hit))
        run.line(f"    {marked(each.answer, each.answer_marks)}")
        run.say("suggest_why", asked=each.asked.replace("\n", " "), words="、".join(each.hit.matched) or "-")
    if not found.entries:
        run.say("suggest_none")
    run.result({"asked": found.asked, "entries": [asdict(each) for each in found.entries]})
