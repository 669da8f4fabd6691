"""The house as DESIGN promises it, as far as no linter sees it: who may write, how long a module may be."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

PACKAGE = Path(__file__).parents[1] / "kbtool"
MODULES = sorted(PACKAGE.rglob("*.py"))
_WRITERS = {"write_text", "write_bytes", "fsync", "rename", "renames", "copyfile", "copy2", "copytree", "truncate"}
_MODES = frozenset("wax+")


def writes(tree: ast.AST) -> Iterator[int]:
    """Lines that open for writing, sync, rename or lock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            if "fcntl" in names:
                yield node.lineno
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = node.args[1:] if isinstance(node.func, ast.Name) else node.args
            modes = [arg.value for arg in (*given, *(each.value for each in node.keywords)) if _is_mode(arg)]
            if name in _WRITERS or (name == "open" and any(_MODES & set(mode) for mode in modes)):
                yield node.lineno


def _is_mode(arg: ast.expr) -> bool:
    return isinstance(arg, ast.Constant) and isinstance(arg.value, str) and 0 < len(arg.value) <= 3


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_durable_writes(path: Path) -> None:
    if path.name == "durable.py":
        return
    assert list(writes(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_the_scan_for_writers_sees_them() -> None:
    source = "import fcntl\nopen('x', 'w')\nPath('x').write_text('')\nos.fsync(3)\nopen('x')\nopen('x', 'rb')\n"
    assert sorted(writes(ast.parse(source))) == [1, 2, 3, 4]


def test_modules_read_in_one_sitting() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    too_long = {path.name: length for path, length in lengths.items() if length > 300}
    assert too_long == {}
    assert median(lengths.values()) <= 110


def test_broad_excepts_stand_only_at_the_boundaries() -> None:
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or getattr(node.type, "id", "") in _BROAD)
    ]
    assert set(found) <= {"cli.py", "intake/opener.py"}


_BROAD = {"Exception", "BaseException"}
