"""Look-alikes are settled by their neighbours, and nothing else is touched."""

from pathlib import Path

import pytest

from kbtool.recognise.look_alikes import settle

CASES = Path(__file__).parent / "cases" / "look_alikes.txt"


def cases() -> list[tuple[str, str]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    pairs = [[part.strip() for part in line.split("|")] for line in lines]
    return [(read, meant or read) for read, meant in pairs]


@pytest.mark.parametrize(("read", "meant"), cases())
def test_case(read: str, meant: str) -> None:
    assert settle(read) == meant
    assert len(settle(read)) == len(read)
