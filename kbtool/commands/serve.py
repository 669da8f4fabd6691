"""``kbtool serve``: look at the published sites in the browser."""

from contextlib import suppress

import click

from kbtool.commands.session import global_options, session
from kbtool.errors import UsageError
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
    try:
        server = preview_server(sites, port)
    except OSError as error:
        raise UsageError("serve_port", port=port) from error
    for audience in ("internal", "partner", "public"):
        if (sites / audience).is_dir():
            run.line(f"{audience:10}{server.url}{audience}/index.html")
    run.say("serve_running")
    with server, suppress(KeyboardInterrupt):
        server.serve_forever()
