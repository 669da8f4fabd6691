"""T260402-001: a reception number, mended only where its pattern leaves no choice."""

import re
from datetime import date

from kbtool.forms.normalise.reading import Reading, folded

#: Letters that OCR gives for digits, and digits for letters; applied only where the pattern demands the other kind.
_DIGITS = str.maketrans("OoQD〇lI|!ZzSsB", "000001111225" + "58")
_SLOT = re.compile(r"(\\d|\[[^\]]+\]|\\?.)(?:\{(\d+)\})?")
_DATE = re.compile(r"(\d{2})(\d{2})(\d{2})")


def read_number(text: str, pattern: str) -> Reading:
    """The number as its pattern wants it; ``mended`` where a letter had to become a digit or the other way."""
    plain = re.sub(r"(?<=\d)ー(?=\d)", "-", folded(text))
    if not plain:
        return Reading(None)
    if not pattern:
        return Reading(plain)
    if found := re.search(pattern, plain):
        return Reading(found.group())
    mended = _mended(plain, _slots(pattern))
    return Reading(mended, "mended") if mended and re.fullmatch(pattern, mended) else Reading(None, "not_a_number")


def day_of(number: str | None) -> date | None:
    """The day a number names (T260402-001 → 2026-04-02), None where it names none."""
    found = _DATE.search(number or "")
    if not found:
        return None
    try:
        return date(2000 + int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _slots(pattern: str) -> list[str]:
    """What the pattern wants at each place: the sign for a digit, a class, or the very character."""
    return [slot for slot, times in _SLOT.findall(pattern) for _ in range(int(times or 1))]


def _mended(text: str, slots: list[str]) -> str:
    if len(text) != len(slots):
        return ""
    return "".join(_fitting(character, slot) for character, slot in zip(text, slots, strict=True))


def _fitting(character: str, slot: str) -> str:
    if re.fullmatch(slot, character):
        return character
    if slot == r"\d":
        return character.translate(_DIGITS)
    return slot.removeprefix("\\") if len(slot.removeprefix("\\")) == 1 else character
