"""The numbers that Word puts before list items and headings; the file holds only the rule that counts them."""

from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

BULLET = "・"
_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_IN_PARENTHESES = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_KANJI = "〇一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ALPHABETS = {
    "lowerLetter": _LETTERS,
    "upperLetter": _LETTERS.upper(),
    "aiueoFullWidth": _AIUEO,
    "aiueo": _AIUEO,
    "irohaFullWidth": _IROHA,
    "iroha": _IROHA,
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _IN_PARENTHESES,
}
_FULL_WIDTH_DIGITS = ("decimalFullWidth", "decimalFullWidth2")
_KANJI_DIGITS = ("japaneseCounting", "japaneseDigitalTenThousand", "ideographDigital", "japaneseLegal")


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    pattern: str
    start: int


class Numbers:
    """The lists of one document and how far each has counted."""

    def __init__(self, numbering: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int]] = {}
        if numbering is not None:
            self._read(numbering)

    def label(self, list_id: str, level: int) -> str:
        """Count on and return what stands before this item; "" for a list that shows nothing."""
        abstract = self._abstract.get(list_id, "")
        levels = self._levels.get(abstract, {})
        shown = levels.get(level)
        if shown is None:
            return BULLET
        counts = self._counts.setdefault(abstract, [0] * _LEVELS)
        for deep, start in self._restarts.pop(list_id, {}).items():
            counts[deep] = start - 1
        counts[level] = counts[level] + 1 if counts[level] else shown.start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if shown.format == "bullet":
            return BULLET
        text = shown.pattern
        for place in range(level, -1, -1):
            rule = levels.get(place, shown)
            text = text.replace(f"%{place + 1}", number_text(rule.format, counts[place] or rule.start))
        return text.strip()

    def _read(self, numbering: Any) -> None:
        for abstract in numbering.findall(qn("w:abstractNum")):
            levels = {int(lvl.get(qn("w:ilvl"))): _level(lvl) for lvl in abstract.findall(qn("w:lvl"))}
            self._levels[abstract.get(qn("w:abstractNumId"))] = levels
        for number in numbering.findall(qn("w:num")):
            key = number.get(qn("w:numId"))
            self._abstract[key] = number.find(qn("w:abstractNumId")).get(qn("w:val"))
            restarts = {
                int(override.get(qn("w:ilvl"))): int(start.get(qn("w:val")))
                for override in number.findall(qn("w:lvlOverride"))
                if (start := override.find(qn("w:startOverride"))) is not None
            }
            self._restarts[key] = {level: start for level, start in restarts.items() if 0 <= level < _LEVELS}


def number_text(style: str, number: int) -> str:
    """A number as Word's ``w:numFmt`` writes it; beyond the end of an alphabet, and in unknown styles, in digits."""
    if style == "none":
        return ""
    alphabet = _ALPHABETS.get(style, "")
    if 0 < number <= len(alphabet):
        return alphabet[number - 1]
    if style in _FULL_WIDTH_DIGITS:
        return str(number).translate(_FULL_WIDTH)
    if style in _KANJI_DIGITS and 0 < number < 100:
        return _kanji(number)
    if style == "decimalZero":
        return f"{number:02}"
    if style in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        return _roman(number).upper() if style == "upperRoman" else _roman(number)
    return str(number)


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, f"{_KANJI[tens]}十")
    return ten + (_KANJI[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, letters in (*_ROMAN, *_ROMAN_ONES):
        count, number = divmod(number, value)
        text += letters * count
    return text


def _level(lvl: Any) -> _Level:
    def value(name: str, otherwise: str) -> str:
        found = lvl.find(qn(name))
        return otherwise if found is None else found.get(qn("w:val"), otherwise)

    return _Level(value("w:numFmt", "decimal"), value("w:lvlText", ""), int(value("w:start", "1")))
