"""The index follows what it is made of, one entry at a time, and answers as if it had been built anew."""

import multiprocessing
import random
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from kbtool import durable
from kbtool.search import Fixed, Searchable, open_index
from tests.search.desk import DOCUMENTS, SYNONYMS
from tests.search.test_machine_search import QUERIES

ASKED = [query for query, _ in QUERIES]


def _parts(folder: Path) -> list[str]:
    return sorted(path.name.split("-")[0] for path in folder.iterdir() if path.is_dir() and not path.is_symlink())


def _answers(folder: Path, documents: list[Searchable]) -> list[object]:
    with open_index(folder, Fixed(documents), SYNONYMS) as index:
        return [index.search(query) for query in ASKED]


CHANGES = {
    "changed": [replace(DOCUMENTS[0], question="退会したい"), *DOCUMENTS[1:]],
    "removed": DOCUMENTS[1:],
    "added": [*DOCUMENTS, Searchable("KB-0099", "電源コードが熱い", "すぐに使用をやめ、電源プラグを抜いてください。")],
    "renamed": [replace(DOCUMENTS[3], id="KB-0055"), *DOCUMENTS[:3], *DOCUMENTS[4:]],
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_gives_what_building_anew_gives(tmp_path: Path, change: str) -> None:
    _answers(tmp_path / "grown", DOCUMENTS)
    grown = _answers(tmp_path / "grown", CHANGES[change])
    assert [name for name in _parts(tmp_path / "grown") if name == "base"] == ["base"]
    assert grown == _answers(tmp_path / "new", CHANGES[change])


def test_what_changes_goes_into_a_small_part_and_out_of_it_again(tmp_path: Path) -> None:
    before = _answers(tmp_path, DOCUMENTS)
    base = {path.name for path in tmp_path.glob("base-*")}
    _answers(tmp_path, CHANGES["changed"])
    assert _parts(tmp_path) == ["base", "small", "state"]
    assert _answers(tmp_path, DOCUMENTS) == before
    assert _parts(tmp_path) == ["base", "state"]
    assert {path.name for path in tmp_path.glob("base-*")} == base


def test_after_many_changes_everything_is_built_anew(tmp_path: Path) -> None:
    many = [Searchable(f"KB-{number}", f"質問 {number}", "答え") for number in range(60)]
    _answers(tmp_path, many)
    changed = [replace(each, answer="別の答え") for each in many]
    assert _answers(tmp_path, changed) == _answers(tmp_path / "new", changed)
    assert not list(tmp_path.glob("small-*"))


@pytest.mark.slow
def test_a_hundred_damages_are_noticed(tmp_path: Path) -> None:
    """Bits flipped, files cut or gone, anywhere: the answers stay the same."""
    chosen = random.Random(5)
    folder = tmp_path / "index"
    _answers(folder, DOCUMENTS)
    expected = _answers(folder, CHANGES["changed"])
    assert len(list(folder.glob("small-*"))) == 1
    for number in range(100):
        files = sorted(
            path for path in folder.rglob("*") if path.is_file() and path.name != "lock" and path.stat().st_size
        )
        path = chosen.choice(files)
        data = bytearray(path.read_bytes())
        kind = ("flip", "cut", "delete")[number % 3]
        if kind == "delete":
            path.unlink()
        elif kind == "cut":
            path.write_bytes(data[: chosen.randrange(len(data))])
        else:
            data[chosen.randrange(len(data))] ^= 1 << chosen.randrange(8)
            path.write_bytes(data)
        with open_index(folder, Fixed(CHANGES["changed"]), SYNONYMS) as index:
            assert [index.search(query) for query in ASKED[:3]] == expected[:3], (kind, path.name)
        trees = [each for each in folder.iterdir() if each.is_dir() and not each.is_symlink()]
        assert all(durable.tree_is_whole(tree) for tree in trees)
    assert _answers(folder, CHANGES["changed"]) == expected


def _ask(folder: Path, rounds: int, wrong: "multiprocessing.Queue[str]") -> None:
    for _ in range(rounds):
        with open_index(folder, Fixed(DOCUMENTS)) as index:
            found = index.search("定期コースを解約したい").entries[0].id
        if found != "KB-0001":
            wrong.put(found)


def _rebuild(folder: Path, rounds: int, wrong: "multiprocessing.Queue[str]") -> None:
    for _ in range(rounds):
        (folder / "current").unlink(missing_ok=True)
        with open_index(folder, Fixed(DOCUMENTS)) as index:
            if index.size != len(DOCUMENTS):
                wrong.put("size")


def test_a_builder_leaves_what_another_one_puts_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    aside = tmp_path / "MAIN.tmp" / "of-another-project"
    aside.parent.mkdir()
    aside.touch()
    _answers(tmp_path / "index", DOCUMENTS)
    assert aside.exists()
    assert {path.name for path in tmp_path.iterdir()} == {"MAIN.tmp", "index"}


def test_two_search_while_another_builds(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    open_index(folder, Fixed(DOCUMENTS)).close()
    context = multiprocessing.get_context("fork")
    wrong: multiprocessing.Queue[str] = context.Queue()
    jobs = [(_ask, 6), (_ask, 6), (_rebuild, 6)]
    processes = [context.Process(target=work, args=(folder, rounds, wrong)) for work, rounds in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert wrong.empty()
    assert [process.exitcode for process in processes] == [0, 0, 0]
