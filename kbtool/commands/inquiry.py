"""``kbtool inquiry``: the records of filled slips, what they add up to, and what nothing answers yet."""

from dataclasses import asdict
from pathlib import Path

import click

from kbtool import durable, forms, messages
from kbtool.commands.session import Session, global_options, session
from kbtool.errors import UsageError
from kbtool.inquiry import FieldState
from kbtool.knowledge import KnowledgeBase, answered, inquiries, plain
from kbtool.project import parse_date
from kbtool.recipes import inquiry_text
from kbtool.recipes.gaps import Gap, gaps
from kbtool.recipes.inquiry_report import report
from kbtool.recipes.voices import Period

_FORMATS = ("md", "csv", "json")
_SINCE = click.option("--since", metavar="YYYY-MM-DD", help="この日から")
_UNTIL = click.option("--until", metavar="YYYY-MM-DD", help="この日まで")


@click.group("inquiry")
def command() -> None:
    """お問い合わせ票の記録を見る。"""


@command.command("list")
@global_options
def list_() -> None:
    """記録を並べ、番号の抜けと重なりを示す。"""
    run = session()
    records = inquiries.records(KnowledgeBase(run.project))
    for record in records.values():
        marks = messages.say("inquiry_to_review", fields=", ".join(record.to_review)) if record.to_review else ""
        values = (str(record.value(name)) for name in ("received_on", "category", "result"))
        run.line("  ".join((record.number, *values, marks)).rstrip())
    checked = inquiries.reconcile(records.values())
    for number in checked.missing:
        run.say("inquiry_missing", number=number)
    for number in checked.repeated:
        run.say("inquiry_repeated", number=number, pages="、".join(map(str, records[number].pages)))
    run.say("inquiry_count", count=len(records), review=sum(bool(record.to_review) for record in records.values()))
    run.result({"records": [asdict(record) for record in records.values()], **asdict(checked)})


@command.command("show")
@click.argument("number")
@global_options
def show(number: str) -> None:
    """記録を1件、欄ごとに見る。"""
    run = session()
    record = inquiries.records(KnowledgeBase(run.project)).get(number)
    if record is None:
        raise UsageError("inquiry_none", number=number)
    for name, value in record.fields.items():
        shown = "-" if value.value is None else value.value
        mark = "" if value.state is FieldState.OK else f"  ← {value.state} {value.reason}"
        run.line(f"{name:22} {shown}  （{value.raw}・{value.confidence:.0f}%）{mark}")
    run.result(asdict(record))


@command.command("template")
@global_options
def template() -> None:
    """読める用紙を並べる。"""
    run = session()
    templates = forms.load_templates(run.project.kb)
    for each in templates:
        run.line(f"{each.name}  「{each.title}」  {len(each.fields)}")
    run.result([{"name": each.name, "title": each.title, "fields": len(each.fields)} for each in templates])


@command.command("link")
@click.argument("number")
@click.argument("entry")
@global_options
def link(number: str, entry: str) -> None:
    """この問い合わせに答えた項目を記録する（お客様の言葉で検索に当たるようになる）。"""
    run = session()
    if not run.dry_run:
        answered.link(KnowledgeBase(run.project), number, entry)
    run.say("inquiry_linked", number=number, entry=entry)
    run.result({"number": number, "entry": entry})


@command.command("forget")
@click.argument("number")
@global_options
def forget(number: str) -> None:
    """お客様名と電話番号を消す。"""
    run = session()
    kb = KnowledgeBase(run.project)
    gone = number in inquiries.private_values(kb)
    if not gone and number not in inquiries.records(kb):
        raise UsageError("inquiry_none", number=number)
    if run.dry_run:
        run.say("inquiry_would_forget" if gone else "inquiry_nothing", number=number)
        run.result({"number": number, "forgotten": False})
        return
    gone = inquiries.forget(kb, number)
    run.say("inquiry_forgotten" if gone else "inquiry_nothing", number=number)
    run.result({"number": number, "forgotten": gone})


@command.command("report")
@click.option("--purpose", default="", help="何のための集計か（文、または kb/purposes.yml のID）")
@_SINCE
@_UNTIL
@click.option("--format", "kind", type=click.Choice(_FORMATS), default="md", show_default=True, help="形式")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="書き出すファイル（省くと標準出力）")
@global_options
def report_(purpose: str, since: str | None, until: str | None, kind: str, out: Path | None) -> None:
    """お問い合わせを集計する。目的を書かなければ、つくらない。"""
    run = session()
    made = report(KnowledgeBase(run.project), purpose, _period(since, until))
    as_json = run.as_json or kind == "json"
    if as_json:
        content = plain.json_line(made, full=True).encode()
    else:
        content = inquiry_text.sheet(made) if kind == "csv" else inquiry_text.markdown(made).encode()
    if out is None:
        click.echo(content, nl=False)
        return
    if not run.dry_run:
        durable.commit(out, content)
    run.say("inquiry_report_done", path=str(out), count=made.n)


@command.command("gaps")
@_SINCE
@_UNTIL
@click.option("--min-count", default=1, show_default=True, type=click.IntRange(1, 1000), help="この件数から")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="並べる件数")
@global_options
def gaps_(since: str | None, until: str | None, min_count: int, limit: int) -> None:
    """どの項目も答えていないお問い合わせと検索を、多い順に並べる。"""
    run = session()
    found = gaps(KnowledgeBase(run.project), _period(since, until), min_count)
    for gap in found.gaps[:limit]:
        _show_gap(run, gap)
    run.say("gaps_count", inquiries=found.inquiries, answered=found.answered, searches=found.searches)
    run.say("gaps_found" if found.gaps else "gaps_none", count=len(found.gaps), more=max(0, len(found.gaps) - limit))
    run.result(asdict(found))


def _show_gap(run: Session, gap: Gap) -> None:
    run.say("gap_alarming" if gap.alarming else "gap", count=gap.demand, kind=gap.kind or "－", text=gap.texts[0])
    for text in gap.texts[1:4]:
        run.line(f"      {text}")
    if gap.nearest:
        lacks = "・".join(gap.lacks) or "－"
        run.say("gap_near", id=gap.nearest, question=gap.nearest_question, lacks=lacks)
    run.line(f"    {gap.command}")


def _period(since: str | None, until: str | None) -> Period:
    period = Period(parse_date(since) if since else None, parse_date(until) if until else None)
    if period.since and period.until and period.since > period.until:
        raise UsageError("inquiry_period", since=since, until=until)
    return period
