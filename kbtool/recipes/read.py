"""Read one file and nothing else: what kbtool makes of a page, without any knowledge base."""

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from kbtool import intake
from kbtool.document import Block, Document, Page
from kbtool.errors import SourceError, UsageError
from kbtool.intake import PageReader
from kbtool.outcome import Problem
from kbtool.page_ranges import page_ranges
from kbtool.recognise.raster import RecogniseOptions

_MOST_SHOWN = 8


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

    Raises ``UsageError`` where there is no such file, ``SourceError`` when it cannot be read at all or has none of
    the pages.
    """
    if not path.exists():
        raise UsageError("intake_missing", source=str(path))
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
        document = reader.read(found, slug="read", pages=pages, on_page=count)
    if pages and not document.pages:
        raise SourceError("intake_no_such_page", source=found.name, page=_shown(pages))
    return document


def missing_pages(document: Document, pages: Sequence[int]) -> tuple[Problem, ...]:
    """What was asked for beside the pages that there are."""
    there = {page.number for page in document.pages}
    absent = [number for number in pages if number not in there]
    source = document.sources[0].name
    return (
        (Problem("intake_no_such_page", source, params={"source": source, "page": _shown(absent)}),) if absent else ()
    )


def _shown(numbers: Sequence[int]) -> str:
    """Page numbers for a sentence, however many were asked for."""
    return ", ".join(map(str, numbers[:_MOST_SHOWN])) + (" …" if len(numbers) > _MOST_SHOWN else "")


def page_numbers(text: str) -> tuple[int, ...]:
    """Read ``3-8,11`` as page numbers; ``UsageError`` for anything else."""
    try:
        ranges = page_ranges(text)
    except ValueError as error:
        raise UsageError("read_pages", value=text) from error
    return tuple(dict.fromkeys(number for each in ranges for number in each))


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
