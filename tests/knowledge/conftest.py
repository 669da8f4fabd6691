from datetime import date
from pathlib import Path

import pytest

from kbtool.knowledge import KnowledgeBase
from kbtool.project import Project

SETTINGS = """\
categories:
  - {name: 定期コース, slug: course, review_days: 180}
  - {name: その他, slug: other}
"""
TODAY = date(2026, 11, 2)


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "settings.yml").write_text(SETTINGS, encoding="utf-8")
    return KnowledgeBase(Project(tmp_path))


def tree(kb: KnowledgeBase) -> dict[str, tuple[bytes, int, int]]:
    """Every file below kb/ with its bytes, time and inode: equal trees mean that nothing was written."""
    files = sorted(path for path in kb.project.kb.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in files}
