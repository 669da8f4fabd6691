"""``kbtool search``: find the answer."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from kbtool import messages
from kbtool.commands.session import Session, global_options, session
from kbtool.entry import Audience, Status
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase, searches
from kbtool.recipes.ask import MOST, Answer, Question, ask
from kbtool.recipes.find import demand_known, open_index, unmatched
from kbtool.search import Hit, SearchIndex, Span

_ARCHIVE_PAGES = 5


@click.command("search")
@click.argument("query", nargs=-1)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, MOST), help="件数")
@click.option("--category", help="分類でしぼる（settings.yml の名前）")
@click.option("--product", help="商品か型番でしぼる")
@click.option("--audience", type=click.Choice([each.value for each in Audience]), help="見せてよい相手でしぼる")
@click.option("--status", type=click.Choice([each.value for each in Status]), help="状態でしぼる")
@click.option("--archive/--no-archive", default=True, help="元の資料のページも探す")
@click.option("--explain", is_flag=True, help="なぜこの順になったかを示す")
@click.option(
    "--batch", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="1行に1つの質問を書いたファイル"
)
@click.option("--unmatched", "in_vain", is_flag=True, help="見つからなかった検索と、synonyms.yml に足せる言葉を並べる")
@global_options
def command(
    query: Sequence[str],
    limit: int,
    category: str | None,
    product: str | None,
    audience: str | None,
    status: str | None,
    batch: Path | None,
    *,
    archive: bool,
    explain: bool,
    in_vain: bool,
) -> None:
    """質問や言葉から、項目と元の資料を探す。"""
    run = session()
    if sum(map(bool, (query, batch, in_vain))) != 1:
        raise UsageError("search_what")
    kb = KnowledgeBase(run.project)
    if in_vain:
        _unmatched(run, kb)
        return
    demand_known(kb, category, product)
    question = Question(
        " ".join(query),
        limit,
        category,
        product,
        Audience(audience) if audience else None,
        Status(status) if status else None,
        archive,
    )
    with open_index(kb) as index:
        if batch:
            _batch(index, batch, limit)
            return
        answer = ask(index, question)
    _tell(run, answer, explain=explain)
    if answer.results.is_miss and not question.is_filtered and not run.dry_run:
        searches.record_miss(kb, question.words)


def _tell(run: Session, answer: Answer, *, explain: bool) -> None:
    found = answer.results
    good = [hit for hit in found.entries if not hit.weak]
    for hit in good:
        _show(run, hit, explain=explain)
    if weak := [hit for hit in found.entries if hit.weak]:
        run.say("search_weak")
        for hit in weak:
            _show(run, hit, explain=explain)
    if found.archive:
        run.say("search_archive")
        for hit in found.archive[:_ARCHIVE_PAGES]:
            run.line(f"  {hit.document} p.{hit.page}  {marked(hit.snippet, hit.snippet_marks)}")
    if not found.entries:
        run.say("search_none", query=answer.query)
    if answer.did_you_mean:
        run.say("search_meant", query=answer.did_you_mean)
    run.result(answer.plain())


def _unmatched(run: Session, kb: KnowledgeBase) -> None:
    found = unmatched(kb)
    for each in found:
        run.line(f"{each.count:5}  {each.query}")
    pairs = dict.fromkeys(pair for each in found for pair in each.synonyms)
    run.say("search_unmatched" if pairs else "search_unmatched_none", count=len(found))
    for word, known in pairs:
        run.line(f"- [{known}, {word}]")
    run.result({"unmatched": [asdict(each) for each in found]})


def _batch(index: SearchIndex, path: Path, limit: int) -> None:
    """One JSON line a query, whatever ``--json`` says: this is for programs."""
    for query in path.read_text(encoding="utf-8-sig").splitlines():
        hits = index.order(query, limit)
        answer = {"query": query, "hits": [{"id": id_, "score": score} for id_, score in hits]}
        click.echo(json.dumps(answer, ensure_ascii=False))


def _show(run: Session, hit: Hit, *, explain: bool) -> None:
    run.line(heading(hit) + (f"  [{hit.document} p.{hit.page}]" if hit.document else ""))
    run.line(f"    {marked(hit.snippet, hit.snippet_marks)}")
    if explain:
        said = "、".join(hit.matched) or "-"
        run.say("search_why", score=f"{hit.score:.2f}", share=f"{hit.coverage:.0%}", words=said)
        for name, value in sorted(hit.parts.items(), key=lambda part: -abs(part[1])):
            if value:
                run.say(f"search_part_{name}", value=f"{value:+.2f}")


def heading(hit: Hit) -> str:
    """An entry on one line: id, question with what matched in bold, category and status."""
    status = messages.say(f"site_status_{hit.status}")
    return f"{hit.id}  {marked(hit.question, hit.question_marks)}  ({hit.category}・{status})"


def marked(text: str, marks: Sequence[Span]) -> str:
    """The text on one line, its own lines parted by a stroke, with what matched in bold."""
    pieces, end = [], 0
    for mark in marks:
        pieces += [text[end : mark.start], click.style(text[mark.start : mark.end], bold=True, fg="yellow")]
        end = mark.end
    return "".join((*pieces, text[end:])).replace("\n", " / ")
