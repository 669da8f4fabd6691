"""A number as Excel shows it by its format: separators, places, scale, signs and the words beside the digits.

Separate because a wrong zero or scale makes a wrong price: what a format asks for that is not known here (fractions,
exponents, conditions) gives the plain number, never a guess.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<blank>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<plain>.)', re.DOTALL
)
_CURRENCY = re.compile(r"\$(?P<sign>[^-]*)(?:-[0-9A-Fa-f]+)?")
_DIGIT = frozenset("0#?")


@dataclass(frozen=True, slots=True)
class _Token:
    """One sign of a format; ``active`` when it stands for digits or their marks, else words shown as they are."""

    text: str
    active: bool


def number_text(value: float, number_format: str) -> str:
    """A number with the separators, places, sign of percent and unit that its format asks for."""
    sections = _sections(number_format)
    sign = "-" if value < 0 else ""
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    tokens = _tokens(section)
    active = "".join(token.text for token in tokens if token.active)
    if re.search(r"[<>=]", section) or re.search(r"[eE/]|general", active, re.IGNORECASE):
        return _plain(value)
    if not any(token.active and token.text in _DIGIT for token in tokens):
        words = "".join(token.text for token in tokens if not token.active)
        return words.strip() or _plain(value)
    try:
        return (sign + _filled(abs(value), tokens)).strip()
    except InvalidOperation:  # more digits than a number can have
        return _plain(value)


def _filled(value: float, tokens: list[_Token]) -> str:
    """The digits of a number in the places of a format, its words where they stand."""
    marks = "".join(token.text if token.active else "\x00" for token in tokens)
    last = max(place for place, mark in enumerate(marks) if mark in _DIGIT)
    point = marks.find(".")
    end = point if point >= 0 else last + 1
    thousands = len(marks[last + 1 :]) - len(marks[last + 1 :].lstrip(","))
    places = sum(mark in _DIGIT for mark in marks[point + 1 :]) if point >= 0 else 0
    scaled = Decimal(repr(value)).scaleb(2 * marks.count("%") - 3 * thousands)
    rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)  # as Excel does, not as floats do
    whole, _, fraction = f"{rounded:f}".partition(".")
    grouped = "," in marks[:end].rstrip(",")
    shown = _whole(whole, [place for place, mark in enumerate(marks[:end]) if mark in _DIGIT], marks, grouped=grouped)
    decimals = iter(fraction)
    text = ""
    for place, token in enumerate(tokens):
        if not token.active:
            text += token.text
        elif token.text in _DIGIT:
            text += shown[place] if place < end else next(decimals, "")
        elif token.text != ",":
            text += token.text
    return text


def _whole(digits: str, places: list[int], marks: str, *, grouped: bool) -> dict[int, str]:
    """The digits before the point by place, filled from the right; the first place takes all that are left."""
    if grouped and digits != "0":
        return dict.fromkeys(places, "") | {places[0]: f"{int(digits):,}"}
    left = "" if digits == "0" else digits
    shown: dict[int, str] = {}
    for place in reversed(places[1:]):
        shown[place] = left[-1:] or ("0" if marks[place] == "0" else "")
        left = left[:-1]
    for place in places[:1]:
        shown[place] = left or ("0" if marks[place] == "0" else "")
    return shown


def _sections(number_format: str) -> list[str]:
    """The parts for positive, negative and zero, cut at semicolons that are no words."""
    parts = [""]
    for found in _TOKEN.finditer(number_format):
        if found["plain"] == ";":
            parts.append("")
        else:
            parts[-1] += found[0]
    return parts


def _tokens(section: str) -> list[_Token]:
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(section):
        if found["blank"]:
            continue
        if found["bracket"] is not None:
            currency = _CURRENCY.fullmatch(found["bracket"])
            tokens += [_Token(currency["sign"], False)] if currency else []
        elif found["plain"]:
            is_mark = found["plain"] in "0#?.,%/eE" or (found["plain"].isascii() and found["plain"].isalpha())
            tokens.append(_Token(found["plain"], is_mark))
        else:
            tokens.append(_Token(found["quoted"] or found["escaped"] or "", False))
    return [token for token in tokens if token.text and token.text != "@"]


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else format(value, ".15g")
