"""What the index on disk is made of: which parts, from which sources, and which of their rows still count.

The state is a tree of its own, swapped in whole: whoever reads it finds parts that belong together.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kbtool import durable
from kbtool.search.searchable import Searchable

_FILE = "state.json"


class Source(NamedTuple):
    """A source as the index knows it: its mark, the hash of what it held, and its rows in the part that holds it.

    A tuple, because every search reads all of them.
    """

    stamp: str
    hash: str
    part: int
    first: int
    size: int


@dataclass(frozen=True, slots=True)
class State:
    """``parts`` by folder name, the big one first; ``base`` are the sources as the big part holds them."""

    made_by: str = ""
    parts: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    base: Mapping[str, Source] = field(default_factory=dict)

    @property
    def dead(self) -> list[int]:
        """Rows of the big part whose source has changed or gone."""
        stale = (old for name, old in self.base.items() if self.sources.get(name) is None or self.sources[name].part)
        return sorted(row for old in stale for row in range(old.first, old.first + old.size))


def load(tree: Path) -> State | None:
    """The state in a tree; None where it is missing or damaged."""
    if not tree.is_dir() or not durable.tree_is_whole(tree):
        return None
    found = json.loads((tree / _FILE).read_bytes())
    sources, base = ({name: Source._make(row) for name, row in found[key].items()} for key in ("sources", "base"))
    return State(found["made_by"], tuple(found["parts"]), sources, base)


def save(state: State, tree: Path) -> None:
    """Write a state into a tree that is not shown yet."""
    kept = {"made_by": state.made_by, "parts": state.parts, "sources": state.sources, "base": state.base}
    durable.write(tree / _FILE, json.dumps(kept, ensure_ascii=False))


def hash_of(documents: Sequence[Searchable]) -> str:
    """Hash of what a source holds."""
    return hashlib.sha256(repr(list(documents)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def placed(
    loaded: Iterable[tuple[str, str, Sequence[Searchable]]], part: int
) -> tuple[dict[str, Source], list[Searchable]]:
    """Give the documents of sources (name, stamp, documents) their rows in a part, in order."""
    sources: dict[str, Source] = {}
    documents: list[Searchable] = []
    for name, stamp, held in loaded:
        sources[name] = Source(stamp, hash_of(held), part, len(documents), len(held))
        documents += held
    return sources, documents
