"""``kbtool review``: look at what waits, in the browser, beside the page it was read from."""

import click

from kbtool.commands.session import global_options, session
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.review_pictures import review_pictures
from kbtool.review import Guard, queue, review_app, room_server


@click.command("review")
@click.option(
    "--port", default=8801, show_default=True, type=click.IntRange(0, 65535), help="ポート番号（0 なら空いている番号）"
)
@global_options
def command(port: int) -> None:
    """下書きとお問い合わせ票を、紙の画像と見比べて直し、承認する（このパソコンの中だけで開く）。"""
    run = session()
    by, kb = run.project.actor, KnowledgeBase(run.project)
    waiting = queue(kb)
    run.problems(waiting.problems)
    run.say("review_waiting", count=len(waiting.items))
    if run.dry_run:
        run.result({"waiting": [{"kind": item.kind, "id": item.id, "why": item.why} for item in waiting.items]})
        return
    guard = Guard()
    try:
        room = room_server(review_app(run.project, by, review_pictures(kb), guard), guard, port)
    except OSError as error:
        raise UsageError("serve_port", port=port) from error
    run.line(room.url)
    run.say("review_running", by=by)
    run.result({"url": room.url, "waiting": len(waiting.items)})
    room.run()
