"""Japanese sentences of a support manual, put together by seed from the clauses of wording.yml.

Separate because it knows nothing of pages: seed in, words out. Clauses, names and numbers combine freely, so that no
reader gains from having seen a sentence before.
"""

import random
import re
from functools import cache
from pathlib import Path

import yaml

_SLOT = re.compile(r"\{(\w+)\}")
_WORDS = Path(__file__).with_name("wording.yml")


class Writer:
    """Writes the words of one page; the same generator gives the same words."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._recent: list[str] = []

    def write(self, kind: str) -> str:
        """Return one piece of this kind (a key of wording.yml or of ``_made``), slots filled."""
        return _SLOT.sub(lambda slot: self.write(slot[1]), self._template(kind))

    def paragraph(self, sentences: int) -> str:
        """Return so many sentences as one paragraph."""
        return "".join(self.write("sentence") for _ in range(sentences))

    def _template(self, kind: str) -> str:
        if kind in _MADE:
            return _MADE[kind](self._rng)
        choices = [text for text in _material()[kind] if text not in self._recent] or _material()[kind]
        text = self._rng.choice(choices)
        self._recent = [*self._recent[-40:], text]
        return text


@cache
def _material() -> dict[str, list[str]]:
    material: dict[str, list[str]] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return material


def clause_count() -> int:
    """Return how many clauses there are to combine."""
    kinds = ("when", "do", "fact", "because", "before", "question", "answer", "heading")
    return sum(len(_material()[kind]) for kind in kinds)


def _date(rng: random.Random) -> str:
    year, month, day = rng.randint(2019, 2027), rng.randint(1, 12), rng.randint(1, 28)
    return rng.choice((f"{year}年{month}月{day}日", f"{month}月{day}日", f"{year}/{month:02}/{day:02}"))


def _error(rng: random.Random) -> str:
    return rng.choice((f"E{rng.randint(1, 99):02}", f"H-{rng.randint(10, 99)}", f"F{rng.randint(1, 9)}"))


def _model(rng: random.Random) -> str:
    return f"{''.join(rng.choices('ABCDEFGHKMNPRSTVXY', k=2))}-{rng.choice('BCDHKRSTX')}{rng.randint(10, 999)}"


def _part_number(rng: random.Random) -> str:
    letters = "".join(rng.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=rng.randint(2, 3)))
    return f"{letters}{rng.randint(100, 9999)}-{rng.randint(1, 99):02}{rng.choice(('', 'A', 'B', 'K', 'W'))}"


_MADE = {
    "n": lambda rng: str(rng.choice((2, 3, 5, 7, rng.randint(2, 60)))),
    "yen": lambda rng: f"{rng.randint(2, 999) * 110:,}",
    "time": lambda rng: f"{rng.randint(8, 20)}:{rng.choice(('00', '15', '30', '45'))}",
    "tel": lambda rng: f"0120-000-00{rng.randint(1, 9)}",
    "order": lambda rng: f"W{rng.randint(10**7, 10**8 - 1)}",
    "part_number": _part_number,
    "digit": lambda rng: str(rng.randint(0, 9)),
    "date": _date,
    "error": _error,
    "model": _model,
}
