"""Ingests a project and prints a line for each page that is done, so that memory can be told page by page from outside.

python -m benchmarks.ingest_progress PROJECT JOBS
"""

import sys
from pathlib import Path

from kbtool.knowledge import KnowledgeBase
from kbtool.project import find
from kbtool.recipes.ingest import ingest


def main(project: Path, jobs: int) -> None:
    """Ingest; one line a page."""
    ingest(KnowledgeBase(find(project)), jobs=jobs, on_progress=lambda at: print(at.done, flush=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
