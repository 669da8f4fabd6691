"""Personal values of every shape a desk meets, drawn from a seed and set into carrier sentences.

Kept apart from whatever finds them: it is written from the promise, so that the rules are measured by what they were
not made for. Values exist only in memory; whoever seems named does not exist.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

#: Of each hundred values, how many are of a kind.
_SHARES = {
    "email": 12,
    "phone": 20,
    "postcode": 8,
    "mynumber": 6,
    "card": 8,
    "address": 14,
    "name_after_label": 12,
    "name_with_honorific": 12,
    "bare_name": 8,
}
_WIDE = str.maketrans("0123456789-() +", "０１２３４５６７８９－（）　＋")
_NUMERALS = "〇一二三四五六七八九"
#: Hyphens that typists, telephones and OCR put between digits.
_HYPHENS = "-‐‑–—−－ー"


@dataclass(frozen=True, slots=True)
class Planted:
    """A text and where in it the value of a ``kind`` stands."""

    kind: str
    text: str
    start: int
    end: int


def planted(count: int, seed: int) -> list[Planted]:
    """Draw about ``count`` texts, one value in each."""
    dice = random.Random(seed)
    carriers = _words("carriers.yml")
    cases = []
    for kind, share in _SHARES.items():
        for _ in range(count * share // 100):
            before, after = dice.choice(carriers[kind]).split("{}")
            value = _VALUES[kind](dice)
            cases.append(Planted(kind, before + value + after, len(before), len(before) + len(value)))
    return cases


def _email(dice: random.Random) -> str:
    value = f"{_one(dice, 'mail_users')}{dice.choice(['', dice.randrange(100)])}@{_one(dice, 'mail_hosts')}"
    shapes = [value] * 6 + [value.upper(), value.replace("@", "＠"), value.replace("@", " @ ")]
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in value)
    return dice.choice([*shapes, wide])


def _phone(dice: random.Random) -> str:
    mobile = (dice.choice(["090", "080", "070"]), _digits(dice, 4), _digits(dice, 4))
    ip = ("050", _digits(dice, 4), _digits(dice, 4))
    land = dice.choice(
        [("03", 4, 4), ("06", 4, 4), ("011", 3, 4), ("045", 3, 4), ("0466", 2, 4), ("0995", 2, 4), ("04992", 1, 4)]
    )
    fixed = (land[0], str(dice.randint(2, 9)) + _digits(dice, land[1] - 1), _digits(dice, land[2]))
    area, exchange, number = dice.choice([mobile, mobile, mobile, ip, fixed, fixed, fixed])
    plain = dice.choice(
        [f"{area}-{exchange}-{number}"] * 4
        + [area + exchange + number] * 2
        + [f"{area} {exchange} {number}", f"{area}({exchange}){number}", f"({area}){exchange}-{number}"]
        + [f"+81 {area[1:]} {exchange} {number}", f"+81-{area[1:]}-{exchange}-{number}"]
        + [f"{area}{dice.choice(_HYPHENS)}{exchange}{dice.choice(_HYPHENS)}{number}"]
    )
    return plain.translate(_WIDE) if dice.random() < 0.25 else plain


def _postcode(dice: random.Random) -> str:
    first, second = _digits(dice, 3), _digits(dice, 4)
    value = dice.choice([f"{first}-{second}"] * 4 + [first + second, f"{first}{dice.choice(_HYPHENS)}{second}"])
    return value.translate(_WIDE) if dice.random() < 0.3 else value


def _mynumber(dice: random.Random) -> str:
    """Twelve digits, the last one so that the check holds (order of the ministry no. 85 of 2014, article 5)."""
    digits = [dice.randrange(10) for _ in range(11)]
    weights = [at + 1 if at <= 6 else at - 5 for at in range(1, 12)]
    rest = sum(digit * weight for digit, weight in zip(reversed(digits), weights, strict=True)) % 11
    value = "".join(map(str, digits)) + str(0 if rest <= 1 else 11 - rest)
    groups = [value[:4], value[4:8], value[8:]]
    value = dice.choice([value, " ".join(groups), "-".join(groups)])
    return value.translate(_WIDE) if dice.random() < 0.25 else value


def _card(dice: random.Random) -> str:
    """Sixteen digits, or fifteen beginning with 3, that pass Luhn's check."""
    length = dice.choice([16, 16, 16, 15])
    start = dice.choice(["34", "37"]) if length == 15 else dice.choice(["4", "51", "55", "35"])
    body = start + _digits(dice, length - 1 - len(start))
    doubled = [2 * int(sign) if at % 2 == 0 else int(sign) for at, sign in enumerate(reversed(body))]
    value = body + str(-sum(number - 9 if number > 9 else number for number in doubled) % 10)
    cuts = (4, 10) if length == 15 else (4, 8, 12)
    groups = [value[begin:end] for begin, end in zip((0, *cuts), (*cuts, length), strict=True)]
    value = dice.choice([value, "-".join(groups), " ".join(groups), dice.choice(_HYPHENS).join(groups)])
    return value.translate(_WIDE) if dice.random() < 0.25 else value


def _address(dice: random.Random) -> str:
    town = _one(dice, "towns")
    within = dice.choice([_one(dice, "prefectures") + _one(dice, "municipalities"), _one(dice, "wards")])
    block, number, room = dice.randint(1, 9), dice.randint(1, 29), dice.randint(101, 1204)
    last = dice.randint(1, 20)
    lots = dice.choice(
        [
            f"{block}-{number}-{last}",
            f"{block}丁目{number}番{last}号",
            f"{block}丁目{number}-{last}",
            f"{number}番地",
            f"{number}-{block}",
            f"{100 * block}番地の{number}",
            f"{_NUMERALS[block]}丁目{number}番地{last}",
        ]
    )
    if dice.random() < 0.3:
        lots = lots.translate(_WIDE)
    building = dice.choice(["", "", f"{_one(dice, 'buildings')}{room}号室", f" {_one(dice, 'buildings')}{room}"])
    return within + town + lots + building


def _name(dice: random.Random) -> str:
    surname, given = _one(dice, "surnames"), _one(dice, "given_names")
    kana = f"{_one(dice, 'kana_surnames')}{dice.choice(['', ' ', '　'])}{_one(dice, 'kana_given_names')}"
    return dice.choice([surname + given] * 3 + [f"{surname} {given}", f"{surname}　{given}", kana])


def _called(dice: random.Random) -> str:
    return dice.choice([_name(dice), _name(dice), _one(dice, "surnames"), _one(dice, "kana_surnames")])


def _bare_name(dice: random.Random) -> str:
    surname, given = _one(dice, "surnames"), _one(dice, "given_names")
    return dice.choice([surname + given] * 4 + [f"{surname} {given}", f"{surname}　{given}", surname])


_VALUES: dict[str, Callable[[random.Random], str]] = {
    "email": _email,
    "phone": _phone,
    "postcode": _postcode,
    "mynumber": _mynumber,
    "card": _card,
    "address": _address,
    "name_after_label": _name,
    "name_with_honorific": _called,
    "bare_name": _bare_name,
}


def _one(dice: random.Random, kind: str) -> str:
    return dice.choice(_words("parts.yml")[kind].split())


def _digits(dice: random.Random, count: int) -> str:
    return "".join(str(dice.randrange(10)) for _ in range(count))


@cache
def _words(name: str) -> dict[str, str]:
    words: dict[str, str] = yaml.safe_load((files("benchmarks.personal") / name).read_text(encoding="utf-8"))
    return words
