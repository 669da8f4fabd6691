"""``kbtool ingest``: read what is new in source_manuals/."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from kbtool import messages
from kbtool.commands.progress import page_progress
from kbtool.commands.session import Session, global_options, session
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase
from kbtool.outcome import Problem, Severity, SourceStatus
from kbtool.recipes.ingest import ingest, source_names
from kbtool.recipes.ingest_report import IngestReport


@click.command("ingest")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1, 256), help="並べて読む数（省くとコアの数）")
@click.option("--cluster", metavar="tcp://HOST:PORT", help="Daskのクラスターで読む（schedulerの場所）")
@click.option("--engine", help="auto | ppocr | tesseract（省くと設定のとおり）")
@click.option("--reread", is_flag=True, help="読み終えた資料も読み直す（人の修正は残る）")
@click.option("--supersedes", metavar="SLUG", help="FILE は、この資料（kb/documents/SLUG）の新しい版")
@click.option("--split", is_flag=True, help="束ねてスキャンした資料を、白紙・表紙・用紙の境目で分ける")
@click.option("--new", "is_new", is_flag=True, help="FILE は、似た資料があっても別の資料")
@global_options
def command(
    files: Sequence[Path],
    jobs: int | None,
    cluster: str | None,
    engine: str | None,
    supersedes: str | None,
    *,
    reread: bool,
    split: bool,
    is_new: bool,
) -> int:
    """新しい資料を読み、下書きと記録をつくる。FILE を書くと、その資料だけを読む。"""
    run = session()
    kb = KnowledgeBase(run.project)
    only = source_names(kb, files) if files else None
    decided = _decided(kb, only or [], supersedes, is_new=is_new)

    def taken(names: Sequence[str] | None, said: Mapping[str, str]) -> IngestReport:
        with page_progress(run) as on_page:
            return ingest(
                kb,
                jobs=jobs,
                cluster=cluster,
                engine=engine,
                reread=reread,
                dry_run=run.dry_run,
                only=names,
                decided=said,
                split=split,
                on_progress=lambda at: on_page(at.source, at.done, at.total),
            )

    report = taken(only, decided)
    if answers := _ask(run, report):
        report = report.followed_by(taken(list(answers), answers))
    show(run, report)
    run.say("ingest_dry_next" if run.dry_run else "ingest_next")
    run.result(as_data(report))
    return report.exit_code


def _decided(kb: KnowledgeBase, names: Sequence[str], supersedes: str | None, *, is_new: bool) -> dict[str, str]:
    """What the options say of the files named: the document each is a new edition of, "" for one of its own."""
    if supersedes is None and not is_new:
        return {}
    if not names or (supersedes is not None and (is_new or len(names) > 1)):
        raise UsageError("ingest_word_needs_file")
    if supersedes is not None:
        kb.documents.record(supersedes)
    return dict.fromkeys(names, supersedes or "")


def _ask(run: Session, report: IngestReport) -> dict[str, str]:
    """Ask on a terminal what each source that was left aside is; nothing where nobody can answer."""
    if run.as_json or run.quiet or run.dry_run or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return {}
    answers: dict[str, str] = {}
    for each in report.questions:
        asked = messages.say("ingest_ask", source=each.source, title=f"{each.title} {each.edition}".strip())
        said = click.prompt(asked, type=click.Choice(["e", "n", "l"]), default="l", err=True)
        if said != "l":
            answers[each.source] = each.slug if said == "e" else ""
    return answers


def show(run: Session, report: IngestReport) -> None:
    """Print what became of every source, and sums that reconcile."""
    for outcome in report.outcomes:
        counts = "・".join(messages.say(f"count_{name}", n=n) for name, n in outcome.counts.items() if n)
        run.line(f"{messages.say(f'source_{outcome.status}')}  {outcome.source}  {counts}")
        shown = tuple(each for each in outcome.problems if each.severity is not Severity.INFO or run.verbose)
        _show_problems(run, tuple(map(_with_places, shown)))
    _show_problems(run, report.pairs)
    sums = report.counts
    if not sums["sources"]:
        run.say("ingest_nothing")
    run.say("ingest_sources", **{name: sums.get(name, 0) for name in _SOURCE_SUMS})
    if run.dry_run:
        run.say("ingest_planned", new=sums.get(SourceStatus.NEW, 0))
    run.say("ingest_pages", **{name: sums.get(name, 0) for name in _PAGE_SUMS})
    merged = report.merged
    if any(merged.values()):
        run.say("ingest_entries", total=sum(merged.values()), **merged)
    if report.marks:
        marks = "・".join(f"{messages.say(f'mark_{mark}')} {n}" for mark, n in sorted(report.to_review.items()))
        run.say("ingest_to_review", entries=len(report.marks), marks=marks)


def _show_problems(run: Session, problems: Sequence[Problem]) -> None:
    """Print errors and the first warnings of each kind; the rest are counted, unless ``--verbose`` wants all."""
    seen: Counter[str] = Counter()
    left = 0
    for problem in problems:
        seen[problem.code] += 1
        if run.verbose or problem.severity is Severity.ERROR or seen[problem.code] <= _MOST_ALIKE:
            run.problems((problem,))
        else:
            left += 1
    if left:
        run.say("ingest_more", count=left)


def _with_places(problem: Problem) -> Problem:
    """The signs by which a pile was split, in words."""
    places = problem.params.get("places")
    if not isinstance(places, list):
        return problem
    told = "、".join(messages.say(f"split_{place['sign']}", page=place["page"]) for place in places)
    return replace(problem, params=problem.params | {"places": told})


def as_data(report: IngestReport) -> dict[str, object]:
    """The report for programs."""
    return {
        "outcomes": [asdict(outcome) for outcome in report.outcomes],
        "counts": report.counts,
        "entries": report.merged,
        "to_review": report.to_review,
        "pairs": [asdict(pair) for pair in report.pairs],
    }


_SOURCE_SUMS = ("sources", "read", "unchanged", "partial", "duplicate", "undecided", "failed", "ignored")
#: So many warnings of one kind are read; a manual that repeats another has hundreds.
_MOST_ALIKE = 20
_PAGE_SUMS = ("pages_read", "pages_kept", "pages_failed", "records")
