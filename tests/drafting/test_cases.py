"""Every rule by cases a person can read: blocks above the line, expected drafts below it."""

from pathlib import Path

import pytest

from kbtool import drafting
from kbtool.settings import Settings
from kbtool.settings_file import parse
from tests.drafting import notation

HERE = Path(__file__).parent / "cases"
CASES = sorted(HERE.rglob("*.case.md"))
SETTINGS: Settings = parse(
    """
categories:
- {name: 解約, slug: cancel, keywords: [解約]}
- {name: その他, slug: other}
"""
)


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name.removesuffix('.case.md')}")
def test_case(case: Path) -> None:
    blocks, expected = case.read_text(encoding="utf-8").split("\n--- drafts ---\n")
    assert notation.write(drafting.draft(notation.read(blocks), SETTINGS)) == expected


def test_every_rule_has_a_case() -> None:
    assert {rule.name for rule in drafting.RULES} <= {path.parent.name for path in CASES}
