"""What is new in source_manuals/, and opening it safely.

Hostile files are parsed only in a disposable child (``opener``); recognition runs in processes of its own
or on a cluster (``recognisers``); this process sees bounded numbers and characters, and imports no library for PDF,
images or models.
"""

from kbtool.intake.cluster import ClusterPool
from kbtool.intake.page_picture import page_image
from kbtool.intake.page_reader import PageReader
from kbtool.intake.sniff import FileKind
from kbtool.intake.sources import Discovery, Source, discover, shown_name, source

__all__ = [
    "ClusterPool",
    "Discovery",
    "FileKind",
    "PageReader",
    "Source",
    "discover",
    "page_image",
    "shown_name",
    "source",
]
