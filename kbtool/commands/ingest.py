"""``kbtool ingest``: read what is new in source_manuals/."""

from dataclasses import asdict

import click

from kbtool import messages
from kbtool.commands.progress import page_progress
from kbtool.commands.session import Session, global_options, session
from kbtool.knowledge import KnowledgeBase
from kbtool.outcome import Severity
from kbtool.recipes.ingest import IngestReport, ingest


@click.command("ingest")
@click.option("--jobs", type=click.IntRange(1, 256), help="並べて読む数（省くとコアの数）")
@click.option("--engine", help="auto | ppocr | tesseract（省くと設定のとおり）")
@click.option("--reread", is_flag=True, help="読み終えた資料も読み直す（人の修正は残る）")
@global_options
def command(jobs: int | None, engine: str | None, *, reread: bool) -> int:
    """新しい資料を読み、下書きと記録をつくる。"""
    run = session()
    kb = KnowledgeBase(run.project)
    with page_progress(run) as on_page:
        report = ingest(
            kb,
            jobs=jobs,
            engine=engine,
            reread=reread,
            dry_run=run.dry_run,
            on_progress=lambda at: on_page(at.source, at.done, at.total),
        )
    show(run, report)
    run.say("ingest_next")
    run.result(as_data(report))
    return report.exit_code


def show(run: Session, report: IngestReport) -> None:
    """Print what became of every source, and sums that reconcile."""
    for outcome in report.outcomes:
        counts = "・".join(messages.say(f"count_{name}", n=n) for name, n in outcome.counts.items() if n)
        run.line(f"{messages.say(f'source_{outcome.status}')}  {outcome.source}  {counts}")
        shown = tuple(each for each in outcome.problems if each.severity is not Severity.INFO or run.verbose)
        run.problems(shown)
    sums = report.counts
    if not sums["sources"]:
        run.say("ingest_nothing")
    run.say("ingest_sources", **{name: sums.get(name, 0) for name in _SOURCE_SUMS})
    run.say("ingest_pages", **{name: sums.get(name, 0) for name in _PAGE_SUMS})
    merged = report.merged
    if any(merged.values()):
        run.say("ingest_entries", total=sum(merged.values()), **merged)


def as_data(report: IngestReport) -> dict[str, object]:
    """The report for programs."""
    return {
        "outcomes": [asdict(outcome) for outcome in report.outcomes],
        "counts": report.counts,
        "entries": report.merged,
    }


_SOURCE_SUMS = ("sources", "read", "unchanged", "partial", "duplicate", "failed", "ignored")
_PAGE_SUMS = ("pages_read", "pages_kept", "pages_failed", "records")
