"""What a reader read in an earlier run, kept beside the report, and taken again where nothing has changed.

A reading is known by its condition and by the bytes of the pages, the reader's versions and the program that asks it.
It is read again when any of them is another, so that accuracy is never that of other pages.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.reading.corpus import Batch

#: One condition's pages and seconds, as a reader wrote them.
Reading = dict[str, Any]


def key(batch: Batch, reader: str, versions: str, program: Path) -> str:
    """Return the name of what this reader, in these versions, makes of these pages."""
    said = hashlib.sha256(f"{reader}|{versions}|{batch.condition}|{batch.dpi}".encode())
    for path in (program, batch.pdf, *batch.images):
        said.update(hashlib.sha256(path.read_bytes()).digest())
    return said.hexdigest()


def kept(out: Path, keys: Mapping[str, str]) -> dict[str, Reading]:
    """Return the readings in an earlier run's file whose keys, by condition, are still these."""
    if not out.is_file():
        return {}
    earlier: dict[str, Reading] = json.loads(out.read_text(encoding="utf-8"))
    return {name: earlier[name] for name in keys if name in earlier and earlier[name].get("key") == keys[name]}
