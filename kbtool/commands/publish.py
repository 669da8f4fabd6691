"""``kbtool publish``: build a site, audit it, write the log, show it."""

from pathlib import Path

import click

from kbtool.commands.session import Session, global_options, session
from kbtool.entry import Audience
from kbtool.errors import ExitCode
from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.publish import Published, publish

_SITES = (Audience.INTERNAL, Audience.PARTNER, Audience.PUBLIC)


@click.command("publish")
@click.argument("audience", type=click.Choice([each.value for each in _SITES]))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="この場所にも写しを置く")
@global_options
def command(audience: str, out: Path | None) -> int:
    """サイトをつくる。internal はオペレーター用、partner は委託先用、public は公開用。"""
    run = session()
    done = publish(KnowledgeBase(run.project), Audience(audience), out=out, dry_run=run.dry_run)
    show(run, done)
    run.result(as_data(done))
    return ExitCode.REFUSED if done.problems else ExitCode.OK


def show(run: Session, done: Published) -> None:
    """Say what was published, or why nothing was."""
    run.problems(done.problems)
    if done.problems:
        run.say("publish_refused", audience=done.audience, count=len(done.problems))
        return
    if done.proof:
        run.say("publish_proof", files=done.proof.files, texts=done.proof.texts, pieces=done.proof.pieces)
    site = run.project.root.joinpath("site", done.audience, "index.html")
    changed = "publish_would" if run.dry_run else "publish_done"
    code = changed if done.swapped else "publish_same"
    run.say(code, audience=done.audience, entries=done.entries, pages=done.pages, lines=done.lines, path=str(site))


def as_data(done: Published) -> dict[str, object]:
    """The report for programs."""
    return {
        "audience": done.audience,
        "folder": str(done.folder),
        "entries": done.entries,
        "pages": done.pages,
        "log_lines": done.lines,
        "changed": done.swapped,
        "problems": [{"code": problem.code, "where": problem.where, **problem.params} for problem in done.problems],
    }
