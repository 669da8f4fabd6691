"""Pages drawn as text, and the blocks they must become."""

from pathlib import Path

import pytest

from kbtool import layout
from tests.layout import drawing

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_blocks(path: Path) -> None:
    page, expected = path.read_text(encoding="utf-8").split("\n======\n")
    assert drawing.show(layout.build_page(drawing.read(page), "doc")) == expected.strip("\n")
