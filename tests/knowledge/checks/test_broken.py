"""Whatever a slip of the hand or a bad disk does to a file of the knowledge base, the check ends with findings."""

import random
import shutil
from pathlib import Path

import pytest

from kbtool import messages
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase
from kbtool.knowledge.checks import check
from kbtool.project import Project
from tests.knowledge.checks import clean


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes after one accident."""
    at = chance.randrange(len(data))
    lines = data.split(b"\n")
    match chance.choice(("turned", "cut", "inserted", "doubled", "line lost", "lines mixed")):
        case "turned":
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        case "cut":
            return data[:at]
        case "inserted":
            return data[:at] + bytes(chance.choices(range(256), k=5)) + data[at:]
        case "doubled":
            return data + data
        case "line lost":
            del lines[chance.randrange(len(lines))]
        case _:
            chance.shuffle(lines)
    return b"\n".join(lines)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("whole")
    clean.make(root)
    return root


@pytest.mark.parametrize("seed", range(60))
def test_no_damage_stops_the_check(seed: int, tree: Path, tmp_path: Path) -> None:
    chance = random.Random(seed)
    root = tmp_path / "project"
    shutil.copytree(tree, root)
    files = sorted(path for path in (root / "kb").rglob("*") if path.is_file() and path.stat().st_size)
    path = chance.choice([path for path in files if path.name != "settings.yml"])
    path.write_bytes(damaged(path.read_bytes(), chance))
    for found in check(KnowledgeBase(Project(root, clean.TODAY))).findings:
        assert messages.say(found.code, **found.params)
        assert messages.say(found.mend, **found.params)


def test_settings_that_cannot_be_used_say_so_and_nothing_else(tree: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(tree, root)
    (root / "kb/settings.yml").write_text("categories: [", encoding="utf-8")
    with pytest.raises(UsageError, match="yaml_syntax"):
        check(KnowledgeBase(Project(root, clean.TODAY)))
