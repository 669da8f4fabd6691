"""``kbtool status``: how far the work is, how fast it goes, and when it is done."""

from collections.abc import Sequence
from dataclasses import asdict

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from kbtool import messages
from kbtool.commands.session import Session, global_options, session
from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.progress import DocumentProgress, Pages, Progress, progress

#: A narrower table would break its numbers; a terminal that is narrower breaks the lines itself.
_LEAST_WIDTH = 110
_TITLE_WIDTH = 20
#: Files that are named before the rest is only counted.
_NAMES = 3


@click.command("status")
@global_options
def command() -> None:
    """移行の進みぐあい、速さと見込み、確認待ち、更新の鮮度を見る。"""
    run = session()
    state = progress(KnowledgeBase(run.project))
    if state.documents and not run.quiet:
        run.line(_table(state))
    if state.unread:
        more = "、…" if len(state.unread) > _NAMES else ""
        run.say("status_unread", count=len(state.unread), names="、".join(state.unread[:_NAMES]) + more)
    run.say("status_entries", total=sum(state.entries.values()), public=state.public, **state.entries)
    run.say("status_review", entries=state.to_review, conflicts=state.conflicts, records=state.records_to_review)
    if state.due or state.stale:
        run.say("status_age", due=state.due, stale=state.stale)
    run.say("status_records", count=state.records)
    fresh = state.freshness
    run.say(f"freshness_{fresh.state}", days=fresh.days, limit=fresh.limit)
    _say_pace(run, state)
    run.result(asdict(state))


def _say_pace(run: Session, state: Progress) -> None:
    pace, handover = state.pace, run.project.settings.handover_date
    if state.left and state.expected:
        hours_a_day = run.project.settings.review.hours_a_day
        run.say("status_pace", entries=pace.entries, days=pace.days, worked=pace.worked_days)
        run.say("status_left", left=state.left, hours=state.hours_left, per_day=hours_a_day, date=state.expected)
    elif state.left:
        run.say("status_no_pace", left=state.left, days=pace.days)
    if state.days_left is not None:
        code = "status_handover" if state.days_left >= 0 else "status_handover_past"
        run.say(code, date=handover, days=abs(state.days_left))
        if state.late:
            run.say("status_late", left=state.left)


def _table(state: Progress) -> str:
    """The stages of every document's pages, and of all together."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(messages.say("status_column_document"), min_width=_TITLE_WIDTH)
    for name in (*Pages.__slots__, "left", "expected"):
        table.add_column(messages.say(f"status_column_{name}"), justify="right", no_wrap=True)
    for document in state.documents:
        table.add_row(document.title or messages.say("status_column_none"), *_cells(document))
    if len(state.documents) > 1:
        numbers = [str(getattr(state.pages, name)) for name in Pages.__slots__]
        table.add_section()
        table.add_row(messages.say("status_column_all"), *numbers, str(state.left), str(state.expected or "－"))
    console = Console(width=max(_LEAST_WIDTH, Console().width), color_system=None)
    with console.capture() as printed:
        console.print(table)
    return "\n".join(line.rstrip() for line in printed.get().splitlines() if line.strip())


def _cells(document: DocumentProgress) -> Sequence[str]:
    pages = [str(getattr(document.pages, name)) if document.slug else "" for name in Pages.__slots__]
    return (*pages, str(document.left), str(document.expected or "－") if document.left else "")
