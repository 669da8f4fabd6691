"""Progress of long work: a bar on a terminal, one plain line a source where output goes elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kbtool import messages
from kbtool.commands.session import Session

#: Called with the source's name, pages done and pages in all.
OnPage = Callable[[str, int, int], None]


@contextmanager
def page_progress(run: Session) -> Iterator[OnPage]:
    """Show pages done, total, rate and time left on standard error; nothing with -q or --json."""
    if run.quiet or run.as_json:
        yield lambda source, done, total: None
    elif sys.stderr.isatty():
        yield from _bar()
    else:
        yield _plain


def _bar() -> Iterator[OnPage]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    tasks = {}
    with Progress(*columns, console=Console(stderr=True)) as bar:

        def show(source: str, done: int, total: int) -> None:
            if source not in tasks:
                tasks[source] = bar.add_task(source, total=total, rate="")
            speed = bar.tasks[tasks[source]].speed
            rate = messages.say("progress_rate", rate=f"{speed * 60:.0f}") if speed else ""
            bar.update(tasks[source], completed=done, total=total, rate=rate)

        yield show


def _plain(source: str, done: int, total: int) -> None:
    if done == total:
        print(messages.say("progress_read", source=source, pages=total), file=sys.stderr, flush=True)
