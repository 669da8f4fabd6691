"""Read one file and nothing else: what kbtool makes of a page, without any knowledge base."""

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from kbtool import intake
from kbtool.document import Block, Document, Page
from kbtool.errors import UsageError
from kbtool.intake import PageReader
from kbtool.recognise.raster import RecogniseOptions


def read(
    path: Path,
    *,
    pages: Sequence[int] | None = None,
    options: RecogniseOptions | None = None,
    jobs: int | None = None,
    dpi: float = 300.0,
    on_page: Callable[[int, int], None] = lambda done, total: None,
) -> Document:
    """Read a file, or only the ``pages`` of it with these numbers; nothing is kept.

    Raises ``SourceError`` when the file cannot be read at all.
    """
    found = intake.source(path)
    done = 0

    def count(page: Page, total: int) -> None:
        nonlocal done
        done += 1
        on_page(done, total)

    with (
        tempfile.TemporaryDirectory(prefix="kbtool-") as cache,
        PageReader(options or RecogniseOptions(), jobs or os.cpu_count() or 1, Path(cache), dpi=dpi) as reader,
    ):
        return reader.read(found, slug="read", pages=pages, on_page=count)


def page_numbers(text: str) -> tuple[int, ...]:
    """Read ``3-8,11`` as page numbers; ``UsageError`` for anything else."""
    numbers: list[int] = []
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if not first.isdigit() or not (last or first).isdigit() or int(first) < 1 or len(last or first) > 6:
            raise UsageError("read_pages", value=text)
        numbers += range(int(first), int(last or first) + 1)
    return tuple(dict.fromkeys(numbers))


def as_data(document: Document) -> dict[str, object]:
    """The document as plain data: pages with blocks; boxes are fractions of the page, confidences percent."""
    return {
        "title": document.title,
        "edition": document.edition,
        "fingerprint": document.fingerprint,
        "pages": [_page(page) for page in document.pages],
    }


def _page(page: Page) -> dict[str, object]:
    return {
        "number": page.number,
        "width_pt": page.width_pt,
        "height_pt": page.height_pt,
        "rotation": page.rotation,
        "method": page.method,
        "problems": [asdict(problem) for problem in page.problems],
        "blocks": [_block(block) for block in page.blocks],
    }


def _block(block: Block) -> dict[str, object]:
    place = block.provenance
    return {
        "kind": block.kind,
        "text": block.text,
        "level": block.level,
        "page": place.page,
        "box": list(place.box),
        "confidence": place.confidence,
        "min_confidence": place.min_confidence,
        "engine": place.engine,
        "cells": [asdict(cell) | {"box": list(cell.box)} for cell in block.cells],
    }
