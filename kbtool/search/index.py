"""The search on this machine: an index that is only a copy, and the questions asked of it.

Lose the index, damage it or change the knowledge: the next search notices by stamps and hashes and mends it. What has
changed goes into a small part beside the big one; parts are never changed, and the state that names them is swapped
in whole, so that a reader sees the old index or the new one.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from kbtool import durable
from kbtool.entry import Audience, Status
from kbtool.search import engines, finding, parts, state
from kbtool.search.collection import Collection
from kbtool.search.engine import Filter
from kbtool.search.parts import Part
from kbtool.search.searchable import Group, Library, Results, Searchable
from kbtool.search.spellings import Spellings
from kbtool.search.state import Source, State
from kbtool.search.synonyms import Synonyms
from kbtool.text import analysis

#: Raised when the fields of the index change, so that older ones are built anew.
FORMAT = "3"
#: Building 10,000 entries takes a quarter of a minute; another run waits for it.
BUILD_WAIT_S = 300.0
#: The small part may hold so many documents, or this share of all; then everything is built anew.
SMALL, SMALL_SHARE = 50, 0.05
#: So often another run may replace the index between reading its state and opening it.
ATTEMPTS = 5


class SearchIndex:
    """An open index. ``close`` it, or use it in a ``with`` block."""

    def __init__(self, folder: Path, found: State, choice: engines.Choice) -> None:
        dead = np.array(found.dead, np.int64)
        self.collection = Collection([Part(folder / name, choice.open) for name in found.parts], dead)

    def __enter__(self) -> "SearchIndex":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self.collection.close()

    @property
    def size(self) -> int:
        """How many entries and archive pages can be found."""
        return self.collection.size

    def headings(self) -> Iterator[str]:
        """The questions and variants of all entries."""
        for document in self.collection.documents():
            if document.group is Group.ENTRY:
                yield from (document.question, *document.variants)

    def did_you_mean(self, query: str) -> str:
        """The query as this desk would spell it, where that finds more; empty otherwise."""
        corrected = Spellings.of(self.headings()).corrected(query)
        found = finding.find(self.collection, corrected, Filter(Group.ENTRY), 1) if corrected != query else ()
        return corrected if found and not found[0].weak else ""

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
        only = Filter(Group.ENTRY, category, product, audience, status)
        entries = finding.find(self.collection, query, only, limit)
        pages = finding.find(self.collection, query, Filter(Group.ARCHIVE, audience=audience), limit) if archive else ()
        return Results(entries, pages)

    def order(self, query: str, limit: int) -> list[tuple[str, float]]:
        """Ids and scores of the best entries alone: for programs that ask much."""
        return finding.order(self.collection, query, Filter(Group.ENTRY), limit)


class Fixed:
    """A library that is all in memory: each document is its own source."""

    def __init__(self, documents: Iterable[Searchable]) -> None:
        self._documents = {document.id: document for document in documents}

    def stamps(self) -> Mapping[str, str]:
        """As ``Library.stamps``: the hash of the document itself."""
        return {name: state.hash_of([document]) for name, document in sorted(self._documents.items())}

    def load(self, source: str) -> Sequence[Searchable]:
        """As ``Library.load``."""
        return [self._documents[source]]


def open_index(
    folder: Path, library: Library, synonyms: Iterable[Sequence[str]] = (), engine: str = "auto"
) -> SearchIndex:
    """Open the index of exactly what the library holds in ``folder``, mending it where it is not.

    ``synonyms`` are groups of expressions that mean the same. ``Busy`` when another run builds for too long.
    """
    groups = [list(group) for group in synonyms]
    for attempt in range(ATTEMPTS):
        shown = (folder / "current").resolve()
        stamps = library.stamps()
        choice = engines.choose(engine, len(stamps))
        made_by = _made_by(groups, choice.name)
        found = _whole(folder)
        if found is None or found.made_by != made_by or not _is_current(found, stamps):
            with durable.lock(folder / "lock", "index", wait_s=BUILD_WAIT_S):
                if (folder / "current").resolve() != shown:  # another run has built meanwhile
                    stamps, found = library.stamps(), _whole(folder)
                found = _mended(folder, library, found, made_by, stamps, choice, Synonyms.of(groups))
        try:
            return SearchIndex(folder, found, choice)
        except FileNotFoundError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _made_by(groups: list[list[str]], engine: str) -> str:
    """Hash of what makes an index, beside what it is made of."""
    made_by = [FORMAT, engine, analysis.analyser(), groups]
    return hashlib.sha256(json.dumps(made_by, ensure_ascii=False).encode()).hexdigest()[:16]


def _whole(folder: Path) -> State | None:
    """The state on disk, if it and all its parts are as they were written."""
    try:
        found = state.load((folder / "current").resolve())
        if found is None or not all(durable.tree_is_whole(folder / name) for name in found.parts):
            return None
    except FileNotFoundError:  # somebody takes it away while it is read: another run, or a person
        return None
    return found


def _is_current(found: State, stamps: Mapping[str, str]) -> bool:
    return stamps == {name: source.stamp for name, source in found.sources.items()}


def _mended(
    folder: Path,
    library: Library,
    found: State | None,
    made_by: str,
    stamps: Mapping[str, str],
    choice: engines.Choice,
    synonyms: Synonyms,
) -> State:
    """Bring the index up to date, in the lock; another run may have done it already."""
    fresh = None
    if found is not None and found.made_by == made_by:
        if _is_current(found, stamps):
            return found
        fresh = _grown(folder, library, found, stamps, choice, synonyms)
    if fresh is None:
        fresh = _built(folder, library, made_by, stamps, choice, synonyms)
    tree = durable.fresh_folder(folder / f"state-{_name(fresh.sources)}-{_unused(folder, 'state')}")
    state.save(fresh, tree)
    durable.swap_tree(tree, folder / "current")
    _clear(folder, {*fresh.parts, (folder / "current").resolve().name})
    return fresh


def _built(
    folder: Path,
    library: Library,
    made_by: str,
    stamps: Mapping[str, str],
    choice: engines.Choice,
    synonyms: Synonyms,
) -> State:
    """Everything anew, in one part."""
    sources, documents = state.placed(((name, stamp, library.load(name)) for name, stamp in stamps.items()), 0)
    name = f"base-{_name(sources)}-{_unused(folder, 'base')}"
    parts.build(documents, synonyms, choice.build, folder / name)
    return State(made_by, (name,), sources, sources)


def _grown(
    folder: Path,
    library: Library,
    found: State,
    stamps: Mapping[str, str],
    choice: engines.Choice,
    synonyms: Synonyms,
) -> State | None:
    """The state with what has changed since the big part was built in a small one; None where that is too much."""
    kept: dict[str, Source] = {}
    other: list[tuple[str, str, Sequence[Searchable]]] = []
    for name, stamp in stamps.items():
        known, base = found.sources.get(name), found.base.get(name)
        if known is not None and known.stamp == stamp and known.part == 0:
            kept[name] = known
            continue
        held = library.load(name)
        if base is not None and state.hash_of(held) == base.hash:
            kept[name] = base._replace(stamp=stamp)
        else:
            other.append((name, stamp, held))
        if sum(len(each) for _, _, each in other) > max(SMALL, SMALL_SHARE * len(found.base)):
            return None
    sources, documents = state.placed(other, 1)
    beside: tuple[str, ...] = ()
    if documents:
        beside = (f"small-{_name(sources)}-{_unused(folder, 'small')}",)
        parts.build(documents, synonyms, choice.build, folder / beside[0])
    placed = kept | sources
    ordered = {name: placed[name] for name in stamps}
    return State(found.made_by, (found.parts[0], *beside), ordered, found.base)


def _name(sources: Mapping[str, Source]) -> str:
    made_of = [(name, *source) for name, source in sources.items()]
    return hashlib.sha256(json.dumps(made_of, ensure_ascii=False).encode()).hexdigest()[:12]


def _unused(folder: Path, kind: str) -> int:
    """A number that no folder of this kind has, so that a reader's folder is never written into."""
    used = [path.name.rpartition("-")[2] for path in folder.glob(f"{kind}-*")]
    return 1 + max((int(each) for each in used if each.isdigit()), default=0)


def _clear(folder: Path, shown: set[str]) -> None:
    """Remove what is not shown any more, and what an interrupted run left."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink() and path.name not in shown:
            shutil.rmtree(path, ignore_errors=True)
