"""What is new in source_manuals/, and opening it safely.

Hostile files are parsed only in a disposable child (``opener``); recognition runs in processes of its own
or on a cluster (``recognisers``); this process sees bounded numbers and characters, and imports no library for PDF,
images or models. Names are fetched when first asked for: a child, which lives for one source, needs none of them, and
would spend more time on importing them than on reading twenty pages.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbtool.intake.cluster import ClusterPool
    from kbtool.intake.page_picture import page_image
    from kbtool.intake.page_reader import PageReader
    from kbtool.intake.sniff import FileKind
    from kbtool.intake.sources import Discovery, Source, discover, is_unchanged, shown_name, source, whole_source

__all__ = [
    "ClusterPool",
    "Discovery",
    "FileKind",
    "PageReader",
    "Source",
    "discover",
    "is_unchanged",
    "page_image",
    "shown_name",
    "source",
    "whole_source",
]

_HOMES = {"ClusterPool": "cluster", "page_image": "page_picture", "PageReader": "page_reader", "FileKind": "sniff"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'sources')}"), name)
