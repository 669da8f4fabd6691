"""``kbtool init``: begin a project."""

from pathlib import Path

import click

from kbtool.commands.session import global_options, session
from kbtool.recipes.start import start


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--demo", is_flag=True, help="見本のマニュアルとお問い合わせ票を入れる")
@global_options
def command(folder: Path, *, demo: bool) -> None:
    """新しいプロジェクトをつくる。"""
    run = session()
    created = start(folder, demo=demo, dry_run=run.dry_run)
    names = [path.relative_to(folder).as_posix() for path in created]
    run.result({"would_create" if run.dry_run else "created": names})
    if run.dry_run:
        run.say("init_would", path=str(folder), count=len(names))
        for name in names:
            run.line(f"  {name}")
        return
    run.say("init_done", path=str(folder), count=len(names))
    run.say("init_next_demo" if demo else "init_next", path=str(folder))
