"""The quantities, dates, times and prices that a text states, in one spelling each.

Separate from ``similarity`` because two answers that differ in one number of days are nearly alike and mean different
things: what is compared here is never how alike, only whether both can be true. Numbers that merely count the pages,
chapters, figures and steps of a manual are no statements and are left out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from kbtool.text.similarity import digits

_KANJI = "一二三四五六七八九十百千"
#: What kanji numbers count. Not 分 and 時 alone: 十分 and 一時 are words of every manual.
_COUNTED = "分間|時間|[日月年回円個か箇ヶケカヵ週人名本枚台包袋歳割箱泊通件点つ]"
#: A number with what it counts: any unit right behind it, in Latin letters, kanji, katakana or a sign.
_QUANTITY = re.compile(
    rf"(?<![\d.,第図表])(?:(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)|(?P<kanji>[{_KANJI}]+(?={_COUNTED})))(?P<scale>[万億])?\s?"
    r"(?P<unit>営業日|週間?|か月|[箇ヶケカヵ]月|[箇ヶケカヵか]所|時間|つ|[a-z]{1,4}(?![a-z0-9])|[一-鿿]|[ァ-ヴー]+|°c|%)"
)
_DATE = re.compile(
    r"(?:(?P<era>令和|平成|昭和|[rhs]\.?)\s?)?(?P<year>\d{1,4}|元)[年/.-]\s?(?P<month>0?[1-9]|1[0-2])(?:月|[/.-])"
    r"\s?(?P<day>0?[1-9]|[12]\d|3[01])(?:日|(?!\d))"
)
#: A year of an era without its day, which is no length of time.
_YEAR = re.compile(r"(?P<era>令和|平成|昭和)\s?(?P<year>\d{1,2}|元)年(?:\s?(?P<month>0?[1-9]|1[0-2])月)?")
#: Signs that number the parts of a text: NFKC makes digits of them.
_ENUMERATION = re.compile("[①-⑳⑴-⒛❶-❿⓪-⓿]")
_MONTH_DAY = re.compile(
    r"(?<![\d/.-])(?P<month>0?[1-9]|1[0-2])(?:月\s?(?P<day>\d{1,2})日|/(?P<other>0?[1-9]|[12]\d|3[01])(?![\d/]))"
)
_CLOCK = re.compile(
    r"(?P<half>午前|午後)?\s?(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?!\d)|時(?!間)(?:(?P<past>\d{1,2})分|(?P<thirty>半))?)"
)
_PRICE = re.compile(r"[¥\\]\s?(?P<digits>\d+(?:,\d{3})*)")
_TELEPHONE = re.compile(r"(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\d-])")
#: A part or model number: letters and digits in one word.
_CODE = re.compile(r"(?<![a-z0-9])(?!p\d)(?=[a-z0-9-]*\d)[a-z]+-?[a-z]*\d[a-z0-9-]*(?![a-z0-9])")
_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
#: Units that are one, with how many of the other one is.
_SAME: Mapping[str, tuple[str, int]] = {
    **dict.fromkeys(("週", "週間"), ("日", 7)),
    **dict.fromkeys(("箇月", "ヶ月", "ケ月", "カ月", "ヵ月"), ("か月", 1)),
    "年": ("か月", 12),
    **dict.fromkeys(("箇所", "ヶ所", "ケ所", "カ所", "ヵ所"), ("か所", 1)),
    "°c": ("℃", 1),
    "名": ("人", 1),
    "個": ("つ", 1),
}
_SCALES = {"万": 10_000, "億": 100_000_000}
#: Each answer is held against several others.
_TEXTS = 20_000
#: What numbers of a manual's own order stand before.
_NO_UNIT = frozenset("頁章節項版番号条次")
_NO_WORD = ("ページ", "ステップ")


@lru_cache(_TEXTS)
def quantities(text: str) -> Mapping[str, frozenset[str]]:
    """The values of a text by what they count: {日: {8}, 円: {500}, clock: {10:00}, date: {2026-04-01}}."""
    rest = unicodedata.normalize("NFKC", _ENUMERATION.sub(" ", text)).lower()
    found: dict[str, set[str]] = {}
    for name, pattern, read in _KINDS:
        for match in pattern.finditer(rest):
            for unit, value in read(name, match):
                found.setdefault(unit, set()).add(value)
        rest = pattern.sub(" ", rest)
    return {unit: frozenset(values) for unit, values in found.items()}


def disagreement(one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values of two texts that cannot both be true: of one, and of the other; empty where none differ.

    Values differ where each text counts the same thing and names a value that the other does not; one that only says
    more does not contradict.
    """
    here, there = quantities(one), quantities(other)
    torn = [unit for unit in here if unit in there and here[unit] - there[unit] and there[unit] - here[unit]]
    return _told(here, there, torn), _told(there, here, torn)


def _told(own: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]], units: list[str]) -> tuple[str, ...]:
    return tuple(
        value if unit in _BARE else f"{value}{unit}" for unit in units for value in sorted(own[unit] - other[unit])
    )


def _telephone(name: str, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield name, match[0]


def _date(name: str, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    era = _ERAS.get((match["era"] or "").rstrip("."), 0)
    year = 1 if match["year"] == "元" else int(match["year"])
    yield name, f"{year + era:04d}-{int(match['month']):02d}-{int(match['day']):02d}"


def _year(name: str, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    year = _ERAS[match["era"]] + (1 if match["year"] == "元" else int(match["year"]))
    yield name, f"{year}-{int(match['month']):02d}" if match["month"] else str(year)


def _month_day(name: str, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield name, f"{int(match['month'])}/{int(match['day'] or match['other'])}"


def _clock(name: str, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    hour = int(match["hour"]) + (12 if match["half"] == "午後" and int(match["hour"]) < 12 else 0)
    minute = 30 if match["thirty"] else int(match["minute"] or match["past"] or 0)
    yield name, f"{hour}:{minute:02d}"


def _price(name: str, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield name, digits(match["digits"].replace(",", ""))


def _quantity(name: str, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    unit = match["unit"]
    if unit in _NO_UNIT or unit.startswith(_NO_WORD):
        return
    value = digits((match["digits"] or match["kanji"]).replace(",", ""))
    if match["scale"]:
        value = (
            f"{float(value) * _SCALES[match['scale']]:g}" if "." in value else str(int(value) * _SCALES[match["scale"]])
        )
    into, times = _SAME.get(unit, (unit, 1))
    if times > 1 and not value.isdecimal():
        into, times = unit, 1
    if unit == "年" and len(value) > 2:  # a year of the calendar, not a length of time
        into, times = unit, 1
    yield into, str(int(value) * times) if times > 1 else value


_Reader = Callable[[str, re.Match[str]], Iterator[tuple[str, str]]]
#: In this order: what one kind has read, the next does not see.
_KINDS: tuple[tuple[str, re.Pattern[str], _Reader], ...] = (
    ("telephone", _TELEPHONE, _telephone),
    ("date", _DATE, _date),
    ("year", _YEAR, _year),
    ("day", _MONTH_DAY, _month_day),
    ("clock", _CLOCK, _clock),
    ("円", _PRICE, _price),
    ("code", _CODE, _telephone),
    ("", _QUANTITY, _quantity),
)
#: Kinds whose values need no unit behind them.
_BARE = frozenset({"telephone", "date", "year", "day", "clock", "code"})
