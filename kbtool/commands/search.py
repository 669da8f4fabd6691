"""``kbtool search``: find the answer."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from kbtool.commands.session import Session, global_options, session
from kbtool.entry import Audience, Status
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.find import open_index
from kbtool.search import Hit, SearchIndex, Span


@click.command("search")
@click.argument("query", nargs=-1)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="件数")
@click.option("--category", help="分類でしぼる（settings.yml の名前）")
@click.option("--product", help="商品か型番でしぼる")
@click.option("--audience", type=click.Choice([each.value for each in Audience]), help="見せてよい相手でしぼる")
@click.option("--status", type=click.Choice([each.value for each in Status]), help="状態でしぼる")
@click.option("--archive/--no-archive", default=True, help="元の資料のページも探す")
@click.option(
    "--batch", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="1行に1つの質問を書いたファイル"
)
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
) -> None:
    """質問や言葉から、項目と元の資料を探す。"""
    run = session()
    if bool(query) == bool(batch):
        raise UsageError("search_what")
    kb = KnowledgeBase(run.project)
    _demand_known(kb, category, product)
    with open_index(kb) as index:
        if batch:
            _batch(index, batch, limit)
            return
        words = " ".join(query)
        found = index.search(
            words,
            limit=limit,
            category=category,
            product=product,
            audience=Audience(audience) if audience else None,
            status=Status(status) if status else None,
            archive=archive,
        )
    for hit in found.entries:
        _show(run, hit)
    if found.archive:
        run.say("search_archive")
        for hit in found.archive[:5]:
            run.line(f"  {hit.document} p.{hit.page}  {_marked(hit.snippet, hit.snippet_marks)}")
    if not found.entries:
        run.say("search_none", query=words)
    run.result(
        {
            "query": words,
            "hits": [asdict(hit) for hit in found.entries],
            "archive": [asdict(hit) for hit in found.archive],
        }
    )


def _demand_known(kb: KnowledgeBase, category: str | None, product: str | None) -> None:
    """Refuse a name that neither the settings nor any entry knows: it would find nothing and not say why."""
    settings = kb.project.settings
    categories = [each.name for each in settings.categories]
    products = [name for each in settings.products for name in (each.name, *each.models)]
    if category in (None, *categories) and product in (None, *products):
        return
    entries = kb.entries().values()
    categories += [entry.category for entry in entries]
    products += [name for entry in entries for each in entry.products for name in (each.name, *each.models)]
    for code, name, known in (
        ("search_category_unknown", category, categories),
        ("search_product_unknown", product, products),
    ):
        if name is not None and name not in known:
            raise UsageError(code, name=name, known="、".join(dict.fromkeys(known)) or "-")


def _batch(index: SearchIndex, path: Path, limit: int) -> None:
    """One JSON line a query, whatever ``--json`` says: this is for programs."""
    for query in path.read_text(encoding="utf-8-sig").splitlines():
        hits = index.search(query, limit=limit, archive=False).entries if query.strip() else ()
        answer = {"query": query, "hits": [{"id": hit.id, "score": hit.score} for hit in hits]}
        click.echo(json.dumps(answer, ensure_ascii=False))


def _show(run: Session, hit: Hit) -> None:
    source = f"  [{hit.document} p.{hit.page}]" if hit.document else ""
    run.line(f"{hit.id}  {_marked(hit.question, hit.question_marks)}  ({hit.category}・{hit.status}){source}")
    run.line(f"    {_marked(hit.snippet, hit.snippet_marks)}")


def _marked(text: str, marks: Sequence[Span]) -> str:
    """The text on one line with what matched in bold."""
    pieces, end = [], 0
    for mark in marks:
        pieces += [text[end : mark.start], click.style(text[mark.start : mark.end], bold=True, fg="yellow")]
        end = mark.end
    return "".join((*pieces, text[end:])).replace("\n", " ")
