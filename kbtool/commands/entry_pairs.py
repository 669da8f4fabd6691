"""``kbtool entry duplicates | merge | decide | split | renumber``: what is one entry, and what are two."""

import click

from kbtool import messages
from kbtool.commands.entry_report import act
from kbtool.commands.session import global_options, session
from kbtool.entry import Entry
from kbtool.knowledge import KnowledgeBase
from kbtool.knowledge.pairs import name_of
from kbtool.knowledge.renumbering import renumber
from kbtool.knowledge.settling import Verdict, decide, merge_into, split
from kbtool.knowledge.undecided import undecided

_NOTE = click.option("--note", default="", help="社内向けのメモ（記録に残る）")


@click.command("duplicates")
@global_options
def duplicates() -> None:
    """同じことを尋ねる項目の組と、答えの食い違う組を並べる。"""
    run = session()
    kb = KnowledgeBase(run.project)
    found = undecided(kb, kb.entries())
    for pair in found:
        values = (
            messages.say("pair_values", here="・".join(pair.here), there="・".join(pair.there)) if pair.here else ""
        )
        kind = messages.say(f"pair_{pair.kind}")
        run.say("pair_told", one=name_of(pair.one), other=name_of(pair.other), kind=kind, values=values)
        for side in (pair.one, pair.other):
            run.line(f"  {name_of(side)}  {side.question}")
    run.say("pairs_next", count=len(found))
    run.result(
        [
            {"kind": pair.kind, "one": name_of(pair.one), "other": name_of(pair.other)}
            | {"here": pair.here, "there": pair.there}
            for pair in found
        ]
    )


@click.command("merge")
@click.argument("survivor", metavar="残すID")
@click.argument("other", metavar="ID|@一節")
@_NOTE
@global_options
def merge(survivor: str, other: str, note: str) -> None:
    """2つの項目を1つにする。言い換えと出典は両方残り、もう一方は掲載を終える。"""
    by, today = session().project.actor, session().project.today
    act("entry_merged", lambda kb: merge_into(kb, survivor, other, by, today, note))


@click.command("decide")
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID|@一節")
@click.option(
    "--as",
    "verdict",
    type=click.Choice([each.value for each in Verdict if each is not Verdict.MERGED]),
    required=True,
    help="different: 別の質問　both_right: どちらの答えも正しい　first_right: 項目が正しく、資料の一節は古い",
)
@_NOTE
@global_options
def decide_(one: str, other: str, verdict: str, note: str) -> None:
    """似た項目や食い違いについて、どちらも残すと決める。"""
    by, today = session().project.actor, session().project.today

    def step(kb: KnowledgeBase) -> Entry:
        pair = decide(kb, one, other, Verdict(verdict), by, today, note)
        return pair.other if pair.other.id and not {one, other} >= {pair.other.id} else kb.entry(pair.one.id)

    act("entry_edited", step)
    session().say("entry_decided", one=one, other=other, verdict=messages.say(f"pair_verdict_{verdict}"))


@click.command("split")
@click.argument("id_", metavar="ID")
@click.option("--section", "heading", required=True, help="分ける節の見出し（回答、手順 など）")
@click.option("--question", required=True, help="新しい項目の質問")
@global_options
def split_(id_: str, heading: str, question: str) -> None:
    """1つの節を別の項目に分ける。出典は両方に残る。"""
    by, today = session().project.actor, session().project.today
    act("entry_new", lambda kb: split(kb, id_, heading, question, by, today))


@click.command("renumber")
@click.argument("id_", metavar="ID")
@global_options
def renumber_(id_: str) -> None:
    """公開していない項目に新しい番号を付ける（git で合わせて番号が重なったとき）。"""
    by, today = session().project.actor, session().project.today
    act("entry_renumbered", lambda kb: renumber(kb, id_, by, today))
