"""``kbtool serve``: look at the published sites in the browser, and answer programs that ask."""

from contextlib import closing, suppress

import click

from kbtool.commands.session import global_options, session
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.ask import WarmSearch
from kbtool.review import preview_server


@click.command("serve")
@click.option(
    "--port", default=8800, show_default=True, type=click.IntRange(0, 65535), help="ポート番号（0 なら空いている番号）"
)
@global_options
def command(port: int) -> None:
    """できあがったサイトを、このパソコンの中だけで見る。"""
    run = session()
    sites = run.project.site
    if not sites.is_dir():
        raise UsageError("serve_nothing")
    warm = WarmSearch(KnowledgeBase(run.project))
    try:
        server = preview_server(sites, warm.answer, port)
    except OSError as error:
        raise UsageError("serve_port", port=port) from error
    for audience in ("internal", "partner", "public"):
        if (sites / audience).is_dir():
            run.line(f"{audience:10}{server.url}{audience}/index.html")
    run.line(f"{'search':10}{server.url}search?q=")
    run.say("serve_running")
    with closing(warm), server, suppress(KeyboardInterrupt):
        server.serve_forever()
