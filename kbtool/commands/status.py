"""``kbtool status``: how far the work is."""

from dataclasses import asdict

import click

from kbtool.commands.session import global_options, session
from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.progress import progress


@click.command("status")
@global_options
def command() -> None:
    """移行の進みぐあい、確認待ち、更新の鮮度を見る。"""
    run = session()
    state = progress(KnowledgeBase(run.project))
    for document in state.documents:
        run.say("status_document", title=document.title, pages=document.pages, **document.entries)
    run.say("status_entries", total=sum(state.entries.values()), public=state.public, **state.entries)
    run.say("status_review", entries=state.to_review, conflicts=state.conflicts, records=state.records_to_review)
    run.say("status_records", count=state.records)
    fresh = state.freshness
    run.say(f"freshness_{fresh.state}", days=fresh.days, limit=fresh.limit)
    if state.days_left is not None:
        code = "status_handover" if state.days_left >= 0 else "status_handover_past"
        run.say(code, date=run.project.settings.handover_date, days=abs(state.days_left))
    run.result(asdict(state))
