"""``kbtool read``: what kbtool makes of a file, on standard output."""

import json
from pathlib import Path

import click

from kbtool import layout
from kbtool.commands.progress import page_progress
from kbtool.commands.session import global_options, session
from kbtool.errors import ExitCode
from kbtool.recipes.read import as_data, missing_pages, page_numbers, read
from kbtool.recognise.raster import RecogniseOptions


@click.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--pages", help="読むページ（例 3-8,11）")
@click.option(
    "--format", "format_", type=click.Choice(["md", "text", "json"]), default="md", show_default=True, help="形式"
)
@click.option("--engine", default="auto", show_default=True, help="auto | ppocr | tesseract")
@click.option("--jobs", type=click.IntRange(1, 256), help="並べて読む数（省くとコアの数）")
@global_options
def command(file: Path, pages: str | None, format_: str, engine: str, jobs: int | None) -> int:
    """ファイルを1つ読んで、結果を画面に出す。ナレッジベースには触れない。"""
    run = session()
    numbers = page_numbers(pages) if pages else None
    with page_progress(run) as on_page:
        document = read(
            file,
            pages=numbers,
            options=RecogniseOptions(engine=engine),
            jobs=jobs,
            on_page=lambda done, total: on_page(file.name, done, total),
        )
    if format_ == "json" or run.as_json:
        click.echo(json.dumps(as_data(document), ensure_ascii=False))
    else:
        click.echo(layout.markdown(document.pages) if format_ == "md" else layout.plain_text(document.pages))
    problems = tuple(problem for page in document.pages for problem in page.problems)
    problems += missing_pages(document, numbers or ())
    run.problems(problems)
    return ExitCode.PARTIAL if problems else ExitCode.OK
