"""Planted faults: each case of cases/*.txt changes a clean knowledge base as an editor would, and says what is found.

``== title`` begins a case, ``@ FILE`` names the file that is changed next (an entry by its id), ``- `` a line of it
that goes and ``+ `` one that comes in its place (without ``- `` at the end of the file), ``! rm FILE``, ``! cp FILE
FILE``, ``! mv FILE FILE`` and ``! cut FILE BYTES`` what happens to whole files, ``today DATE`` the day of the check.
``= FILE:LINE ID`` is everything that must be found; a case without it must stay clean. ``\\u200b`` stands for that
character.
"""

import dataclasses
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from kbtool import messages
from kbtool.entry import Section
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase, settling
from kbtool.knowledge.checks import RULES, Finding, check
from kbtool.project import Project
from tests.knowledge.checks import clean

CASES = Path(__file__).parent / "cases"


@dataclass
class Case:
    title: str
    acts: list[tuple[str, str]] = field(default_factory=list)
    today: date = clean.TODAY
    expected: list[str] = field(default_factory=list)


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.txt")):
        case: Case | None = None
        for line in path.read_text(encoding="utf-8").splitlines():
            sign, _, rest = line.partition(" ")
            if sign == "==":
                if case:
                    yield case
                case = Case(f"{path.stem}: {rest}")
            elif case and sign == "today":
                case.today = date.fromisoformat(rest)
            elif case and sign == "=":
                case.expected.append(rest)
            elif case and sign in ("@", "-", "+", "!"):
                case.acts.append((sign, re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), rest)))
        if case:
            yield case


ALL = list(cases())


def file_of(root: Path, name: str) -> Path:
    return next((root / "kb/entries").glob(f"*/{name}.md"), root / name)


def plant(root: Path, acts: list[tuple[str, str]]) -> None:
    """Change the files as the lines of a case say."""
    path, gone = root, list[str]()
    for number, (sign, rest) in enumerate(acts):
        following = acts[number + 1][0] if number + 1 < len(acts) else ""
        if sign == "@":
            path, come = file_of(root, rest), list[str]()
        elif sign == "-":
            gone.append(rest)
        elif sign == "+":
            come.append(rest)
        else:
            plant_file(root, *rest.split())
        if (gone or (sign == "+" and come)) and (following != "+" and (sign != "-" or following != "-")):
            replace(path, gone, come)
            gone, come = [], []


def replace(path: Path, gone: list[str], come: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if not gone:
        path.write_text(text + "".join(f"{line}\n" for line in come), encoding="utf-8")
        return
    old = "".join(f"{line}\n" for line in gone)
    assert text.count(old) == 1, f"{path}: {old!r} stands there {text.count(old)} times"
    path.write_text(text.replace(old, "".join(f"{line}\n" for line in come)), encoding="utf-8")


def plant_file(root: Path, verb: str, name: str, more: str = "") -> None:
    path = file_of(root, name)
    if verb == "rm":
        path.unlink()
    elif verb == "cut":
        path.write_bytes(path.read_bytes()[: int(more)])
    else:
        (root / more).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copy if verb == "cp" else shutil.move)(path, root / more)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("clean")
    clean.make(root)
    return root


def findings(root: Path, today: date = clean.TODAY) -> tuple[Finding, ...]:
    return check(KnowledgeBase(Project(root, today))).findings


def test_nothing_is_found_in_a_clean_tree(tree: Path) -> None:
    assert findings(tree) == ()


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.title)
def test_what_is_planted_is_found_and_nothing_else(case: Case, tree: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(tree, root)
    entries = {path.stem: path.relative_to(root).as_posix() for path in root.glob("kb/entries/*/*.md")}
    plant(root, case.acts)
    found = findings(root, case.today)
    expected = [re.sub(r"^(KB-\d+):", lambda name: f"{entries[name[1]]}:", line) for line in case.expected]
    assert sorted(f"{one.file}:{one.line} {one.id}" for one in found) == sorted(expected)
    for one in found:
        assert messages.say(one.code, **one.params)
        assert re.search("kbtool [a-z]+|git [a-z]+", messages.say(one.mend, **one.params))


def test_two_hundred_faults_of_every_kind_are_planted() -> None:
    planted = [line.rsplit(" ", 1)[1] for case in ALL for line in case.expected]
    assert len(planted) >= 200
    assert {rule.id for rule in RULES} == set(planted)


def test_what_somebody_decided_is_not_told_again(tree: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(tree, root)
    kb = KnowledgeBase(Project(root, clean.TODAY))
    torn = "30日・45日から選べます。お届けの8日前までにお電話ください。"
    kb.save(
        dataclasses.replace(kb.entry("KB-0003"), question="お届けの間隔を変えたい", sections=(Section("回答", torn),))
    )
    assert [one.id for one in findings(root)] == ["D002"]
    settling.decide(kb, "KB-0002", "KB-0003", settling.Verdict.DIFFERENT, clean.B, clean.TODAY, "商品が違う")
    assert findings(root) == ()


def test_only_some_rules(tree: Path) -> None:
    kb = KnowledgeBase(Project(tree, date(2027, 6, 1)))
    assert {one.id for one in check(kb, ["R001", "u"]).findings} == {"R001", "U001", "U002"}
    with pytest.raises(UsageError, match="check_unknown"):
        check(kb, ["R001", "R1"])


def test_a_finding_never_says_what_is_personal(tree: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(tree, root)
    plant(root, [("@", "KB-0003"), ("-", "マイページで変更できます。"), ("+", "090-1234-5678 へ。")])
    (found,) = findings(root)
    said = messages.say(found.code, **found.params) + messages.say(found.mend, **found.params)
    assert "1234" not in said and "5678" not in said
