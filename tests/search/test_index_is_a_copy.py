"""The index is only a copy: lose it, damage it, change what it was made of, and the answers are right again."""

from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.search import Fixed, open_index
from tests.search.desk import DOCUMENTS


def _answers(folder: Path, query: str = "解約") -> list[str]:
    with open_index(folder, Fixed(DOCUMENTS)) as index:
        return [hit.id for hit in index.search(query).entries]


def _tree(folder: Path) -> Path:
    return (folder / "current").resolve()


def test_an_unchanged_index_is_not_built_again(tmp_path: Path) -> None:
    _answers(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in _tree(tmp_path).iterdir()}
    _answers(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in _tree(tmp_path).iterdir()} == before


def test_a_changed_entry_is_noticed(tmp_path: Path) -> None:
    _answers(tmp_path)
    changed = [replace(DOCUMENTS[0], question="退会したい"), *DOCUMENTS[1:]]
    with open_index(tmp_path, Fixed(changed)) as index:
        assert index.search("退会").entries[0].id == DOCUMENTS[0].id


def test_new_synonyms_are_noticed(tmp_path: Path) -> None:
    _answers(tmp_path)
    with open_index(tmp_path, Fixed(DOCUMENTS), [("解約", "退会")]) as index:
        assert index.search("退会").entries[0].id == "KB-0001"


@pytest.mark.parametrize("damage", ["flip", "cut", "delete", "add"])
def test_damage_to_any_file_is_noticed(tmp_path: Path, damage: str) -> None:
    expected = _answers(tmp_path)
    for name in sorted(path.name for path in _tree(tmp_path).iterdir()):
        path = _tree(tmp_path) / name
        if not path.exists():
            continue  # a rebuilt index may name its segment otherwise
        data = path.read_bytes()
        if damage == "delete":
            path.unlink()
        elif damage == "add":
            path.with_name("stray").write_bytes(data)
        else:
            path.write_bytes(data[:-1] if damage == "cut" else bytes([data[0] ^ 1]) + data[1:])
        assert _answers(tmp_path) == expected


def test_what_an_interrupted_build_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "0123456789abcdef").mkdir()
    (tmp_path / "0123456789abcdef" / "half").write_text("x")
    _answers(tmp_path)
    assert not (tmp_path / "0123456789abcdef").exists()


def test_the_same_knowledge_gives_the_same_answers_in_any_order(tmp_path: Path) -> None:
    with (
        open_index(tmp_path / "one", Fixed(DOCUMENTS)) as one,
        open_index(tmp_path / "other", Fixed(DOCUMENTS[::-1])) as other,
    ):
        for query in ("解約", "お電話", "水", "変更したい"):
            assert one.search(query) == other.search(query)
