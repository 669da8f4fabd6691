"""Which library keeps the inverted index: Whoosh, which is always there, or tantivy for large collections."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kbtool.search.engine import Builder, Engine

#: From here on Whoosh takes noticeably long to build, and ``auto`` takes tantivy where it is installed.
LARGE = 10_000


@dataclass(frozen=True, slots=True)
class Choice:
    """An engine: its name with its version, how to build an index and how to open it."""

    name: str
    build: Builder
    open: Callable[[Path], Engine]


def choose(setting: str, documents: int) -> Choice:
    """The engine for so many documents; ``setting`` is auto, whoosh or tantivy."""
    if setting == "tantivy" or (setting == "auto" and documents > LARGE and has_tantivy()):
        from kbtool.search import tantivy_index

        return Choice(tantivy_index.NAME, tantivy_index.build, tantivy_index.TantivyEngine)
    from kbtool.search import whoosh_index

    return Choice(whoosh_index.NAME, whoosh_index.build, whoosh_index.WhooshEngine)


def has_tantivy() -> bool:
    """Whether the extra ``tantivy`` is installed."""
    return importlib.util.find_spec("tantivy") is not None
