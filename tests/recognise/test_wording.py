"""Doubtful characters become what their words want; what is at home as it was read stays."""

import re
from pathlib import Path

import pytest

from kbtool.recognise.engines import memory, wording
from kbtool.recognise.engines.lattice import Seen

CASES = Path(__file__).parent / "cases"
DOUBT = re.compile(r"\[([^\]]+)\]|(.)")


def lines(name: str) -> list[str]:
    return [line for line in (CASES / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def seen(noted: str) -> list[Seen]:
    """The characters of a line in the notation of the cases."""
    found = enumerate(DOUBT.findall(noted))
    return [one(doubt, at) if doubt else Seen(plain, float(at), 1.0) for at, (doubt, plain) in found]


def one(doubt: str, at: int) -> Seen:
    (first, chance), *others = ((part[0], float(part[1:])) for part in doubt.split(" "))
    return Seen("" if first == "_" else first, float(at), chance, tuple(others))


def settled(noted: str) -> str:
    words = wording.load()
    assert words is not None
    return "".join(character.character for character in words.settle(seen(noted)))


@pytest.mark.parametrize("case", lines("wording.txt"))
def test_words_decide(case: str) -> None:
    noted, meant = (part.strip() for part in case.split("|"))
    assert settled(noted) == meant


@pytest.mark.parametrize("noted", lines("wording_stay.txt"))
def test_what_was_seen_stays(noted: str) -> None:
    assert settled(noted) == "".join(character.character for character in seen(noted))


def test_what_is_changed_is_not_quite_sure_and_stays_in_its_place() -> None:
    words = wording.load()
    assert words is not None
    read = seen("保証期[問.94 間.05]内の修理")
    changed = words.settle(read)[3]
    assert (changed.character, changed.at) == ("間", read[3].at)
    assert changed.chance < 0.9


def test_the_name_tells_which_dictionary_it_is() -> None:
    words = wording.load()
    assert words is not None
    assert re.fullmatch(r"sudachi-[\d.]+-\d+", words.name)


def test_words_are_known_after_their_dictionary_was_let_go() -> None:
    assert settled("保証期[問.60 間.30]内の修理") == "保証期間内の修理"
    memory.let_go(wording.FILE)
    assert settled("保証期[問.60 間.30]内の修理") == "保証期間内の修理"
