"""``kbtool entry``: the life of one entry, step by step."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import click

from kbtool.commands import entry_pairs, entry_personal
from kbtool.commands.entry_report import act, summary
from kbtool.commands.session import global_options, session
from kbtool.entry import PUBLIC_SECTIONS, Audience, Entry, EntryType, HistoryItem, Section, Status
from kbtool.errors import UsageError
from kbtool.knowledge import (
    KnowledgeBase,
    approve,
    effective_status,
    entry_file,
    open_conflicts,
    personal_findings_of,
    publish,
    redaction,
    resolve,
    retire,
    take_machine,
    verify,
)
from kbtool.project import Project

_IDS = click.argument("ids", metavar="ID...", nargs=-1, required=True)
_NOTE = click.option("--note", default="", help="社内向けのメモ（履歴に残る）")


@click.group("entry")
def command() -> None:
    """項目をつくる・見る・直す・承認する・公開する。"""


command.add_command(entry_personal.command)


@command.command("list")
@click.option("--status", type=click.Choice([each.value for each in Status]), help="状態でしぼる")
@click.option("--category", help="分類でしぼる")
@click.option("--review", is_flag=True, help="人の確認を待つものだけ")
@global_options
def list_(status: str | None, category: str | None, *, review: bool) -> None:
    """項目を並べる。"""
    run = session()
    entries = [
        entry
        for entry in KnowledgeBase(run.project).entries().values()
        if (status is None or effective_status(entry) == status)
        and (category is None or entry.category == category)
        and (entry.needs_review or not review)
    ]
    for entry in entries:
        run.line(f"{entry.id}  {effective_status(entry):10} {entry.audience:10} {entry.question}  ({entry.category})")
    run.result([summary(entry) for entry in entries])


@command.command("show")
@click.argument("id_", metavar="ID")
@global_options
def show(id_: str) -> None:
    """項目をそのまま見る。"""
    run = session()
    kb = KnowledgeBase(run.project)
    entry = kb.entry(id_)
    run.line(entry_file.render(entry))
    run.say("entry_status", id=entry.id, status=effective_status(entry), audience=entry.audience)
    found = personal_findings_of(kb, entry)
    for each in found:
        run.say("entry_personal_line", handle=each.handle, entry=entry.id, **redaction.told(each))
    if found:
        run.say("entry_personal_found", count=len(found))
    personal = [{"handle": each.handle, **redaction.told(each)} for each in found]
    run.result(summary(entry) | {"text": entry_file.render(entry), "personal": personal})


@command.command("new")
@click.argument("question")
@click.option("--answer", required=True, help="回答（Markdown）")
@click.option("--category", help="分類（省くと「その他」にあたる分類）")
@global_options
def new(question: str, answer: str, category: str | None) -> None:
    """人が書いた項目を加える。"""
    project = session().project
    where = _known_category(project, category) or project.settings.fallback.name

    def step(kb: KnowledgeBase) -> Entry:
        with kb.writing("entry new"):
            answered = (Section("回答", answer),)
            entry = Entry(kb.next_id(), EntryType.QA, question, answered, where, author=project.actor)
            kb.save(entry, new=True)
            return entry

    act("entry_new", step)


@command.command("edit")
@click.argument("id_", metavar="ID")
@click.option("--question", help="質問を書き換える")
@click.option("--answer", help="回答を書き換える（Markdown）")
@click.option("--variant", "variants", multiple=True, help="言い換えを加える（何度でも）")
@click.option("--category", help="分類を変える")
@click.option("--tag", "tags", multiple=True, help="札を加える（例 must_know）")
@click.option("--owner", help="持ち主（担当の部署や役割）")
@click.option("--legal-check", type=click.Choice(["none", "required", "done"]), help="法務の確認")
@global_options
def edit(
    id_: str,
    question: str | None,
    answer: str | None,
    variants: Sequence[str],
    category: str | None,
    tags: Sequence[str],
    owner: str | None,
    legal_check: str | None,
) -> None:
    """項目を直す。ファイルをエディタで直しても同じ。"""
    project = session().project
    where = _known_category(project, category)

    def step(kb: KnowledgeBase) -> Entry:
        with kb.writing("entry edit"):
            before = kb.entry(id_)
            after = replace(
                before,
                question=question or before.question,
                sections=_with_answer(before, answer),
                category=where or before.category,
                variants=tuple(dict.fromkeys((*before.variants, *variants))),
                tags=tuple(dict.fromkeys((*before.tags, *tags))),
                owner=before.owner if owner is None else owner,
                legal_check=legal_check or before.legal_check,
                author=project.actor,
            )
            if replace(after, author=before.author) != before:
                after = replace(after, history=(HistoryItem(project.today, "edited", project.actor), *after.history))
            kb.save(after)
            return after

    act("entry_edited", step)


@command.command("approve")
@_IDS
@click.option("--checked", is_flag=True, help="印のついた箇所（数字・確信度が低い文など）を元のページと見比べた")
@_NOTE
@global_options
def approve_(ids: Sequence[str], note: str, *, checked: bool) -> None:
    """内容を確かめて承認する。"""
    by, today = session().project.actor, session().project.today
    _each(ids, "entry_approved", lambda kb, id_: approve(kb, id_, by, today, note, checked=checked))


@command.command("publish")
@_IDS
@click.option(
    "--audience",
    type=click.Choice([each.value for each in Audience if each is not Audience.RESTRICTED]),
    required=True,
    help="見せる相手",
)
@click.option("--say", "sentence", default="", help="更新履歴に出す一文")
@click.option("--corrected", is_flag=True, help="誤りの訂正として履歴に出す")
@_NOTE
@global_options
def publish_(ids: Sequence[str], audience: str, sentence: str, note: str, *, corrected: bool) -> None:
    """承認した項目を見せてよい相手に出す。公開には承認者と別の人が要る。"""
    by, today = session().project.actor, session().project.today

    def step(kb: KnowledgeBase, id_: str) -> Entry:
        return publish(kb, id_, Audience(audience), by, today, public=sentence, note=note, corrected=corrected)

    _each(ids, "entry_published", step)
    session().say("entry_published_next", audience=audience)


@command.command("verify")
@_IDS
@_NOTE
@global_options
def verify_(ids: Sequence[str], note: str) -> None:
    """今も正しいことを確かめた日付を残す。"""
    by, today = session().project.actor, session().project.today
    _each(ids, "entry_verified", lambda kb, id_: verify(kb, id_, by, today, note))


@command.command("retire")
@click.argument("id_", metavar="ID")
@click.option("--reason", required=True, help="やめる理由（社内の履歴に残る）")
@click.option("--replaced-by", default="", metavar="ID", help="代わりの項目")
@click.option("--say", "sentence", default="", help="更新履歴に出す一文")
@global_options
def retire_(id_: str, reason: str, replaced_by: str, sentence: str) -> None:
    """掲載を終える。ページの住所は残り、終了したことを伝える。"""
    by, today = session().project.actor, session().project.today
    _each((id_,), "entry_retired", lambda kb, id_: retire(kb, id_, reason, replaced_by, by, today, public=sentence))


@command.command("resolve")
@click.argument("id_", metavar="ID")
@click.option("--take", type=click.Choice(["person", "machine"]), required=True, help="どちらの文を生かすか")
@global_options
def resolve_(id_: str, take: str) -> None:
    """人の修正と読み直した文が食い違う項目を決着させる。"""
    run = session()
    by, today = run.project.actor, run.project.today

    def step(kb: KnowledgeBase, id_: str) -> Entry:
        entry, conflict = kb.entry(id_), open_conflicts(kb).get(id_)
        if conflict and take == "machine":
            entry = take_machine(entry, conflict.machine, conflict.fields)
        return resolve(kb, entry, by, today)

    _each((id_,), "entry_resolved", step)


def _each(ids: Sequence[str], said: str, step: Callable[[KnowledgeBase, str], Entry]) -> None:
    """Take every entry one step; none where one of them does not exist."""
    kb = KnowledgeBase(session().project)
    with kb.writing("entry"):
        found = [kb.entry(id_).id for id_ in ids]
    for id_ in found:
        act(said, lambda copy, id_=id_: step(copy, id_))  # type: ignore[misc]


def _known_category(project: Project, name: str | None) -> str | None:
    settings = project.settings
    if name is not None and settings.category(name) is None:
        raise UsageError("category_unknown", name=name, known="、".join(each.name for each in settings.categories))
    return name


def _with_answer(entry: Entry, answer: str | None) -> tuple[Section, ...]:
    """The sections with the one that answers replaced: 回答, or what stands in its place (手順, 原因と処置 …)."""
    if answer is None:
        return entry.sections
    place = next((part for part in entry.sections if part.heading in PUBLIC_SECTIONS), None)
    if place is None:
        return (Section("回答", answer), *entry.sections)
    return tuple(Section(part.heading, answer) if part == place else part for part in entry.sections)


for each in (entry_pairs.duplicates, entry_pairs.merge, entry_pairs.decide_, entry_pairs.split_, entry_pairs.renumber_):
    command.add_command(each)
