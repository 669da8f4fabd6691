"""Reads a manifest of pages with kbtool itself, in a process of its own so that time and memory can be told apart.

python -m benchmarks.reading.with_kbtool ENGINE MANIFEST JOBS OUT
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.reading.form import zones
from benchmarks.reading.printed import FORMS
from kbtool import durable, intake
from kbtool.document import Block, Document, Kind, Page
from kbtool.intake import PageReader
from kbtool.recognise.raster import RecogniseOptions


def main(engine: str, manifest: Path, jobs: int, out: Path) -> None:
    """Read every batch; write what was read, and in how many seconds, by condition."""
    batches = json.loads(manifest.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="kbtool-") as cache:
        plain = [batch for batch in batches if batch["condition"] != "form"]
        forms = [batch for batch in batches if batch["condition"] == "form"]
        read = _read(plain, RecogniseOptions(engine=engine), jobs, Path(cache))
        known = tuple(zones(sheet) for sheet in FORMS)
        read |= _read(forms, RecogniseOptions(engine=engine, forms=known), jobs, Path(cache))
    durable.write(out, json.dumps(read, ensure_ascii=False))


def _read(batches: list[dict[str, str]], options: RecogniseOptions, jobs: int, cache: Path) -> dict[str, object]:
    read: dict[str, object] = {}
    if not batches:
        return read
    with PageReader(options, jobs, cache) as reader:
        for batch in batches:
            started = time.monotonic()
            pages = _pages(reader.read(intake.source(Path(batch["pdf"])), slug="read"))
            read[batch["condition"]] = {"pages": pages, "wall_s": time.monotonic() - started}
    return read


def _pages(document: Document) -> list[dict[str, object]]:
    return [_page(page) for page in document.pages]


def _page(page: Page) -> dict[str, object]:
    tables = [block for block in page.blocks if block.kind is Kind.TABLE]
    return {
        "text": "\n".join(_words(block) for block in page.blocks if block.kind is not Kind.STAMP),
        "tables": [
            [[cell.row, cell.column, cell.row_span, cell.column_span, cell.text] for cell in table.cells]
            for table in tables
        ],
        "turn": page.rotation,
        "fields": {block.name: block.text for block in page.blocks if block.kind is Kind.FORM_FIELD},
        "marks": {block.name: bool(block.text) for block in page.blocks if block.kind is Kind.CHECK_MARK},
    }


def _words(block: Block) -> str:
    if block.kind is not Kind.TABLE:
        return block.text
    return "\n".join(cell.text for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
