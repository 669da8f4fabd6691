"""``kbtool inquiry``: the records of filled slips."""

from dataclasses import asdict

import click

from kbtool import forms
from kbtool.commands.session import global_options, session
from kbtool.errors import UsageError
from kbtool.inquiry import FieldState
from kbtool.knowledge import KnowledgeBase, inquiries


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
        marks = f"要確認 {'、'.join(record.to_review)}" if record.to_review else ""
        values = (str(record.value(name)) for name in ("received_on", "category", "result"))
        run.line("  ".join((record.number, *values, marks)))
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


@command.command("forget")
@click.argument("number")
@global_options
def forget(number: str) -> None:
    """お客様名と電話番号を消す。"""
    run = session()
    gone = not run.dry_run and inquiries.forget(KnowledgeBase(run.project), number)
    run.say("inquiry_forgotten" if gone else "inquiry_nothing", number=number)
    run.result({"number": number, "forgotten": gone})
