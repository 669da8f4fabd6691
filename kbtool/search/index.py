"""The search on this machine: an index that is only a copy, and the questions asked of it.

Lose the index, damage it or change the knowledge: the next search notices by its hashes and builds it anew, in a
folder of its own that is swapped in whole, so that a reader sees the old index or the new one.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from kbtool import durable
from kbtool.entry import Audience, Status
from kbtool.search import highlight, ranking, terms, whoosh_index
from kbtool.search.searchable import Group, Hit, Results, Searchable
from kbtool.search.synonyms import Synonyms
from kbtool.search.whoosh_index import Filter, Reader
from kbtool.text import analysis

#: Raised when the fields of the index change, so that older ones are built anew.
FORMAT = "1"
#: So many candidates of the index are ranked again; more changed no measured result.
CANDIDATES = 60
#: Building 10,000 entries takes about a minute; another run waits for it.
BUILD_WAIT_S = 300.0

_FINGERPRINT = "fingerprint"


class SearchIndex:
    """An open index. ``close`` it, or use it in a ``with`` block."""

    def __init__(self, folder: Path) -> None:
        self._reader = Reader(folder)

    def __enter__(self) -> "SearchIndex":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        category: str | None = None,
        product: str | None = None,
        audience: Audience | None = None,
        status: Status | None = None,
        archive: bool = True,
    ) -> Results:
        """Find at most ``limit`` entries and as many archive pages; ``audience`` is who asks (None: the owner)."""
        asked = terms.of_query(query)
        if not asked:
            return Results()
        entries = self._group(query, asked, Filter(Group.ENTRY, category, product, audience, status), limit)
        pages = self._group(query, asked, Filter(Group.ARCHIVE, audience=audience), limit) if archive else ()
        return Results(entries, pages)

    def _group(self, query: str, asked: terms.QueryTerms, only: Filter, limit: int) -> tuple[Hit, ...]:
        judged = []
        for document, candidate in self._reader.candidates(asked, only, max(CANDIDATES, limit)):
            judgement = ranking.judge(asked, candidate, self._reader)
            if judgement:
                judged.append((judgement, document))
        judged.sort(key=lambda pair: (-pair[0].score, pair[1].id))
        return tuple(_hit(query, *pair) for pair in judged[:limit])


def open_index(folder: Path, documents: Iterable[Searchable], synonyms: Iterable[Sequence[str]] = ()) -> SearchIndex:
    """Open the index of exactly these documents in ``folder``, building it where it is missing, stale or damaged.

    ``synonyms`` are groups of expressions that mean the same. ``Busy`` when another run builds for too long.
    """
    known, groups = list(documents), [list(group) for group in synonyms]
    fingerprint, current = fingerprint_of(known, groups), folder / "current"
    if not _is_good(current, fingerprint):
        with durable.lock(folder / "lock", "index", wait_s=BUILD_WAIT_S):
            if not _is_good(current, fingerprint):
                _build(folder, known, Synonyms.of(groups), fingerprint)
    return SearchIndex(current.resolve())


def fingerprint_of(documents: Iterable[Searchable], synonyms: Iterable[Sequence[str]]) -> str:
    """Hash of everything an index is made of; another hash, another index."""
    made_of = [FORMAT, analysis.analyser(), [list(group) for group in synonyms], [asdict(one) for one in documents]]
    return hashlib.sha256(json.dumps(made_of, ensure_ascii=False).encode()).hexdigest()[:16]


def _is_good(current: Path, fingerprint: str) -> bool:
    if not current.is_dir() or not durable.tree_is_whole(current):
        return False
    return (current / _FINGERPRINT).read_text(encoding="utf-8") == fingerprint


def _build(folder: Path, documents: list[Searchable], synonyms: Synonyms, fingerprint: str) -> None:
    """Build in a folder of its own and swap; what an interrupted build left behind goes away."""
    current = folder / "current"
    shown = current.resolve().name if current.is_symlink() else ""
    for old in folder.iterdir():
        if old.is_dir() and not old.is_symlink() and old.name != shown:
            shutil.rmtree(old)
    tree = durable.fresh_folder(folder / (fingerprint if fingerprint != shown else f"{fingerprint}-again"))
    for name, content in whoosh_index.build((one, terms.of_document(one, synonyms)) for one in documents).items():
        durable.write(tree / name, content)
    durable.write(tree / _FINGERPRINT, fingerprint)
    durable.swap_tree(tree, current)


def _hit(query: str, judgement: ranking.Judgement, document: Searchable) -> Hit:
    marker = highlight.Marker.of(query)
    snippet = highlight.snippet(document.answer, marker)
    return Hit(
        id=document.id,
        score=round(judgement.score, 4),
        coverage=round(judgement.coverage, 4),
        question=document.question,
        category=document.category,
        status=document.status,
        document=document.document,
        page=document.page,
        snippet=snippet,
        question_marks=marker.marks(document.question),
        snippet_marks=marker.marks(snippet),
        matched=judgement.matched,
    )
